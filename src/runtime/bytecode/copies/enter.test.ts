import { expect, test } from 'vitest'
import { codeOf as codeFrom } from '../../../testing/code.ts'
import { begin, cells, enter } from '../../../testing/setting.ts'
import { type Address, CELL } from '../../memory/memory.ts'
import { OutOfMemory } from '../../memory/out-of-memory.ts'
import { mainCopy } from '../code/code-object.ts'
import { copyAt } from '../code/copy-array.ts'
import { FRAME_CODE, Frame, INDEX, INSTRUCTION } from '../code/frame.ts'
import { lastInstruction } from '../code/places.ts'
import { uncounted } from '../objects/reference.ts'
import { obtainCopy } from './copies.ts'
import { enterOwnCopy, isInOwnCopy, startFrame } from './enter.ts'

/** Ada runs main copies, Ben and Cleo their own. */
function threeThreads() {
  const setting = begin()
  const { memory } = setting
  const [ada, ben, cleo] = [enter(setting), enter(setting), enter(setting)]
  const code = codeFrom(ada)
  const newFrame = (): Address => {
    const frame = cells(setting, Frame.size / CELL)
    memory.set(frame + FRAME_CODE, uncounted(code))
    return frame
  }
  /** In which copy a frame is, and how far. */
  const place = (frame: Address) => {
    const index = memory.get(frame + INDEX)
    const begin = copyAt(memory, code, index)
    return { index, offset: (memory.get(frame + INSTRUCTION) - begin) / CELL }
  }
  return { ...setting, ada, ben, cleo, code, newFrame, place }
}

test('a frame begins in the main copy as long as its thread has none, and makes none', () => {
  const { memory, ben, code, newFrame, place } = threeThreads()
  const frame = newFrame()
  startFrame(ben, frame)
  expect(place(frame)).toEqual({ index: 0, offset: 0 })
  expect(memory.get(frame + INSTRUCTION)).toBe(mainCopy(code))
  expect([copyAt(memory, code, 1), isInOwnCopy(ben, frame)]).toEqual([0, false])
})

test('a later frame begins in the copy', () => {
  const { memory, ben, code, newFrame } = threeThreads()
  const copy = obtainCopy(ben, code)
  const frame = newFrame()
  startFrame(ben, frame)
  expect([memory.get(frame + INDEX), memory.get(frame + INSTRUCTION)]).toEqual([1, copy])
  expect(enterOwnCopy(ben, frame)).toBe(false)
})

test('the thread with index zero begins in the main copy and stays there', () => {
  const { ada, newFrame, place } = threeThreads()
  const frame = newFrame()
  startFrame(ada, frame)
  expect([enterOwnCopy(ada, frame), place(frame)]).toEqual([false, { index: 0, offset: 0 }])
})

test('at RESUME a frame is moved to the thread’s copy, which is made, and stays where it is in its code', () => {
  const { memory, ben, code, newFrame, place } = threeThreads()
  const frame = newFrame()
  startFrame(ben, frame)
  memory.set(frame + INSTRUCTION, memory.get(frame + INSTRUCTION) + 2 * CELL)
  expect(enterOwnCopy(ben, frame)).toBe(true)
  expect(place(frame)).toEqual({ index: 1, offset: 2 })
  expect(memory.get(frame + INSTRUCTION)).toBe(copyAt(memory, code, 1) + 2 * CELL)
  expect([lastInstruction(memory, frame), isInOwnCopy(ben, frame), enterOwnCopy(ben, frame)]).toEqual([2, true, false])
})

test('the frame of a generator goes from thread to thread, and back', () => {
  const { memory, ada, ben, cleo, newFrame, place } = threeThreads()
  const frame = newFrame()
  startFrame(ada, frame)
  memory.set(frame + INSTRUCTION, memory.get(frame + INSTRUCTION) + 4 * CELL)
  const indices = [ben, cleo, ben, ada].map((thread) => {
    expect(enterOwnCopy(thread, frame)).toBe(true)
    expect(place(frame).offset).toBe(4)
    return place(frame).index
  })
  expect(indices).toEqual([1, 2, 1, 0])
})

test('without memory for a copy the frame stays where it is, and a later attempt succeeds', () => {
  const { runtime, ben, newFrame, place } = threeThreads()
  const frame = newFrame()
  startFrame(ben, frame)
  runtime.arena.limit(0)
  expect(() => enterOwnCopy(ben, frame)).toThrow(OutOfMemory)
  expect(place(frame)).toEqual({ index: 0, offset: 0 })
  runtime.arena.limit(null)
  expect(enterOwnCopy(ben, frame)).toBe(true)
  expect(place(frame)).toEqual({ index: 1, offset: 0 })
})
