/**
 * Version profiles: what differs between the documented versions of the mechanisms.
 *
 * A feature states what holds in all of them. What holds in some is data: numbers that a subject
 * declares when it says hello, and rules under the names below. A rule that two versions share is
 * not listed, however important it is.
 */
import type { Parameters } from '../protocol/parameters.ts'
import { cpython313 } from './profiles/cpython-3.13.ts'
import { cpython3140a2 } from './profiles/cpython-3.14.0a2.ts'
import { cpython314 } from './profiles/cpython-3.14.ts'
import { cpython315 } from './profiles/cpython-3.15.ts'
import { reference } from './profiles/reference.ts'

/** What is not so much different as not there, and what no source could be found for. */
type Or<Value> = Value | 'absent' | 'unknown'

/** What the features leave open: rules in which the documented versions differ, and which no feature of this version checks. */
export interface Rules {
  'thread.states': readonly string[]
  'thread.safe-point': readonly string[]
  'thread.exception-at-signal-poll': boolean
  'mutex.attempt-spins': boolean
  'section.nested': 'relocks' | 'skipped' | 'skipped, also of two'
  'section.while-stopped': 'locks' | 'does not lock'

  'brc.resurrected': 'owned' | 'merged'
  'brc.merge-immortal': 'becomes mortal' | 'forbidden' | 'stays immortal'
  'brc.immortal-twice': 'overwrites' | 'does nothing'
  'brc.frozen-freed': boolean

  'qsbr.page-bytes': Or<number>
  'qsbr.index-locked': boolean
  'qsbr.failed-thread-leaks': boolean

  'dfree.at-exit': boolean
  'dfree.object-item': 'memory' | 'reference'

  'uniq.none': Or<number>
  'uniq.first': Or<number>
  'uniq.failed-dictionary': Or<'gives back an id' | 'nothing'>

  'flist.limits': Readonly<Record<string, number>>

  'gccount.quarter-suffices': Or<boolean>
  'gccount.memory-test': boolean
  'gccount.negative': boolean
  'gccount.exit-loses': boolean
  'gccount.default-build': 'generational' | 'incremental'

  'heap.raw': 'system' | 'heap'
  'heap.emptied-page': 'running thread' | 'owner'
  'heap.full-page-usable': boolean

  'tlbc.copies': boolean
  'tlbc.generation': Or<boolean>
  'tlbc.copy-instrumented': Or<boolean>
  'tlbc.families': readonly string[]
  'tlbc.integers': 'all' | 'compact'
  'tlbc.mixed-numbers': boolean
  'tlbc.disable': 'location' | 'code object'

  'immortal.deferred': boolean
  'immortal.constants': 'all' | 'made by the compiler'
  'immortal.unhashable': 'fatal' | 'accepted'
  'immortal.suppression': 'interpreter' | 'thread'

  'interp.not-shareable': 'refused' | 'pickled'
  'interp.unbounded-full': boolean
  'interp.invalid-name': 'crash' | 'refused'
}

/** What each of them is about. */
export const LEFT_OPEN: Readonly<Record<keyof Rules, string>> = {
  'thread.states': 'The states a thread can be in.',
  'thread.safe-point': 'What a safe point serves, in order.',
  'thread.exception-at-signal-poll': 'Whether polling for signals alone raises an exception set from another thread.',
  'mutex.attempt-spins': 'Whether an attempt to lock without waiting may still spin.',
  'section.nested': 'A critical section on the mutex of the innermost one: taken again, or nothing to do.',
  'section.while-stopped': 'A critical section while the world is stopped.',
  'brc.resurrected': 'What an object is after its finalizer left something behind that brought it back.',
  'brc.merge-immortal': 'What comes of merging an immortal object.',
  'brc.immortal-twice': 'Making an immortal object immortal.',
  'brc.frozen-freed': 'Whether a frozen object whose queued references are gone is freed before it is thawed.',
  'qsbr.page-bytes': "How many bytes of pages a deferred advance waits for; 'absent' if it counts them with the items.",
  'qsbr.index-locked': 'Whether the index of a new slot is computed under the lock.',
  'qsbr.failed-thread-leaks': 'Whether a thread that could not be made leaves its slot behind.',
  'dfree.at-exit': 'Whether a thread that ends processes what it leaves to the interpreter.',
  'dfree.object-item': 'What an item marked as an object stands for.',
  'uniq.none': 'The id of what has none.',
  'uniq.first': 'The first id that is given.',
  'uniq.failed-dictionary': 'What a failed assignment does to a dictionary and the pool.',
  'flist.limits': 'The longest each list gets, by kind. Tuples have one list for each of the sizes 1 to 20.',
  'gccount.quarter-suffices': 'Whether a count of exactly a quarter of the long-lived total is enough to collect.',
  'gccount.memory-test': 'Whether a due collection is put off while memory has hardly grown.',
  'gccount.negative': "Whether the interpreter's count can fall below zero.",
  'gccount.exit-loses': 'Whether what a thread has buffered is lost when it ends.',
  'gccount.default-build': 'How the default build collects.',
  'heap.raw': 'Where the raw domain of a free-threaded build comes from.',
  'heap.emptied-page': 'On whose list an emptied page waits.',
  'heap.full-page-usable': 'Whether a full page that waits for its goal can be used meanwhile.',
  'tlbc.copies': 'Whether threads have copies of bytecode.',
  'tlbc.generation': 'Whether a counter announces that indices were given or returned.',
  'tlbc.copy-instrumented': 'Whether a new copy keeps the instrumentation of the main copy.',
  'tlbc.families': 'Instruction families that free-threaded builds specialize.',
  'tlbc.integers': 'Which integers the integer forms of arithmetic take.',
  'tlbc.mixed-numbers': 'Whether arithmetic on an int and a float is specialized.',
  'tlbc.disable': 'How far a tool that declines an event of all code switches it off.',
  'immortal.deferred': 'Whether objects with deferred counting become immortal once there is a second thread.',
  'immortal.constants': 'Which constants of code become immortal.',
  'immortal.unhashable': 'A constant that cannot be hashed.',
  'immortal.suppression': 'Whom suppression concerns.',
  'interp.not-shareable': 'What becomes of an object that no registered type can carry to another interpreter.',
  'interp.unbounded-full': 'Whether a queue without bound says it is full while it is empty.',
  'interp.invalid-name': 'A name that is no string among those handed to another interpreter.',
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
