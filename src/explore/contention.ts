/**
 * Which cells threads contend for: learned while exploring.
 *
 * Most of what a thread does to shared memory is no concern of the others at that time: cells that only it uses, cells
 * that nobody writes any more, cells that it uses while it holds their lock. When exactly it uses them makes no
 * difference, so such an access need not be a step. Which cells these are is not known beforehand. So at first none is
 * taken as contended, and accesses of cells that are not are judged as plain ones are: if nothing orders two of them
 * that conflict, their cell is contended, and everything is explored anew with that known. What is explored without
 * anything being learned is as good as if every access were a step.
 *
 * What order there is must not come from cells that are not contended, since when they are accessed is left open. So
 * these order nothing, see `clocks.ts`.
 *
 * Invariants look at memory between two steps. A cell that they look at is contended if anybody writes it.
 *
 * @see P. Godefroid, "Partial-Order Methods for the Verification of Concurrent Systems" (1996)
 */
import { MARKS, RIDDEN } from './layout.ts'
import { OPERATIONS, PLAIN, TRAITS, WAIT } from './operations.ts'
import type { Words } from './words.ts'

/** Of a cell. Never taken back: what is known of a cell holds on all paths. */
const CONTENDED = 1 << 0
/** An invariant looks at it. */
const WATCHED = 1 << 1
/** A thread writes it, not plainly. */
const WRITTEN = 1 << 2

/** By operation: whether it is an access that rides along if nobody contends for its cell. */
const MAY_RIDE = new Uint8Array(OPERATIONS)
for (let operation = 0; operation < OPERATIONS; operation++) {
  const traits = TRAITS[operation] as number
  if (traits !== 0 && (traits & PLAIN) === 0 && operation !== WAIT) MAY_RIDE[operation] = 1
}

export class Contention {
  /** Whether accesses of cells that are not contended ride along. Else every cell is taken as contended. */
  folds = false
  /** How many accesses of one schedule may ride along because of that. */
  most = Infinity
  /** Whether a cell was found to be contended in this search, which no longer says what may come of the program. */
  learned = false
  readonly #words: Words

  constructor(words: Words) {
    this.#words = words
  }

  /** Whether nobody is known to contend for a cell. */
  isQuiet(word: number): boolean {
    return this.folds && ((this.#words.values[word + MARKS] as number) & CONTENDED) === 0
  }

  /** Whether an operation on a cell, as nodes keep it, happens in one step with the operation before it. */
  rides(operation: number, word: number): boolean {
    return this.mayRide(operation, word) && this.ridden < this.most
  }

  /** As `rides`, as long as not too many did. What follows a pause never does: it waits to be tried. */
  mayRide(operation: number, word: number): boolean {
    return MAY_RIDE[operation] === 1 && this.isQuiet(word)
  }

  /** An operation rides along. */
  ride(): void {
    // Follows from the histories of the threads.
    this.#words.note(RIDDEN, this.ridden + 1)
  }

  /** How many did in this schedule. */
  get ridden(): number {
    return this.#words.values[RIDDEN] as number
  }

  /** A cell turns out to be contended. */
  contend(word: number): void {
    // What else seems to be contended may be ordered by this one.
    if (this.learned || !this.isQuiet(word)) return
    this.#words.initialise(word + MARKS, (this.#words.values[word + MARKS] as number) | CONTENDED)
    this.learned = true
  }

  /** A thread writes a cell, not plainly. */
  written(word: number): void {
    this.#mark(word, WRITTEN)
  }

  /** An invariant looks at a cell. */
  watched(word: number): void {
    this.#mark(word, WATCHED)
  }

  #mark(word: number, mark: number): void {
    const marks = (this.#words.values[word + MARKS] as number) | mark
    this.#words.initialise(word + MARKS, marks)
    if ((marks & WATCHED) !== 0 && (marks & WRITTEN) !== 0) this.contend(word)
  }
}
