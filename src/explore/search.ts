/**
 * The search: every schedule, depth first.
 *
 * From each state it tries every choice in turn, and takes the step back afterwards. A state that
 * was visited before is not entered again: whatever can follow from it has been seen. The graph of
 * states has no cycles, since every step makes some history longer, so what is counted once for a
 * state counts for every way that leads there.
 */
import type { Explored } from './explored.ts'
import { SOUND } from './faults.ts'
import type { Finding } from './finding.ts'
import { MOST_THREADS } from './layout.ts'
import { choice, PERFORM, threadOf } from './machine.ts'
import type { Schedule } from './token.ts'
import { NO_ROOM, Visited } from './visited.ts'
import { mix } from './words.ts'

/** What the search keeps to. */
export interface Bounds {
  /** Steps of one schedule. */
  readonly depth: number
  /** States remembered; none: every schedule is run. */
  readonly states: number
  /** Preemptions in one schedule. */
  readonly preemptions: number
  /** Steps altogether. */
  readonly steps: number
  /** Schedules run to their end. */
  readonly schedules: number
  /** Histories known at a time, looked at now and then. */
  readonly histories: number
  /** Asked from time to time whether to stop. */
  readonly stop: () => boolean
  /** Whether to go on after a failure, which then counts as an outcome. */
  readonly collect: boolean
}

/** Something that came of schedules. */
export interface Seen {
  /** How many of the schedules that were run ended so. */
  schedules: number
  /** The first of them. */
  readonly first: Schedule
  /** In the order in which they were found. */
  readonly number: number
  /** If it is a failure. */
  readonly finding?: Finding
}

/** Nobody has run yet. */
const NOBODY = MOST_THREADS
/** How often to look at the clock and the like, in steps. A power of two. */
const LOOK_EVERY = 1 << 12

/** Steps of a schedule for which there is room at first. */
const FIRST_CAPACITY = 256

/** Nothing counted: the state has to be explored first. */
const UNKNOWN = -1

export class Search<Context> {
  /** By outcome, in the order in which they were found. */
  readonly outcomes = new Map<string, Seen>()
  /** As outcomes, if failures are collected: by their kind and what they are about. */
  readonly failures = new Map<string, Seen>()
  /** Schedules run to their end. */
  schedules = 0
  steps = 0
  /** Steps of the schedule that it is in the midst of. */
  depth = 0
  /** How many schedules there are altogether, as a double. Zero unless the search is through. */
  interleavings = 0
  /** Whether a bound on preemptions left something out. */
  bounded = false
  /** What it was told to keep to, if it ended before it was through. */
  stopped: 'stop' | 'steps' | 'schedules' | 'histories' | undefined
  /** The failure that ended it. */
  failure: { readonly finding: Finding; readonly schedule: Schedule } | undefined
  readonly visited: Visited
  readonly #explored: Explored<Context>
  readonly #bounds: Bounds
  readonly #isBounded: boolean
  /** What came of schedules, by number: a state at the end has the number of what came of it. */
  readonly #seen: Seen[] = []
  // By depth: the states on the path from the beginning to where the machine is.
  #marks = new Int32Array(FIRST_CAPACITY)
  /** Choices not tried yet. */
  #left = new Int32Array(FIRST_CAPACITY)
  #numbers = new Int32Array(FIRST_CAPACITY)
  /** Schedules counted so far. */
  #counts = new Float64Array(FIRST_CAPACITY)
  /** The choice that is being tried. */
  #chosen = new Uint8Array(FIRST_CAPACITY)
  /** The thread whose step led there. */
  #last = new Uint8Array(FIRST_CAPACITY)
  /** Preemptions on the way there. */
  #preemptions = new Int32Array(FIRST_CAPACITY)
  /** What it costs another thread to step now: one if the last could have gone on. */
  #toll = new Uint8Array(FIRST_CAPACITY)

  constructor(explored: Explored<Context>, bounds: Bounds) {
    this.#explored = explored
    this.#bounds = bounds
    this.#isBounded = bounds.preemptions < Infinity
    this.visited = new Visited(bounds.states)
  }

  /** Searches until it is through, stopped, has learned something, or has found a failure. */
  run(): void {
    const { machine, atOnce } = this.#explored
    this.#explored.restart()
    let count = atOnce === undefined ? this.#arrive(NOBODY, 0) : this.#fail(atOnce)
    while (this.failure === undefined && this.stopped === undefined && !machine.contention.learned) {
      if (count === UNKNOWN) this.depth += 1
      else if (this.depth === 0) {
        this.interleavings = count
        return
      } else {
        const above = this.depth - 1
        this.#counts[above] = (this.#counts[above] as number) + count
        machine.rewind(this.#marks[above] as number)
      }
      count = this.#advance()
    }
  }

  /** The choices that led to where the machine is. */
  get schedule(): Schedule {
    return Array.from(this.#chosen.subarray(0, this.depth))
  }

  /** Tries the next choice of the deepest state, or leaves it. @returns as `#arrive`. */
  #advance(): number {
    const { machine } = this.#explored
    const at = this.depth - 1
    const left = this.#left[at] as number
    if (left === 0) {
      const count = this.#counts[at] as number
      const number = this.#numbers[at] as number
      if (number !== NO_ROOM) this.visited.schedules[number] = count
      machine.drop(this.#marks[at] as number)
      this.depth = at
      return count
    }
    const last = this.#last[at] as number
    const goOn = 1 << choice(PERFORM, last)
    // Going on with the same thread first: the first failures found have few preemptions.
    const bit = last !== NOBODY && (left & goOn) !== 0 ? goOn : left & -left
    this.#left[at] = left ^ bit
    const next = 31 - Math.clz32(bit)
    this.#chosen[at] = next
    machine.step(next)
    this.steps += 1
    if ((this.steps & (LOOK_EVERY - 1)) === 0) {
      if (this.#bounds.stop()) this.stopped = 'stop'
      else if (machine.histories.count > this.#bounds.histories) this.stopped = 'histories'
    }
    if (this.steps >= this.#bounds.steps) this.stopped = 'steps'
    const toll = bit === goOn ? 0 : (this.#toll[at] as number)
    return this.#arrive(threadOf(next), (this.#preemptions[at] as number) + toll)
  }

  /**
   * Looks at the state that the machine is in.
   * @returns how many schedules lead from here to an end; UNKNOWN if the state is to be explored.
   */
  #arrive(last: number, preemptions: number): number {
    const { machine, watches } = this.#explored
    if (machine.fault.kind !== SOUND) return this.#fail(this.#explored.inspect(0) as Finding)
    const { words } = machine
    const extra = this.#isBounded ? mix(1 + last + (MOST_THREADS + 1) * preemptions) : 0
    const number = this.visited.visit(words, extra)
    if (number < NO_ROOM) return this.#again(this.visited.schedules[-2 - number] as number)
    const choices = machine.choices()
    if (choices === 0 || watches) {
      const finding = this.#explored.inspect(choices)
      if (finding !== undefined) return this.#fail(finding, number)
      if (choices === 0) return this.#end(this.outcomes, this.#explored.outcome, number)
    }
    const at = this.depth
    if (at + machine.contention.ridden >= this.#bounds.depth) return this.#fail(endless(this.#bounds.depth), number)
    const goOn = last === NOBODY ? 0 : choices & (1 << choice(PERFORM, last))
    const allowed = goOn !== 0 && preemptions >= this.#bounds.preemptions ? goOn : choices
    if (allowed !== choices) this.bounded = true
    if (at === this.#marks.length) this.#grow()
    this.#marks[at] = machine.mark()
    this.#left[at] = allowed
    this.#numbers[at] = number
    this.#counts[at] = 0
    this.#last[at] = last
    this.#preemptions[at] = preemptions
    this.#toll[at] = goOn === 0 ? 0 : 1
    return UNKNOWN
  }

  /** Makes room for longer schedules. */
  #grow(): void {
    this.#marks = longer(this.#marks)
    this.#left = longer(this.#left)
    this.#numbers = longer(this.#numbers)
    this.#counts = longer(this.#counts)
    this.#chosen = longer(this.#chosen)
    this.#last = longer(this.#last)
    this.#preemptions = longer(this.#preemptions)
    this.#toll = longer(this.#toll)
  }

  /** A state that was visited before. @param known schedules from there, or what came of it if it is an end, see `#end`. */
  #again(known: number): number {
    if (known >= 0) return known
    const seen = this.#seen[-1 - known] as Seen
    seen.schedules += 1
    return this.#count()
  }

  /** A schedule ended. */
  #end(table: Map<string, Seen>, key: string, number: number, finding?: Finding): number {
    let seen = table.get(key)
    if (seen === undefined) {
      seen = { schedules: 0, first: this.schedule, number: this.#seen.length, ...(finding ? { finding } : {}) }
      table.set(key, seen)
      this.#seen.push(seen)
    }
    seen.schedules += 1
    if (number !== NO_ROOM) this.visited.schedules[number] = -1 - seen.number
    return this.#count()
  }

  #fail(finding: Finding, number = NO_ROOM): number {
    if (this.#bounds.collect) return this.#end(this.failures, `${finding.kind}: ${finding.about}`, number, finding)
    this.failure = { finding, schedule: this.schedule }
    return this.#count()
  }

  #count(): number {
    this.schedules += 1
    if (this.schedules >= this.#bounds.schedules && this.depth > 0) this.stopped = 'schedules'
    return 1
  }
}

/** A schedule that did not end. */
export function endless(steps: number): Finding {
  return { kind: 'endless', about: 'steps', message: `a schedule did not end within ${steps} steps` }
}

/** A copy with as much room again. */
function longer<T extends Int32Array | Uint8Array | Float64Array>(array: T): T {
  const copy = new (array.constructor as new (length: number) => T)(2 * array.length)
  copy.set(array)
  return copy
}
