/**
 * Delayed free: frees memory that concurrent readers may still look at, once they cannot.
 *
 * Each thread keeps a queue of what it has retired, with goals. It looks at the queue only when a
 * chunk is full, so that most frees cost an append; a collection looks at every queue. A thread
 * that exits leaves its queue to the interpreter, for whoever processes next.
 *
 * @see CPython Objects/obmalloc.c, _PyMem_FreeDelayed
 */
import type { Domain } from '../heap/allocators.ts'
import type { Chunks } from '../memory/chunks.ts'
import type { Address, Memory } from '../memory/memory.ts'
import { cell, type Opened, record } from '../memory/record.ts'
import { FREE, LOCKED, lock, reset as resetMutex, unlock } from '../sync/mutex.ts'
import type { Parker } from '../sync/parking-lot.ts'
import { add, FreeQueue, isEmpty, items, makeRoom, move, process, type Retired } from './free-queue.ts'
import { advance, deferredAdvance, poll, type Qsbr, quiescentState, type Sequence } from './qsbr.ts'

/** What the threads of an interpreter left behind. */
export const AbandonedFrees = record('abandoned frees', {
  mutex: cell,
  /** Not zero while the queue may hold something: read without the mutex, to pass by quickly. */
  hasWork: cell,
  queue: FreeQueue,
})
export type AbandonedFrees = Opened<typeof AbandonedFrees>

/** The calling thread, as far as delayed free is concerned. */
export interface Retirer {
  readonly memory: Memory
  readonly qsbr: Qsbr
  readonly queue: FreeQueue
  readonly abandoned: AbandonedFrees
  readonly chunks: Chunks
  readonly detaching: Parker
  /** Address of the thread's slot at this moment. */
  slot(): Address
  /** Frees at once, with the allocator of the domain. */
  free(domain: Domain, address: Address): void
  /** Whether this interpreter is ending, or its world is stopped by a pause of its own. */
  nobodyReads(): boolean
  whileStopped<T>(action: () => T): T
}

/**
 * Frees memory after every thread that may be reading it has let go. The caller has unlinked it.
 * @returns the goal that it waits for; undefined if it was freed at once.
 */
export function freeDelayed(retirer: Retirer, domain: Domain, address: Address): Sequence | undefined {
  const { memory, qsbr, queue, chunks } = retirer
  if (retirer.nobodyReads()) {
    retirer.free(domain, address)
    return undefined
  }
  if (!makeRoom(memory, chunks, queue)) {
    // With every other thread at rest nobody reads either.
    retirer.whileStopped(() => retirer.free(domain, address))
    return undefined
  }
  const goal = deferredAdvance(memory, qsbr, retirer.slot())
  if (add(memory, queue, { address, domain, goal })) processDelayed(retirer)
  return goal
}

/** Frees what is ready, the thread's own first, then what exited threads left unless another thread is at it. */
export function processDelayed(retirer: Retirer): void {
  const { memory, queue, abandoned, chunks, detaching } = retirer
  const ready = (goal: Sequence) => poll(memory, retirer.qsbr, retirer.slot(), goal)
  const free = (item: Retired) => retirer.free(item.domain, item.address)
  process(memory, chunks, queue, true, ready, free)

  if (memory.loadRelaxed(abandoned.hasWork) === 0) return
  // Not worth waiting for: whoever holds the mutex is doing the work, or adding to it.
  if (memory.compareExchange(abandoned.mutex, FREE, LOCKED) !== FREE) return
  process(memory, chunks, abandoned.queue, false, ready, free)
  memory.storeRelaxed(abandoned.hasWork, isEmpty(memory, abandoned.queue) ? 0 : 1)
  unlock(memory, detaching.lot, abandoned.mutex)
}

/**
 * Leaves the queue of an exiting thread to the interpreter. Goals are the interpreter's, so they
 * stay what they are. The caller is that thread, or clears up after one that is gone.
 */
export function abandon(retirer: Retirer, queue: FreeQueue): void {
  const { memory, abandoned, chunks, detaching } = retirer
  const [first] = items(memory, queue)
  if (first === undefined) {
    // At most the one chunk that processing kept.
    process(
      memory,
      chunks,
      queue,
      false,
      () => false,
      () => {},
    )
    return
  }
  lock(detaching, abandoned.mutex)
  move(memory, queue, abandoned.queue)
  memory.storeRelaxed(abandoned.hasWork, 1)
  unlock(memory, detaching.lot, abandoned.mutex)
}

/**
 * Frees everything that waits in these queues, in the caller's own pause: every other thread is
 * detached, so a new sequence that the caller reports itself is reached at once.
 * @param others the queues of the interpreter's other threads.
 */
export function processAllInPause(retirer: Retirer, others: Iterable<FreeQueue>): void {
  const { memory, qsbr, queue } = retirer
  advance(memory, qsbr)
  quiescentState(memory, qsbr, retirer.slot())
  for (const other of others) move(memory, other, queue)
  processDelayed(retirer)
}

/** Frees what exited threads left, whatever its goal: at the end of an interpreter nobody reads. */
export function freeAbandoned(retirer: Pick<Retirer, 'memory' | 'abandoned' | 'chunks' | 'free'>): void {
  const { memory, abandoned, chunks } = retirer
  process(
    memory,
    chunks,
    abandoned.queue,
    false,
    () => true,
    (item) => retirer.free(item.domain, item.address),
  )
  memory.storeRelaxed(abandoned.hasWork, 0)
}

/** For a fork's child: the mutex may have been handed to a thread that does not exist in it. */
export function afterFork(memory: Memory, abandoned: AbandonedFrees): void {
  resetMutex(memory, abandoned.mutex)
}
