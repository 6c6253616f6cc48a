/**
 * Biased reference counting: the owner counts without atomic operations, everybody else with.
 *
 * Most objects are only ever used by the thread that made them. That owner counts on the local
 * field, which nobody else writes. The others count on the shared field, atomically. The true
 * count is the sum, and only who sees both fields at rest can tell that it is zero: the owner, as
 * long as there is one. So when the owner has dropped all that it counted it gives up ownership,
 * and from then on everybody counts on the shared field alone; and when a thread drops a reference
 * that the owner had counted, it asks the owner to merge (`merge-queue.ts`).
 *
 * Exactly one thread deallocates. It is the one that
 * - as owner drops the last local reference while the shared word says that nobody else ever
 *   held or may take one, or
 * - makes the shared word MERGED with a count of zero, by whichever operation.
 *
 * @see CPython Objects/object.c, Include/refcount.h; Choi, Shull, Torrellas, "Biased Reference
 *   Counting" (PACT 2018)
 */
import type { Address, Memory } from '../memory/memory.ts'
import {
  countOf,
  flagsOf,
  IMMORTAL,
  LOCAL,
  MAYBE_WEAKREF,
  MERGED,
  NONE,
  ONE,
  OWNER,
  QUEUED,
  SHARED,
  sharedWord,
  UNOWNED,
} from './object-header.ts'

/** Who counts: the calling thread, and what it does when counting alone does not settle the matter. */
export interface Counter {
  readonly memory: Memory
  /** Identity of the calling thread. */
  readonly identity: Address
  /** Ends an object that has no reference left. Called once for it. */
  deallocate(object: Address): void
  /** Passes the reference that is being dropped to the owner's merge queue. */
  askOwnerToMerge(object: Address): void
}

/** More references were dropped than there were. Nothing was changed. */
export class NegativeCount extends Error {
  override readonly name = 'NegativeCount'
  constructor() {
    super('a reference was dropped that nobody held')
  }
}

/** Takes a reference. The caller holds one already, or a lock under which there is one. */
export function incref({ memory, identity }: Counter, object: Address): void {
  const local = memory.loadRelaxed(object + LOCAL)
  if (local === IMMORTAL) return
  // Relaxed is enough: nobody but the owner makes a thread the owner, so "is it me?" cannot change under it.
  if (memory.loadRelaxed(object + OWNER) === identity) memory.storeRelaxed(object + LOCAL, local + 1)
  else memory.add(object + SHARED, ONE)
}

/** Drops a reference, and ends the object if it was the last. */
export function decref(counter: Counter, object: Address): void {
  const { memory, identity } = counter
  const local = memory.loadRelaxed(object + LOCAL)
  if (local === IMMORTAL) return
  if (memory.loadRelaxed(object + OWNER) !== identity) decrefShared(counter, object)
  else if (local >>> 0 > 1) memory.storeRelaxed(object + LOCAL, local - 1)
  else dropLastLocal(counter, object, local)
}

/** Drops a reference as a thread that does not own the object. */
export function decrefShared(counter: Counter, object: Address): void {
  const { memory } = counter
  for (;;) {
    const shared = memory.loadRelaxed(object + SHARED)
    if (shared === MERGED) throw new NegativeCount()
    // A count of zero that is neither queued nor merged: the reference was counted by the owner. It
    // stays counted, and the merge queue takes it over.
    const ask = shared === NONE || shared === MAYBE_WEAKREF
    const next = ask ? QUEUED : shared - ONE
    if (memory.compareExchange(object + SHARED, shared, next) !== shared) continue
    if (ask) counter.askOwnerToMerge(object)
    else if (next === MERGED) counter.deallocate(object)
    return
  }
}

/** The owner drops its last local reference, and with it, in most cases, its ownership. */
function dropLastLocal(counter: Counter, object: Address, local: number): void {
  const { memory } = counter
  if (local === 0) throw new NegativeCount()
  memory.storeRelaxed(object + LOCAL, 0)
  // Acquire: who frees must see what the others did before they dropped theirs.
  let shared = memory.loadAcquire(object + SHARED)
  if (shared === NONE) {
    // Nobody else holds a reference, nor may anybody take one: no need to tell. The owner stays
    // written, so that a late reader finds a word of zero and leaves the object alone.
    counter.deallocate(object)
    return
  }
  // Before the word says so: from then on another thread may free the object and reuse its memory.
  memory.storeRelaxed(object + OWNER, UNOWNED)
  for (;;) {
    const seen = memory.compareExchange(object + SHARED, shared, shared | MERGED)
    if (seen === shared) break
    shared = seen
  }
  if ((shared | MERGED) === MERGED) counter.deallocate(object)
}

/**
 * Makes both counts one, plus `extra`, and ends ownership. The caller is the owner, or whoever may
 * act for it: because the owner has exited and cannot come back meanwhile, or because the world is
 * stopped. An object merged already only gets `extra` added. An immortal one stays what it is.
 *
 * @returns the references left. Zero: the caller deallocates.
 */
export function mergeCounts(memory: Memory, object: Address, extra: number): number {
  const local = memory.loadRelaxed(object + LOCAL)
  if (local === IMMORTAL) return 1
  // Both before the word says that it is merged: after that, another thread may free the object.
  memory.storeRelaxed(object + LOCAL, 0)
  memory.storeRelaxed(object + OWNER, UNOWNED)
  for (;;) {
    const shared = memory.loadRelaxed(object + SHARED)
    const references = countOf(shared) + (local >>> 0) + extra
    if (memory.compareExchange(object + SHARED, shared, sharedWord(references, MERGED)) === shared) return references
  }
}

/**
 * Takes a reference to an object that may be dying, without a lock. Only memory that still holds
 * an object, or did until now, may be asked about.
 *
 * @returns whether it was taken. Not if the object is dead, nor if its owner alone may decide:
 *   nobody has said yet that others may try.
 */
export function tryIncref({ memory, identity }: Counter, object: Address): boolean {
  const local = memory.loadRelaxed(object + LOCAL)
  if (local === IMMORTAL) return true
  if (memory.loadRelaxed(object + OWNER) === identity) {
    memory.storeRelaxed(object + LOCAL, local + 1)
    return true
  }
  for (;;) {
    const shared = memory.loadRelaxed(object + SHARED)
    if (shared === NONE || shared === MERGED) return false
    if (memory.compareExchange(object + SHARED, shared, shared + ONE) === shared) return true
  }
}

/** Lets other threads try to take references without a lock. The caller holds a reference. */
export function allowTryIncref(memory: Memory, object: Address): void {
  if (memory.loadRelaxed(object + LOCAL) === IMMORTAL) return
  for (;;) {
    const shared = memory.loadRelaxed(object + SHARED)
    // Queued and merged objects allow it already: their owner does not free them without looking.
    if (flagsOf(shared) !== NONE) return
    if (memory.compareExchange(object + SHARED, shared, shared | MAYBE_WEAKREF) === shared) return
  }
}

/** Takes a reference under a lock that keeps the object alive, and allows attempts without it from now on. */
export function increfAndAllow(counter: Counter, object: Address): void {
  const { memory, identity } = counter
  const local = memory.loadRelaxed(object + LOCAL)
  if (local === IMMORTAL) return
  if (memory.loadRelaxed(object + OWNER) === identity) {
    memory.storeRelaxed(object + LOCAL, local + 1)
    return
  }
  for (;;) {
    const shared = memory.loadRelaxed(object + SHARED)
    const flag = flagsOf(shared) === NONE ? MAYBE_WEAKREF : 0
    if (memory.compareExchange(object + SHARED, shared, (shared + ONE) | flag) === shared) return
  }
}

/** Whether the calling thread holds the only reference, and nobody else may take one. */
export function isUniquelyReferenced({ memory, identity }: Counter, object: Address): boolean {
  return (
    memory.loadRelaxed(object + OWNER) === identity && memory.loadRelaxed(object + LOCAL) === 1 && memory.loadRelaxed(object + SHARED) === 0
  )
}
