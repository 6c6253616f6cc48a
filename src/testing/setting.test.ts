import { expect, test } from 'vitest'
import { safePoint } from '../runtime/interpreter/safe-point.ts'
import { decref } from '../runtime/refcount/biased.ts'
import { request, SIGNALS } from '../runtime/thread/requests.ts'
import { begin, cells, enter, open } from './setting.ts'

test('a setting is opened again on the same memory', () => {
  const setting = begin()
  const thread = enter(setting)
  const again = open(setting.memory)
  expect(again.interpreter.address).toBe(setting.interpreter.address)
  expect([thread, enter(again)].map(({ isAttached }) => isAttached)).toEqual([true, true])
})

test('its embedder serves everything, and its finalizers do nothing', () => {
  const { memory, runtime, ...setting } = begin()
  const thread = enter({ runtime, ...setting })
  request(memory, thread.record.base.requests, SIGNALS)
  expect(safePoint(thread)).toEqual({ bits: [SIGNALS], failed: 0 })
  decref(thread, thread.createObject(1, false))
  expect(runtime.inUse().objects).toBe(0)
})

test('cells lie one after the other and hold zeros', () => {
  const setting = begin()
  const at = cells(setting, 3)
  expect([at, at + 4, at + 8].map((cell) => setting.memory.get(cell))).toEqual([0, 0, 0])
})
