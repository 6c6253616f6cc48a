/**
 * One-time initialisation: the first caller runs it while the others wait. If it fails, the next
 * caller tries again.
 *
 * @see CPython Python/lock.c, _PyOnceFlag
 */
import type { Address } from '../memory/memory.ts'
import { type Parker, park, unparkAll } from './parking-lot.ts'

const LOCKED = 1
const PARKED = 2
const DONE = 4

/**
 * Runs `initialise` unless it has succeeded before.
 * @param initialise answers whether it succeeded.
 * @returns whether it is done: false only if this very call failed.
 */
export function once(parker: Parker, flag: Address, initialise: () => boolean): boolean {
  const { memory, lot } = parker
  for (;;) {
    const seen = memory.loadAcquire(flag)
    if (seen === DONE) return true
    if ((seen & LOCKED) === 0) {
      if (memory.compareExchange(flag, seen, LOCKED) !== seen) continue
      const succeeded = initialise()
      const before = memory.exchange(flag, succeeded ? DONE : 0)
      if ((before & PARKED) !== 0) unparkAll(memory, lot, flag)
      return succeeded
    }
    if ((seen & PARKED) === 0 && memory.compareExchange(flag, seen, seen | PARKED) !== seen) continue
    park(parker, flag, LOCKED | PARKED)
  }
}
