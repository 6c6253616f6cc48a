import { expect, test } from 'vitest'
import { begin, cells, enter } from '../../../testing/setting.ts'
import { Kind } from '../objects/kinds.ts'
import { uncounted } from '../objects/reference.ts'
import { eachReference, Frame, frameBytes, framesFrom, LOCALS } from './frame.ts'
import {
  FRAME_IN_GENERATOR,
  GENERATOR_HANDLED,
  GENERATOR_NAME,
  GENERATOR_OUTER,
  GENERATOR_QUALIFIED_NAME,
  GENERATOR_STATE,
  GeneratorState,
  generatorBytes,
  visitGenerator,
} from './generator.ts'
import { handledCell, handledException } from './handled.ts'

const setting = begin()
const thread = enter(setting)
const { memory, own } = thread

function generator(): number {
  const made = thread.newObject(Kind.GENERATOR, generatorBytes(1, 2), 'generator')
  const frame = Frame.at(made + FRAME_IN_GENERATOR)
  memory.set(made + GENERATOR_NAME, 0x100)
  memory.set(made + GENERATOR_QUALIFIED_NAME, 0x200)
  memory.set(frame.code, uncounted(0x300))
  memory.set(frame.top, frame.locals + 8)
  memory.set(frame.locals + 4, 0x400)
  return made
}

test('a frame has its locals and its stack behind it', () => {
  expect(frameBytes(2, 3)).toBe(LOCALS + 20)
  const frames = cells(setting, 40)
  const [inner, outer] = [Frame.at(frames), Frame.at(frames + 80)]
  memory.set(inner.previous, outer.address)
  expect([...framesFrom(memory, inner.address)]).toEqual([inner.address, outer.address])
})

test('what a frame holds is found, and what is above its stack is not', () => {
  const at = generator() + FRAME_IN_GENERATOR
  const found: number[] = []
  memory.set(at + LOCALS + 8, 0x500)
  eachReference(memory, at, (reference) => found.push(reference))
  expect(found).toEqual([0x301, 0x400])
})

test('a generator at rest holds what is counted in its frame, and the exception that it handles', () => {
  const made = generator()
  const children = () => {
    const found: number[] = []
    visitGenerator(memory, made, (child) => found.push(child))
    return found
  }
  expect(children()).toEqual([0x100, 0x200, 0x400])
  memory.set(made + GENERATOR_HANDLED, 0x600)
  expect(children()).toEqual([0x100, 0x200, 0x600, 0x400])
  for (const state of [GeneratorState.EXECUTING, GeneratorState.CLEARED]) {
    memory.set(made + GENERATOR_STATE, state)
    expect(children()).toEqual([0x100, 0x200])
  }
})

test('a generator that handles nothing sees what is handled around it', () => {
  expect(handledException(thread)).toBe(0)
  memory.set(handledCell(memory, own), 0x10)
  const [outer, inner] = [generator(), generator()]
  memory.set(own.generator, inner)
  memory.set(inner + GENERATOR_OUTER, outer)
  expect(handledException(thread)).toBe(0x10)
  memory.set(outer + GENERATOR_HANDLED, 0x20)
  expect(handledException(thread)).toBe(0x20)
  memory.set(handledCell(memory, own), 0x30)
  expect(memory.get(inner + GENERATOR_HANDLED)).toBe(0x30)
  expect(handledException(thread)).toBe(0x30)
})
