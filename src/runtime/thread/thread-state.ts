/**
 * The state of a thread towards its interpreter: may it touch objects?
 *
 *                    the thread itself: attach
 *        DETACHED ───────────────────────────► ATTACHED
 *         │   ▲  ◄───────────────────────────── │
 *         │   │      the thread itself: detach  │ the thread itself, at a
 *   the   │   │ the stopper                     │ safe point during a pause
 *  stopper│   │ starts the world                │
 *         ▼   │                                 │
 *        SUSPENDED ◄────────────────────────────┘
 *
 * Only the thread itself attaches and detaches. A stopper may hold a detached thread where it is,
 * and only it lets go again. Nothing leads from suspended to attached directly.
 *
 * @see CPython Include/internal/pycore_pystate.h and Python/pystate.c
 */
import { type Address, type Memory, NULL } from '../memory/memory.ts'
import { cell, type Opened, record } from '../memory/record.ts'
import { type Parker, type ParkingLot, park, unparkAll, Waiter } from '../sync/parking-lot.ts'

export const DETACHED = 0
export const ATTACHED = 1
export const SUSPENDED = 2

/**
 * The public view of a thread state: what every mechanism and every embedder may know about a
 * thread. It is the first part of a larger, private record, so that the address of the one is the
 * address of the other.
 */
export const ThreadState = record('thread view', {
  /** Neighbours in the interpreter's list, newest first. Guarded by the list's lock. */
  next: cell,
  previous: cell,
  interpreter: cell,
  /** Detached, attached or suspended. */
  state: cell,
  /** Request bits, see `requests.ts`. */
  requests: cell,
  /** The operating-system thread that it is bound to; NULL until it is bound. */
  osThread: cell,
  /** A number that no other thread state of the runtime ever has. */
  id: cell,
})
export type ThreadState = Opened<typeof ThreadState>

/**
 * What an operating-system thread has, whatever thread states are bound to it. Its address is the
 * thread's identity: never zero and unique among living threads. Whoever makes threads may give it
 * to another one after the thread's end.
 */
export const OsThread = record('os thread', {
  waiter: Waiter,
  /** The thread state that is attached on it; NULL while none is. */
  current: cell,
  /** The pause that it has asked for and not ended yet; NULL without one. Nobody else looks at it. */
  pause: cell,
})
export type OsThread = Opened<typeof OsThread>

/** The caller broke the rules of a thread's life: attached twice, used a state that is bound elsewhere. */
export class ThreadMisuse extends Error {
  override readonly name = 'ThreadMisuse'
}

/** Makes the thread attached. Sleeps while it is suspended. @param parker of its own thread, not detaching. */
export function attach(parker: Parker, thread: ThreadState): void {
  const { memory } = parker
  while (memory.compareExchange(thread.state, DETACHED, ATTACHED) !== DETACHED) {
    // The stopper stores DETACHED and then wakes: if it did so already, the value has changed and nobody sleeps.
    park(parker, thread.state, SUSPENDED)
  }
}

/** Makes the thread detached or, as the answer to a pause, suspended. Everything it did as an attached thread is visible first. */
export function leave(memory: Memory, thread: ThreadState, to: typeof DETACHED | typeof SUSPENDED): void {
  memory.storeRelease(thread.state, to)
}

/** Holds a thread where it is, if it is detached. For the stopper. @returns whether it is suspended now. */
export function suspendDetached(memory: Memory, thread: ThreadState): boolean {
  return memory.compareExchange(thread.state, DETACHED, SUSPENDED) === DETACHED
}

/** Lets a suspended thread go. For the stopper that held it. */
export function release(memory: Memory, lot: ParkingLot, thread: ThreadState): void {
  memory.store(thread.state, DETACHED)
  unparkAll(memory, lot, thread.state)
}

/** The thread states of a list, newest first. The caller holds the list's lock. */
export function* each(memory: Memory, head: Address): Generator<ThreadState> {
  for (let at = memory.get(head); at !== NULL; at = memory.get(at + ThreadState.offset.next)) yield ThreadState.at(at)
}

/** Puts a thread state at the front of a list. The caller holds the list's lock. */
export function link(memory: Memory, head: Address, thread: ThreadState): void {
  const first = memory.get(head)
  memory.set(thread.next, first)
  if (first !== NULL) memory.set(first + ThreadState.offset.previous, thread.address)
  memory.set(head, thread.address)
}

/** Takes a thread state out of its list. The caller holds the list's lock. */
export function unlink(memory: Memory, head: Address, thread: ThreadState): void {
  const previous = memory.get(thread.previous)
  const next = memory.get(thread.next)
  memory.set(previous === NULL ? head : previous + ThreadState.offset.next, next)
  if (next !== NULL) memory.set(next + ThreadState.offset.previous, previous)
}
