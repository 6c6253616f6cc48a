/**
 * The records at the top: what a thread, an interpreter and the whole runtime keep.
 *
 * Each mechanism describes its own part; here the parts are put together, once. This page is
 * therefore the table of contents of the runtime.
 *
 * @see CPython Include/internal/pycore_tstate.h, pycore_interp.h and pycore_runtime.h
 */
import { InterpreterCode } from '../bytecode/code/interpreter-code.ts'
import { ThreadCode } from '../bytecode/code/thread-code.ts'
import { Allocators } from '../heap/allocators.ts'
import { ObjectCache } from '../heap/object-cache.ts'
import { alone, cell, type Opened, record } from '../memory/record.ts'
import { AbandonedFrees } from '../reclaim/delayed-free.ts'
import { FreeQueue } from '../reclaim/free-queue.ts'
import { Qsbr } from '../reclaim/qsbr.ts'
import { MergeQueue, MergeTable } from '../refcount/merge-queue.ts'
import { ParkingLot } from '../sync/parking-lot.ts'
import { CriticalSections } from '../thread/critical-section.ts'
import { PendingCalls } from '../thread/pending-calls.ts'
import { StopTheWorld } from '../thread/stop-the-world.ts'
import { ThreadState } from '../thread/thread-state.ts'

/**
 * A thread state, the whole of it. The public view comes first, so the two have one address and
 * going from one to the other and back is always right.
 */
export const ThreadRecord = record('thread state', {
  base: ThreadState,
  /** Locks that the thread gives up while it is detached. */
  sections: CriticalSections,
  /** Objects that others want merged. */
  mergeQueue: MergeQueue,
  /** Address of its slot in the interpreter's table of sequences. Moves when the table grows. */
  slot: cell,
  /** Memory that it has retired. */
  freeQueue: FreeQueue,
  /** Dead objects whose memory it will use again. */
  objectCache: ObjectCache,
  code: ThreadCode,
})
export type ThreadRecord = Opened<typeof ThreadRecord>

export const InterpreterRecord = record('interpreter', {
  /** The next in the runtime's list. Guarded by the list lock. */
  next: cell,
  /** Its newest thread state. Guarded by the list lock. */
  threads: cell,
  /** Not zero once it has begun to end. */
  finalizing: cell,
  pause: StopTheWorld,
  pendingCalls: PendingCalls,
  qsbr: Qsbr,
  mergeTable: MergeTable,
  abandonedFrees: AbandonedFrees,
  code: InterpreterCode,
})
export type InterpreterRecord = Opened<typeof InterpreterRecord>

export const RuntimeRecord = record('runtime', {
  parkingLot: ParkingLot,
  /** Guards the lists of interpreters and of thread states, and the countdowns. */
  listLock: alone(cell),
  /** Held for reading by pauses of one interpreter, for writing by a pause of all. */
  pauseKinds: cell,
  pauseOfAll: StopTheWorld,
  interpreters: cell,
  /** What the process was told when it started, not zero for yes: see `CodeSettings`. */
  freeThreaded: cell,
  copying: cell,
  /** Thread states ever made. */
  threadsMade: cell,
  allocators: Allocators,
})
export type RuntimeRecord = Opened<typeof RuntimeRecord>
