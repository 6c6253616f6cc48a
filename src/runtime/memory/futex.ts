/**
 * The smallest lock: one cell, and a sleep when it is taken.
 *
 * It protects what lies below the mutex: the allocator's lists and the parking lot's buckets.
 * Whoever holds it does a few accesses and blocks on nothing, so it needs no fairness, no
 * timeout and no detaching.
 *
 * @see U. Drepper, "Futexes Are Tricky", the second mutex: a third value says that somebody may
 *   sleep, so that an uncontended release wakes nobody.
 */
import type { Address, Memory } from './memory.ts'

const FREE = 0
const HELD = 1
const CONTENDED = 2

export function acquire(memory: Memory, lock: Address): void {
  if (memory.compareExchange(lock, FREE, HELD) === FREE) return
  // Taking it as contended even when nobody else sleeps costs one wake-up too many, never one too few.
  while (memory.exchange(lock, CONTENDED) !== FREE) memory.wait(lock, CONTENDED)
}

export function release(memory: Memory, lock: Address): void {
  if (memory.exchange(lock, FREE) === CONTENDED) memory.notify(lock, 1)
}

/** Makes the lock free whoever held it: for a fork's child, where the holder does not exist. */
export function reset(memory: Memory, lock: Address): void {
  memory.store(lock, FREE)
}
