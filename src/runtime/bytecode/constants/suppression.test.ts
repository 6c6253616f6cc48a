import { expect, test } from 'vitest'
import { begin, enter } from '../../../testing/setting.ts'
import { isSuppressed, suppressed } from './suppression.ts'

test('it lasts as long as the action, and the answer is that of the action', () => {
  const ada = enter(begin())
  expect(isSuppressed(ada)).toBe(false)
  expect(suppressed(ada, () => isSuppressed(ada))).toBe(true)
  expect(isSuppressed(ada)).toBe(false)
})

test('of several inside one another the outermost counts', () => {
  const ada = enter(begin())
  const after = suppressed(ada, () => {
    suppressed(ada, () => {})
    return isSuppressed(ada)
  })
  expect([after, isSuppressed(ada)]).toEqual([true, false])
})

test('it ends with an action that fails, an inner one too', () => {
  const ada = enter(begin())
  const fails = (): never => {
    throw new Error('no')
  }
  const after = suppressed(ada, () => {
    expect(() => suppressed(ada, fails)).toThrow('no')
    return isSuppressed(ada)
  })
  expect(after).toBe(true)
  expect(() => suppressed(ada, fails)).toThrow('no')
  expect(isSuppressed(ada)).toBe(false)
})

test('other threads are not concerned, also one that begins meanwhile', () => {
  const setting = begin()
  const [ada, ben] = [enter(setting), enter(setting)]
  expect(suppressed(ada, () => [isSuppressed(ben), isSuppressed(enter(setting))])).toEqual([false, false])
})
