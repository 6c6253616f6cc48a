/**
 * A lock that many may hold for reading or one for writing. Once somebody is parked, new readers
 * queue up too: otherwise readers that keep coming would starve a writer.
 *
 * @see CPython Python/lock.c, _PyRWMutex
 */
import type { Address, Memory } from '../memory/memory.ts'
import { LockMisuse } from './mutex.ts'
import { type Parker, type ParkingLot, park, unparkAll } from './parking-lot.ts'

const WRITER = 1
const PARKED = 2
/** What one reader adds. */
const READER = 4

export function lockForReading(parker: Parker, lock: Address): void {
  const { memory } = parker
  for (;;) {
    const seen = memory.load(lock)
    if ((seen & (WRITER | PARKED)) !== 0) parkOn(parker, lock, seen)
    else if (memory.compareExchange(lock, seen, seen + READER) === seen) return
  }
}

export function unlockForReading(memory: Memory, lot: ParkingLot, lock: Address): void {
  const before = memory.add(lock, -READER)
  if (before < READER) {
    memory.add(lock, READER)
    throw new LockMisuse('a lock was given back by a reader that did not hold it')
  }
  const after = before - READER
  // The last reader wakes everyone, and takes the bit away so that they can get in.
  if (after === PARKED && memory.compareExchange(lock, PARKED, 0) === PARKED) unparkAll(memory, lot, lock)
}

export function lockForWriting(parker: Parker, lock: Address): void {
  const { memory } = parker
  for (;;) {
    const seen = memory.load(lock)
    if ((seen & ~PARKED) !== 0) parkOn(parker, lock, seen)
    else if (memory.compareExchange(lock, seen, seen | WRITER) === seen) return
  }
}

export function unlockForWriting(memory: Memory, lot: ParkingLot, lock: Address): void {
  const before = memory.load(lock)
  if ((before & WRITER) === 0) throw new LockMisuse('a lock was given back by a writer that did not hold it')
  if ((memory.exchange(lock, 0) & PARKED) !== 0) unparkAll(memory, lot, lock)
}

/** Makes the lock free: for a fork's child. */
export function reset(memory: Memory, lock: Address): void {
  memory.store(lock, 0)
}

function parkOn(parker: Parker, lock: Address, seen: number): void {
  const { memory } = parker
  if ((seen & PARKED) === 0 && memory.compareExchange(lock, seen, seen | PARKED) !== seen) return
  park(parker, lock, seen | PARKED)
}
