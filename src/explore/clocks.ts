/**
 * The data-race detector: vector clocks over every access.
 *
 * Each thread counts its epochs; a new one begins whenever it releases something. A thread's clock
 * says, per thread, up to which epoch it knows what that thread did. A release stores the clock in
 * the cell, an acquire takes over what was stored. An access is in a race if another thread's
 * conflicting access lies in an epoch that the thread does not know: then nothing orders the two,
 * whatever order they happened to have here.
 *
 * Two accesses of a cell conflict if at least one of them is plain and at least one writes. To free
 * memory counts as writing it plainly: a use that nothing orders with it may also come later.
 *
 * - Atomic loads acquire; atomic stores release; exchanges of all kinds do both, and add to what
 *   was released into the cell before. A failed compare-and-exchange is a load.
 * - Relaxed accesses are atomic and order nothing. A relaxed or plain store ends what was released
 *   into the cell before: who reads from it learns nothing.
 * - Whoever is woken knows what the waker knew.
 * - Accesses of a cell that nobody contends for order nothing. If nothing orders two of them that conflict, the cell is
 *   contended, see `contention.ts`.
 *
 * The records of a thread's own accesses, and its own epoch, follow from its history. So only the
 * clocks between threads tell states apart, and these are few.
 *
 * @see C. Flanagan, S. Freund, "FastTrack" (PLDI 2009), for epochs
 */
import type { Contention } from './contention.ts'
import { ATOMIC_READ, ATOMIC_WRITE, KNOWS, MOST_THREADS, PLAIN_READ, PLAIN_WRITE, RELEASED, TOUCHED_PLAINLY } from './layout.ts'
import { ACQUIRES, PLAIN, READS, RELEASES } from './operations.ts'
import type { Words } from './words.ts'

/** No thread. */
export const NO_RACE = -1

/** A thread's first epoch. Zero means that it was never there. */
const FIRST_EPOCH = 1

export class Clocks {
  readonly #words: Words
  readonly #threads: number
  readonly #contention: Contention

  constructor(words: Words, threads: number, contention: Contention) {
    this.#words = words
    this.#contention = contention
    this.#threads = threads
    for (let thread = 0; thread < threads; thread++) words.initialise(KNOWS + thread * MOST_THREADS + thread, FIRST_EPOCH)
  }

  /**
   * A thread accesses a cell.
   * @param traits of the operation.
   * @param writes whether it really stored.
   * @returns another thread whose access of the cell nothing orders with this one, or NO_RACE.
   */
  access(thread: number, word: number, traits: number, writes: boolean): number {
    const words = this.#words
    const quiet = this.#contention.isQuiet(word)
    if ((traits & ACQUIRES) !== 0 && !quiet) this.#acquire(thread, word)
    const { values } = words
    const own = values[KNOWS + thread * (MOST_THREADS + 1)] as number
    let racing = NO_RACE
    if ((traits & PLAIN) !== 0) {
      words.note(word + TOUCHED_PLAINLY, 1)
      racing = this.#unknown(thread, word + PLAIN_WRITE)
      if (racing < 0 && writes) racing = this.#unknown(thread, word + PLAIN_READ)
      if (racing < 0) racing = this.#judge(word, quiet, this.#unknownAtomic(thread, word, writes))
      words.note(word + (writes ? PLAIN_WRITE : PLAIN_READ) + thread, own)
    } else {
      if (values[word + TOUCHED_PLAINLY] !== 0) {
        racing = this.#unknown(thread, word + PLAIN_WRITE)
        if (racing < 0 && writes) racing = this.#unknown(thread, word + PLAIN_READ)
        racing = this.#judge(word, quiet, racing)
      }
      if (quiet) this.#judge(word, quiet, this.#unknownAtomic(thread, word, writes))
      if ((traits & READS) !== 0) words.note(word + ATOMIC_READ + thread, own)
      if (writes) words.note(word + ATOMIC_WRITE + thread, own)
    }
    if (writes && !quiet) this.#store(thread, word, traits)
    return racing
  }

  /** A thread wakes others, or might have: what it did so far lies in an epoch of its own. */
  wakes(thread: number): void {
    this.#nextEpoch(thread)
  }

  /** A thread is woken by another, before that one calls `wakes`. */
  wokenBy(waker: number, sleeper: number): void {
    const words = this.#words
    const { values } = words
    const theirs = KNOWS + waker * MOST_THREADS
    const mine = KNOWS + sleeper * MOST_THREADS
    for (let other = 0; other < this.#threads; other++) {
      const known = values[theirs + other] as number
      if (known > (values[mine + other] as number)) words.write(mine + other, known)
    }
  }

  #acquire(thread: number, word: number): void {
    const words = this.#words
    const { values } = words
    const mine = KNOWS + thread * MOST_THREADS
    for (let other = 0; other < this.#threads; other++) {
      const known = values[word + RELEASED + other] as number
      if (known > (values[mine + other] as number)) words.write(mine + other, known)
    }
  }

  #store(thread: number, word: number, traits: number): void {
    const words = this.#words
    const { values } = words
    const mine = KNOWS + thread * MOST_THREADS
    const releases = (traits & RELEASES) !== 0
    for (let other = 0; other < this.#threads; other++) {
      // An exchange has just acquired, so its own clock contains what was released before.
      words.write(word + RELEASED + other, releases ? (values[mine + other] as number) : 0)
    }
    if (releases) this.#nextEpoch(thread)
  }

  /** A thread whose record of one kind lies in an epoch that `thread` does not know. */
  #unknown(thread: number, records: number): number {
    const { values } = this.#words
    const mine = KNOWS + thread * MOST_THREADS
    for (let other = 0; other < this.#threads; other++) {
      // A thread knows its own epochs.
      if ((values[records + other] as number) > (values[mine + other] as number)) return other
    }
    return NO_RACE
  }

  /** A thread whose atomic access lies in an epoch that `thread` does not know, and conflicts if this one writes. */
  #unknownAtomic(thread: number, word: number, writes: boolean): number {
    const racing = this.#unknown(thread, word + ATOMIC_WRITE)
    return racing < 0 && writes ? this.#unknown(thread, word + ATOMIC_READ) : racing
  }

  /** If nothing orders two accesses, of which one at least is atomic, that is no race yet if nobody was known to contend for the cell. */
  #judge(word: number, quiet: boolean, racing: number): number {
    if (racing < 0 || !quiet) return racing
    this.#contention.contend(word)
    return NO_RACE
  }

  #nextEpoch(thread: number): void {
    const own = KNOWS + thread * (MOST_THREADS + 1)
    // Follows from the thread's history.
    this.#words.note(own, (this.#words.values[own] as number) + 1)
  }
}
