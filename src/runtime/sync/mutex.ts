/**
 * The mutex: one cell, fair within a millisecond.
 *
 *               lock                    lock, and nobody has given up spinning
 *      FREE ───────────► LOCKED ───────────────► LOCKED + PARKED
 *        ▲                 │                          │ unlock: wakes the longest waiter and
 *        └─────────────────┘                          │ either hands the lock over (still LOCKED)
 *              unlock                                 │ or leaves it to whoever comes first
 *                                                     ▼
 *                                             PARKED (free, somebody still waits)
 *
 * Letting a running thread overtake a sleeping one ("barging") keeps the lock busy while the
 * sleeper wakes up, which is fast. It is also unfair, so a waiter that has waited for a
 * millisecond is handed the lock directly: the cell stays locked, and no instant exists at which
 * a third thread could take it.
 *
 * The PARKED bit says that somebody may be parked in the lot for this cell. It may be set for
 * nobody (after a timeout); it is never clear while somebody waits.
 *
 * @see CPython Python/lock.c, PyMutex
 */
import type { Address, Memory } from '../memory/memory.ts'
import { type Parker, type ParkingLot, park, unpark } from './parking-lot.ts'

export const FREE = 0
export const LOCKED = 1
export const PARKED = 2

/** How long a waiter puts up with being overtaken, in microseconds. */
export const FAIR_AFTER = 1000

/** How often a thread looks again before it parks. */
const SPINS = 40

export type Locked = 'acquired' | 'handed off' | 'timed out' | 'interrupted'

/** The caller unlocked what was not locked. */
export class LockMisuse extends Error {
  override readonly name = 'LockMisuse'
}

/**
 * Locks a mutex that the caller does not hold.
 * @param timeout in microseconds; zero fails at once, absent waits for ever.
 * @param onInterrupt what an interrupt means: false gives up. Absent: interrupts are ignored.
 */
export function lock(parker: Parker, mutex: Address, timeout?: number, onInterrupt?: () => boolean): Locked {
  const { memory } = parker
  if (memory.compareExchange(mutex, FREE, LOCKED) === FREE) return 'acquired'
  return lockSlow(parker, mutex, timeout, onInterrupt)
}

export function unlock(memory: Memory, lot: ParkingLot, mutex: Address): void {
  if (memory.compareExchange(mutex, LOCKED, FREE) === LOCKED) return
  unlockSlow(memory, lot, mutex)
}

export const isLocked = (memory: Memory, mutex: Address): boolean => (memory.load(mutex) & LOCKED) !== 0

/** Makes the mutex free whoever held it: for a fork's child, where neither holder nor waiters exist. */
export function reset(memory: Memory, mutex: Address): void {
  memory.store(mutex, FREE)
}

function lockSlow(parker: Parker, mutex: Address, timeout: number | undefined, onInterrupt: (() => boolean) | undefined): Locked {
  const { memory, waiter } = parker
  const started = memory.now()
  // Fixed before the first sleep: a waiter that is overtaken again and again must not grow young again.
  const fairAt = (started + FAIR_AFTER) | 0
  for (let spins = 0; ; ) {
    const seen = memory.load(mutex)
    if ((seen & LOCKED) === 0) {
      // Free: take it, and leave the bit that speaks of others.
      if (memory.compareExchange(mutex, seen, seen | LOCKED) === seen) return 'acquired'
      continue
    }
    if (timeout === 0) return 'timed out'
    if ((seen & PARKED) === 0 && spins < SPINS) {
      spins += 1
      memory.pause()
      continue
    }
    if ((seen & PARKED) === 0 && memory.compareExchange(mutex, seen, seen | PARKED) !== seen) continue

    const left = timeout === undefined ? undefined : Math.max(0, timeout - ((memory.now() - started) | 0))
    memory.set(waiter.fairAt, fairAt)
    const outcome = park(parker, mutex, LOCKED | PARKED, left)
    if (outcome === 'handed off' || outcome === 'timed out') return outcome
    if (outcome === 'interrupted' && onInterrupt && !onInterrupt()) return outcome
  }
  /* c8 ignore next -- nothing comes after a loop without an end */
}

function unlockSlow(memory: Memory, lot: ParkingLot, mutex: Address): void {
  if (!isLocked(memory, mutex)) throw new LockMisuse('a mutex was unlocked that is not locked')
  unpark(memory, lot, mutex, (waiter, more) => {
    // Under the bucket's lock: nobody can park meanwhile, so the bit says what `more` says.
    const parked = more ? PARKED : 0
    if (waiter === undefined) {
      memory.store(mutex, FREE)
      return
    }
    const handOff = ((memory.now() - memory.get(waiter.fairAt)) | 0) > 0
    memory.set(waiter.handedOff, handOff ? 1 : 0)
    memory.store(mutex, handOff ? LOCKED | parked : parked)
  })
}
