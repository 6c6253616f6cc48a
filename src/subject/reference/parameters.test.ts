import { expect, test } from 'vitest'
import { Parameters } from '../../protocol/parameters.ts'
import { PARAMETERS } from './parameters.ts'

test('the numbers that are not law are told as the protocol wants them', () => {
  expect(Parameters.parse(PARAMETERS)).toEqual(PARAMETERS)
})

test('lengths of time are told in milliseconds', () => {
  expect([PARAMETERS['mutex.fair-after'], PARAMETERS['world.poll-every']]).toEqual([1, 1])
})
