import { expect, test } from 'vitest'
import type { Parameters } from '../src/protocol/parameters.ts'
import { crowdIn } from './crowd.ts'

const FOUR = { 'tlbc.entries': 4 } as Parameters

test('so many come that the next one has the index that is meant', () => {
  const before = (where: string) => crowdIn([`so many threads have come that the next index is ${where}`], FOUR).length
  // The first is there already, and two come and go.
  expect(before('the last of as many entries as at first')).toBe(2 + 2)
  expect(before('one beyond as many entries as at first')).toBe(3 + 2)
  expect(before('one beyond twice as many entries')).toBe(7 + 2)
})

test('nobody comes where no step says so', () => {
  expect(crowdIn(['Ada is attached'], FOUR)).toEqual([])
})
