import { describe, expect, test } from 'vitest'
import { ADDING, codeOf, tuple } from '../../../testing/code.ts'
import { BYTES, begin, enter } from '../../../testing/setting.ts'
import { Runtime } from '../../interpreter/runtime.ts'
import { sleeper } from '../../interpreter/thread.ts'
import { type Address, CELL, NULL } from '../../memory/memory.ts'
import { OutOfMemory } from '../../memory/out-of-memory.ts'
import { SharedMemory } from '../../memory/shared-memory.ts'
import { KIND, MARKS, references, TRACKED } from '../../refcount/object-header.ts'
import { Kind } from '../objects/kinds.ts'
import { CodeObject, LocalKind, mainCopy, unitCountOf } from './code-object.ts'
import { copiesOf, copyAt, entryAt, FIRST_SIZE, sizeOf } from './copy-array.ts'

function aThread() {
  const setting = begin()
  const { runtime } = setting
  return { ...setting, ada: enter(setting), names: () => [...runtime.arena.blocks()].map(({ name }) => name) }
}

const cellsAt = (memory: SharedMemory, at: Address, count: number) =>
  Array.from({ length: count }, (_, index) => memory.get(at + index * CELL))

test('a code object says what it was made of', () => {
  const { memory, ada, interpreter } = aThread()
  const handlers = [{ start: 1, end: 3, target: 4, depth: 2, pushLast: true }]
  const lines = [7, 8, 8, 8, null]
  const localKinds = [LocalKind.LOCAL, LocalKind.LOCAL | LocalKind.CELL, LocalKind.FREE, LocalKind.FREE]
  const numbers = { firstLine: 7, argumentCount: 3, positionalOnlyCount: 1, keywordOnlyCount: 2, flags: 0x13, stackSize: 9 }
  const code = CodeObject.at(codeOf(ada, ADDING, { ...numbers, handlers, lines, localKinds }))
  for (const [name, value] of Object.entries(numbers)) expect([name, memory.get(code[name as keyof typeof numbers])]).toEqual([name, value])
  expect([memory.get(code.localCount), memory.get(code.freeCount)]).toEqual([4, 2])
  expect(cellsAt(memory, memory.get(code.localKinds), 4)).toEqual(localKinds)
  expect(cellsAt(memory, memory.get(code.lines), 5)).toEqual([7, 8, 8, 8, 0])
  expect(cellsAt(memory, memory.get(code.handlers), 6)).toEqual([1, 1, 3, 4, 2, 1])
  expect(memory.get(code.home)).toBe(interpreter.code.address)
  expect([memory.get(code.address + KIND), memory.get(code.address + MARKS) & TRACKED]).toEqual([Kind.CODE, TRACKED])
  expect([memory.get(code.monitoring), memory.get(code.version)]).toEqual([NULL, 0])
})

test('it holds a reference to each object that it was made of, and the caller keeps its own', () => {
  const { memory, ada } = aThread()
  const objects = { names: tuple(ada), constants: tuple(ada), localNames: tuple(ada) }
  const strings = { name: tuple(ada), qualifiedName: tuple(ada), filename: tuple(ada) }
  const code = CodeObject.at(codeOf(ada, ADDING, { ...objects, ...strings }))
  for (const [name, object] of Object.entries({ ...objects, ...strings })) {
    expect([name, memory.get(code[name as 'names']), references(memory, object)]).toEqual([name, object, 2])
  }
})

test('its units stand at its end, and are the first entry of its array', () => {
  const { memory, ada } = aThread()
  const code = codeOf(ada)
  const array = memory.get(code + CodeObject.offset.copies)
  expect(cellsAt(memory, mainCopy(code), ADDING.length)).toEqual(ADDING)
  expect(unitCountOf(memory, code)).toBe(ADDING.length)
  expect(sizeOf(memory, array)).toBe(FIRST_SIZE)
  expect(cellsAt(memory, entryAt(array, 0), FIRST_SIZE)).toEqual([mainCopy(code), ...Array(FIRST_SIZE - 1).fill(NULL)])
})

test('lists that are empty take no memory', () => {
  const { memory, ada } = aThread()
  const code = CodeObject.at(codeOf(ada))
  expect([memory.get(code.localKinds), memory.get(code.handlers)]).toEqual([NULL, NULL])
})

test('in a build without threads there is the main copy, and no array', () => {
  const memory = new SharedMemory(new SharedArrayBuffer(BYTES))
  const runtime = Runtime.create(memory, BYTES, { freeThreaded: false, copying: false })
  const interpreter = runtime.createInterpreter(sleeper(runtime, runtime.createOsThread()))
  const code = codeOf(enter({ runtime, interpreter }))
  expect(memory.get(code + CodeObject.offset.copies)).toBe(NULL)
  expect([copyAt(memory, code, 0), ...copiesOf(memory, code)]).toEqual([mainCopy(code), mainCopy(code)])
})

describe('without memory', () => {
  const handlers = [{ start: 1, end: 3, target: 4, depth: 2, pushLast: false }]
  // For kinds of locals, lines, handlers, the array and the code object itself.
  test.for([0, 1, 2, 3, 4])('for more than %i blocks there is no code object, and nothing is left of the attempt', (blocks) => {
    const { memory, runtime, ada, names } = aThread()
    const [text, items] = [tuple(ada), tuple(ada)]
    const strings = { name: text, qualifiedName: text, filename: text }
    const tuples = { names: items, constants: items, localNames: items }
    const make = () => codeOf(ada, ADDING, { ...strings, ...tuples, handlers, localKinds: [LocalKind.LOCAL] })
    // What `codeOf` makes besides is made already.
    const before = names()
    runtime.arena.limit(6 + blocks)
    expect(make).toThrow(OutOfMemory)
    runtime.arena.limit(null)
    expect(names().filter((name) => name !== 'str' && name !== 'tuple')).toEqual(before.filter((name) => name !== 'tuple'))
    expect([text, items].map((object) => references(memory, object))).toEqual([1, 1])
    expect(make()).not.toBe(NULL)
  })
})
