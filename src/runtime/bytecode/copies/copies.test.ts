import { describe, expect, test } from 'vitest'
import { ADDING, codeOf, tuple } from '../../../testing/code.ts'
import { scripted } from '../../../testing/scripted.ts'
import { BYTES, begin, enter, QUIET } from '../../../testing/setting.ts'
import { bind, createThread } from '../../interpreter/lifecycle.ts'
import type { ThreadRecord } from '../../interpreter/records.ts'
import { Runtime } from '../../interpreter/runtime.ts'
import { sleeper, type Thread } from '../../interpreter/thread.ts'
import { type Address, CELL, NULL } from '../../memory/memory.ts'
import { OutOfMemory } from '../../memory/out-of-memory.ts'
import { processDelayed } from '../../reclaim/delayed-free.ts'
import { FREE_CHUNK, items } from '../../reclaim/free-queue.ts'
import { advance } from '../../reclaim/qsbr.ts'
import { IMMORTAL, LOCAL } from '../../refcount/object-header.ts'
import { isLocked } from '../../sync/mutex.ts'
import { CODE_MUTEX, COPIES, MONITORING, mainCopy } from '../code/code-object.ts'
import { COPY, copiesOf, copyAt, entryAt, sizeOf } from '../code/copy-array.ts'
import { Monitoring, monitoringBytes, Place, placeOf } from '../code/monitoring.ts'
import { OP, unit } from '../compile/opcodes.ts'
import { WARM_UP } from '../specialize/counter.ts'
import { obtainCopy, ownCopy } from './copies.ts'
import { quickenMain } from './quicken.ts'

/** Ada has the main copies, Ben copies of his own. */
function twoThreads(units = ADDING, settings = { freeThreaded: true, copying: true }) {
  const memory = scripted(BYTES)
  const runtime = Runtime.create(memory, BYTES, settings)
  const interpreter = runtime.createInterpreter(sleeper(runtime, runtime.createOsThread()))
  const [ada, ben] = [enter({ runtime, interpreter }), enter({ runtime, interpreter })]
  const constant = ada.createObject(0, false)
  const code = codeOf(ada, units, { constants: tuple(ada, constant) })
  quickenMain(ada, code)
  const at = (copy: Address) => units.map((_, offset) => memory.get(copy + offset * CELL))
  /** A thread with that index. Those below it, as far as they are missing, are made and never begin. */
  const withIndex = (index: number): Thread => {
    // So that the world can be stopped when the table of sequences grows.
    for (const thread of [ada, ben]) thread.detach()
    const creator = { runtime, os: runtime.createOsThread() }
    const made = (): ThreadRecord => createThread(creator, interpreter)
    let record = made()
    while (memory.get(record.code.index) < index) record = made()
    const thread = bind(runtime, runtime.createOsThread(), record, QUIET)
    for (const each of [ada, ben, thread]) each.attach()
    return thread
  }
  return {
    memory,
    runtime,
    interpreter,
    ada,
    ben,
    code,
    constant,
    at,
    withIndex,
    array: () => memory.get(code + COPIES),
    size: () => sizeOf(memory, memory.get(code + COPIES)),
    copyBlocks: () => [...runtime.arena.blocks()].filter(({ name }) => name === COPY).map(({ address }) => address),
  }
}

test('the thread with index zero runs the main copy, and none is ever made for it', () => {
  const { ada, code, copyBlocks } = twoThreads()
  expect(ownCopy(ada, code)).toBe(mainCopy(code))
  expect(obtainCopy(ada, code)).toBe(mainCopy(code))
  expect(copyBlocks()).toEqual([])
})

test('another has no copy before it asks for one, and the same ever after', () => {
  const { memory, ben, code, copyBlocks } = twoThreads()
  expect(ownCopy(ben, code)).toBe(NULL)
  const copy = obtainCopy(ben, code)
  expect(copyBlocks()).toEqual([copy])
  expect([ownCopy(ben, code), obtainCopy(ben, code), copyAt(memory, code, 1)]).toEqual([copy, copy, copy])
  expect(copyBlocks()).toEqual([copy])
  expect([isLocked(memory, code + CODE_MUTEX), memory.get(ben.sections.depth)]).toEqual([false, 0])
})

test('a copy that is there is found without the lock', () => {
  const { memory, ben, code } = twoThreads()
  const copy = obtainCopy(ben, code)
  memory.store(code + CODE_MUTEX, 1)
  expect(obtainCopy(ben, code)).toBe(copy)
})

test.for([
  { freeThreaded: true, copying: false },
  { freeThreaded: false, copying: false },
])('where threads have no copies all of them run the main one: %j', (settings) => {
  const { ada, ben, code, copyBlocks } = twoThreads(ADDING, settings)
  expect([ada, ben].map((thread) => obtainCopy(thread, code))).toEqual([mainCopy(code), mainCopy(code)])
  expect(copyBlocks()).toEqual([])
})

describe('a fresh copy', () => {
  const UNITS = [
    unit(OP.RESUME, 0),
    unit(OP.LOAD_FAST_LOAD_FAST, 0x12),
    unit(OP.BINARY_OP, 13),
    0,
    unit(OP.EXTENDED_ARG, 1),
    unit(OP.JUMP_BACKWARD, 7),
    0,
    unit(OP.LOAD_CONST, 0),
    unit(OP.RETURN_VALUE, 0),
  ]

  test('is what the main copy was before anybody ran it, whatever the main copy has become', () => {
    const { memory, ben, code, at } = twoThreads(UNITS)
    const before = at(mainCopy(code))
    memory.set(mainCopy(code), unit(OP.RESUME_CHECK, 0))
    memory.set(mainCopy(code) + 2 * CELL, unit(OP.BINARY_OP_ADD_INT, 13))
    memory.set(mainCopy(code) + 3 * CELL, 7)
    memory.set(mainCopy(code) + 7 * CELL, unit(OP.LOAD_CONST_IMMORTAL, 0))
    expect(at(obtainCopy(ben, code))).toEqual(before)
  })

  test('has the special form for a constant that has become immortal since', () => {
    const { memory, ben, code, constant, at } = twoThreads(UNITS)
    memory.storeRelaxed(constant + LOCAL, IMMORTAL)
    expect(at(obtainCopy(ben, code))[7]).toBe(unit(OP.LOAD_CONST_IMMORTAL, 0))
    expect(at(mainCopy(code))[7]).toBe(unit(OP.LOAD_CONST, 0))
  })

  test('is made of the main copy, not of another one', () => {
    const { memory, ben, code, at, withIndex } = twoThreads(UNITS)
    const cleo = withIndex(2)
    const first = obtainCopy(ben, code)
    const before = at(first)
    memory.set(first + CELL, unit(OP.NOP, 0))
    expect(at(obtainCopy(cleo, code))).toEqual(before)
  })

  test('reports what the main copy reports, and is generic under that', () => {
    const { memory, ada, ben, code, at } = twoThreads(UNITS)
    memory.set(code + MONITORING, ada.allocate(monitoringBytes(UNITS.length), Monitoring.name))
    const instructions = {
      0: OP.RESUME,
      1: OP.LOAD_FAST_LOAD_FAST,
      2: OP.BINARY_OP,
      4: OP.EXTENDED_ARG,
      5: OP.JUMP_BACKWARD,
      7: OP.LOAD_CONST,
      8: OP.RETURN_VALUE,
    }
    for (const [offset, opcode] of Object.entries(instructions))
      memory.set(placeOf(memory, code, Number(offset)) + Place.offset.generic, opcode)
    memory.set(mainCopy(code), unit(OP.INSTRUMENTED_RESUME, 0))
    memory.set(mainCopy(code) + 2 * CELL, unit(OP.INSTRUMENTED_LINE, 13))
    memory.set(mainCopy(code) + 3 * CELL, 1)
    const copy = at(obtainCopy(ben, code))
    expect(copy.slice(0, 4)).toEqual([unit(OP.INSTRUMENTED_RESUME, 0), UNITS[1], unit(OP.INSTRUMENTED_LINE, 13), WARM_UP])
    expect(copy.slice(7)).toEqual(UNITS.slice(7))
  })
})

describe('an array that has no entry for the thread', () => {
  test.for([
    [15, 16],
    [16, 32],
    [31, 32],
    [32, 64],
    [70, 128],
  ] as const)('for index %i becomes one of %i entries, and holds what it held', ([index, entries]) => {
    const { memory, ben, code, size, array, withIndex } = twoThreads()
    const first = obtainCopy(ben, code)
    const [thread, old] = [withIndex(index), array()]
    const copy = obtainCopy(thread, code)
    expect(size()).toBe(entries)
    expect([...copiesOf(memory, code)]).toEqual([mainCopy(code), first, copy])
    expect([copyAt(memory, code, 0), copyAt(memory, code, 1), copyAt(memory, code, index)]).toEqual([mainCopy(code), first, copy])
    // It is smaller than what was there only if it was replaced.
    expect(array() === old).toBe(entries === 16)
  })

  test('is retired, and read on by whoever found it, until all have passed a safe point', () => {
    const { memory, runtime, ada, ben, code, array, withIndex } = twoThreads()
    const [copy, old] = [obtainCopy(ben, code), array()]
    const cleo = withIndex(16)
    obtainCopy(cleo, code)
    expect(array()).not.toBe(old)
    expect(memory.get(entryAt(old, 1))).toBe(copy)
    expect([...items(memory, cleo.queue)].map(({ address }) => address)).toEqual([old])
    expect(runtime.arena.isInUse(old)).toBe(true)
    advance(memory, cleo.qsbr)
    for (const thread of [ada, cleo]) thread.passSafePoint()
    processDelayed(cleo)
    expect(runtime.arena.isInUse(old)).toBe(true)
    ben.passSafePoint()
    processDelayed(cleo)
    expect(runtime.arena.isInUse(old)).toBe(false)
  })

  test('is freed in a pause of the thread’s own if there is no memory for a queue of retired blocks', () => {
    const { memory, runtime, ada, ben, code, array, withIndex } = twoThreads()
    const cleo = withIndex(16)
    for (const thread of [ada, ben]) thread.detach()
    const old = array()
    // Enough for the copy and the array, not for the chunk.
    runtime.arena.limit(2)
    const copy = obtainCopy(cleo, code)
    expect(runtime.arena.isInUse(old)).toBe(false)
    expect([copyAt(memory, code, 16), memory.get(cleo.queue.head), memory.get(cleo.sections.depth)]).toEqual([copy, NULL, 0])
    expect([...runtime.arena.blocks()].filter(({ name }) => name === FREE_CHUNK)).toEqual([])
  })
})

describe('without memory', () => {
  test('for the copy there is none, the lock is free, and a later attempt succeeds', () => {
    const { memory, runtime, ben, code, copyBlocks } = twoThreads()
    runtime.arena.limit(0)
    expect(() => obtainCopy(ben, code)).toThrow(new OutOfMemory(`no memory for: ${COPY}`))
    expect([ownCopy(ben, code), isLocked(memory, code + CODE_MUTEX), memory.get(ben.sections.depth)]).toEqual([NULL, false, 0])
    runtime.arena.limit(null)
    expect(copyBlocks()).toEqual([])
    expect(ownCopy(ben, code)).toBe(NULL)
    expect(obtainCopy(ben, code)).not.toBe(NULL)
  })

  test('for a larger array there is no copy, and the old array stays', () => {
    const { memory, runtime, code, array, copyBlocks, withIndex } = twoThreads()
    const [cleo, old] = [withIndex(16), array()]
    runtime.arena.limit(1)
    expect(() => obtainCopy(cleo, code)).toThrow(new OutOfMemory('no memory for: copy array'))
    expect([array(), ownCopy(cleo, code), copyBlocks(), isLocked(memory, code + CODE_MUTEX)]).toEqual([old, NULL, [], false])
    runtime.arena.limit(null)
    expect(obtainCopy(cleo, code)).toBe(copyAt(memory, code, 16))
  })
})

test('a setting of one interpreter says nothing of another: indices begin with zero in each', () => {
  const setting = begin()
  const ada = enter(setting)
  const other = { ...setting, interpreter: setting.runtime.createInterpreter(setting.parker) }
  ada.detach()
  const [ben, cleo] = [enter(other), enter(other)]
  const code = codeOf(ben)
  expect(ownCopy(ben, code)).toBe(mainCopy(code))
  expect(ownCopy(cleo, code)).toBe(NULL)
})
