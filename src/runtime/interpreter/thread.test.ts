import { describe, expect, test } from 'vitest'
import { scripted } from '../../testing/scripted.ts'
import { BYTES, begin, cells, enter } from '../../testing/setting.ts'
import { MEMORY, OBJECTS } from '../heap/allocators.ts'
import { NULL } from '../memory/memory.ts'
import { OutOfMemory } from '../memory/out-of-memory.ts'
import { items } from '../reclaim/free-queue.ts'
import { QsbrSlot } from '../reclaim/qsbr.ts'
import { decref } from '../refcount/biased.ts'
import { MARKS, TRACKED } from '../refcount/object-header.ts'
import { isLocked, lock, unlock } from '../sync/mutex.ts'
import { begin as beginSection } from '../thread/critical-section.ts'
import { ATTACHED, DETACHED, SUSPENDED, ThreadMisuse } from '../thread/thread-state.ts'
import { bind, clearThread, createThread, finalizeInterpreter } from './lifecycle.ts'
import { Thread } from './thread.ts'

function twoThreads() {
  const setting = begin(scripted(BYTES))
  const { memory } = setting
  const [ada, ben] = [enter(setting), enter(setting)]
  return {
    ...setting,
    ada,
    ben,
    /** State, sequence, and whether the operating-system thread knows. */
    look: (thread: Thread) => ({
      state: memory.get(thread.record.base.state),
      reads: memory.get(thread.slot() + QsbrSlot.offset.sequence) !== 0,
      current: memory.get(thread.os.current) === thread.thread,
    }),
  }
}

describe('a thread', () => {
  test('is attached, a reader, and current on its operating-system thread, all at once or not at all', () => {
    const { ada, look } = twoThreads()
    expect([look(ada), ada.isAttached]).toEqual([{ state: ATTACHED, reads: true, current: true }, true])
    ada.detach()
    expect([look(ada), ada.isAttached]).toEqual([{ state: DETACHED, reads: false, current: false }, false])
    ada.attach()
    ada.suspend()
    expect([look(ada), ada.isAttached]).toEqual([{ state: SUSPENDED, reads: false, current: false }, false])
  })

  test('is no reader any more before it says that it is detached, and attached before it reads', () => {
    const { memory, ada, look } = twoThreads()
    const { state } = ada.record.base
    const sequence = ada.slot() + QsbrSlot.offset.sequence
    memory.before('storeRelease', sequence, () => expect(look(ada)).toMatchObject({ state: ATTACHED, reads: true }))
    memory.before('storeRelease', state, () => expect(look(ada)).toMatchObject({ state: ATTACHED, reads: false }))
    ada.detach()
    memory.before('store', sequence, () => expect(look(ada).state).toBe(ATTACHED))
    ada.attach()
  })

  test('cannot attach twice, nor a second state of the same operating-system thread beside it', () => {
    const { runtime, interpreter, ada, ben } = twoThreads()
    expect(() => ada.attach()).toThrow(ThreadMisuse)
    const second = bind(runtime, ada.os, createThread(ben, interpreter), ada.embedder)
    expect(() => second.attach()).toThrow(ThreadMisuse)
    ada.detach()
    second.attach()
    expect(second.isAttached).toBe(true)
  })

  test('cannot detach or come to rest unless it is attached', () => {
    const { ada, look } = twoThreads()
    ada.detach()
    expect(() => ada.detach()).toThrow(ThreadMisuse)
    expect(() => ada.suspend()).toThrow(ThreadMisuse)
    expect(look(ada).state).toBe(DETACHED)
  })

  test('keeps nothing of its own: another view of it is the same thread', () => {
    const { runtime, ada } = twoThreads()
    const again = new Thread(runtime, ada.os, ada.record, ada.embedder)
    ada.detach()
    expect(again.isAttached).toBe(false)
    expect([again.identity, again.thread, again.slot()]).toEqual([ada.identity, ada.thread, ada.slot()])
  })

  test('gives up its critical sections before it detaches, and takes them up when it has attached', () => {
    const { memory, ada, ...setting } = twoThreads()
    const mutex = cells(setting)
    beginSection(ada, mutex, NULL)
    ada.detach()
    expect(isLocked(memory, mutex)).toBe(false)
    ada.attach()
    expect(isLocked(memory, mutex)).toBe(true)
  })

  test('detaches while it waits for a lock, and attaches before it has it', () => {
    const { memory, ada, ben, look, ...setting } = twoThreads()
    const mutex = cells(setting)
    lock(ben.attached, mutex)
    memory.before('wait', ada.os.waiter.semaphore, () => {
      expect(look(ada).state).toBe(DETACHED)
      unlock(memory, ben.attached.lot, mutex)
    })
    lock(ada.detaching, mutex)
    expect(look(ada).state).toBe(ATTACHED)
  })

  test('that waits without detaching, or detached, stays what it is', () => {
    const { memory, ada, ben, look, ...setting } = twoThreads()
    const mutex = cells(setting)
    for (const [parker, state] of [
      [ada.attached, ATTACHED],
      [ada.detaching, DETACHED],
    ] as const) {
      if (state === DETACHED) ada.detach()
      lock(ben.attached, mutex)
      memory.before('wait', ada.os.waiter.semaphore, () => {
        expect(look(ada).state).toBe(state)
        unlock(memory, ben.attached.lot, mutex)
      })
      lock(parker, mutex)
      expect(look(ada).state).toBe(state)
      unlock(memory, ben.attached.lot, mutex)
    }
  })
})

test('an action in a pause has the interpreter to itself, and the world starts again also when it fails', () => {
  const { memory, interpreter, ada, ben, look } = twoThreads()
  ben.detach()
  expect(ada.whileStopped(() => look(ben).state)).toBe(SUSPENDED)
  const failing = () => {
    throw new Error('no')
  }
  expect(() => ada.whileStopped(failing)).toThrow('no')
  expect([look(ben).state, memory.get(interpreter.pause.stopped)]).toEqual([DETACHED, 0])
})

test('nobody can be reading in a pause of the own interpreter, or when it has begun to end', () => {
  const { runtime, ada, ben } = twoThreads()
  expect(ada.nobodyReads()).toBe(false)
  ben.detach()
  expect(ada.whileStopped(() => ada.nobodyReads())).toBe(true)
  ada.stop(runtime.scopeOfAll())
  expect(ada.nobodyReads()).toBe(false)
  ada.start(runtime.scopeOfAll())
  finalizeInterpreter(ada)
  expect(ada.nobodyReads()).toBe(true)
})

test('a thread allocates and frees raw memory, and frees what either allocator handed out', () => {
  const { runtime, ada } = twoThreads()
  const before = runtime.inUse()
  const [one, other, third] = [ada.allocate(8, 'raw'), ada.allocate(8, 'raw'), runtime.allocate(OBJECTS, 8, 'object')]
  ada.free(one)
  ada.free(MEMORY, other)
  ada.free(OBJECTS, third)
  expect(runtime.inUse()).toEqual(before)
})

test('a thread retires memory in its own queue', () => {
  const { memory, ada } = twoThreads()
  const block = ada.allocate(8, 'raw')
  ada.freeDelayed(MEMORY, block)
  expect([...items(memory, ada.queue)].map(({ address }) => address)).toEqual([block])
})

describe('an object', () => {
  test('is made owned by its thread, with one reference', () => {
    const { memory, ada } = twoThreads()
    const object = ada.createObject(0, true)
    expect([0, 4, 8].map((offset) => memory.get(object + offset))).toEqual([ada.identity, 1, 0])
    expect(memory.get(object + MARKS)).toBe(TRACKED)
    expect(memory.get(ada.createObject(0, false) + MARKS)).toBe(0)
  })

  test('is made anew also in memory that another object left', () => {
    const { memory, ada, ben } = twoThreads()
    const first = ada.createObject(3, true)
    decref(ada, first)
    const second = ben.createObject(0, false)
    expect(second).toBe(first)
    expect([0, 4, 8, 12, 16].map((offset) => memory.get(second + offset))).toEqual([ben.identity, 1, 0, 0, 0])
  })

  test('of running code takes the place of one that its thread ended', () => {
    const { memory, runtime, ada } = twoThreads()
    const before = runtime.inUse()
    const first = ada.newObject(4, 32, 'float')
    decref(ada, first)
    expect(runtime.inUse()).toEqual(before)
    expect(ada.newObject(4, 32, 'float')).toBe(first)
    expect([0, 4, 8, 20].map((offset) => memory.get(first + offset))).toEqual([ada.identity, 1, 0, 4])
    decref(ada, first)
    clearThread(ada)
    expect(runtime.inUse()).toEqual(before)
    expect(ada.createObject(0, false)).toBe(first)
  })

  test('is not made without memory', () => {
    const { runtime, ada } = twoThreads()
    const before = runtime.inUse()
    runtime.arena.limit(0)
    expect(() => ada.createObject(0, false)).toThrow(OutOfMemory)
    expect(runtime.inUse()).toEqual(before)
  })
})
