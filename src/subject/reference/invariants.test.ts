import { describe, expect, test } from 'vitest'
import { OBJECTS } from '../../runtime/heap/allocators.ts'
import { bind, createThread } from '../../runtime/interpreter/lifecycle.ts'
import { sleeper } from '../../runtime/interpreter/thread.ts'
import { CELL, NULL } from '../../runtime/memory/memory.ts'
import { QsbrSlot } from '../../runtime/reclaim/qsbr.ts'
import { MERGED, ObjectHeader, ONE, QUEUED } from '../../runtime/refcount/object-header.ts'
import { INVARIANTS } from './invariants.ts'
import { emptyMemory, Process } from './process.ts'

/** A runtime at rest: Ada is attached, and owns the object x. */
function aScene() {
  const named = Process.begin(emptyMemory(0))
  const { runtime, memory } = named
  const os = runtime.createOsThread()
  const interpreter = runtime.createInterpreter(sleeper(runtime, runtime.createOsThread()))
  const record = createThread({ runtime, os }, interpreter)
  const thread = bind(runtime, os, record, { finalize: () => {}, serve: () => true })
  thread.attach()
  const x = runtime.allocate(OBJECTS, ObjectHeader.size, 'object')
  named.give('object x', x)
  const header = ObjectHeader.at(x)
  memory.set(header.owner, os.address)
  memory.set(header.local, 1)
  /** Names of the rules that are broken. @param next the cell that Ada operates on next. */
  const broken = (next?: number): string[] => {
    const threads = [{ name: 'Ada', asleep: false, ...(next === undefined ? {} : { next: { operation: 'load' as const, address: next } }) }]
    return INVARIANTS.filter(({ holds }) => !holds(memory, { named }, { threads })).map(({ name }) => name)
  }
  return { memory, interpreter, record, header, broken, named }
}

test('they all hold in a runtime at rest', () => {
  expect(aScene().broken()).toEqual([])
})

test('before the first thread there is nothing that could be wrong', () => {
  const named = Process.begin(emptyMemory(0))
  named.runtime.createInterpreter(sleeper(named.runtime, named.runtime.createOsThread()))
  expect(INVARIANTS.filter(({ holds }) => !holds(named.memory, { named }, { threads: [] }))).toEqual([])
})

describe('an object', () => {
  test.for([
    ['owner', 64],
    ['local', 2],
    ['shared', MERGED - ONE],
  ] as const)('that is merged and has a %s is wrong', ([field, value]) => {
    const { memory, header, broken } = aScene()
    memory.set(header.owner, NULL)
    memory.set(header.local, 0)
    memory.set(header.shared, MERGED + ONE)
    expect(broken()).toEqual([])
    memory.set(header[field], value)
    expect(broken()).toContain('a merged object has no owner, no local references and no negative count')
  })

  test('may count below zero only while it is queued, or about to be exchanged', () => {
    const { memory, header, broken } = aScene()
    memory.set(header.shared, -ONE)
    expect(broken()).toEqual(['a shared count below zero is queued for a merge'])
    expect(broken(header.shared)).toEqual([])
    memory.set(header.shared, QUEUED - ONE)
    expect(broken()).toEqual([])
  })

  test('without an owner is merged, or about to be', () => {
    const { memory, header, broken } = aScene()
    memory.set(header.owner, NULL)
    expect(broken()).toEqual(['an object without an owner is merged'])
    expect(broken(header.shared)).toEqual([])
    memory.set(header.local, 0)
    expect(broken()).toEqual([])
  })

  test('is looked at only while it lives, is mortal and has its name', () => {
    const { memory, header, broken, named } = aScene()
    memory.set(header.shared, -ONE)
    named.give('block b', header.address)
    expect(broken()).toEqual([])
    named.give('object x', header.address)
    memory.set(header.local, -1)
    expect(broken()).toEqual([])
    memory.set(header.local, 1)
    named.runtime.free(OBJECTS, header.address)
    expect(broken()).toEqual([])
  })
})

describe('a sequence', () => {
  test('of the interpreter is odd, and reads are not ahead of writes, wherever the clock stands', () => {
    const rule = 'the sequences are odd, and the read sequence is not ahead of the write sequence'
    const { memory, interpreter, record, broken } = aScene()
    const { writeSequence, readSequence } = interpreter.qsbr
    memory.set(memory.get(record.slot) + QsbrSlot.offset.sequence, 0)
    for (const [write, read, wrong] of [
      [4, 1, true],
      [5, 2, true],
      [5, 7, true],
      [5, 5, false],
      [-1, 1, true],
      [1, -1, false],
    ] as const) {
      memory.set(writeSequence, write)
      memory.set(readSequence, read)
      expect(broken().includes(rule), `${write} and ${read}`).toBe(wrong)
    }
  })

  test('of a thread is zero, or odd and not ahead of the write sequence', () => {
    const { memory, record, broken } = aScene()
    const sequence = memory.get(record.slot) + QsbrSlot.offset.sequence
    for (const [value, wrong] of [
      [0, false],
      [1, false],
      [2, true],
      [3, true],
    ] as const) {
      memory.set(sequence, value)
      expect(broken(), String(value)).toEqual(wrong ? ['the sequence of a thread is zero, or odd and not ahead of the write sequence'] : [])
    }
  })

  test('does not stand in a free slot', () => {
    const { memory, interpreter, broken } = aScene()
    memory.set(memory.get(interpreter.qsbr.free) + QsbrSlot.offset.sequence, 1)
    expect(broken()).toEqual(['a free slot has no sequence'])
  })
})

test('while the world is stopped, nobody else is attached', () => {
  const { memory, interpreter, record, broken } = aScene()
  memory.set(interpreter.pause.stopped, 1)
  expect(broken()).toEqual(['while the world is stopped, only the thread that stopped it is attached'])
  memory.set(interpreter.pause.requester, record.address)
  expect(broken()).toEqual([])
})

test('a pause waits for no fewer than no threads', () => {
  const { memory, interpreter, broken } = aScene()
  memory.set(interpreter.pause.countdown, -1)
  expect(broken()).toEqual(['a pause never waits for fewer than no threads'])
})

test('what was left to the interpreter is announced, unless somebody is at it', () => {
  const { memory, interpreter, broken } = aScene()
  memory.set(interpreter.abandonedFrees.queue.head, CELL)
  expect(broken()).toEqual(['work that was left to the interpreter is announced'])
  memory.set(interpreter.abandonedFrees.hasWork, 1)
  expect(broken()).toEqual([])
  memory.set(interpreter.abandonedFrees.hasWork, 0)
  memory.set(interpreter.abandonedFrees.mutex, 1)
  expect(broken()).toEqual([])
})
