/**
 * Stop the world: brings every other thread of one interpreter, or of all, to rest.
 *
 * The stopper cannot force a running thread to stop; it asks, by a request bit, and the thread
 * suspends itself at its next safe point. A detached thread touches nothing anyway, so the stopper
 * suspends it where it is, and it will find itself held when it wants to attach. A thread may
 * detach between being asked and reaching a safe point; nobody would tell the stopper, so it looks
 * again every millisecond.
 *
 * The countdown says how many threads are still missing. Whoever brings a thread to rest, or takes
 * it out of the list, counts it down exactly once, under the list's lock.
 *
 * Two kinds of pause exclude each other by one lock: pauses of single interpreters hold it for
 * reading, so they overlap; a pause of all holds it for writing.
 *
 * A pause belongs to the operating-system thread that asked for it, which may have no thread state
 * or change it meanwhile. Whatever would make that thread wait for the end of its own pause is
 * refused: it would wait for ever.
 *
 * @see CPython Python/pystate.c, stop_the_world and start_the_world
 */
import { type Address, type Memory, NULL } from '../memory/memory.ts'
import { cell, type Opened, record } from '../memory/record.ts'
import { reset as resetEvent, set as setEvent, wait as waitForEvent } from '../sync/event.ts'
import { lock as lockMutex, unlock as unlockMutex } from '../sync/mutex.ts'
import type { Parker, ParkingLot } from '../sync/parking-lot.ts'
import { lockForReading, lockForWriting, unlockForReading, unlockForWriting } from '../sync/read-write-lock.ts'
import { request, STOP } from './requests.ts'
import { ATTACHED, type OsThread, release, SUSPENDED, suspendDetached, ThreadMisuse, type ThreadState } from './thread-state.ts'

/** How often the stopper looks for threads that came to rest by themselves, in microseconds. */
export const LOOK_AGAIN = 1000

/** One per interpreter, and one for all of them. */
export const StopTheWorld = record('stop the world', {
  /** Held from the request to the start: one pause at a time. */
  mutex: cell,
  /** Not zero from the request to the start. Guarded, like the countdown, by the list's lock. */
  requested: cell,
  /** Not zero while every thread in scope is at rest. */
  stopped: cell,
  /** Threads that are not at rest yet. */
  countdown: cell,
  /** Set when the countdown reaches zero. */
  allAtRest: cell,
  /** The thread state of the stopper, which the pause leaves alone; NULL if it has none. Guarded by the list's lock. */
  requester: cell,
})
export type StopTheWorld = Opened<typeof StopTheWorld>

/** What a pause of this kind concerns, and the locks around it. */
export interface Scope {
  readonly pause: StopTheWorld
  readonly global: boolean
  /** Held for reading by pauses of one interpreter, for writing by a pause of all. */
  readonly kinds: number
  /** Guards every list of threads. */
  readonly listLock: number
  threads(): Iterable<ThreadState>
}

/** Who stops or starts: a thread, its thread state's address (NULL without one), and how it sleeps with and without detaching. */
export interface Stopper {
  readonly memory: Memory
  readonly os: OsThread
  readonly thread: Address
  readonly detaching: Parker
  readonly attached: Parker
}

/**
 * Stops the world. When it returns, every thread in scope but the caller's is suspended.
 * @throws ThreadMisuse if the caller has stopped it, or any other, already: each kind of pause may wait for each other.
 */
export function stop(stopper: Stopper, scope: Scope): void {
  const { memory, os, detaching, attached } = stopper
  const { pause } = scope
  if (hasStopped(memory, os)) throw new ThreadMisuse('the thread has stopped the world already')
  lockMutex(detaching, pause.mutex)
  if (scope.global) lockForWriting(detaching, scope.kinds)
  else lockForReading(detaching, scope.kinds)

  lockMutex(attached, scope.listLock)
  let missing = 0
  for (const thread of scope.threads()) if (thread.address !== stopper.thread) missing += 1
  memory.set(pause.countdown, missing)
  memory.set(pause.requester, stopper.thread)
  memory.set(os.pause, pause.address)
  resetEvent(memory, pause.allAtRest)
  memory.store(pause.requested, 1)
  let atRest = missing === 0
  for (;;) {
    atRest ||= suspendAndAsk(stopper, scope)
    unlockMutex(memory, attached.lot, scope.listLock)
    if (atRest) break
    // Attached: a stopper that detached could be suspended by another pause, and both would wait for ever.
    if (waitForEvent(attached, pause.allAtRest, LOOK_AGAIN)) break
    lockMutex(attached, scope.listLock)
  }
  memory.store(pause.stopped, 1)
}

/**
 * Starts the world that the caller stopped. Every thread in scope, those born meanwhile too, is let go.
 * @throws ThreadMisuse if somebody else stopped it, or nobody.
 */
export function start({ memory, os, attached }: Pick<Stopper, 'memory' | 'os' | 'attached'>, scope: Scope): void {
  const { pause } = scope
  const { lot } = attached
  if (!isStoppedBy(memory, os, pause)) throw new ThreadMisuse('the world is started by whoever stopped it')
  lockMutex(attached, scope.listLock)
  const requester = memory.get(pause.requester)
  memory.store(pause.requested, 0)
  memory.store(pause.stopped, 0)
  for (const thread of scope.threads()) if (thread.address !== requester) release(memory, lot, thread)
  memory.set(pause.requester, NULL)
  memory.set(os.pause, NULL)
  unlockMutex(memory, lot, scope.listLock)

  if (scope.global) unlockForWriting(memory, lot, scope.kinds)
  else unlockForReading(memory, lot, scope.kinds)
  unlockMutex(memory, lot, pause.mutex)
}

/** Runs an action while the world is stopped. */
export function whileStopped<T>(stopper: Stopper, scope: Scope, action: () => T): T {
  stop(stopper, scope)
  try {
    return action()
  } finally {
    start(stopper, scope)
  }
}

/** Whether a thread has stopped a world, and not started it yet. The thread asks for itself. */
export const hasStopped = (memory: Memory, os: OsThread): boolean => memory.get(os.pause) !== NULL

/** Whether it is that thread that has stopped this one. The thread asks for itself. */
export const isStoppedBy = (memory: Memory, os: OsThread, pause: StopTheWorld): boolean => memory.get(os.pause) === pause.address

/** Counts one thread as at rest, or as gone. The caller holds the list's lock. */
export function countDown(memory: Memory, lot: ParkingLot, pause: StopTheWorld): void {
  const missing = memory.get(pause.countdown) - 1
  memory.set(pause.countdown, missing)
  if (missing === 0) setEvent(memory, lot, pause.allAtRest)
}

export const isRequested = (memory: Memory, pause: StopTheWorld): boolean => memory.load(pause.requested) !== 0
export const isStopped = (memory: Memory, pause: StopTheWorld): boolean => memory.load(pause.stopped) !== 0

/** Suspends those that are detached, asks the others. @returns whether the last one missing was among the suspended. */
function suspendAndAsk({ memory, thread: self }: Stopper, { pause, threads }: Scope): boolean {
  let suspended = 0
  for (const thread of threads()) {
    if (thread.address === self) continue
    const state = memory.loadRelaxed(thread.state)
    if (state === SUSPENDED) continue
    if (state === ATTACHED) request(memory, thread.requests, STOP)
    else if (suspendDetached(memory, thread)) suspended += 1
  }
  const missing = memory.get(pause.countdown) - suspended
  memory.set(pause.countdown, missing)
  return suspended > 0 && missing === 0
}
