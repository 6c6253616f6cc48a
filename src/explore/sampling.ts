/**
 * Sampling: some schedules of a space that is too large to search.
 *
 * `random` takes any choice at each step, all equally likely. `pct` gives the threads an order of
 * priority by lot and always lets the first that can step do so; at a few steps, drawn by lot too,
 * the running thread becomes last. A failure that needs `depth` such orderings between steps is
 * found by a schedule with a probability of at least 1 / (threads × steps^(depth - 1)), however
 * rare it is under equal chances.
 *
 * @see S. Burckhardt, P. Kothari, M. Musuvathi, S. Nagarakatte, "A Randomized Scheduler with
 *   Probabilistic Guarantees of Finding Bugs" (ASPLOS 2010). Here the number of steps is not known
 *   beforehand: the longest schedule so far stands in for it, so the guarantee holds from the
 *   second schedule on, for failures within that length.
 */
import type { Explored } from './explored.ts'
import type { Finding } from './finding.ts'
import { choice, PERFORM, SPIN, TIME_OUT, threadOf } from './machine.ts'
import { Random } from './random.ts'
import { endless, type Seen } from './search.ts'
import type { Schedule } from './token.ts'

export type Strategy =
  | { readonly kind: 'random' }
  /** @see the text above. `depth` is at least 1. */
  | { readonly kind: 'pct'; readonly depth: number }

export interface SamplingBounds {
  readonly depth: number
  readonly schedules: number
  readonly steps: number
  /** Histories known at a time: then they are forgotten, and found out anew. */
  readonly histories: number
  readonly stop: () => boolean
}

/** Before the first schedule, how long one may be. */
const FIRST_LENGTH = 100

export class Sampling<Context> {
  readonly outcomes = new Map<string, Seen>()
  schedules = 0
  steps = 0
  stopped: 'stop' | 'steps' | undefined
  failure: { readonly finding: Finding; readonly schedule: Schedule } | undefined
  /** The program. Opened anew when its histories have become too many. */
  explored: Explored<Context>
  readonly #open: () => Explored<Context>
  readonly #bounds: SamplingBounds
  readonly #random: Random
  readonly #policy: Policy

  constructor(open: () => Explored<Context>, strategy: Strategy, seed: number, bounds: SamplingBounds) {
    this.#open = open
    this.explored = open()
    this.#bounds = bounds
    this.#random = new Random(seed)
    this.#policy =
      strategy.kind === 'random' ? new Equal(this.#random) : new Priorities(this.#random, this.explored.machine.threads, strategy.depth)
  }

  run(): void {
    const { schedules, steps, stop } = this.#bounds
    while (this.schedules < schedules && this.failure === undefined && this.stopped === undefined) {
      this.#runOne()
      if (this.steps >= steps) this.stopped = 'steps'
      else if (stop()) this.stopped = 'stop'
    }
  }

  #runOne(): void {
    if (this.explored.machine.histories.count > this.#bounds.histories) this.explored = this.#open()
    const { explored } = this
    const { machine } = explored
    explored.restart()
    this.#policy.begin()
    const schedule: number[] = []
    let finding = explored.atOnce
    let choices = machine.choices()
    while (finding === undefined && choices !== 0) {
      const next = this.#policy.choose(choices, schedule.length)
      machine.step(next)
      schedule.push(next)
      choices = machine.choices()
      finding =
        explored.inspect(choices) ?? (schedule.length === this.#bounds.depth && choices !== 0 ? endless(schedule.length) : undefined)
    }
    this.#policy.end(schedule.length)
    this.schedules += 1
    this.steps += schedule.length
    if (finding !== undefined) this.failure = { finding, schedule }
    else this.#count(explored.outcome, schedule)
  }

  #count(outcome: string, schedule: Schedule): void {
    const seen = this.outcomes.get(outcome)
    if (seen === undefined) this.outcomes.set(outcome, { schedules: 1, first: schedule, number: this.outcomes.size })
    else seen.schedules += 1
  }
}

/** Who is next. */
interface Policy {
  begin(): void
  choose(choices: number, step: number): number
  /** @param steps of the schedule that ended. */
  end(steps: number): void
}

class Equal implements Policy {
  readonly #random: Random

  constructor(random: Random) {
    this.#random = random
  }

  begin(): void {}

  choose(choices: number): number {
    return this.#random.bit(choices)
  }

  end(): void {}
}

class Priorities implements Policy {
  readonly #random: Random
  readonly #depth: number
  /** The threads, the one that goes first last. */
  readonly #order: number[]
  #changes = new Set<number>()
  #length = FIRST_LENGTH
  #seen = 0

  constructor(random: Random, threads: number, depth: number) {
    this.#random = random
    this.#depth = depth
    this.#order = Array.from({ length: threads }, (_, thread) => thread)
  }

  begin(): void {
    const order = this.#order
    for (let index = order.length - 1; index > 0; index--) {
      const other = this.#random.below(index + 1)
      ;[order[index], order[other]] = [order[other] as number, order[index] as number]
    }
    this.#changes = new Set(Array.from({ length: this.#depth - 1 }, () => this.#random.below(this.#length)))
  }

  choose(choices: number, step: number): number {
    const next = this.#first(choices)
    if (!this.#changes.has(step)) return next
    const order = this.#order
    order.unshift(...order.splice(order.indexOf(threadOf(next)), 1))
    return this.#first(choices)
  }

  end(steps: number): void {
    this.#seen = Math.max(this.#seen, steps)
    this.#length = Math.max(1, this.#seen)
  }

  /** Of the thread that goes first: what it would do; by lot, if it may do several things. */
  #first(choices: number): number {
    const mine = (thread: number) => choices & (THREAD_CHOICES << thread)
    return this.#random.bit(mine(this.#order.findLast((thread) => mine(thread) !== 0) as number))
  }
}

/** The choices that the first thread may have. */
const THREAD_CHOICES = (1 << choice(PERFORM, 0)) | (1 << choice(SPIN, 0)) | (1 << choice(TIME_OUT, 0))
