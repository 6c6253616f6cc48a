/**
 * Threads that spin: what becomes of one that has paused.
 *
 * A round of a spin goes from one pause to the next. A thread is about to spin on if its next round
 * would repeat what it did right before it paused: the same operations, with the same results, none
 * of which changes anything. It is held then, until one of the cells of that round holds something
 * else: before that, looking again shows the same again.
 *
 * A spin may be bounded, though: after some rounds alike the thread does something else. Then it may
 * go through all of them at once, as one step, and stands before the first that is different.
 *
 * All of this follows from the thread's history, so it is found out once for each.
 */
import { AFTER_PAUSE, FIRST, type Histories, type Node, OPERATION, SECOND, WORD } from './histories.ts'
import { CLOCK } from './layout.ts'
import { after, FILL, NOW, PAUSE, READS, START, TRAITS, WAIT } from './operations.ts'
import type { Frontier, Runner } from './runner.ts'
import type { Words } from './words.ts'

/** Rounds alike after which a spin is taken to be endless. */
export const MOST_ROUNDS = 1000
/** Operations of a round. */
const LONGEST_ROUND = 1000

/** It goes on as any thread. */
export const FREE = 0
/** It is held until something changes. */
export const HELD = Infinity

/** What lies ahead of a thread that has paused. */
interface Spin {
  /** Rounds that repeat what came before the pause. */
  readonly rounds: number
  /** Pairs: the words that it looks at in each, and what it saw in them. */
  readonly watched: Int32Array
}

/** One operation of a round. */
interface Look {
  readonly operation: number
  readonly word: number
  readonly first: number
  readonly second: number
  readonly result: number
}

export class Spinning implements Frontier {
  readonly #words: Words
  readonly #histories: Histories
  readonly #runner: Runner
  /** By history. */
  readonly #spins = new Map<Node, Spin>()
  /** What came before the pause, the latest first, and what the thread last saw in each word. */
  #before: readonly Look[] = []
  #seen: ReadonlyMap<number, number> = new Map()
  /** The round that is being gone through. */
  #round: Look[] = []
  #rounds = 0
  #watched: ReadonlyMap<number, number> = new Map()

  constructor(words: Words, histories: Histories, runner: Runner) {
    this.#words = words
    this.#histories = histories
    this.#runner = runner
  }

  /** How many rounds lie ahead of a thread that would show it nothing new: FREE for none, HELD if there is no end to them. */
  roundsAhead(thread: number, node: Node): number {
    if (((this.#histories.nodes[node + OPERATION] as number) & AFTER_PAUSE) === 0) return FREE
    const { rounds, watched } = this.#spinOf(thread, node)
    if (rounds === FREE) return FREE
    const { values } = this.#words
    for (let index = 0; index < watched.length; index += 2) {
      if (values[watched[index] as number] !== watched[index + 1]) return FREE
    }
    return rounds
  }

  /** The words that a held thread watches. */
  watched(thread: number, node: Node): number[] {
    return [...this.#spinOf(thread, node).watched].filter((_, index) => index % 2 === 0)
  }

  reach(operation: number, word: number, first: number, second: number): number {
    if (operation === PAUSE) {
      if (!this.#repeats()) return this.#runner.unwind()
      this.#rounds += 1
      if (this.#rounds === 1) this.#watched = new Map(this.#round.map(({ word, result }) => [word, result]))
      this.#round = []
      if (this.#rounds < MOST_ROUNDS) return 0
      this.#rounds = HELD
      return this.#runner.unwind()
    }
    const place = operation === NOW ? CLOCK : word
    const result = this.#seen.get(place)
    const looks = operation !== WAIT && (operation === NOW || TRAITS[operation] !== 0)
    if (!looks || result === undefined || after(operation, result, first, second) !== result || this.#round.length === LONGEST_ROUND) {
      return this.#runner.unwind()
    }
    this.#round.push({ operation, word: place, first, second, result })
    return result
  }

  end(): void {}

  #spinOf(thread: number, node: Node): Spin {
    let spin = this.#spins.get(node)
    if (spin === undefined) {
      this.#lookBack(node)
      this.#round = []
      this.#rounds = 0
      this.#watched = new Map()
      this.#runner.run(thread, this.#histories.parent(node), 0, this)
      spin = { rounds: this.#rounds, watched: Int32Array.from([...this.#watched].flat()) }
      this.#spins.set(node, spin)
    }
    return spin
  }

  /** Collects what the thread did before the pause that leads to `node`, as far back as it says what cells held. */
  #lookBack(node: Node): void {
    const histories = this.#histories
    const { nodes } = histories
    const before: Look[] = []
    const seen = new Map<number, number>()
    for (let child = histories.parent(node); ; child = histories.parent(child)) {
      const at = histories.parent(child)
      const operation = histories.operation(at)
      if (operation === PAUSE || operation === START || operation === WAIT || operation === FILL) break
      const word = operation === NOW ? CLOCK : (nodes[at + WORD] as number)
      const first = nodes[at + FIRST] as number
      const second = nodes[at + SECOND] as number
      const result = histories.resultBefore(child)
      before.push({ operation, word, first, second, result })
      const shows = operation === NOW || TRAITS[operation] !== 0
      if (shows && !seen.has(word)) seen.set(word, after(operation, result, first, second))
    }
    this.#before = before
    this.#seen = seen
  }

  /** Whether the round is what came right before the pause. */
  #repeats(): boolean {
    const round = this.#round
    return (
      round.length > 0 &&
      round.every((look, index) => {
        const earlier = this.#before[round.length - 1 - index]
        return (
          earlier !== undefined &&
          look.operation === earlier.operation &&
          look.word === earlier.word &&
          look.first === earlier.first &&
          look.second === earlier.second &&
          (((TRAITS[look.operation] as number) & READS) === 0 || look.result === earlier.result)
        )
      })
    )
  }
}
