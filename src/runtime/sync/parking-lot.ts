/**
 * The parking lot: lets threads sleep on any cell, and wakes them in the order they came.
 *
 * A lock needs a queue only while somebody waits, so the queues do not stand in the locks but in
 * one table, keyed by the cell's address. A thread that wants to sleep takes the bucket's lock,
 * looks once more whether the cell still holds what made it want to sleep, and only then queues
 * up. Whoever changes the cell and then looks for sleepers takes the same lock: either the sleeper
 * saw the change, or the waker sees the sleeper. That is why no wake-up is lost.
 *
 * @see CPython Python/parking_lot.c; WebKit, "Locking in WebKit" (2016)
 */
import { acquire, release, reset } from '../memory/futex.ts'
import { type Address, type Memory, NULL } from '../memory/memory.ts'
import { array, cell, type Opened, record } from '../memory/record.ts'

/** A prime, so that addresses on cache-line boundaries spread over all buckets. */
export const BUCKETS = 257

const Bucket = record('parking bucket', {
  lock: cell,
  /** The waiter that came first; NULL if nobody waits. */
  head: cell,
  tail: cell,
})

export const ParkingLot = record('parking lot', { buckets: array(Bucket, BUCKETS) })
export type ParkingLot = Opened<typeof ParkingLot>

/** What wakes a sleeping waiter. */
const ASLEEP = 0
const WOKEN = 1
const INTERRUPTED = 2

/** One per operating-system thread: it sleeps in one place at a time. */
export const Waiter = record('waiter', {
  /** The next waiter of the bucket. */
  next: cell,
  /** The cell it waits for; NULL while it does not. */
  target: cell,
  /** Asleep, woken or interrupted. The only cell that it sleeps on itself. */
  semaphore: cell,
  /** Not zero once a waker has taken it out of the queue: its wake-up is certain to come. */
  chosen: cell,
  /** A word between parker and waker: for a mutex, when to be fair, and whether it was handed over. */
  fairAt: cell,
  handedOff: cell,
})
export type Waiter = Opened<typeof Waiter>

/** Runs an action, a sleep, with the calling thread detached, if it was attached. */
export type WhileDetached = <T>(action: () => T) => T

/** Who parks: everything that sleeping needs to know about the calling thread. */
export interface Parker {
  readonly memory: Memory
  readonly lot: ParkingLot
  readonly waiter: Waiter
  /** Absent: the thread stays attached while it sleeps, or is not attached to begin with. */
  readonly whileDetached?: WhileDetached
}

/**
 * What a sleep came to. `changed`: the cell did not hold the expected value, so nobody slept.
 * `handed off`: woken, and given what it waited for.
 */
export type Parked = 'woken' | 'handed off' | 'changed' | 'timed out' | 'interrupted'

/**
 * Sleeps on a cell if it holds `expected`.
 * @param timeout in microseconds; for ever if absent.
 */
export function park(parker: Parker, target: Address, expected: number, timeout?: number): Parked {
  const { memory, waiter, whileDetached } = parker
  const bucket = bucketOf(parker.lot, target)
  acquire(memory, bucket.lock)
  if (memory.load(target) !== expected) {
    release(memory, bucket.lock)
    return 'changed'
  }
  memory.set(waiter.target, target)
  memory.set(waiter.chosen, 0)
  memory.set(waiter.handedOff, 0)
  memory.store(waiter.semaphore, ASLEEP)
  append(memory, bucket, waiter)
  release(memory, bucket.lock)

  const rest = () => restOn(memory, bucket, waiter, timeout)
  // The waiter is out of the queue, and may be used again, before the thread attaches: attaching may park too.
  return whileDetached ? whileDetached(rest) : rest()
}

/**
 * Takes the waiter that came first for the cell out of the queue and wakes it.
 *
 * @param decide is called exactly once, under the bucket's lock, with that waiter or undefined,
 *   and whether the bucket holds further waiters. The bucket may hold waiters for other cells, so
 *   `more` may say yes too often, never no too often.
 * @returns the waiter woken.
 */
export function unpark(
  memory: Memory,
  lot: ParkingLot,
  target: Address,
  decide: (waiter: Waiter | undefined, more: boolean) => void,
): Waiter | undefined {
  const bucket = bucketOf(lot, target)
  acquire(memory, bucket.lock)
  const waiter = first(memory, bucket, target)
  if (waiter !== undefined) choose(memory, bucket, waiter)
  decide(waiter, memory.get(bucket.head) !== NULL)
  release(memory, bucket.lock)
  // Woken after the lock is free: it would only have to wait for it.
  if (waiter !== undefined) wake(memory, waiter)
  return waiter
}

/** Wakes every waiter of the cell. @returns how many there were. */
export function unparkAll(memory: Memory, lot: ParkingLot, target: Address): number {
  const bucket = bucketOf(lot, target)
  const chosen: Waiter[] = []
  acquire(memory, bucket.lock)
  for (let waiter = first(memory, bucket, target); waiter; waiter = first(memory, bucket, target)) {
    choose(memory, bucket, waiter)
    chosen.push(waiter)
  }
  release(memory, bucket.lock)
  for (const waiter of chosen) wake(memory, waiter)
  return chosen.length
}

/** Wakes a waiter early, as a signal does. It finds out for itself whether it was chosen meanwhile. */
export function interrupt(memory: Memory, waiter: Waiter): void {
  if (memory.compareExchange(waiter.semaphore, ASLEEP, INTERRUPTED) === ASLEEP) memory.notify(waiter.semaphore, 1)
}

/** Empties every bucket: for a fork's child, where none of the waiters exists. */
export function afterFork(memory: Memory, lot: ParkingLot): void {
  for (let index = 0; index < BUCKETS; index++) {
    const bucket = Bucket.at(lot.buckets + index * Bucket.size)
    reset(memory, bucket.lock)
    memory.set(bucket.head, NULL)
    memory.set(bucket.tail, NULL)
  }
}

/** The addresses of those parked on a cell, the longest parked first. For observers: nobody parks meanwhile. */
export function* waiting(memory: Memory, lot: ParkingLot, target: Address): Generator<Address> {
  for (let at = memory.get(bucketOf(lot, target).head); at !== NULL; at = memory.get(at + Waiter.offset.next)) {
    if (memory.get(at + Waiter.offset.target) === target) yield at
  }
}

type Bucket = Opened<typeof Bucket>

function bucketOf(lot: ParkingLot, target: Address): Bucket {
  return Bucket.at(lot.buckets + (target % BUCKETS) * Bucket.size)
}

/** The lock of the bucket in which waiters of a cell stand: while it is held, they are changed. For observers. */
export const bucketLock = (lot: ParkingLot, target: Address): Address => bucketOf(lot, target).lock

/** Whether two cells share a bucket. */
export const collide = (one: Address, other: Address): boolean => one % BUCKETS === other % BUCKETS

function restOn(memory: Memory, bucket: Bucket, waiter: Waiter, timeout: number | undefined): Parked {
  const outcome = sleep(memory, waiter, timeout)
  if (outcome !== 'woken') {
    acquire(memory, bucket.lock)
    const chosen = memory.get(waiter.chosen) !== 0
    if (!chosen) remove(memory, bucket, waiter.address)
    release(memory, bucket.lock)
    if (!chosen) return outcome
    // A waker has counted on this waiter: dropping out now would lose the wake-up it was given.
    awaitWaker(memory, waiter)
  }
  return memory.get(waiter.handedOff) !== 0 ? 'handed off' : 'woken'
}

function sleep(memory: Memory, waiter: Waiter, timeout: number | undefined): 'woken' | 'timed out' | 'interrupted' {
  const started = memory.now()
  for (;;) {
    const left = timeout === undefined ? undefined : timeout - ((memory.now() - started) | 0)
    const outcome = left !== undefined && left <= 0 ? 'timed out' : memory.wait(waiter.semaphore, ASLEEP, left)
    const semaphore = memory.load(waiter.semaphore)
    if (semaphore === WOKEN) return 'woken'
    if (semaphore === INTERRUPTED) return 'interrupted'
    if (outcome === 'timed out') return 'timed out'
  }
}

function awaitWaker(memory: Memory, waiter: Waiter): void {
  for (let seen = memory.load(waiter.semaphore); seen !== WOKEN; seen = memory.load(waiter.semaphore)) {
    memory.wait(waiter.semaphore, seen)
  }
}

function wake(memory: Memory, waiter: Waiter): void {
  memory.store(waiter.semaphore, WOKEN)
  memory.notify(waiter.semaphore, 1)
}

function first(memory: Memory, bucket: Bucket, target: Address): Waiter | undefined {
  let at = memory.get(bucket.head)
  while (at !== NULL && memory.get(at + Waiter.offset.target) !== target) at = memory.get(at + Waiter.offset.next)
  return at === NULL ? undefined : Waiter.at(at)
}

function choose(memory: Memory, bucket: Bucket, waiter: Waiter): void {
  remove(memory, bucket, waiter.address)
  memory.set(waiter.chosen, 1)
}

function append(memory: Memory, bucket: Bucket, waiter: Waiter): void {
  const tail = memory.get(bucket.tail)
  memory.set(waiter.next, NULL)
  memory.set(tail === NULL ? bucket.head : tail + Waiter.offset.next, waiter.address)
  memory.set(bucket.tail, waiter.address)
}

function remove(memory: Memory, bucket: Bucket, waiter: Address): void {
  let previous = NULL
  let at = memory.get(bucket.head)
  while (at !== waiter) {
    previous = at
    at = memory.get(at + Waiter.offset.next)
  }
  const next = memory.get(at + Waiter.offset.next)
  memory.set(previous === NULL ? bucket.head : previous + Waiter.offset.next, next)
  if (next === NULL) memory.set(bucket.tail, previous)
}
