import { expect, test } from 'vitest'
import { codeOf } from '../../../testing/code.ts'
import { begin, enter } from '../../../testing/setting.ts'
import { NULL } from '../../memory/memory.ts'
import { COPIES, mainCopy } from './code-object.ts'
import { copiesOf, copyAt, entryAt, FIRST_SIZE } from './copy-array.ts'

function aCode() {
  const setting = begin()
  const { memory } = setting
  const code = codeOf(enter(setting))
  return { memory, code, put: (index: number, copy: number) => memory.set(entryAt(memory.get(code + COPIES), index), copy) }
}

test('an entry is found by its index, and index zero is the main copy', () => {
  const { memory, code, put } = aCode()
  put(3, 4096)
  put(FIRST_SIZE - 1, 8192)
  expect([0, 1, 3, FIRST_SIZE - 1].map((index) => copyAt(memory, code, index))).toEqual([mainCopy(code), NULL, 4096, 8192])
})

test('an index beyond the array finds nothing', () => {
  const { memory, code } = aCode()
  expect(copyAt(memory, code, FIRST_SIZE)).toBe(NULL)
  expect(copyAt(memory, code, 1000)).toBe(NULL)
})

test('all copies are those that there are, the main one first', () => {
  const { memory, code, put } = aCode()
  expect([...copiesOf(memory, code)]).toEqual([mainCopy(code)])
  put(7, 4096)
  put(2, 8192)
  expect([...copiesOf(memory, code)]).toEqual([mainCopy(code), 8192, 4096])
})
