import { expect, test } from 'vitest'
import { ADDING, codeOf, tuple } from '../../../testing/code.ts'
import { begin, enter } from '../../../testing/setting.ts'
import { COPIES, LocalKind, MONITORING } from './code-object.ts'
import { COPY, entryAt } from './copy-array.ts'
import { CODE_LAYOUT } from './layout.ts'

const HANDLERS = [{ start: 1, end: 3, target: 4, depth: 2, pushLast: true }]

test('what a code object refers to are its names and its constants', () => {
  const setting = begin()
  const ada = enter(setting)
  const [text, names, constants, localNames] = [tuple(ada), tuple(ada), tuple(ada), tuple(ada)]
  const code = codeOf(ada, ADDING, { name: text, qualifiedName: text, filename: text, names, constants, localNames })
  const children: number[] = []
  CODE_LAYOUT.visit(setting.memory, code, (child) => children.push(child))
  expect(children.sort()).toEqual([text, text, text, names, constants, localNames].sort())
})

test('the copies of all threads end with it, each once, and so does all memory of its own', () => {
  const setting = begin()
  const { memory, runtime } = setting
  const ada = enter(setting)
  const raw = () => runtime.inUse().memory
  const before = raw()
  const code = codeOf(ada, ADDING, { handlers: HANDLERS, localKinds: [LocalKind.LOCAL] })
  for (const index of [2, 7, 15]) memory.set(entryAt(memory.get(code + COPIES), index), ada.allocate(20, COPY))
  memory.set(code + MONITORING, ada.allocate(20, 'monitors'))
  expect(raw()).toBe(before + 8)
  CODE_LAYOUT.release?.(ada, code)
  expect(raw()).toBe(before)
})

test('one that has none of these ends without', () => {
  const setting = begin()
  const ada = enter(setting)
  const before = setting.runtime.inUse().memory
  CODE_LAYOUT.release?.(ada, codeOf(ada))
  expect(setting.runtime.inUse().memory).toBe(before)
})
