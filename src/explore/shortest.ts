/**
 * Finds the shortest schedule that shows a failure: the one with the fewest preemptions, and among
 * those the one with the fewest steps.
 *
 * Best first (Dijkstra): states are visited in the order of the preemptions and then the steps that
 * they take to reach. A state is kept as the choice that led to it from another; to get back to it
 * its schedule is run again. What is found first is the shortest, not merely a short one.
 *
 * A preemption is a step of another thread while the last one could have gone on. A thread that
 * could only go on spinning is not preempted.
 */
import type { Explored } from './explored.ts'
import { type Finding, isSame } from './finding.ts'
import { MOST_THREADS } from './layout.ts'
import { choice, PERFORM, threadOf } from './machine.ts'
import type { Schedule } from './token.ts'
import { Visited } from './visited.ts'
import { mix } from './words.ts'

/** What a schedule costs. */
export interface Length {
  readonly preemptions: number
  readonly steps: number
}

/** Nobody has run yet. */
const NOBODY = MOST_THREADS

export const isShorter = (one: Length, other: Length): boolean =>
  one.preemptions < other.preemptions || (one.preemptions === other.preemptions && one.steps < other.steps)

/** How a state was reached. */
interface Reached {
  readonly from: Reached | undefined
  readonly choice: number
  /** Whether it is the failure that is looked for. */
  readonly fails: boolean
}

/**
 * Looks for nothing longer than what is known.
 * @param budget steps that it may take.
 * @returns the shortest schedule that shows the same failure, or undefined if the budget ran out before.
 */
export function shortest<Context>(explored: Explored<Context>, failure: Finding, known: Length, budget: number): Schedule | undefined {
  return new Shortest(explored, failure, known, budget).find()
}

/** What a schedule costs. */
export function lengthOf<Context>(explored: Explored<Context>, schedule: Schedule): Length {
  const { machine } = explored
  explored.restart()
  let preemptions = 0
  let last = NOBODY
  for (const next of schedule) {
    preemptions += tollOf(machine.choices(), last, next)
    last = threadOf(next)
    machine.step(next)
  }
  return { preemptions, steps: schedule.length }
}

/** One if a choice preempts the thread that stepped last. */
function tollOf(choices: number, last: number, next: number): number {
  if (last === NOBODY) return 0
  const goOn = choices & (1 << choice(PERFORM, last))
  return goOn !== 0 && goOn !== 1 << next ? 1 : 0
}

class Shortest<Context> {
  readonly #explored: Explored<Context>
  readonly #failure: Finding
  readonly #known: Length
  readonly #visited = new Visited(Infinity)
  /** By preemptions, then by steps: the states to go on from. Grows while it is worked through, always further on. */
  readonly #queues: (Reached | undefined)[][][]
  #budget: number

  constructor(explored: Explored<Context>, failure: Finding, known: Length, budget: number) {
    this.#explored = explored
    this.#failure = failure
    this.#known = known
    this.#budget = budget
    this.#queues = Array.from({ length: known.preemptions + 1 }, () => [])
  }

  find(): Schedule | undefined {
    // Wrong before the first step.
    if (this.#explored.atOnce !== undefined) return []
    this.#queue(undefined, 0, 0)
    for (const [reached, preemptions, steps] of this.#inOrder()) {
      const found = reached?.fails ? reached : this.#goOnFrom(reached, preemptions, steps)
      if (found !== undefined) return scheduleOf(found)
      if (this.#budget <= 0) break
    }
    return undefined
  }

  /** What is queued, those queued meanwhile too. */
  *#inOrder(): Generator<[reached: Reached | undefined, preemptions: number, steps: number]> {
    for (const [preemptions, bySteps] of this.#queues.entries()) {
      for (let steps = 0; steps < bySteps.length; steps++) {
        for (const reached of bySteps[steps] as (Reached | undefined)[]) yield [reached, preemptions, steps]
        bySteps[steps] = []
      }
    }
  }

  /** @returns the failure, if one step from the state shows it without a preemption. */
  #goOnFrom(reached: Reached | undefined, preemptions: number, steps: number): Reached | undefined {
    const explored = this.#explored
    const { machine } = explored
    const schedule = scheduleOf(reached)
    explored.restart()
    for (const step of schedule) machine.step(step)
    this.#budget -= schedule.length
    const last = reached === undefined ? NOBODY : threadOf(reached.choice)
    if (this.#visited.visit(machine.words, mix(1 + last)) < 0) return undefined
    const choices = machine.choices()
    const mark = machine.mark()
    let found: Reached | undefined
    for (let left = choices; left !== 0 && found === undefined; left &= left - 1) {
      const next = 31 - Math.clz32(left & -left)
      const price = preemptions + tollOf(choices, last, next)
      machine.step(next)
      this.#budget -= 1
      const finding = explored.inspect(machine.choices())
      const there: Reached = { from: reached, choice: next, fails: finding !== undefined }
      // What costs a preemption waits: there may be a schedule without it.
      if (finding === undefined) this.#queue(there, price, steps + 1)
      else if (isSame(finding, this.#failure)) {
        if (price === preemptions) found = there
        else this.#queue(there, price, steps + 1)
      }
      machine.rewind(mark)
    }
    machine.drop(mark)
    return found
  }

  #queue(reached: Reached | undefined, preemptions: number, steps: number): void {
    if (preemptions > this.#known.preemptions || (preemptions === this.#known.preemptions && steps > this.#known.steps)) return
    const bySteps = this.#queues[preemptions] as (Reached | undefined)[][]
    const queue = bySteps[steps]
    if (queue !== undefined) queue.push(reached)
    else {
      while (bySteps.length < steps) bySteps.push([])
      bySteps[steps] = [reached]
    }
  }
}

function scheduleOf(reached: Reached | undefined): number[] {
  const schedule: number[] = []
  for (let at = reached; at !== undefined; at = at.from) schedule.push(at.choice)
  return schedule.reverse()
}
