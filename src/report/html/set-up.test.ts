import { expect, test } from 'vitest'
import { and, given, type SampleStep, scenario, thus, when } from '../sample/sample-steps.ts'
import { setUpLength } from './set-up.ts'

const lengthOf = (...steps: SampleStep[]): number => setUpLength(scenario('BRC-01.1', '', '', steps).steps)

test('the set-up ends where something is done or checked', () => {
  expect(lengthOf(given('a'), and('b'), when('c'), and('d'))).toBe(2)
  expect(lengthOf(given('a'), thus('b'), when('c'))).toBe(1)
  expect(lengthOf(when('c'))).toBe(0)
})

test('steps after which nothing comes are all set-up', () => {
  expect(lengthOf(given('a'), and('b'))).toBe(2)
})
