import { expect, test } from 'vitest'
import { append, first, isAsleep, NOBODY, remove, rest } from './sleepers.ts'

test('who sleeps is kept in the order of falling asleep', () => {
  const sleepers = [2, 0, 3, 1].reduce(append, NOBODY)
  const order = (sleepers: number): number[] => (sleepers === NOBODY ? [] : [first(sleepers), ...order(rest(sleepers))])
  expect(order(sleepers)).toEqual([2, 0, 3, 1])
  expect(order(remove(sleepers, 3))).toEqual([2, 0, 1])
  expect(order(remove(sleepers, 2))).toEqual([0, 3, 1])
  expect(isAsleep(sleepers, 1)).toBe(true)
  expect(isAsleep(remove(sleepers, 1), 1)).toBe(false)
  expect(isAsleep(NOBODY, 0)).toBe(false)
})
