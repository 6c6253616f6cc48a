import { describe, expect, test } from 'vitest'
import { isAlive, threeCounters } from '../../testing/objects.ts'
import { programs } from '../../testing/programs.ts'
import { ScriptedMemory } from '../../testing/scripted-memory.ts'
import { enter } from '../../testing/setting.ts'
import { prepareInterpreter } from '../bytecode/builtins/prepare.ts'
import { MEMORY } from '../heap/allocators.ts'
import { type Address, NULL } from '../memory/memory.ts'
import { items } from '../reclaim/free-queue.ts'
import { poll } from '../reclaim/qsbr.ts'
import { countFree } from '../reclaim/qsbr-slots.ts'
import { decref, incref } from '../refcount/biased.ts'
import { queued } from '../refcount/merge-queue.ts'
import { ObjectHeader } from '../refcount/object-header.ts'
import { isLocked, LOCKED, lock } from '../sync/mutex.ts'
import { waiting } from '../sync/parking-lot.ts'
import { ATTACHED, DETACHED, each, OsThread, SUSPENDED } from '../thread/thread-state.ts'
import { afterForkInChild, afterForkInParent, beforeFork } from './fork.ts'
import { clearThread, createThread, deleteThread } from './lifecycle.ts'
import { InterpreterRecord, ThreadRecord } from './records.ts'
import { Runtime } from './runtime.ts'
import { safePoint } from './safe-point.ts'
import { Thread } from './thread.ts'

/** Three threads, of which Ada forks: the others are detached then. */
function aParent() {
  const setting = threeCounters()
  const { memory, embedder, ada, ben, cem, interpreter } = setting
  /** Copies the memory, as it is now. */
  const copy = (survivor = ada): Thread => {
    const child = new ScriptedMemory(memory.buffer.slice(0))
    const runtime = new Runtime(child, child.buffer.byteLength)
    return new Thread(runtime, OsThread.at(survivor.os.address), ThreadRecord.at(survivor.thread), embedder)
  }
  const fork = (atTheCopy = () => {}): Thread => {
    for (const thread of [ben, cem]) if (thread.isAttached) thread.detach()
    beforeFork(ada)
    atTheCopy()
    const child = copy()
    afterForkInParent(ada)
    afterForkInChild(child)
    return child
  }
  const listed = (thread: Thread) => [...each(thread.memory, interpreter.threads)].map(({ address }) => address)
  return { ...setting, fork, copy, listed, interpreter }
}

test('around the copy every other thread is at rest, and in the parent all go on afterwards', () => {
  const { memory, runtime, ada, ben, cem, parker } = aParent()
  const dan = enter({ runtime, interpreter: runtime.createInterpreter(parker) })
  const others = [ben, cem, dan]
  for (const thread of others) thread.detach()
  beforeFork(ada)
  expect(others.map(({ record }) => memory.get(record.base.state))).toEqual([SUSPENDED, SUSPENDED, SUSPENDED])
  afterForkInParent(ada)
  expect(others.map(({ record }) => memory.get(record.base.state))).toEqual([DETACHED, DETACHED, DETACHED])
})

test('in the child only the forking thread exists, and it is attached', () => {
  const { ada, fork, listed, interpreter } = aParent()
  const child = fork()
  expect(listed(child)).toEqual([ada.thread])
  expect(listed(ada).length).toBe(3)
  expect(child.memory.get(child.record.base.state)).toBe(ATTACHED)
  expect(child.memory.get(interpreter.pause.requested)).toBe(0)
  expect(countFree(child.memory, interpreter.qsbr)).toBe(7)
  expect(isLocked(child.memory, child.runtime.record.pauseOfAll.mutex)).toBe(false)
})

test('what happens in the child is not seen in the parent', () => {
  const { ada, fork, alive } = aParent()
  const object = ada.createObject(0, false)
  const child = fork()
  decref(child, object)
  expect([isAlive(child, object), alive(object)]).toEqual([false, true])
})

test('the survivor goes on alone: its goals are reached, it stops the world, it makes threads', () => {
  const { fork, listed, interpreter, embedder } = aParent()
  const child = fork()
  child.freeDelayed(MEMORY, child.allocate(8, 'raw'))
  child.whileStopped(() => expect(child.nobodyReads()).toBe(true))
  safePoint(child)
  expect(poll(child.memory, child.qsbr, child.slot(), child.memory.get(child.qsbr.writeSequence))).toBe(true)
  const thread = enter({ runtime: child.runtime, interpreter }, embedder)
  expect(listed(child)).toEqual([thread.thread, child.thread])
})

test('what was queued for threads that do not exist is merged by the survivor before fork returns', () => {
  const { ada, ben, cem, fork, finalized, look } = aParent()
  const [last, shared] = [ben.createObject(1, false), ben.createObject(1, false)]
  incref(ben, shared)
  decref(cem, last)
  decref(cem, shared)
  const child = fork()
  expect(finalized.map(({ by, object }) => [by.memory === child.memory, by.identity, object])).toEqual([[true, ada.identity, last]])
  expect([...queued(child.memory, child.record.mergeQueue)]).toEqual([])
  expect(child.memory.get(shared + ObjectHeader.offset.owner)).toBe(NULL)
  expect(look(last).state).toBe('queued')
})

test('what they owned belongs to nobody, and is merged by who needs it', () => {
  const { ben, fork } = aParent()
  const object = ben.createObject(0, false)
  incref(ben, object)
  const child = fork()
  decref(child, object)
  expect(isAlive(child, object)).toBe(true)
  decref(child, object)
  expect(isAlive(child, object)).toBe(false)
})

test('what they retired is kept for the survivor', () => {
  const { ben, fork, interpreter } = aParent()
  const block = ben.allocate(8, 'raw')
  ben.freeDelayed(MEMORY, block)
  const child = fork()
  expect([...items(child.memory, interpreter.abandonedFrees.queue)].map(({ address }) => address)).toEqual([block])
})

test('the survivor keeps its index and all others are free, so the next thread may get the first', () => {
  const { ada, ben, cem, runtime, os, interpreter, copy } = aParent()
  for (const thread of [ada, cem]) thread.detach()
  // Somebody who had no thread state yet was making one when Ben forked.
  createThread({ runtime, os }, interpreter)
  beforeFork(ben)
  const { mutex } = interpreter.code.indices
  ben.memory.store(mutex, LOCKED)
  const child = copy(ben)
  afterForkInChild(child)
  expect([isLocked(child.memory, mutex), child.memory.get(child.own.index)]).toEqual([false, 1])
  const made = [0, 1, 2, 3].map(() => child.memory.get(createThread(child, child.interpreter).code.index))
  expect(made).toEqual([0, 2, 3, 4])
})

test('nothing is left in the child of threads that do not exist', () => {
  const { ada, fork, runtime } = aParent()
  const before = runtime.inUse()
  const child = fork()
  expect(child.runtime.inUse()).toEqual({ ...before, memory: before.memory - 2 })
  expect(ada.runtime.inUse()).toEqual(before)
})

test('memory that a dead thread kept for its next objects is free in the child', () => {
  const { ada, ben, fork } = aParent()
  const object = ben.newObject(4, 32, 'float')
  decref(ben, object)
  const before = ada.runtime.inUse()
  const child = fork()
  expect(child.runtime.inUse().objects).toBe(before.objects)
  expect(child.newObject(4, 32, 'float')).toBe(object)
})

test('an interpreter in which nobody is left is freed, with all that waited in it', () => {
  const { runtime, parker, ada, embedder, fork, finalized } = aParent()
  const before = runtime.inUse()
  const other = runtime.createInterpreter(parker)
  const [dan, eve] = [enter({ runtime, interpreter: other }, embedder), enter({ runtime, interpreter: other }, embedder)]
  const object = dan.createObject(1, false)
  decref(eve, object)
  dan.freeDelayed(MEMORY, dan.allocate(8, 'raw'))
  for (const thread of [dan, eve]) thread.detach()
  const child = fork()
  expect(finalized.map((end) => end.object)).toEqual([object])
  expect([...child.runtime.interpreters()].map(({ address }) => address)).toEqual([ada.interpreter.address])
  // Two more operating-system threads, and the states of Ben and Cem are gone.
  expect(child.runtime.inUse()).toEqual({ ...before, memory: before.memory + 2 - 2 })
})

test('what an interpreter in which nobody is left kept for programs ends with it', () => {
  const { memory, runtime, parker, ada, embedder, fork } = aParent()
  const before = runtime.inUse()
  const other = runtime.createInterpreter(parker)
  const dan = enter({ runtime, interpreter: other }, embedder)
  const { run, globals } = programs({ memory, runtime, os: dan.os, parker, interpreter: other }, dan)
  run('def double(number):\n    return number * 2\ntext = str(double(21)) + "a name"\nfixed = (5000, "a constant")')
  decref(dan, globals)
  dan.detach()
  const child = fork()
  expect([...child.runtime.interpreters()].map(({ address }) => address)).toEqual([ada.interpreter.address])
  // One more operating-system thread, and the states of Ben and Cem are gone.
  expect(child.runtime.inUse()).toEqual({ ...before, memory: before.memory + 1 - 2 })
})

test('what it kept ends also if its last thread ended before', () => {
  const { runtime, parker, ada, embedder, fork } = aParent()
  const before = runtime.inUse()
  const other = runtime.createInterpreter(parker)
  const dan = enter({ runtime, interpreter: other }, embedder)
  prepareInterpreter(dan)
  clearThread(dan)
  deleteThread(dan)
  const child = fork()
  expect(child.runtime.inUse()).toEqual({ ...before, memory: before.memory + 1 - 2 })
  expect(ada.isAttached).toBe(true)
})

describe('a lock that belongs to a thread that does not exist is free in the child:', () => {
  const locks = {
    'that of the slots': ({ interpreter }: Thread) => interpreter.qsbr.mutex,
    'that of the pending calls': ({ interpreter }: Thread) => interpreter.pendingCalls.mutex,
    'that of the abandoned frees': ({ interpreter }: Thread) => interpreter.abandonedFrees.mutex,
    'that of the pause of one interpreter': ({ interpreter }: Thread) => interpreter.pause.mutex,
    'that of a merge queue': ({ interpreter }: Thread) => interpreter.mergeTable.buckets,
    'that of the list': ({ runtime }: Thread) => runtime.record.listLock,
  } satisfies Record<string, (thread: Thread) => Address>

  test.for(Object.keys(locks) as (keyof typeof locks)[])('%s', (which) => {
    const { ada, ben, cem, copy } = aParent()
    const at = locks[which](ada)
    for (const thread of [ben, cem]) thread.detach()
    beforeFork(ada)
    // Handed to him while he slept.
    lock(ben.attached, at)
    const child = copy()
    afterForkInChild(child)
    expect(isLocked(child.memory, at)).toBe(false)
  })
})

test('nobody waits in the child, also not for the pause that the fork ended', () => {
  const { memory, runtime, ada, ben, cem, copy } = aParent()
  for (const thread of [ben, cem]) thread.detach()
  beforeFork(ada)
  expect(() => ben.attach()).toThrow()
  const child = copy()
  const { parkingLot } = runtime.record
  expect([...waiting(memory, parkingLot, ben.record.base.state)].length).toBe(1)
  afterForkInChild(child)
  expect([...waiting(child.memory, parkingLot, ben.record.base.state)]).toEqual([])
})

test.for([
  ['another thread', false],
  ['the survivor', true],
] as const)('pending calls that %s was handling when it forked', ([, survives]) => {
  const { memory, interpreter, ada, ben, fork } = aParent()
  const handler = survives ? ada.thread : ben.thread
  memory.set(interpreter.pendingCalls.handler, handler)
  const child = fork()
  const left = child.memory.get(InterpreterRecord.at(interpreter.address).pendingCalls.handler)
  expect(left).toBe(survives ? ada.thread : NULL)
})
