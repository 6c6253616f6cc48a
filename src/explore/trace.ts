/**
 * A schedule, run once more and written down: what every operation did, in words and numbers.
 */
import { type Address, CELL } from '../runtime/memory/memory.ts'
import type { Explored } from './explored.ts'
import type { Finding } from './finding.ts'
import { FIRST, type Node, SECOND, WORD } from './histories.ts'
import { SPIN, TIME_OUT, threadOf, whatOf } from './machine.ts'
import {
  ACCESSES,
  after,
  COMPARE_EXCHANGE,
  ELAPSE,
  EXPECT,
  FILL,
  FREED,
  NAMES,
  NOTIFY,
  NOW,
  type OperationName,
  PAUSE,
  PLAIN,
  READS,
  SET,
  TRAITS,
  WAIT,
  WRITES,
} from './operations.ts'
import type { Witness } from './performer.ts'
import { BadToken, type Schedule } from './token.ts'

/** One operation. */
export interface Row {
  /** Counted from one; zero before the first. Operations that ride along have the number of their step. */
  readonly step: number
  readonly thread: number
  readonly actor: string
  readonly operation: OperationName
  /** The cell that it is about. */
  readonly address?: Address
  /** What that is called. */
  readonly location?: string
  /** The value found, and what it means there. */
  readonly read?: number
  readonly found?: string
  /** The value left, and what it means there. */
  readonly wrote?: number
  readonly left?: string
  /** Whatever else there is to say. */
  readonly note?: string
  /** Whether it happened in one step with the operation before it. */
  readonly rides: boolean
  /** Whether it did what is wrong. */
  readonly guilty: boolean
}

export interface Trace {
  readonly rows: readonly Row[]
  /** Steps that were done: less than the schedule has if something went wrong before. */
  readonly steps: number
  /** What is wrong with it, if anything is. */
  readonly finding?: Finding
  /** What came of it, if every body has ended and nothing is wrong. */
  readonly outcome?: string
}

/** An operation as it was performed. */
interface Performed {
  readonly step: number
  readonly thread: number
  readonly node: Node
  readonly before: number
  note?: string
}

const ACCESS_NAMES = new Map<number, string>(Object.entries(ACCESSES).map(([name, number]) => [number, name]))

/**
 * Runs a schedule and writes it down.
 * @throws BadToken if it cannot be run: it is one of another program.
 */
export function trace<Context>(explored: Explored<Context>, schedule: Schedule): Trace {
  const recorder = new Recorder(explored)
  explored.machine.performer.witness = recorder
  try {
    return recorder.run(schedule)
  } finally {
    explored.machine.performer.witness = undefined
  }
}

class Recorder<Context> implements Witness {
  readonly #explored: Explored<Context>
  readonly #performed: Performed[] = []
  #step = 0

  constructor(explored: Explored<Context>) {
    this.#explored = explored
  }

  performed(thread: number, node: Node, before: number): void {
    this.#performed.push({ step: this.#step, thread, node, before })
  }

  run(schedule: Schedule): Trace {
    const explored = this.#explored
    const { machine } = explored
    explored.startAgain()
    let choices = machine.choices()
    let finding = explored.atOnce
    for (const next of schedule) {
      if (finding !== undefined) break
      if ((choices & (1 << next)) === 0) throw new BadToken(`the schedule does not fit this program: step ${this.#step + 1} cannot be done`)
      this.#step += 1
      this.#take(next)
      choices = machine.choices()
      finding = explored.inspect(choices)
    }
    if (finding?.next) this.#comesNext(finding.thread as number)
    const guilty = this.#guilty(finding)
    const rows = this.#performed.map((performed, index) => this.#row(performed, index, guilty.includes(performed)))
    const steps = this.#step
    if (finding !== undefined) return { rows, steps, finding }
    return choices === 0 ? { rows, steps, outcome: explored.outcome } : { rows, steps }
  }

  /** Takes a step, and says of its operations what their values do not. */
  #take(next: number): void {
    const { machine } = this.#explored
    const thread = threadOf(next)
    const asleep = this.#asleep()
    const from = this.#performed.length
    if (whatOf(next) === TIME_OUT) this.performed(thread, machine.node(thread), 0)
    machine.step(next)
    const first = this.#performed[from] as Performed
    const operation = machine.histories.operation(first.node)
    if (whatOf(next) === TIME_OUT) first.note = 'times out'
    else if (whatOf(next) === SPIN) {
      const more = this.#performed.splice(from + 1)
      const looks = more.filter(({ node }) => machine.histories.operation(node) !== PAUSE).length
      first.note = `spins, looks ${looks} more times and sees no change`
    } else if (operation === WAIT) first.note = machine.isAsleep(thread) ? 'falls asleep' : 'does not sleep'
    else if (operation === NOTIFY) {
      const woken = asleep.filter((sleeper) => !machine.isAsleep(sleeper)).map((sleeper) => this.#explored.name(sleeper))
      first.note = woken.length === 0 ? 'nobody sleeps' : `wakes ${woken.join(', ')}`
    }
  }

  /** Writes down what a thread has not done yet. */
  #comesNext(thread: number): void {
    const { machine } = this.#explored
    const node = machine.node(thread)
    const before = machine.cells.get(machine.cellOf(node))
    this.#performed.push({ step: this.#step + 1, thread, node, before, note: 'comes next' })
  }

  #asleep(): number[] {
    const { machine } = this.#explored
    return Array.from({ length: machine.threads }, (_, thread) => thread).filter((thread) => machine.isAsleep(thread))
  }

  /** The operations that did what is wrong: the last, and what it is in a race with. */
  #guilty(finding: Finding | undefined): readonly (Performed | undefined)[] {
    if (finding === undefined) return []
    const { thread } = finding
    const last = this.#performed.findLast((one) => thread === undefined || one.thread === thread)
    if (finding.kind !== 'race' || last === undefined) return [last]
    const mine = this.#effectOn(last, finding.cell as number)
    const other = this.#performed.findLast((one) => {
      if (one.thread !== finding.other) return false
      const theirs = this.#effectOn(one, finding.cell as number)
      return theirs !== 0 && ((mine | theirs) & PLAIN) !== 0 && ((mine | theirs) & WRITES) !== 0
    })
    return [other, last]
  }

  /** What an operation did to a cell, in traits; zero for nothing. */
  #effectOn({ node, before }: Performed, cell: number): number {
    const { machine } = this.#explored
    const { nodes } = machine.histories
    const operation = machine.histories.operation(node)
    const first = nodes[node + FIRST] as number
    if (operation === FILL || (operation === EXPECT && nodes[node + SECOND] === FREED)) {
      const start = nodes[node + WORD] as number
      return cell >= start && cell < start + first ? (TRAITS[SET] as number) : 0
    }
    if (TRAITS[operation] === 0 || machine.cellOf(node) !== cell) return 0
    const failed = operation === COMPARE_EXCHANGE && before !== first
    return failed ? (TRAITS[operation] as number) & ~WRITES : (TRAITS[operation] as number)
  }

  #row(performed: Performed, index: number, guilty: boolean): Row {
    const { step, thread, node, before, note } = performed
    const explored = this.#explored
    const { machine } = explored
    const { nodes } = machine.histories
    const operation = machine.histories.operation(node)
    const traits = TRAITS[operation] as number
    const cell = machine.cellOf(node)
    const first = nodes[node + FIRST] as number
    const second = nodes[node + SECOND] as number
    const value = after(operation, before, first, second)
    const said = note ?? describe(operation, first, second)
    return {
      step,
      thread,
      actor: explored.name(thread),
      operation: NAMES[operation] as OperationName,
      ...(cell !== 0 ? { address: CELL * cell, location: explored.locate(cell) } : {}),
      ...((traits & READS) !== 0 || operation === NOW ? { read: before, found: explored.read(cell, before) } : {}),
      ...((traits & WRITES) !== 0 && (value !== before || (traits & READS) === 0)
        ? { wrote: value, left: explored.read(cell, value) }
        : {}),
      ...(said !== undefined ? { note: said } : {}),
      rides: step === 0 || this.#performed[index - 1]?.step === step,
      guilty,
    }
  }
}

/** What the operands of operations without a value say. */
function describe(operation: number, first: number, second: number): string | undefined {
  if (operation === FILL) return `${first} cells with ${second}`
  if (operation === EXPECT) return `${first} cells are ${ACCESS_NAMES.get(second)}`
  return operation === ELAPSE ? `${first} µs` : undefined
}
