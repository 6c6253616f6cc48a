/**
 * A program on the machine: set up, started, and looked at from outside between two steps.
 */
import { CELL } from '../runtime/memory/memory.ts'
import { FREED_TWICE, RACED, RAN_ON, SOUND, STRAYED, THREW } from './faults.ts'
import type { Finding, Waiting } from './finding.ts'
import { FIRST, SECOND } from './histories.ts'
import { MOST_THREADS } from './layout.ts'
import { Machine, type Setting } from './machine.ts'
import { after, NAMES, type OperationName, TRAITS, WRITES } from './operations.ts'
import { type NextOperation, nameOf, type Program, type Situation } from './program.ts'
import { Watch } from './watch.ts'

/** How a program is put on the machine. */
export interface Conditions extends Setting {
  /** Whether data races are looked for. */
  readonly races: boolean
  /** Of the fingerprints. */
  readonly seed: number
}

export class Explored<Context> {
  readonly program: Program<Context>
  readonly machine: Machine
  readonly context: Context
  /** What was wrong before the first step, if anything was. */
  atOnce: Finding | undefined
  /** What came of the schedule, once `inspect` has found it ended and sound. */
  outcome = ''
  readonly #setUp: number
  /** Of the invariants, if there are any. */
  readonly #watch: Watch | undefined
  #beginning = 0

  /** @throws whatever the setup throws; RangeError if there are too many bodies, or none. */
  constructor(program: Program<Context>, { races, seed, ...setting }: Conditions) {
    const { bodies, invariants = [] } = program
    if (bodies.length < 1 || bodies.length > MOST_THREADS) {
      throw new RangeError(`one to ${MOST_THREADS} bodies can be explored, not ${bodies.length}`)
    }
    this.program = program
    const runs = bodies.map((body) => () => body(this.machine.memory, this.context))
    this.machine = new Machine(program.bytes, runs, setting, races, seed)
    this.context = program.setup(this.machine.memory)
    this.machine.seal()
    if (invariants.length > 0) this.#watch = new Watch(this.machine, program.bytes, (thread) => this.#next(thread))
    this.#setUp = this.machine.mark()
    this.startAgain()
  }

  /** Whether every state has to be looked at, not only the last. */
  get watches(): boolean {
    return this.#watch !== undefined
  }

  /** Goes back to before the first step. */
  restart(): void {
    this.machine.rewind(this.#beginning)
  }

  /** As `restart`, and lets every thread do once more what comes before its first step. */
  startAgain(): void {
    this.machine.rewind(this.#setUp)
    this.machine.start()
    this.atOnce = this.inspect(this.machine.choices())
    this.#beginning = this.machine.mark()
  }

  /** What is wrong with the state that the machine is in. @param choices that there are in it. */
  inspect(choices: number): Finding | undefined {
    if (this.machine.fault.kind !== SOUND) return this.#faulty()
    return (this.#watch && this.#broken(this.#watch)) ?? (choices === 0 ? this.#atEnd() : undefined)
  }

  /** What a cell is called. Who says so may look at the memory. */
  locate(cell: number): string {
    const address = CELL * cell
    return this.machine.observe(() => this.program.locate?.(address, this.context)) ?? `cell ${address}`
  }

  /** What a value means in a cell. Who says so may look at the memory. */
  read(cell: number, value: number): string {
    return this.machine.observe(() => this.program.read?.(CELL * cell, value, this.context)) ?? String(value)
  }

  name(thread: number): string {
    return nameOf(this.program, thread)
  }

  #faulty(): Finding {
    const { machine } = this
    const { kind, thread, node, cell, other } = machine.fault
    const who = this.name(thread)
    if (kind === THREW) {
      const error = machine.histories.ending(node)
      return { kind: 'assertion', about: String(error), message: `${who} failed: ${error}`, thread, error }
    }
    if (kind === RAN_ON) {
      return { kind: 'endless', about: who, message: `${who} goes on for ever without doing anything that concerns others`, thread }
    }
    const where = this.locate(cell)
    const about = String(cell)
    const what = NAMES[machine.histories.operation(node)]
    if (kind === RACED) {
      const message = `a data race on ${where}: nothing orders ${who}'s ${what} with what ${this.name(other)} does there`
      return { kind: 'race', about, message, thread, cell, other }
    }
    if (kind === STRAYED)
      return { kind: 'stray access', about, message: `${who} did a ${what} outside the memory, at ${where}`, thread, cell }
    if (kind === FREED_TWICE) return { kind: 'freed twice', about, message: `${who} freed ${where}, which is free`, thread, cell }
    return { kind: 'use after free', about, message: `${who} did a ${what} of ${where} after it was freed`, thread, cell }
  }

  #broken(watch: Watch): Finding | undefined {
    if (watch.holds()) return undefined
    watch.begin()
    const situation: Situation = { next: (address) => watch.next(address) }
    const found = this.machine.observe(() => this.#ask(situation), watch)
    if (found === undefined) watch.held()
    return found
  }

  /** Asks every invariant. */
  #ask(situation: Situation): Finding | undefined {
    const { machine, context, program } = this
    for (const { name, broken } of program.invariants ?? []) {
      const why = broken(machine.memory, context, situation)
      if (why === undefined) continue
      const { seen, actor = undefined } = typeof why === 'string' ? { seen: why } : why
      const thread = program.bodies.findIndex((_, index) => this.name(index) === actor)
      return { kind: 'invariant', about: name, message: `does not hold: ${name}; ${seen}`, ...(thread < 0 ? {} : { thread, next: true }) }
    }
    return undefined
  }

  #atEnd(): Finding | undefined {
    const { machine, program } = this
    const results: unknown[] = []
    for (let thread = 0; thread < machine.threads; thread++) {
      if (!machine.hasEnded(thread)) return this.#stuck()
      results.push(machine.histories.ending(machine.node(thread)))
    }
    const { observe } = program
    if (observe === undefined) this.outcome = JSON.stringify(results)
    else {
      try {
        this.outcome = machine.observe(() => observe(machine.memory, results, this.context))
      } catch (error) {
        return { kind: 'assertion', about: String(error), message: `what came of it is wrong: ${error}`, error }
      }
    }
    const reason = program.forbidden?.(this.outcome)
    if (reason === undefined) return undefined
    return { kind: 'forbidden outcome', about: this.outcome, message: `${this.outcome} must not be: ${reason}` }
  }

  #stuck(): Finding {
    const { machine } = this
    const threads = Array.from({ length: machine.threads }, (_, thread) => thread).filter((thread) => !machine.hasEnded(thread))
    const waiting = threads.map((thread): Waiting => {
      const asleep = machine.isAsleep(thread)
      return { thread, how: asleep ? 'asleep' : 'spinning', cells: asleep ? [this.#cellOf(thread)] : machine.watchedCells(thread) }
    })
    const kind = waiting.every(({ how }) => how === 'asleep') ? 'deadlock' : 'livelock'
    const parts = waiting.map(({ thread, how, cells }) => {
      const where = cells.map((cell) => this.locate(cell)).join(', ') || 'the clock'
      return `${this.name(thread)} ${how === 'asleep' ? 'sleeps' : 'spins'} on ${where}`
    })
    return { kind, about: kind, message: `nobody can go on: ${parts.join('; ')}`, waiting }
  }

  /** What a thread does next, or sleeps in; undefined once it has ended. */
  #next(thread: number): NextOperation | undefined {
    if (this.machine.hasEnded(thread)) return undefined
    const { histories, cells } = this.machine
    const node = this.machine.node(thread)
    const operation = histories.operation(node)
    const cell = this.#cellOf(thread)
    const asleep = this.machine.isAsleep(thread)
    const next = { actor: this.name(thread), operation: NAMES[operation] as OperationName, address: CELL * cell, asleep }
    if (((TRAITS[operation] as number) & WRITES) === 0) return next
    const [first, second] = [histories.nodes[node + FIRST] as number, histories.nodes[node + SECOND] as number]
    return { ...next, leaves: after(operation, cells.get(cell), first, second) }
  }

  /** The cell that a thread's next operation is about, or sleeps on. */
  #cellOf(thread: number): number {
    const { machine } = this
    return machine.cellOf(machine.node(thread))
  }
}
