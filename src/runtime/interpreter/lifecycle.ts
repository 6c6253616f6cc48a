/**
 * Birth and death of thread states and interpreters, in the order that each mechanism needs.
 *
 * Birth: memory; a slot for its sequence, which may have to stop the world and therefore comes
 * before the state is in any list; an index for its copies of bytecode; the list; the slot bound to it.
 * So the order in which threads are made decides their indices. Then, on its own thread: its
 * place in the table of merge queues, without which nothing it owns could be merged; and only then
 * may it attach.
 *
 * Death is the way back, each part drained before it is left: the merge queue, whose finalizers
 * may still run code and retire memory; the index; then what is retired; then the list; and the slot last, because a
 * thread that is in no list is not stopped by a pause that replaces the table.
 *
 * @see CPython Python/pystate.c, new_threadstate, PyThreadState_Clear, tstate_delete_common
 */
import { dispose as disposeIndices } from '../bytecode/copies/index-pool.ts'
import { releaseIndex, reserveIndex } from '../bytecode/copies/thread-index.ts'
import { endCode } from '../bytecode/end-code.ts'
import { freeDataStack } from '../bytecode/evaluate/data-stack.ts'
import { endSingletons } from '../bytecode/objects/singletons.ts'
import { MEMORY } from '../heap/allocators.ts'
import { close, open } from '../heap/object-cache.ts'
import { type Address, NULL } from '../memory/memory.ts'
import { OutOfMemory } from '../memory/out-of-memory.ts'
import { abandon, freeAbandoned } from '../reclaim/delayed-free.ts'
import { detach as detachFromQsbr } from '../reclaim/qsbr.ts'
import * as slots from '../reclaim/qsbr-slots.ts'
import { register, unregister } from '../refcount/merge-queue.ts'
import type { Parker } from '../sync/parking-lot.ts'
import { countDown, hasStopped, isRequested, type Stopper, whileStopped } from '../thread/stop-the-world.ts'
import { DETACHED, link, type OsThread, SUSPENDED, ThreadMisuse, unlink } from '../thread/thread-state.ts'
import { collect } from './collect.ts'
import { InterpreterRecord, ThreadRecord } from './records.ts'
import type { Runtime } from './runtime.ts'
import { type Embedder, stopperWithoutThread, Thread } from './thread.ts'

/** Whoever makes a thread state: an attached thread, or one that has no state yet. */
export type Creator = Thread | { readonly runtime: Runtime; readonly os: OsThread }

/**
 * Makes a thread state, detached and bound to no thread; suspended if a pause is going on.
 * @throws OutOfMemory
 * @throws ThreadMisuse if the table of sequences has to grow, for which the world is stopped, in a pause of the creator's own.
 */
export function createThread(creator: Creator, interpreter: InterpreterRecord): ThreadRecord {
  const { runtime } = creator
  const { memory } = runtime
  const stopper = creator instanceof Thread ? creator : stopperWithoutThread(runtime, creator.os)
  const address = runtime.allocate(MEMORY, ThreadRecord.size, ThreadRecord.name)
  if (address === NULL) throw new OutOfMemory('no memory for a thread state')
  const growth = growthOf(runtime, stopper, interpreter)
  let number: number | undefined
  let index: number | undefined
  try {
    number = slots.reserve(growth, interpreter.qsbr)
    if (number !== undefined) index = reserveIndex(stopper.attached, growth, interpreter.code)
  } finally {
    if (index === undefined) {
      if (number !== undefined) slots.release(stopper.detaching, interpreter.qsbr, number)
      runtime.free(MEMORY, address)
    }
  }
  if (number === undefined) throw new OutOfMemory('no memory for a slot of the table of sequences')
  if (index === undefined) throw new OutOfMemory('no memory for an index of copies of bytecode')
  const record = ThreadRecord.at(address)
  const { base } = record
  open(memory, record.objectCache.address)
  // Before others can find it in the list, so that nobody takes it for a thread that runs the main copies.
  memory.set(record.code.index, index)
  runtime.locked(stopper.attached, () => {
    const id = memory.get(runtime.record.threadsMade) + 1
    memory.set(runtime.record.threadsMade, id)
    memory.set(base.id, id)
    memory.set(base.interpreter, interpreter.address)
    memory.set(record.mergeQueue.requests, base.requests)
    // Whoever changes the version goes through the list afterwards, so the thread has it one way or the other.
    memory.store(base.requests, memory.load(interpreter.code.tools.version))
    // Under the list's lock: the stopper either counts this thread or this thread sees the pause.
    const paused = [interpreter.pause, runtime.record.pauseOfAll].some((pause) => isRequested(memory, pause))
    memory.store(base.state, paused ? SUSPENDED : DETACHED)
    link(memory, interpreter.threads, base)
  })
  slots.register(stopper.detaching, interpreter.qsbr, number, record.slot)
  return record
}

/** Binds a thread state to the calling operating-system thread. It is not attached yet. */
export function bind(runtime: Runtime, os: OsThread, record: ThreadRecord, embedder: Embedder): Thread {
  const { memory } = runtime
  if (memory.get(record.base.osThread) !== NULL) throw new ThreadMisuse('the thread state is bound already')
  memory.set(record.base.osThread, os.address)
  const thread = new Thread(runtime, os, record, embedder)
  // On the thread itself, and under its own identity, not its creator's.
  register(thread.attached, thread.table, record.mergeQueue, thread.identity)
  return thread
}

/** First half of a thread's end, while it is attached: drains what others left with it, and leaves what it has left. */
export function clearThread(thread: Thread): void {
  mayBeCleared(thread)
  clearRecord(thread, thread.record)
}

/** Second half: takes the cleared thread state out of everything and frees it. Its address means nothing afterwards. */
export function deleteThread(thread: Thread): void {
  const { memory, runtime, record, os, attached } = thread
  if (!thread.isAttached) throw new ThreadMisuse('only an attached thread can delete itself')
  if (!isCleared(thread)) throw new ThreadMisuse('the thread must be cleared before it is deleted')
  mustNotHaveStopped(thread)
  detachFromQsbr(memory, thread.slot())
  memory.set(os.current, NULL)
  unlinkThread(runtime, attached, record)
  slots.unregister(attached, thread.qsbr, record.slot)
  runtime.free(MEMORY, record.address)
}

/** Clears and deletes the state of a thread that will never run: it was not started, or does not exist after a fork. */
export function discardThread(thread: Thread, record: ThreadRecord): void {
  const { memory, runtime } = thread
  clearRecord(thread, record)
  unlinkThread(runtime, thread.attached, record)
  slots.unregister(thread.detaching, thread.qsbr, record.slot)
  memory.set(record.base.osThread, NULL)
  runtime.free(MEMORY, record.address)
}

/** Begins the end of an interpreter: from here on nobody reads but the caller, and frees are immediate. */
export function finalizeInterpreter(thread: Thread): void {
  thread.memory.store(thread.interpreter.finalizing, 1)
}

/** Ends the interpreter of its last thread, and that thread. Frees whatever still waits. */
export function endInterpreter(thread: Thread): void {
  const { memory, runtime, interpreter, attached } = thread
  mayBeCleared(thread)
  if (memory.get(interpreter.threads) !== thread.thread || memory.get(thread.record.base.next) !== NULL) {
    throw new ThreadMisuse('the interpreter still has other threads')
  }
  finalizeInterpreter(thread)
  collect(thread)
  endCode(thread)
  clearThread(thread)
  freeAbandoned(thread)
  deleteThread(thread)
  disposeInterpreter(runtime, attached, interpreter)
}

/** Frees an interpreter that has no thread state left and whose abandoned frees are done. */
function disposeInterpreter(runtime: Runtime, attached: Parker, interpreter: InterpreterRecord): void {
  const { memory } = runtime
  const free = (address: Address): void => runtime.free(MEMORY, address)
  slots.dispose(memory, interpreter.qsbr, free)
  disposeIndices(memory, interpreter.code.indices, free)
  runtime.locked(attached, () => {
    let link = runtime.record.interpreters
    while (memory.get(link) !== interpreter.address) link = memory.get(link) + InterpreterRecord.offset.next
    memory.set(link, memory.get(interpreter.next))
  })
  endSingletons(memory, interpreter.code.singletons.address, (address) => runtime.free(MEMORY, address))
  runtime.free(MEMORY, interpreter.address)
}

/**
 * What clearing a record drains, in order.
 * @param thread whoever does it: the thread itself, another of its interpreter, or the survivor of a fork.
 * @param hasIndex whether its index is still to be given back: after a fork it is free already.
 */
export function clearRecord(thread: Thread, record: ThreadRecord, hasIndex = true): void {
  unregister(thread, record.mergeQueue)
  // After the merge queue, whose finalizers may have run code.
  freeDataStack(thread, record.code)
  if (hasIndex) releaseIndex(thread.attached, thread.shared, thread.memory.get(record.code.index))
  // They may have retired more as well.
  abandon(thread, record.freeQueue)
  // Last of all: ending objects fills it.
  close(thread.runtime.arena, thread.runtime.record.allocators, record.objectCache.address)
}

/** Looks before anything is changed. @throws ThreadMisuse */
function mayBeCleared(thread: Thread): void {
  if (!thread.isAttached) throw new ThreadMisuse('only an attached thread can be cleared')
  if (isCleared(thread)) throw new ThreadMisuse('the thread is cleared already')
  if (thread.memory.get(thread.record.sections.depth) > 0) throw new ThreadMisuse('the thread is in a critical section')
  mustNotHaveStopped(thread)
}

/** Nobody else can start the world that it stopped. */
function mustNotHaveStopped({ memory, os }: Thread): void {
  if (hasStopped(memory, os)) throw new ThreadMisuse('the thread has stopped the world, and must start it first')
}

/** A bound thread stands in the table of merge queues until it is cleared. */
const isCleared = ({ memory, record }: Thread): boolean => memory.get(record.mergeQueue.identity) === NULL

function unlinkThread(runtime: Runtime, attached: Parker, { base }: ThreadRecord): void {
  const { memory } = runtime
  const interpreter = memory.get(base.interpreter)
  runtime.locked(attached, () => {
    for (const candidate of runtime.interpreters()) {
      if (candidate.address !== interpreter) continue
      unlink(memory, candidate.threads, base)
      // A pause that was waiting for this thread waits no more. One that holds it counted it already.
      if (memory.load(base.state) === SUSPENDED) continue
      for (const pause of [candidate.pause, runtime.record.pauseOfAll]) {
        if (isRequested(memory, pause)) countDown(memory, attached.lot, pause)
      }
    }
  })
}

function growthOf(runtime: Runtime, stopper: Stopper, interpreter: InterpreterRecord): slots.Growth {
  const scope = runtime.scopeOf(interpreter)
  return {
    detaching: stopper.detaching,
    allocate: (bytes: number, name: string): Address => runtime.allocate(MEMORY, bytes, name),
    free: (address: Address) => runtime.free(MEMORY, address),
    whileStopped: (action) => whileStopped(stopper, scope, action),
  }
}
