import { expect, test } from 'vitest'
import { ADDING, codeOf as aCode } from '../../../testing/code.ts'
import { begin, cells, enter } from '../../../testing/setting.ts'
import { CELL, NULL } from '../../memory/memory.ts'
import { uncounted } from '../objects/reference.ts'
import { COPIES, Handler, mainCopy } from './code-object.ts'
import { entryAt } from './copy-array.ts'
import { FRAME_CODE, Frame, INDEX, INSTRUCTION } from './frame.ts'
import { codeOf, handlerOf, lastInstruction, lineOf } from './places.ts'

function aFrame() {
  const setting = begin()
  const { memory } = setting
  const handlers = [
    { start: 1, end: 2, target: 4, depth: 0, pushLast: false },
    { start: 2, end: 4, target: 3, depth: 1, pushLast: true },
  ]
  const code = aCode(enter(setting), ADDING, { handlers, lines: [null, 5, 6, 6, 5] })
  const frame = cells(setting, Frame.size / CELL)
  memory.set(frame + FRAME_CODE, uncounted(code))
  return { ...setting, code, frame }
}

test('the code of a frame is found whether or not its reference is counted', () => {
  const { memory, code, frame } = aFrame()
  expect(codeOf(memory, frame)).toBe(code)
  memory.set(frame + FRAME_CODE, code)
  expect(codeOf(memory, frame)).toBe(code)
})

test('the same place is the same number in every copy', () => {
  const { memory, code, frame, ...setting } = aFrame()
  memory.set(frame + INSTRUCTION, mainCopy(code) + 2 * CELL)
  expect(lastInstruction(memory, frame)).toBe(2)
  const copy = cells(setting, ADDING.length)
  memory.set(entryAt(memory.get(code + COPIES), 5), copy)
  memory.set(frame + INDEX, 5)
  memory.set(frame + INSTRUCTION, copy + 2 * CELL)
  expect(lastInstruction(memory, frame)).toBe(2)
})

test('a unit has a line, unless it has none', () => {
  const { memory, code } = aFrame()
  expect([0, 1, 2, 3, 4].map((offset) => lineOf(memory, code, offset))).toEqual([undefined, 5, 6, 6, 5])
})

test('a unit has the handler that covers it', () => {
  const { memory, code, ...setting } = aFrame()
  const target = (offset: number) => {
    const handler = handlerOf(memory, code, offset)
    return handler === NULL ? undefined : memory.get(handler + Handler.offset.target)
  }
  expect([0, 1, 2, 3, 4].map(target)).toEqual([undefined, 4, 3, 3, undefined])
  expect(handlerOf(memory, aCode(enter(setting)), 1)).toBe(NULL)
})
