/**
 * Runs bodies again: brings a body to where a thread stands, and lets somebody else say what
 * happens from there.
 *
 * All operations of the thread's history are answered with the results that they had. Whatever the
 * body does beyond is put to a frontier, which answers, or has the body unwound by a token thrown
 * out of the memory. While it is being unwound every further operation throws the token again, so
 * that a `finally` cannot act, and a `catch` cannot go on as if nothing was.
 */
import type { Cells } from './cells.ts'
import type { Operator } from './explored-memory.ts'
import { CODE, FIRST, type Histories, type Node, OPERATION, type Path, SECOND, WORD } from './histories.ts'
import { END, EXPECT, FAIL, FILL, NAMES, NOTIFY, TRAITS } from './operations.ts'

/** What a thread runs. What it does depends only on the results of its operations. */
export type Run = () => unknown

/** A body did something else when it was run again: it depends on more than what it reads from memory. */
export class Unrepeatable extends Error {
  override readonly name = 'Unrepeatable'
}

/** Decides what happens beyond a history. */
export interface Frontier {
  /** @param word as nodes keep it. @returns the result of the operation, or what `Runner.unwind` returns. */
  reach(operation: number, word: number, first: number, second: number): number
  /** The body returned or threw, as END or FAIL says. */
  end(ending: number, value: unknown): void
}

/** What unwinds a body. Not an error: nobody is told of it. */
const UNWIND = Symbol('unwind')

const FIRST_CAPACITY = 256

export class Runner implements Operator {
  readonly #cells: Cells
  readonly #histories: Histories
  readonly #bodies: readonly Run[]
  readonly #path: Path = { nodes: new Int32Array(FIRST_CAPACITY), results: new Int32Array(FIRST_CAPACITY), length: 0 }
  #frontier: Frontier | undefined
  #position = 0
  #unwinding = false
  #unrepeatable: Unrepeatable | undefined

  constructor(cells: Cells, histories: Histories, bodies: readonly Run[]) {
    this.#cells = cells
    this.#histories = histories
    this.#bodies = bodies
  }

  /**
   * Runs a thread's body through the history that ends with the operation of `node` and its
   * result, and on until the frontier unwinds it or it ends.
   * @throws Unrepeatable
   */
  run(thread: number, node: Node, result: number, frontier: Frontier): void {
    this.#histories.retrace(node, result, this.#path)
    this.#frontier = frontier
    // The first is the start, which no body performs.
    this.#position = 1
    this.#unwinding = false
    let ending = END
    let value: unknown
    try {
      value = (this.#bodies[thread] as Run)()
    } catch (error) {
      ending = FAIL
      value = error
    }
    if (this.#unwinding) this.#complain()
    else if (this.#position < this.#path.length) throw new Unrepeatable('a body ended earlier than when it was run before')
    else frontier.end(ending, value)
  }

  operate(operation: number, cell: number, first: number, second: number): number {
    if (this.#unwinding) throw UNWIND
    const word = this.#wordOf(operation, cell)
    const position = this.#position
    const path = this.#path
    if (position === path.length) return (this.#frontier as Frontier).reach(operation, word, first, second)
    const { nodes } = this.#histories
    const node = path.nodes[position] as Node
    if (
      ((nodes[node + OPERATION] as number) & CODE) !== operation ||
      nodes[node + WORD] !== word ||
      nodes[node + FIRST] !== first ||
      nodes[node + SECOND] !== second
    ) {
      this.#unrepeatable = new Unrepeatable(
        `a body did ${NAMES[operation]}(${first}, ${second}) at ${4 * cell} where it did ${this.#histories.describe(node)} before: ` +
          'it may depend on nothing but what it reads from memory',
      )
      return this.unwind()
    }
    this.#position = position + 1
    return path.results[position] as number
  }

  /** Ends the run in the midst of the operation that the frontier was reached with. */
  unwind(): never {
    this.#unwinding = true
    throw UNWIND
  }

  #complain(): void {
    const unrepeatable = this.#unrepeatable
    this.#unrepeatable = undefined
    if (unrepeatable !== undefined) throw unrepeatable
  }

  #wordOf(operation: number, cell: number): number {
    if (TRAITS[operation] !== 0 || operation === NOTIFY) return this.#cells.word(cell)
    return operation === FILL || operation === EXPECT ? cell : 0
  }
}
