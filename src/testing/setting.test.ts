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

test('who would have to wait for another thread is refused: that one runs here too', () => {
  const setting = begin()
  // The ninth needs a larger table of sequences, for which the others would have to come to rest.
  for (let thread = 0; thread < 8; thread++) enter(setting)
  expect(() => enter(setting)).toThrow('nobody else runs who could end the sleep')
})

test('cells lie one after the other and hold zeros', () => {
  const setting = begin()
  const at = cells(setting, 3)
  expect([at, at + 4, at + 8].map((cell) => setting.memory.get(cell))).toEqual([0, 0, 0])
})
