/**
 * Finds out what a thread does next. On the way it performs what rides along with the step:
 * operations that are no concern of any other thread.
 */
import type { Contention } from './contention.ts'
import { type Fault, RAN_ON, SOUND } from './faults.ts'
import { type Histories, NONE, type Node, OPERATION } from './histories.ts'
import type { Performer } from './performer.ts'
import type { Frontier, Runner } from './runner.ts'

/** Operations that ride along in one step, before a thread is taken to run on for ever. */
export const MOST_RIDERS = 100_000

export class Discovery implements Frontier {
  readonly #histories: Histories
  readonly #performer: Performer
  readonly #runner: Runner
  readonly #fault: Fault
  /** By operation: whether it rides along. */
  readonly #rides: Uint8Array
  readonly #contention: Contention
  #thread = 0
  #node: Node = NONE
  #result = 0
  #riders = 0

  constructor(histories: Histories, performer: Performer, runner: Runner, fault: Fault, rides: Uint8Array, contention: Contention) {
    this.#histories = histories
    this.#performer = performer
    this.#runner = runner
    this.#fault = fault
    this.#rides = rides
    this.#contention = contention
  }

  /**
   * Goes on from the operation of `node`, which had such a result and of which no more is known.
   * @returns where the thread stands then: before an operation that is a step of its own, at its end, or at a fault.
   */
  extend(thread: number, node: Node, result: number): Node {
    this.#thread = thread
    this.#node = node
    this.#result = result
    this.#riders = 0
    this.#runner.run(thread, node, result, this)
    return this.#node
  }

  reach(operation: number, word: number, first: number, second: number): number {
    const node = this.#histories.learn(this.#node, this.#result, operation, word, first, second)
    this.#node = node
    if (this.#contention.rides(this.#histories.nodes[node + OPERATION] as number, word)) this.#contention.ride()
    else if (this.#rides[operation] === 0) return this.#runner.unwind()
    this.#riders += 1
    if (this.#riders > MOST_RIDERS) this.#fault.note(RAN_ON, this.#thread, node)
    this.#result = this.#performer.perform(this.#thread, node)
    return this.#fault.kind === SOUND ? this.#result : this.#runner.unwind()
  }

  end(ending: number, value: unknown): void {
    this.#node = this.#histories.learnEnding(this.#node, this.#result, ending, value)
  }
}
