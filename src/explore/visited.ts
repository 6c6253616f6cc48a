/**
 * The states visited, by fingerprint, and for each how many schedules lead from it to an end.
 *
 * A table with open addressing, whose entries hold a whole fingerprint each, so that a look-up
 * touches one cache line. It takes at most so many states. When it is full it still recognises
 * those it has, and exploring goes on without it: slower, and as complete as before.
 */
import type { Words } from './words.ts'

/** `visit` of a state when there is no room for it. */
export const NO_ROOM = -1

const FIRST_CAPACITY = 1 << 9
/** Words per entry: the fingerprint's three lanes, and the state's number plus one; zero if it is empty. */
const ENTRY = 4

export class Visited {
  /** Schedules from each state to an end, once it was explored. As doubles: exact up to 2^53. */
  schedules = new Float64Array(FIRST_CAPACITY)
  /** States in it. */
  count = 0
  /** Whether a state found no room. */
  full = false
  readonly #most: number
  #table = new Int32Array(ENTRY * FIRST_CAPACITY)

  /** @param most states that it may hold. */
  constructor(most: number) {
    this.#most = most
  }

  /**
   * Looks up the state that the words are in, and adds it.
   * @param extra tells states apart that differ in more than their words.
   * @returns the state's number if it is new, NO_ROOM if there is no room for it, and else `-2 - number`.
   */
  visit(words: Words, extra: number): number {
    const one = (words.one + extra) | 0
    const { two, three } = words
    const table = this.#table
    const mask = table.length - ENTRY
    let at = (ENTRY * one) & mask
    for (let number = table[at + 3] as number; number !== 0; number = table[at + 3] as number) {
      if (table[at] === one && table[at + 1] === two && table[at + 2] === three) return -1 - number
      at = (at + ENTRY) & mask
    }
    if (this.count >= this.#most) {
      this.full ||= this.#most > 0
      return NO_ROOM
    }
    this.count += 1
    table[at] = one
    table[at + 1] = two
    table[at + 2] = three
    table[at + 3] = this.count
    if (2 * ENTRY * this.count > table.length) this.#grow()
    return this.count - 1
  }

  #grow(): void {
    const old = this.#table
    const schedules = new Float64Array(old.length / ENTRY + 1)
    schedules.set(this.schedules)
    this.schedules = schedules
    const table = new Int32Array(2 * old.length)
    const mask = table.length - ENTRY
    for (let from = 0; from < old.length; from += ENTRY) {
      if (old[from + 3] === 0) continue
      let at = (ENTRY * (old[from] as number)) & mask
      while (table[at + 3] !== 0) at = (at + ENTRY) & mask
      table[at] = old[from] as number
      table[at + 1] = old[from + 1] as number
      table[at + 2] = old[from + 2] as number
      table[at + 3] = old[from + 3] as number
    }
    this.#table = table
  }
}
