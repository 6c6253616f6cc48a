/**
 * The merge queue: how a thread asks an object's owner to merge its two counts.
 *
 * Each thread has a stack of objects that others have put there. Since an object knows only its
 * owner's identity, a table by identity leads to the owner's stack. The table also answers the
 * question whether there still is an owner: who is not in it has exited and will never merge, so
 * whoever finds that out merges itself, while holding the bucket's lock. The lock keeps a new
 * thread that is given the same identity from becoming the owner meanwhile.
 *
 * The reference that was dropped is not given up but passed to the queue, so a queued object stays
 * alive until its owner has looked at it; nobody else can free it. An object is queued at most
 * once: only the first one to find its shared count at zero queues it, and its flag never goes back.
 *
 * @see CPython Python/brc.c
 */
import type { Chunks } from '../memory/chunks.ts'
import { type Address, type Memory, NULL } from '../memory/memory.ts'
import { array, cell, type Opened, record } from '../memory/record.ts'
import { lock, reset as resetMutex, unlock } from '../sync/mutex.ts'
import type { Parker } from '../sync/parking-lot.ts'
import { clear, MERGE, request } from '../thread/requests.ts'
import { type Counter, decref, decrefShared, mergeCounts } from './biased.ts'
import { OWNER, UNOWNED } from './object-header.ts'
import { isEmpty, move, objects, pop, push } from './object-stack.ts'

/** A prime, so that identities, which lie on cache lines, spread over all buckets. */
export const BUCKETS = 257

const Bucket = record('merge bucket', {
  /** Guards the list and the stacks `toMerge` of the threads in it. */
  mutex: cell,
  /** Threads whose identity belongs here, in the order in which they joined. */
  first: cell,
})

/** One per interpreter. */
export const MergeTable = record('merge table', { buckets: array(Bucket, BUCKETS) })
export type MergeTable = Opened<typeof MergeTable>

/** A thread's part. */
export const MergeQueue = record('merge queue', {
  /** Identity under which it is registered; NULL before and after. */
  identity: cell,
  next: cell,
  /** Address of the thread's request cell. */
  requests: cell,
  /** What others have put here. Guarded by the bucket's mutex. */
  toMerge: cell,
  /** What the thread has taken to work through. Its own. */
  taken: cell,
})
export type MergeQueue = Opened<typeof MergeQueue>

/** A counter that can reach the queues. */
export interface Merger extends Counter {
  readonly table: MergeTable
  readonly chunks: Chunks
  /** Detaches while it sleeps: a queue's lock must not hold up a pause. */
  readonly detaching: Parker
  /** Runs `action` while the world is stopped. */
  whileStopped<T>(action: () => T): T
}

/**
 * Passes the caller's reference to the owner's queue, so that the owner merges at its next safe
 * point. If the owner has merged meanwhile, drops it as usual; if it has exited, merges for it; if
 * there is no memory for the queue, merges in a pause.
 */
export function askOwnerToMerge(merger: Merger, object: Address): void {
  const { memory, table, detaching } = merger
  for (;;) {
    const owner = memory.load(object + OWNER)
    if (owner === UNOWNED) {
      decref(merger, object)
      return
    }
    const bucket = bucketOf(table, owner)
    lock(detaching, bucket.mutex)
    // Waiting for the lock may have let a pause pass by, and a pause may give objects another owner.
    if (memory.load(object + OWNER) !== owner) {
      unlock(memory, detaching.lot, bucket.mutex)
      continue
    }
    const queue = find(memory, bucket, owner)
    if (queue === undefined) {
      const references = mergeCounts(memory, object, -1)
      unlock(memory, detaching.lot, bucket.mutex)
      if (references === 0) merger.deallocate(object)
      return
    }
    const queued = push(memory, merger.chunks, queue.toMerge, object)
    // Under the lock, so that an owner about to leave sees the object and not only the bit.
    if (queued) request(memory, memory.get(queue.requests), MERGE)
    unlock(memory, detaching.lot, bucket.mutex)
    if (!queued) mergeInPause(merger, object)
    return
  }
}

/** Serves the request: merges what others have queued. Ends objects that have no reference left. */
export function drain(merger: Merger, queue: MergeQueue): void {
  const { memory, table, detaching } = merger
  // First the bit, then the stack: an object that comes in between is taken now, and asked for once more in vain.
  clear(memory, memory.get(queue.requests), MERGE)
  const bucket = bucketOf(table, memory.get(queue.identity))
  lock(detaching, bucket.mutex)
  move(memory, queue.toMerge, queue.taken)
  unlock(memory, detaching.lot, bucket.mutex)
  mergeTaken(merger, queue)
}

/** Makes the queue known under the identity. On that very thread, before it first attaches. */
export function register(parker: Parker, table: MergeTable, queue: MergeQueue, identity: Address): void {
  const { memory } = parker
  const bucket = bucketOf(table, identity)
  lock(parker, bucket.mutex)
  memory.set(queue.identity, identity)
  memory.set(queue.next, NULL)
  // At the end: of two thread states with one identity, the first is asked.
  let link = bucket.first
  while (memory.get(link) !== NULL) link = memory.get(link) + MergeQueue.offset.next
  memory.set(link, queue.address)
  unlock(memory, parker.lot, bucket.mutex)
}

/**
 * Merges all that is queued and leaves the table. From then on others may merge what the thread
 * owned: it must count on none of it any more. A queue that was never registered has nothing to do.
 */
export function unregister(merger: Merger, queue: MergeQueue): void {
  const { memory, table, detaching } = merger
  const identity = memory.get(queue.identity)
  if (identity === NULL) return
  const bucket = bucketOf(table, identity)
  for (let left = false; !left; ) {
    // Ending objects runs finalizers, and those may let others queue more here.
    mergeTaken(merger, queue)
    lock(detaching, bucket.mutex)
    left = isEmpty(memory, queue.toMerge)
    if (left) remove(memory, bucket, queue)
    else move(memory, queue.toMerge, queue.taken)
    unlock(memory, detaching.lot, bucket.mutex)
  }
}

/**
 * Merges what is queued for any of these threads, as the collector does in its pause, whatever
 * they are doing. Objects without references end after the pause: give the result to `endMerged`.
 * @returns the first of those objects; NULL if there is none.
 */
export function mergeQueuedInPause(memory: Memory, chunks: Chunks, queues: Iterable<MergeQueue>): Address {
  let dead: Address = NULL
  for (const queue of queues) {
    move(memory, queue.toMerge, queue.taken)
    for (let object = pop(memory, chunks, queue.taken); object !== NULL; object = pop(memory, chunks, queue.taken)) {
      if (mergeCounts(memory, object, -1) > 0) continue
      // Kept by one reference until the world has started. No memory may be asked for here, so the
      // list runs through the field that a merged object has no use for. An object's address is nobody's identity.
      mergeCounts(memory, object, 1)
      memory.set(object + OWNER, dead)
      dead = object
    }
  }
  return dead
}

/** Drops the references that `mergeQueuedInPause` kept. */
export function endMerged(counter: Counter, dead: Address): void {
  const { memory } = counter
  for (let object = dead, next: Address; object !== NULL; object = next) {
    next = memory.get(object + OWNER)
    memory.storeRelaxed(object + OWNER, UNOWNED)
    decrefShared(counter, object)
  }
}

/** For a fork's child: locks may have been handed to threads that do not exist in it. */
export function afterFork(memory: Memory, table: MergeTable): void {
  for (let index = 0; index < BUCKETS; index++) resetMutex(memory, Bucket.at(table.buckets + index * Bucket.size).mutex)
}

/** Everything that waits in a queue, taken or not. For observers. */
export function* queued(memory: Memory, queue: MergeQueue): Generator<Address> {
  yield* objects(memory, queue.taken)
  yield* objects(memory, queue.toMerge)
}

/** Where the queue of an identity is, or would be. */
export function bucketOf(table: MergeTable, identity: Address): Bucket {
  return Bucket.at(table.buckets + (identity % BUCKETS) * Bucket.size)
}

type Bucket = Opened<typeof Bucket>

function find(memory: Memory, bucket: Bucket, identity: Address): MergeQueue | undefined {
  for (let at = memory.get(bucket.first); at !== NULL; at = memory.get(at + MergeQueue.offset.next)) {
    const queue = MergeQueue.at(at)
    if (memory.get(queue.identity) === identity) return queue
  }
  return undefined
}

function remove(memory: Memory, bucket: Bucket, queue: MergeQueue): void {
  let link = bucket.first
  while (memory.get(link) !== queue.address) link = memory.get(link) + MergeQueue.offset.next
  memory.set(link, memory.get(queue.next))
  memory.set(queue.identity, NULL)
}

function mergeTaken(merger: Merger, queue: MergeQueue): void {
  const { memory, chunks } = merger
  for (let object = pop(memory, chunks, queue.taken); object !== NULL; object = pop(memory, chunks, queue.taken)) {
    // Minus one: the reference that the queue held.
    if (mergeCounts(memory, object, -1) === 0) merger.deallocate(object)
  }
}

function mergeInPause(merger: Merger, object: Address): void {
  const references = merger.whileStopped(() => mergeCounts(merger.memory, object, -1))
  if (references === 0) merger.deallocate(object)
}
