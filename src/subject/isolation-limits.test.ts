import { expect, test } from 'vitest'
import { LIMITS, scaled } from './isolation-limits.ts'

test('a factor changes every time and no count', () => {
  expect(scaled(LIMITS, 1)).toEqual(LIMITS)
  const { reply, scenario, run, grace, restarts } = LIMITS
  expect(scaled(LIMITS, 2.5)).toEqual({ reply: 2.5 * reply, scenario: 2.5 * scenario, run: 2.5 * run, grace: 2.5 * grace, restarts })
})

test('no time grows beyond what a timer can wait', () => {
  const { run, scenario } = scaled(LIMITS, 1e6)
  expect([run, scenario]).toEqual([2 ** 31 - 1, 2 ** 31 - 1])
})

test.each([0, -1, Number.NaN])('a factor that is not above 0 is an error: %d', (factor) => {
  expect(() => scaled(LIMITS, factor)).toThrow(RangeError)
})
