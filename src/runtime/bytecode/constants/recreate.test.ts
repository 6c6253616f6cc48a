import { describe, expect, test } from 'vitest'
import { type Maker, stage } from '../../../testing/explored-threads.ts'
import { type Address, CELL, type Memory } from '../../memory/memory.ts'
import { SharedMemory } from '../../memory/shared-memory.ts'
import { decref } from '../../refcount/biased.ts'
import { isImmortal } from '../../refcount/object-header.ts'
import { CONSTANTS, CodeObject, mainCopy, unitCountOf } from '../code/code-object.ts'
import { compile } from '../compile/compile.ts'
import { OP, opcodeOf, withOpcode } from '../compile/opcodes.ts'
import { obtainCopy } from '../copies/copies.ts'
import { Kind, kindOf } from '../objects/kinds.ts'
import { tupleItem, tupleItems } from '../objects/tuple.ts'
import { load } from './load.ts'
import { recreate } from './recreate.ts'
import { suppressed } from './suppression.ts'

const BYTES = 1 << 19

function begun() {
  const { threads, ...rest } = stage(new SharedMemory(new SharedArrayBuffer(BYTES)), BYTES)
  const [ada, ben] = threads
  ben.detach()
  return { ...rest, ada, ben, memory: ada.memory }
}

const loaded = (thread: Maker, source: string): Address => load(thread, compile(source, 'program.py', 'exec'))
const constantsOf = (memory: Memory, code: Address): Address[] => tupleItems(memory, memory.get(code + CONSTANTS))
const unitsOf = (memory: Memory, code: Address): number[] =>
  Array.from({ length: unitCountOf(memory, code) }, (_, index) => memory.get(mainCopy(code) + index * CELL))

const SUMS = `
try:
    x = (5000, 6000)
except ValueError as error:
    for y in x:
        x = y + 7000
def f(a, b, /, *, c):
    return lambda: a
`

describe('a code object made anew', () => {
  test('has the same instructions, places and names as one that was just loaded, whatever became of the first', () => {
    const { memory, ada } = begun()
    const first = loaded(ada, SUMS)
    const fresh = unitsOf(memory, first)
    const at = unitsOf(memory, first).findIndex((unit) => opcodeOf(unit) === OP.BINARY_OP)
    // As its thread would have specialized it.
    memory.set(mainCopy(first) + at * CELL, withOpcode(fresh[at] as number, OP.BINARY_OP_ADD_INT))
    const second = recreate(ada, first)
    expect(second).not.toBe(first)
    expect(unitsOf(memory, second)).toEqual(fresh)
    const [one, other] = [CodeObject.at(first), CodeObject.at(second)]
    for (const field of [
      'name',
      'qualifiedName',
      'filename',
      'names',
      'localNames',
      'constants',
      'firstLine',
      'flags',
      'stackSize',
    ] as const) {
      expect(memory.get(other[field])).toBe(memory.get(one[field]))
    }
    const block = (code: CodeObject, field: 'lines' | 'handlers', count: number) =>
      Array.from({ length: count }, (_, index) => memory.get(memory.get(code[field]) + index * CELL))
    const handlers = 1 + 5 * memory.get(memory.get(one.handlers))
    expect(handlers).toBeGreaterThan(6)
    expect(block(other, 'handlers', handlers)).toEqual(block(one, 'handlers', handlers))
    expect(block(other, 'lines', fresh.length)).toEqual(block(one, 'lines', fresh.length))
  })

  test('has the same variables, and calls alike', () => {
    const { memory, ada } = begun()
    const first = constantsOf(memory, loaded(ada, SUMS)).find((constant) => kindOf(memory, constant) === Kind.CODE) as Address
    const [one, other] = [CodeObject.at(first), CodeObject.at(recreate(ada, first))]
    for (const field of ['argumentCount', 'positionalOnlyCount', 'keywordOnlyCount', 'localCount', 'freeCount'] as const) {
      expect(memory.get(other[field])).toBe(memory.get(one[field]))
    }
    const kinds = (code: CodeObject) => [0, 1, 2].map((index) => memory.get(memory.get(code.localKinds) + index * CELL))
    expect(kinds(other)).toEqual(kinds(one))
    expect(memory.get(one.positionalOnlyCount)).toBe(2)
  })
})

describe('constants of code that was made while that was suppressed', () => {
  const SOURCE = 'x = (5000, 6000)'

  test('become immortal with it, for both', () => {
    const { memory, ada } = begun()
    const first = suppressed(ada, () => loaded(ada, SOURCE))
    const [pair] = constantsOf(memory, first) as [Address]
    expect(isImmortal(memory, pair)).toBe(false)
    const second = recreate(ada, first)
    expect([isImmortal(memory, pair), isImmortal(memory, tupleItem(memory, pair, 0))]).toEqual([true, true])
    expect([constantsOf(memory, first)[0], constantsOf(memory, second)[0]]).toEqual([pair, pair])
    const opcodes = [first, second].map((code) => unitsOf(memory, code).map(opcodeOf))
    expect(opcodes.map((each) => each.includes(OP.LOAD_CONST))).toEqual([true, false])
  })

  test('are exchanged in both for those that are used already', () => {
    const { runtime, memory, ada } = begun()
    const [canonical] = constantsOf(memory, loaded(ada, SOURCE)) as [Address]
    const first = suppressed(ada, () => loaded(ada, SOURCE))
    const before = runtime.inUse().objects
    const second = recreate(ada, first)
    expect([constantsOf(memory, first)[0], constantsOf(memory, second)[0]]).toEqual([canonical, canonical])
    // One code object more; the pair and its two numbers are gone.
    expect(runtime.inUse().objects).toBe(before + 1 - 3)
    decref(ada, second)
  })

  test('stay mortal if it is suppressed again', () => {
    const { memory, ada } = begun()
    const first = suppressed(ada, () => loaded(ada, SOURCE))
    suppressed(ada, () => recreate(ada, first))
    expect(isImmortal(memory, constantsOf(memory, first)[0] as Address)).toBe(false)
  })

  test('are loaded without counting by copies that are made later, while the main copy goes on counting', () => {
    const { memory, ada, ben } = begun()
    const code = suppressed(ada, () => loaded(ada, SOURCE))
    decref(ada, recreate(ada, code))
    ada.detach()
    ben.attach()
    const copy = obtainCopy(ben, code)
    expect(copy).not.toBe(mainCopy(code))
    const at = unitsOf(memory, code).findIndex((unit) => opcodeOf(unit) === OP.LOAD_CONST)
    expect([opcodeOf(memory.get(mainCopy(code) + at * CELL)), opcodeOf(memory.get(copy + at * CELL))]).toEqual([
      OP.LOAD_CONST,
      OP.LOAD_CONST_IMMORTAL,
    ])
  })
})

test('the others are at rest while constants are exchanged', () => {
  const { ada, memory, interpreter } = begun()
  const code = suppressed(ada, () => loaded(ada, 'x = 5000'))
  const look = () => [memory.load(interpreter.pause.stopped) !== 0, isImmortal(memory, constantsOf(memory, code)[0] as Address)]
  const seen: boolean[][] = []
  const stopped = ada.whileStopped.bind(ada)
  Object.assign(ada, {
    whileStopped: <T>(action: () => T): T =>
      stopped(() => {
        seen.push(look())
        const result = action()
        seen.push(look())
        return result
      }),
  })
  recreate(ada, code)
  expect(seen).toEqual([
    [true, false],
    [true, true],
  ])
})
