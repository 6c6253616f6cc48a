/**
 * Fork: the memory is copied, and in the copy only the calling thread exists.
 *
 * The world of all interpreters is stopped around the copy, so no mechanism is caught in the middle
 * of a step by an attached thread. A lock may still belong to a thread that slept, for locks are
 * handed to sleepers; the child makes every lock of the runtime free before it takes one. Then it
 * takes the dead threads' states out of every list, lets itself go on, and clears them one by one
 * as each of them would have done: merges what is queued for them, keeps what they retired. Interpreters in which nobody
 * is left end.
 *
 * @see CPython Modules/posixmodule.c, PyOS_AfterFork_Child; Python/pystate.c, _PyThreadState_RemoveExcept
 */
import { afterFork as indicesAfterFork } from '../bytecode/copies/index-pool.ts'
import { MEMORY } from '../heap/allocators.ts'
import { NULL } from '../memory/memory.ts'
import { afterFork as freesAfterFork } from '../reclaim/delayed-free.ts'
import { afterFork as slotsAfterFork } from '../reclaim/qsbr-slots.ts'
import { afterFork as queuesAfterFork } from '../refcount/merge-queue.ts'
import { reset as resetMutex } from '../sync/mutex.ts'
import { afterFork as lotAfterFork } from '../sync/parking-lot.ts'
import { each, unlink } from '../thread/thread-state.ts'
import { bind, clearRecord, createThread, endInterpreter } from './lifecycle.ts'
import { type InterpreterRecord, ThreadRecord } from './records.ts'
import { Thread } from './thread.ts'

/** No index of a thread. */
const NO_INDEX = -1

/** Before the memory is copied. */
export function beforeFork(thread: Thread): void {
  thread.stop(thread.runtime.scopeOfAll())
}

/** In the parent, whose threads go on. */
export function afterForkInParent(thread: Thread): void {
  thread.start(thread.runtime.scopeOfAll())
}

/** In the child, on the copied memory. @param thread the one that forked, opened on the copy. */
export function afterForkInChild(thread: Thread): void {
  const { memory, runtime, interpreter } = thread
  resetLocks(thread)
  const interpreters = [...runtime.interpreters()]
  for (const each of interpreters) {
    const survives = each.address === interpreter.address
    slotsAfterFork(memory, each.qsbr, survives ? thread.slot() : NULL)
    indicesAfterFork(memory, each.code.indices, survives ? memory.get(thread.own.index) : NO_INDEX)
  }

  const dead = new Map(interpreters.map((each) => [each, unlinkDead(thread, each)] as const))
  thread.start(runtime.scopeOfAll())

  for (const [owner, records] of dead) {
    for (const record of records) discardDead(thread, record, owner.address === interpreter.address)
    if (owner.address !== interpreter.address) endForeign(thread, owner)
  }
}

function resetLocks({ memory, runtime, thread: survivor }: Thread): void {
  runtime.arena.afterFork()
  lotAfterFork(memory, runtime.record.parkingLot)
  resetMutex(memory, runtime.record.listLock)
  for (const interpreter of runtime.interpreters()) {
    resetMutex(memory, interpreter.pause.mutex)
    resetMutex(memory, interpreter.qsbr.mutex)
    resetMutex(memory, interpreter.pendingCalls.mutex)
    // Whoever was handling them does not exist any more, unless it was the survivor.
    if (memory.get(interpreter.pendingCalls.handler) !== survivor) memory.set(interpreter.pendingCalls.handler, NULL)
    queuesAfterFork(memory, interpreter.mergeTable)
    freesAfterFork(memory, interpreter.abandonedFrees)
  }
}

/** @returns the records of the interpreter's threads that do not exist in the child. */
function unlinkDead(thread: Thread, interpreter: InterpreterRecord): ThreadRecord[] {
  const { memory } = thread
  const dead = [...each(memory, interpreter.threads)].filter((state) => state.address !== thread.thread)
  for (const state of dead) unlink(memory, interpreter.threads, state)
  return dead.map((state) => ThreadRecord.at(state.address))
}

/** Clears what a dead thread had. Its slot and its index are free already. */
function discardDead(thread: Thread, record: ThreadRecord, own: boolean): void {
  const { runtime } = thread
  // Another interpreter's queues and tables are reached through its own thread state.
  clearRecord(own ? thread : onBehalfOf(thread, record), record, false)
  runtime.free(MEMORY, record.address)
}

/**
 * Ends an interpreter in which nobody is left. What it kept for programs only one of its own threads can end: the survivor
 * becomes one, and then again what it was.
 */
function endForeign(thread: Thread, interpreter: InterpreterRecord): void {
  const { runtime, os, embedder } = thread
  thread.detach()
  const last = bind(runtime, os, createThread({ runtime, os }, interpreter), embedder)
  last.attach()
  endInterpreter(last)
  thread.attach()
}

const onBehalfOf = (thread: Thread, record: ThreadRecord) => new Thread(thread.runtime, thread.os, record, thread.embedder)
