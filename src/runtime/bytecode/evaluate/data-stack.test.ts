import { beforeEach, expect, test } from 'vitest'
import { BYTES, begin, enter } from '../../../testing/setting.ts'
import { clearThread } from '../../interpreter/lifecycle.ts'
import { BlockArena } from '../../memory/arena.ts'
import { freeDataStack, popFrame, pushFrame } from './data-stack.ts'

let setting = begin()
let m = enter(setting)

beforeEach(() => {
  setting = begin()
  m = enter(setting)
})

const chunks = (): number => [...new BlockArena(setting.memory, BYTES).blocks()].filter(({ name }) => name === 'data stack').length

test('frames lie one behind the other, and their room is used again', () => {
  const first = pushFrame(m, 100)
  const second = pushFrame(m, 200)
  expect(second).toBe(first + 100)
  popFrame(m.memory, m.own, second)
  expect(pushFrame(m, 300)).toBe(second)
  popFrame(m.memory, m.own, first)
  expect(pushFrame(m, 100)).toBe(first)
  expect(chunks()).toBe(1)
})

test('what does not fit goes into the next chunk, which is kept when its last frame is gone', () => {
  const first = pushFrame(m, 3000)
  const second = pushFrame(m, 3000)
  expect(chunks()).toBe(2)
  popFrame(m.memory, m.own, second)
  expect(pushFrame(m, 500)).toBe(first + 3000)
  popFrame(m.memory, m.own, first + 3000)
  expect(pushFrame(m, 3000)).toBe(second)
  expect(chunks()).toBe(2)
})

test('a frame larger than a chunk has a chunk of its own, in front of one that is too small for it', () => {
  const first = pushFrame(m, 3000)
  const small = pushFrame(m, 3000)
  popFrame(m.memory, m.own, small)
  const large = pushFrame(m, 10_000)
  expect(chunks()).toBe(3)
  const after = pushFrame(m, 3000)
  expect(after).toBe(small)
  for (const frame of [after, large, first]) popFrame(m.memory, m.own, frame)
  expect(pushFrame(m, 3000)).toBe(first)
})

test('without memory there is no frame, and those that are there stay', () => {
  const first = pushFrame(m, 3000)
  while (m.allocate(3000, 'filling') !== 0);
  expect(() => pushFrame(m, 3000)).toThrow('no memory for frames')
  expect(pushFrame(m, 500)).toBe(first + 3000)
})

test('all chunks of a thread go with it, whichever is in use', () => {
  freeDataStack(m, m.own)
  pushFrame(m, 3000)
  pushFrame(m, 3000)
  pushFrame(m, 3000)
  expect(chunks()).toBe(3)
  clearThread(m)
  expect(chunks()).toBe(0)
})
