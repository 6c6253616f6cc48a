/** What two threads do with locks. */
import { acquire, release } from '../../runtime/memory/futex.ts'
import { type Address, CACHE_LINE, type Memory } from '../../runtime/memory/memory.ts'
import { set, wait } from '../../runtime/sync/event.ts'
import { isLocked, lock, unlock } from '../../runtime/sync/mutex.ts'
import { once } from '../../runtime/sync/once.ts'
import { type Waiter, waiting } from '../../runtime/sync/parking-lot.ts'
import { lockForReading, lockForWriting, unlockForReading, unlockForWriting } from '../../runtime/sync/read-write-lock.ts'
import { LOCK_OF_BUCKET, LOT, parkerOf, waiterOf } from '../sleepers.ts'
import { meet } from './meet.ts'

export function addUnderFutex(memory: Memory, gate: Address, futex: Address, counter: Address, times: number): void {
  meet(memory, gate, 2)
  for (let i = 0; i < times; i++) {
    acquire(memory, futex)
    memory.set(counter, memory.get(counter) + 1)
    release(memory, futex)
  }
}

export function addUnderMutex(memory: Memory, thread: number, gate: Address, mutex: Address, counter: Address, times: number): void {
  const parker = parkerOf(memory, thread)
  meet(memory, gate, 2)
  for (let i = 0; i < times; i++) {
    lock(parker, mutex)
    memory.set(counter, memory.get(counter) + 1)
    unlock(memory, LOT, mutex)
  }
}

/**
 * Unlocks the mutex only when the other thread sleeps on it and has waited too long, and wants it back at once.
 * @returns how often it got it before the other.
 */
export function handOver(memory: Memory, thread: number, gate: Address, mutex: Address, done: Address, turns: number): number {
  const parker = parkerOf(memory, thread)
  const waiter = waiterOf(1 - thread)
  let overtaken = 0
  lock(parker, mutex)
  meet(memory, gate, 2)
  for (let turn = 0; turn < turns; turn++) {
    while (!isDue(memory, mutex, waiter)) memory.pause()
    unlock(memory, LOT, mutex)
    overtaken += Number(lock(parker, mutex, 0) === 'acquired')
    memory.store(done, turn + 1)
    memory.notify(done, 1)
    lock(parker, mutex)
  }
  unlock(memory, LOT, mutex)
  return overtaken
}

/** Whether a thread sleeps on the mutex and has waited longer than it puts up with. */
function isDue(memory: Memory, mutex: Address, waiter: Waiter): boolean {
  acquire(memory, LOCK_OF_BUCKET)
  const asleep = [...waiting(memory, LOT, mutex)].includes(waiter.address)
  release(memory, LOCK_OF_BUCKET)
  return asleep && ((memory.now() - memory.get(waiter.fairAt)) | 0) > 0
}

/** Waits for the mutex, and keeps it until the other thread has tried to get it back. @returns how often it was handed over. */
export function waitForHandOver(memory: Memory, thread: number, gate: Address, mutex: Address, done: Address, turns: number): number {
  const parker = parkerOf(memory, thread)
  const inside = done + CACHE_LINE
  let received = 0
  meet(memory, gate, 2)
  for (let turn = 0; turn < turns; turn++) {
    received += Number(lock(parker, mutex) === 'handed off')
    memory.set(inside, memory.get(inside) + 1)
    while (memory.load(done) <= turn) memory.wait(done, turn)
    unlock(memory, LOT, mutex)
    // The other has it again before the next turn.
    while (turn + 1 < turns && !isLocked(memory, mutex)) memory.pause()
  }
  return received
}

/** Writes into each cell and then sets its event. */
export function announce(memory: Memory, gate: Address, cells: Address, count: number): void {
  meet(memory, gate, 2)
  for (let index = 0; index < count; index++) {
    const at = cells + index * CACHE_LINE
    memory.set(at + 4, index + 1)
    // Every other one is awaited by then.
    while (index % 2 === 0 && memory.load(at) === 0) memory.pause()
    set(memory, LOT, at)
  }
}

/** Waits for each event. @returns the sum of what was written before they were set. */
export function awaitEach(memory: Memory, thread: number, gate: Address, cells: Address, count: number): number {
  const parker = parkerOf(memory, thread)
  let sum = 0
  meet(memory, gate, 2)
  for (let index = 0; index < count; index++) {
    const at = cells + index * CACHE_LINE
    wait(parker, at)
    sum += memory.get(at + 4)
  }
  return sum
}

/** The bit of a flag that says that somebody waits. */
const AWAITED = 2

/** Initialises each flag's cell once; every third attempt fails. @returns how many flags were done on return but not initialised. */
export function initialiseEach(memory: Memory, thread: number, gate: Address, flags: Address, count: number): number {
  const parker = parkerOf(memory, thread)
  let missing = 0
  meet(memory, gate, 2)
  for (let index = 0; index < count; index++) {
    const flag = flags + index * CACHE_LINE
    const initialise = () => {
      // Until the other waits, which it will: nobody passes a flag that is not done.
      while ((memory.load(flag) & AWAITED) === 0) memory.pause()
      const attempts = memory.get(flag + 8) + 1
      memory.set(flag + 8, attempts)
      if (attempts < 3) return false
      memory.set(flag + 4, memory.get(flag + 4) + 1)
      return true
    }
    while (!once(parker, flag, initialise));
    missing += Number(memory.get(flag + 4) !== 1)
  }
  return missing
}

/** Changes two cells as one. */
export function write(memory: Memory, thread: number, gate: Address, rwlock: Address, pair: Address, times: number): void {
  const parker = parkerOf(memory, thread)
  meet(memory, gate, 2)
  for (let i = 0; i < times; i++) {
    lockForWriting(parker, rwlock)
    memory.set(pair, memory.get(pair) + 1)
    memory.set(pair + CACHE_LINE, memory.get(pair + CACHE_LINE) + 1)
    unlockForWriting(memory, LOT, rwlock)
  }
}

/** Reads two cells as one, and now and then changes them. @returns how often they differed. */
export function readAndWrite(memory: Memory, thread: number, gate: Address, rwlock: Address, pair: Address, times: number): number {
  const parker = parkerOf(memory, thread)
  let torn = 0
  meet(memory, gate, 2)
  for (let i = 0; i < times; i++) {
    lockForReading(parker, rwlock)
    torn += Number(memory.get(pair) !== memory.get(pair + CACHE_LINE))
    unlockForReading(memory, LOT, rwlock)
    if (i % 4 !== 0) continue
    lockForWriting(parker, rwlock)
    memory.set(pair, memory.get(pair) + 1)
    memory.set(pair + CACHE_LINE, memory.get(pair + CACHE_LINE) + 1)
    unlockForWriting(memory, LOT, rwlock)
  }
  return torn
}
