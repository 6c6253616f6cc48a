import { describe, expect, test } from 'vitest'
import { threeCounters } from '../../testing/objects.ts'
import { EndlessSleep } from '../../testing/scripted-memory.ts'
import { BYTES, cells, enter } from '../../testing/setting.ts'
import { freeIndices } from '../bytecode/copies/index-pool.ts'
import { MEMORY } from '../heap/allocators.ts'
import { NULL } from '../memory/memory.ts'
import { OutOfMemory } from '../memory/out-of-memory.ts'
import { SharedMemory } from '../memory/shared-memory.ts'
import { FREE_CHUNK, items } from '../reclaim/free-queue.ts'
import { advance, QsbrSlot } from '../reclaim/qsbr.ts'
import { countFree, SMALLEST } from '../reclaim/qsbr-slots.ts'
import { decref } from '../refcount/biased.ts'
import { queued } from '../refcount/merge-queue.ts'
import { FREE, isLocked, LOCKED, lock } from '../sync/mutex.ts'
import { begin as beginSection, end as endSection } from '../thread/critical-section.ts'
import { ATTACHED, DETACHED, each, SUSPENDED, ThreadMisuse } from '../thread/thread-state.ts'
import { bind, clearThread, createThread, deleteThread, discardThread, endInterpreter, finalizeInterpreter } from './lifecycle.ts'
import { ThreadRecord } from './records.ts'
import { Runtime } from './runtime.ts'
import { sleeper } from './thread.ts'

function threeThreads() {
  const setting = threeCounters()
  const { memory, runtime, interpreter } = setting
  return {
    ...setting,
    listed: () => [...each(memory, interpreter.threads)].map(({ address }) => address),
    freeSlots: () => countFree(memory, interpreter.qsbr),
    blocks: () => runtime.inUse().memory,
  }
}

describe('a thread state that is made', () => {
  test('is detached, bound to nobody, registered nowhere, in the list and in a slot', () => {
    const { memory, interpreter, ada, listed } = threeThreads()
    const { base, mergeQueue, slot, address } = createThread(ada, interpreter)
    expect(memory.get(base.state)).toBe(DETACHED)
    expect([base.osThread, mergeQueue.identity].map((at) => memory.get(at))).toEqual([NULL, NULL])
    expect(listed()[0]).toBe(address)
    const bound = QsbrSlot.at(memory.get(slot))
    expect([memory.get(bound.holder), memory.get(bound.sequence)]).toEqual([slot, 0])
  })

  test('has a number that no other ever has', () => {
    const { memory, interpreter, ada, ben, cem } = threeThreads()
    const ids = [ada, ben, cem].map(({ record }) => memory.get(record.base.id))
    const record = createThread(ada, interpreter)
    ids.push(memory.get(record.base.id))
    discardThread(ada, record)
    ids.push(memory.get(createThread(ada, interpreter).base.id))
    expect(ids).toEqual([1, 2, 3, 4, 5])
  })

  test('can be made by who has no thread state', () => {
    const { runtime, os, interpreter, listed } = threeThreads()
    const record = createThread({ runtime, os }, interpreter)
    expect(listed()[0]).toBe(record.address)
  })

  test('stops the world if the table of sequences is full, without counting itself', () => {
    const { memory, interpreter, ada, ben, cem } = threeThreads()
    ben.detach()
    cem.detach()
    for (let number = 3; number < SMALLEST; number++) createThread(ada, interpreter)
    const slot = ben.slot()
    createThread(ada, interpreter)
    expect(memory.get(interpreter.qsbr.size)).toBe(2 * SMALLEST)
    expect(ben.slot()).not.toBe(slot)
    expect([ben, cem].map(({ record }) => memory.get(record.base.state))).toEqual([DETACHED, DETACHED])
  })

  test('is not made without memory for it, and nothing is left of the attempt', () => {
    const { runtime, interpreter, ada, listed, blocks, freeSlots } = threeThreads()
    const before = [listed(), blocks(), freeSlots()]
    runtime.arena.limit(0)
    expect(() => createThread(ada, interpreter)).toThrow(OutOfMemory)
    expect([listed(), blocks(), freeSlots()]).toEqual(before)
  })

  test('is not made without memory for a larger table, and nothing is left of the attempt', () => {
    const { memory, runtime, interpreter, ada, ben, cem, listed, blocks } = threeThreads()
    ben.detach()
    cem.detach()
    for (let number = 3; number < SMALLEST; number++) createThread(ada, interpreter)
    const before = [listed(), blocks()]
    runtime.arena.limit(1)
    expect(() => createThread(ada, interpreter)).toThrow(OutOfMemory)
    expect([listed(), blocks()]).toEqual(before)
    expect([isLocked(memory, interpreter.qsbr.mutex), memory.get(interpreter.pause.stopped)]).toEqual([false, 0])
  })

  test('is not made where the table would have to grow in a pause of its maker’s own, and nothing is left of the attempt', () => {
    const { memory, runtime, interpreter, ada, ben, cem, listed, blocks } = threeThreads()
    ben.detach()
    cem.detach()
    for (let number = 3; number < SMALLEST; number++) createThread(ada, interpreter)
    const before = [listed(), blocks()]
    ada.stop(runtime.scopeOf(interpreter))
    expect(() => createThread(ada, interpreter)).toThrow(ThreadMisuse)
    expect([listed(), blocks()]).toEqual(before)
    expect([isLocked(memory, interpreter.qsbr.mutex), memory.get(interpreter.pause.stopped)]).toEqual([false, 1])
  })

  test.for(['of its interpreter', 'of all'])('during a pause %s begins suspended', (scope) => {
    const { memory, runtime, interpreter, ada, ben, cem } = threeThreads()
    ben.detach()
    cem.detach()
    const pause = scope === 'of all' ? runtime.scopeOfAll() : runtime.scopeOf(interpreter)
    ada.stop(pause)
    const record = createThread(ada, interpreter)
    expect(memory.get(record.base.state)).toBe(SUSPENDED)
    ada.start(pause)
    expect(memory.get(record.base.state)).toBe(DETACHED)
  })
})

describe('the index of a thread', () => {
  const indices = ({ memory, interpreter }: Pick<ReturnType<typeof threeThreads>, 'memory' | 'interpreter'>) =>
    [...each(memory, interpreter.threads)].map(({ address }) => memory.get(ThreadRecord.at(address).code.index)).reverse()

  test('is that of the order in which threads are made, whether or not they ever begin', () => {
    const { memory, interpreter, ada, ben } = threeThreads()
    const unstarted = createThread(ada, interpreter)
    createThread(ben, interpreter)
    expect(indices({ memory, interpreter })).toEqual([0, 1, 2, 3, 4])
    expect(memory.get(unstarted.code.index)).toBe(3)
  })

  test('is free again once the thread is cleared, or will not begin', () => {
    const { memory, interpreter, ada, ben, cem } = threeThreads()
    const unstarted = createThread(ada, interpreter)
    clearThread(ben)
    discardThread(ada, unstarted)
    expect(freeIndices(memory, interpreter.code.indices).sort()).toEqual([1, 3])
    expect([1, 2, 3].map(() => memory.get(createThread(cem, interpreter).code.index))).toEqual([1, 3, 4])
  })

  test('is still its own while its finalizers run, and given back before what it retired is left', () => {
    const { memory, interpreter, ada, ben, finalizers } = threeThreads()
    const object = ben.createObject(1, false)
    finalizers.set(1, () => expect(freeIndices(memory, interpreter.code.indices)).toEqual([]))
    // Only its owner can find that this was the last reference.
    decref(ada, object)
    ben.retire(ben.allocate(4, 'block'))
    memory.before('compareExchange', interpreter.abandonedFrees.mutex, () =>
      expect(freeIndices(memory, interpreter.code.indices)).toEqual([1]),
    )
    clearThread(ben)
    expect.assertions(2)
  })

  test('begins with zero in every interpreter', () => {
    const { memory, runtime, parker, os } = threeThreads()
    const other = runtime.createInterpreter(parker)
    expect([1, 2].map(() => memory.get(createThread({ runtime, os }, other).code.index))).toEqual([0, 1])
  })

  test('is waited for by who stays attached', () => {
    const { memory, interpreter, ada } = threeThreads()
    const { mutex } = interpreter.code.indices
    memory.store(mutex, LOCKED)
    memory.before('load', mutex, () => {
      expect(ada.isAttached).toBe(true)
      memory.store(mutex, FREE)
    })
    expect(memory.get(createThread(ada, interpreter).code.index)).toBe(3)
    expect.assertions(2)
  })

  test('that there is no memory for leaves nothing of the attempt, its slot neither', () => {
    const { memory, runtime, parker, os, freeSlots, blocks } = threeThreads()
    const other = runtime.createInterpreter(parker)
    const record = createThread({ runtime, os }, other)
    const { indices: pool } = other.code
    // As if as many had been given as there is room for.
    memory.set(pool.next, memory.get(pool.capacity))
    const before = [countFree(memory, other.qsbr), freeSlots(), blocks()]
    runtime.arena.limit(1)
    expect(() => createThread({ runtime, os }, other)).toThrow(new OutOfMemory('no memory for an index of copies of bytecode'))
    expect([countFree(memory, other.qsbr), freeSlots(), blocks()]).toEqual(before)
    expect([...each(memory, other.threads)].map(({ address }) => address)).toEqual([record.address])
    expect(countFree(memory, other.qsbr)).toBe(SMALLEST - 1)
  })

  test.for([
    { freeThreaded: true, copying: false },
    { freeThreaded: false, copying: false },
  ])('is zero for all where threads have no copies: %j', (settings) => {
    const memory = new SharedMemory(new SharedArrayBuffer(BYTES))
    const runtime = Runtime.create(memory, BYTES, settings)
    const os = runtime.createOsThread()
    const interpreter = runtime.createInterpreter(sleeper(runtime, os))
    const records = [1, 2, 3].map(() => createThread({ runtime, os }, interpreter))
    expect(indices({ memory: memory as never, interpreter })).toEqual([0, 0, 0])
    const thread = enter({ runtime, interpreter })
    for (const record of records) discardThread(thread, record)
    expect([freeIndices(memory, interpreter.code.indices), memory.get(interpreter.code.indices.heap)]).toEqual([[], NULL])
    expect(memory.get(interpreter.code.freeThreaded)).toBe(settings.freeThreaded ? 1 : 0)
  })
})

describe('binding', () => {
  test('registers the thread under its own identity, before it can attach', () => {
    const { memory, runtime, interpreter, embedder, ada } = threeThreads()
    const os = runtime.createOsThread()
    const thread = bind(runtime, os, createThread(ada, interpreter), embedder)
    expect([memory.get(thread.record.mergeQueue.identity), thread.identity, thread.isAttached]).toEqual([os.address, os.address, false])
    thread.attach()
    expect(thread.isAttached).toBe(true)
  })

  test('happens once', () => {
    const { runtime, embedder, ada } = threeThreads()
    expect(() => bind(runtime, runtime.createOsThread(), ada.record, embedder)).toThrow(ThreadMisuse)
  })
})

describe('the end of a thread', () => {
  test('leaves nothing of it', () => {
    const { memory, ada, listed, blocks, freeSlots, ...setting } = threeThreads()
    const before = [listed(), freeSlots()]
    const thread = enter(setting, ada.embedder)
    const used = blocks()
    clearThread(thread)
    deleteThread(thread)
    expect([listed(), freeSlots()]).toEqual(before)
    expect([blocks(), memory.get(thread.os.current)]).toEqual([used - 1, NULL])
  })

  test('drains its merge queue first, and leaves what the finalizers retired meanwhile to others', () => {
    const { memory, interpreter, ada, ben, finalizers, finalized } = threeThreads()
    const object = ada.createObject(1, false)
    decref(ben, object)
    finalizers.set(1, (thread) => thread.freeDelayed(MEMORY, thread.allocate(8, 'raw')))
    clearThread(ada)
    expect(finalized).toEqual([{ by: ada, object }])
    expect([...items(memory, ada.queue)]).toEqual([])
    expect([...items(memory, interpreter.abandonedFrees.queue)].length).toBe(1)
    deleteThread(ada)
  })

  test('holds no goal back from the moment it is deleted', () => {
    const { memory, interpreter, ada } = threeThreads()
    advance(memory, ada.qsbr)
    clearThread(ada)
    const sequence = ada.slot() + QsbrSlot.offset.sequence
    // The slot goes back last, when the thread is in no list any more.
    const act = () => {
      expect(memory.get(sequence)).toBe(0)
      expect([...each(memory, interpreter.threads)].length).toBe(2)
    }
    memory.before('compareExchange', interpreter.qsbr.mutex, act)
    deleteThread(ada)
  })

  test('waits for the table of sequences without being in anybody’s way', () => {
    const { memory, interpreter, ada, ben, listed } = threeThreads()
    clearThread(ada)
    lock(ben.attached, interpreter.qsbr.mutex)
    expect(() => deleteThread(ada)).toThrow(EndlessSleep)
    expect(listed().length).toBe(2)
    expect(memory.get(ada.os.current)).toBe(NULL)
  })

  test('cannot be begun detached, twice, or in a critical section', () => {
    const { ada, ...setting } = threeThreads()
    ada.detach()
    expect(() => clearThread(ada)).toThrow(ThreadMisuse)
    ada.attach()
    beginSection(ada, cells(setting), NULL)
    expect(() => clearThread(ada)).toThrow(ThreadMisuse)
    endSection(ada)
    clearThread(ada)
    expect(() => clearThread(ada)).toThrow(ThreadMisuse)
    deleteThread(ada)
  })

  test('cannot be completed before it was begun, nor detached', () => {
    const { ada, listed } = threeThreads()
    expect(() => deleteThread(ada)).toThrow(ThreadMisuse)
    clearThread(ada)
    ada.detach()
    expect(() => deleteThread(ada)).toThrow(ThreadMisuse)
    expect(listed().length).toBe(3)
    ada.attach()
    deleteThread(ada)
  })
})

describe('a thread state that will never run', () => {
  test('is discarded by another thread, with all that belongs to it', () => {
    const { interpreter, ada, listed, blocks, freeSlots } = threeThreads()
    const before = [listed(), blocks(), freeSlots()]
    discardThread(ada, createThread(ada, interpreter))
    expect([listed(), blocks(), freeSlots()]).toEqual(before)
  })

  test('loses nothing that was left with it', () => {
    const { memory, runtime, interpreter, embedder, ada, ben, finalized } = threeThreads()
    const thread = bind(runtime, runtime.createOsThread(), createThread(ada, interpreter), embedder)
    thread.attach()
    const object = thread.createObject(1, false)
    thread.freeDelayed(MEMORY, thread.allocate(8, 'raw'))
    decref(ben, object)
    thread.detach()
    discardThread(ada, thread.record)
    expect(finalized).toEqual([{ by: ada, object }])
    expect([...items(memory, interpreter.abandonedFrees.queue)].length).toBe(1)
  })
})

describe('the end of an interpreter', () => {
  test('frees whatever still waits, the table and the interpreter itself', () => {
    const { runtime, parker, ada, ben, embedder, blocks } = threeThreads()
    const before = blocks()
    const other = runtime.createInterpreter(parker)
    const thread = enter({ runtime, interpreter: other }, embedder)
    const object = thread.createObject(1, false)
    thread.freeDelayed(MEMORY, thread.allocate(8, 'raw'))
    decref(thread, object)
    endInterpreter(thread)
    // The operating-system thread stays.
    expect(blocks()).toBe(before + 1)
    expect([...runtime.interpreters()].length).toBe(1)
    expect([ada, ben].map((each) => each.isAttached)).toEqual([true, true])
  })

  test('merges what is queued and frees what exited threads left', () => {
    const { memory, runtime, parker, embedder, finalized } = threeThreads()
    const other = runtime.createInterpreter(parker)
    const [one, two] = [enter({ runtime, interpreter: other }, embedder), enter({ runtime, interpreter: other }, embedder)]
    const object = one.createObject(1, false)
    decref(two, object)
    two.freeDelayed(MEMORY, two.allocate(8, 'raw'))
    clearThread(two)
    deleteThread(two)
    expect([...queued(memory, one.record.mergeQueue)]).toEqual([object])
    endInterpreter(one)
    expect(finalized).toEqual([{ by: one, object }])
    expect([...runtime.arena.blocks()].filter(({ name }) => name === 'raw' || name === FREE_CHUNK)).toEqual([])
  })

  test('may be that of any interpreter in the list', () => {
    const { runtime, parker, embedder, interpreter } = threeThreads()
    const [older, newer] = [runtime.createInterpreter(parker), runtime.createInterpreter(parker)]
    endInterpreter(enter({ runtime, interpreter: older }, embedder))
    expect([...runtime.interpreters()].map(({ address }) => address)).toEqual([newer.address, interpreter.address])
    endInterpreter(enter({ runtime, interpreter: newer }, embedder))
    expect([...runtime.interpreters()].map(({ address }) => address)).toEqual([interpreter.address])
  })

  test('is only for its last thread', () => {
    const { memory, runtime, interpreter, ada, listed } = threeThreads()
    expect(() => endInterpreter(ada)).toThrow(ThreadMisuse)
    expect([listed().length, [...runtime.interpreters()].length, memory.get(interpreter.finalizing)]).toEqual([3, 1, 0])
  })

  test.for(['detached', 'in a critical section', 'in a pause'])('is refused before anything is changed: %s', (state) => {
    const { runtime, parker, embedder, memory, ...setting } = threeThreads()
    const interpreter = runtime.createInterpreter(parker)
    const thread = enter({ runtime, interpreter }, embedder)
    if (state === 'detached') thread.detach()
    if (state === 'in a critical section') beginSection(thread, cells({ runtime, ...setting }), NULL)
    if (state === 'in a pause') thread.stop(runtime.scopeOf(interpreter))
    expect(() => endInterpreter(thread)).toThrow(ThreadMisuse)
    expect([memory.get(interpreter.finalizing), memory.get(interpreter.threads)]).toEqual([0, thread.thread])
  })

  test('makes frees immediate from its beginning on', () => {
    const { memory, interpreter, ada } = threeThreads()
    finalizeInterpreter(ada)
    expect(memory.get(interpreter.finalizing)).not.toBe(0)
    expect(ada.nobodyReads()).toBe(true)
    expect(memory.get(ada.record.base.state)).toBe(ATTACHED)
  })
})
