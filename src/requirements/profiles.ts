/**
 * Version profiles: what differs between the documented versions of the mechanisms.
 *
 * A feature states what holds in all of them. What holds in some is data: numbers that a subject
 * declares when it says hello, and rules under the names below. A rule that two versions share is
 * not listed, however important it is.
 */
import type { Parameters } from '../protocol/messages.ts'
import { cpython313 } from './profiles/cpython-3.13.ts'
import { cpython3140a2 } from './profiles/cpython-3.14.0a2.ts'
import { cpython314 } from './profiles/cpython-3.14.ts'
import { cpython315 } from './profiles/cpython-3.15.ts'
import { reference } from './profiles/reference.ts'

/** What is not so much different as not there, and what no source could be found for. */
type Or<Value> = Value | 'absent' | 'unknown'

export interface Rules {
  /** The states a thread can be in. */
  'thread.states': readonly string[]
  /** What a safe point serves, in order. */
  'thread.safe-point': readonly string[]
  /** Whether polling for signals alone raises an exception set from another thread. */
  'thread.exception-at-signal-poll': boolean
  /** Whether an attempt to lock without waiting may still spin. */
  'mutex.attempt-spins': boolean
  /** A critical section on the mutex of the innermost one: taken again, or nothing to do. */
  'section.nested': 'relocks' | 'skipped' | 'skipped, also of two'
  /** A critical section while the world is stopped. */
  'section.while-stopped': 'locks' | 'does not lock'

  /** What an object is after its finalizer left something behind that brought it back. */
  'brc.resurrected': 'owned' | 'merged'
  /** What comes of merging an immortal object. */
  'brc.merge-immortal': 'becomes mortal' | 'forbidden' | 'stays immortal'
  /** Making an immortal object immortal. */
  'brc.immortal-twice': 'overwrites' | 'does nothing'
  /** Whether a frozen object whose queued references are gone is freed before it is thawed. */
  'brc.frozen-freed': boolean

  /** How many bytes of pages a deferred advance waits for; 'absent' if it counts them with the items. */
  'qsbr.page-bytes': Or<number>
  /** Whether the index of a new slot is computed under the lock. */
  'qsbr.index-locked': boolean
  /** Whether a thread that could not be made leaves its slot behind. */
  'qsbr.failed-thread-leaks': boolean

  /** Whether a thread that ends processes what it leaves to the interpreter. */
  'dfree.at-exit': boolean
  /** What an item marked as an object stands for. */
  'dfree.object-item': 'memory' | 'reference'

  /** The id of what has none. */
  'uniq.none': Or<number>
  /** The first id that is given. */
  'uniq.first': Or<number>
  /** What a failed assignment does to a dictionary and the pool. */
  'uniq.failed-dictionary': Or<'gives back an id' | 'nothing'>

  /** The longest each list gets, by kind. Tuples have one list for each of the sizes 1 to 20. */
  'flist.limits': Readonly<Record<string, number>>

  /** Whether a count of exactly a quarter of the long-lived total is enough to collect. */
  'gccount.quarter-suffices': Or<boolean>
  /** Whether a due collection is put off while memory has hardly grown. */
  'gccount.memory-test': boolean
  /** Whether the interpreter's count can fall below zero. */
  'gccount.negative': boolean
  /** Whether what a thread has buffered is lost when it ends. */
  'gccount.exit-loses': boolean
  /** How the default build collects. */
  'gccount.default-build': 'generational' | 'incremental'

  /** Where the raw domain of a free-threaded build comes from. */
  'heap.raw': 'system' | 'heap'
  /** On whose list an emptied page waits. */
  'heap.emptied-page': 'running thread' | 'owner'
  /** Whether a full page that waits for its goal can be used meanwhile. */
  'heap.full-page-usable': boolean

  /** Whether threads have copies of bytecode. */
  'tlbc.copies': boolean
  /** Whether a counter announces that indices were given or returned. */
  'tlbc.generation': Or<boolean>
  /** Whether a new copy keeps the instrumentation of the main copy. */
  'tlbc.copy-instrumented': Or<boolean>
  /** Instruction families that free-threaded builds specialize. */
  'tlbc.families': readonly string[]
  /** When a constant's instruction is replaced by its quick form. */
  'tlbc.constants': Or<'at creation' | 'when first run'>
  /** Which integers the integer forms of arithmetic take. */
  'tlbc.integers': 'all' | 'compact'
  /** Bits of an adaptive counter for its value and for its backoff, and the highest backoff. */
  'tlbc.counter': { readonly value: number; readonly backoff: number; readonly highest: number }
  /** How far a tool that declines an event of all code switches it off. */
  'tlbc.disable': 'location' | 'code object'

  /** Whether objects with deferred counting become immortal once there is a second thread. */
  'immortal.deferred': boolean
  /** Which constants of code become immortal. */
  'immortal.constants': 'all' | 'made by the compiler'
  /** A constant that cannot be hashed. */
  'immortal.unhashable': 'fatal' | 'accepted'
  /** Whom suppression concerns. */
  'immortal.suppression': 'interpreter' | 'thread'

  /** What becomes of an object that no registered type can carry to another interpreter. */
  'interp.not-shareable': 'refused' | 'pickled'
  /** Whether a queue without bound says it is full while it is empty. */
  'interp.unbounded-full': boolean
  /** A name that is no string among those handed to another interpreter. */
  'interp.invalid-name': 'crash' | 'refused'
}

export interface Profile {
  readonly id: string
  /** What exactly the profile describes. */
  readonly title: string
  /** What a subject of this version declares in `hello`. */
  readonly parameters: Parameters
  readonly rules: Rules
}

/** Every version that is documented, the oldest first, and the reference runtime at the end. */
export const PROFILES: readonly Profile[] = [cpython313, cpython3140a2, cpython314, cpython315, reference]
