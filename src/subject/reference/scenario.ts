/**
 * A scenario on the reference: who acts, in which process, and what came of it.
 *
 * The host lets exactly one actor run at a time. After each step, actors that were woken go on, the
 * one woken first first, until nobody can; only then is the step answered. So the same steps give
 * the same answers every time, although the actors are real threads that really sleep.
 */
import type { Census, Change, ErrorCode, Event, Open, Params, RaceResult, Result, Step, StepResult } from '../../protocol/messages.ts'
import { AWAIT } from '../../protocol/messages.ts'
import type { OperationName } from '../../protocol/operations.ts'
import type { Parked } from '../../protocol/states.ts'
import type { Program } from '../../protocol/vocabulary.ts'
import { type CodeSettings, isRefused, readSettings } from '../../runtime/bytecode/copies/settings.ts'
import { sleeper } from '../../runtime/interpreter/thread.ts'
import type { Address } from '../../runtime/memory/memory.ts'
import { Refusal } from '../subject.ts'
import { DISMISSED } from './board.ts'
import { census } from './census.ts'
import { endPrograms } from './end-programs.ts'
import { interpret } from './happenings.ts'
import type { AfterFork, Answer } from './messages.ts'
import { observe } from './observe.ts'
import type { Pool, Seat } from './pool.ts'
import { Process } from './process.ts'
import { race } from './race.ts'
import { refusalOf } from './refusals.ts'
import { describeSleep } from './sleeps.ts'
import type { Done, Standing } from './staging.ts'

/** What came of a step that had parked, until somebody asks. */
type Outcome = { readonly facts: Record<string, unknown> } | { readonly code: ErrorCode; readonly message: string }

/** How a race is run: in every order, or by real threads. */
export type Racing = (standing: Standing, params: Params<'race'>, seed: number) => RaceResult | Promise<RaceResult>

/** What happened in a step. */
interface Happenings {
  readonly events: Event[]
  /** Absent if nobody wants them. */
  readonly changes?: Change[]
}

interface Role {
  readonly name: string
  /** Where it sits; undefined until it acts. Many that a scenario names only have a thread state. */
  seat: Seat | undefined
  process: Process
  /** The step that is under way, asleep or running. */
  step: { readonly op: OperationName | AfterFork; readonly args: Record<string, unknown> } | undefined
  outcome: Outcome | undefined
  /** How many of the process's namings and of the scenario's programs it was told. */
  readonly told: { namings: number; programs: number }
}

export class Scenario {
  readonly #pool: Pool
  readonly #racing: Racing
  /** What chance comes from. */
  readonly #seed: number
  readonly #settings: CodeSettings
  /** Whether somebody wants to know every single write. */
  readonly #changes: boolean
  readonly #roles = new Map<string, Role>()
  readonly #processes: Process[]
  readonly #programs: Program[] = []
  /** Everything that was done so far, for those who want to do it again. */
  readonly #done: Done[] = []
  /** Who holds each named mutex, as far as the steps told. */
  readonly #holders = new Map<string, string>()

  private constructor(pool: Pool, process: Process, { seed, changes = false }: Open, settings: CodeSettings, racing: Racing) {
    this.#pool = pool
    this.#settings = settings
    this.#racing = racing
    this.#seed = Number(BigInt.asUintN(32, BigInt(seed)))
    this.#changes = changes
    this.#processes = [process]
  }

  /** @throws Refusal if the process would not start. */
  static async open(pool: Pool, open: Open, racing: Racing = race): Promise<Scenario> {
    const { actors } = open
    const settings = settingsOf(open)
    const process = Process.begin(pool.memory(0), settings)
    const scenario = new Scenario(pool, process, open, settings, racing)
    pool.board.clock = 0
    for (const name of actors) process.give(`actor ${name}`, process.runtime.createOsThread().address)
    const os = process.runtime.createOsThread()
    process.give('interpreter main', process.runtime.createInterpreter(sleeper(process.runtime, os)).address)
    process.admitBlocks()
    for (const name of actors) {
      scenario.#roles.set(name, { name, seat: undefined, process, step: undefined, outcome: undefined, told: { namings: 0, programs: 0 } })
    }
    return scenario
  }

  async step({ actor, op, args }: Step): Promise<StepResult> {
    const role = this.#role(actor)
    const happenings: Happenings = this.#changes ? { events: [], changes: [] } : { events: [] }
    if (op === AWAIT) return this.#awaited(role, happenings)
    if (op === 'time.pass') {
      await this.#pass((args as { milliseconds: number }).milliseconds, happenings)
      return { status: 'ok', facts: {}, ...happenings }
    }
    if (role.step) throw new Refusal('busy', `${actor} is still parked in ${role.step.op}`)
    if (op === 'object.create' && 'finalizer' in args) this.#programs.push(args.finalizer as Program)
    await this.#perform(role, op as OperationName, args, happenings)
    await this.#settle(happenings)
    return this.#awaited(role, happenings)
  }

  /** What may come of it if these actors act at once. */
  async race(params: Params<'race'>): Promise<RaceResult> {
    const roles = Object.keys(params.programs).map((name) => this.#role(name))
    const parked = [...this.#roles.values()].find(({ step }) => step)
    if (parked) throw new Refusal('misuse', `${parked.name} is parked; a race begins with everybody at rest`)
    if (roles.length < 2) throw new Refusal('misuse', 'a race takes two actors or more')
    if (this.#processes.length > 1) throw new Refusal('unsupported', 'the reference brings no race to a point after a fork')
    return this.#racing({ actors: [...this.#roles.keys()], steps: this.#done, settings: this.#settings }, params, this.#seed)
  }

  observe({ what }: { what: readonly Parameters<typeof observe>[1][] }): Result<'observe'> {
    try {
      return { states: what.map((query) => observe(this.#seenBy(query), query, (actor) => ({ parked: this.#parked(this.#role(actor)) }))) }
    } catch (error) {
      throw refused(error)
    }
  }

  /** Ends the scenario: whoever still sleeps is dismissed. */
  async close(): Promise<Census> {
    const { board } = this.#pool
    const asleep = [...this.#roles.values()].filter(({ step }) => step)
    for (const { runtime } of this.#processes) endPrograms(runtime)
    const left = census(this.#processes, asleep.length)
    for (const { seat } of asleep) {
      board.memory.set(board.seat((seat as Seat).index).status, DISMISSED)
      await (seat as Seat).turn()
    }
    return left
  }

  /** What an actor's step came to, once nobody can go on: its end, or that it sleeps. */
  #awaited(role: Role, happenings: Happenings): StepResult {
    const parked = this.#parked(role)
    if (parked) return { status: 'parked', parked, ...happenings }
    const { outcome } = role
    if (!outcome) throw new Refusal('misuse', `${role.name} has not done anything whose outcome could be awaited`)
    if ('code' in outcome) throw new Refusal(outcome.code, outcome.message, happenings)
    return { status: 'ok', facts: outcome.facts, ...happenings }
  }

  async #perform(role: Role, op: OperationName | AfterFork, args: Record<string, unknown>, happenings: Happenings): Promise<void> {
    const seat = role.seat ?? (await this.#join(role))
    role.step = { op, args }
    role.outcome = undefined
    const { process, told } = role
    const names = Object.fromEntries(process.namings.slice(told.namings))
    const programs = this.#programs.slice(told.programs)
    told.namings = process.namings.length
    told.programs = this.#programs.length
    seat.post({ do: 'perform', op, args, names, programs })
    await this.#run(role, happenings)
  }

  /** Lets an actor run until it ends its step or sleeps. */
  async #run(role: Role, happenings: Happenings): Promise<void> {
    const seat = role.seat as Seat
    const answer = await seat.turn()
    const { op, args } = role.step as NonNullable<Role['step']>
    if (!answer) throw new Refusal('died', `${role.name} died in ${op}: ${seat.dead}`)
    this.#interpret(role, answer, happenings)
    if (answer.did === 'sleep') return
    role.step = undefined
    role.outcome = answer.did === 'end' ? { facts: answer.facts } : { code: answer.code, message: answer.message }
    if (answer.did !== 'end') return
    // In the order in which they ended: what parked did its work when it was resumed.
    this.#done.push({ actor: role.name, op, args })
    this.#hold(role, op, args, answer.facts)
    if (op === 'process.fork') await this.#fork(role, args.child as string, happenings)
  }

  /** Lets those that were woken go on until nobody can. */
  async #settle(happenings: Happenings): Promise<void> {
    const { board } = this.#pool
    for (let next = board.next(); next !== undefined; next = board.next()) {
      const role = this.#seated(next)
      const op = role.step?.op as OperationName
      await this.#run(role, happenings)
      const { outcome, name: actor } = role
      if (outcome)
        happenings.events.push('code' in outcome ? { actor, event: 'failed', op, ...outcome } : { actor, event: 'resumed', op, ...outcome })
    }
  }

  /** Moves the clock, stopping at every moment at which somebody's sleep ends by itself. */
  async #pass(milliseconds: number, happenings: Happenings): Promise<void> {
    const { board } = this.#pool
    const until = board.clock + milliseconds * 1000
    for (let first = board.earliest(); first && first.at <= until; first = board.earliest()) {
      board.clock = first.at
      board.expire(first.index)
      await this.#settle(happenings)
    }
    board.clock = until
  }

  /** Copies the memory that the parent's step has brought to rest, and lets both sides go on. */
  async #fork(parent: Role, name: string, happenings: Happenings): Promise<void> {
    const child = this.#role(name)
    const process = parent.process.fork(this.#pool.memory(this.#processes.length))
    this.#processes.push(process)
    const { outcome } = parent
    child.process = process
    const thread = process.address('thread', parent.name) as Address
    process.give(`actor ${name}`, process.address('actor', parent.name) as Address)
    process.give(`thread ${name}`, thread)
    for (const other of this.#roles.keys()) if (other !== name) process.give(`thread ${other}`, 0)
    await this.#join(child, thread)
    await this.#perform(child, 'after fork in child', {}, happenings)
    await this.#perform(parent, 'after fork in parent', {}, happenings)
    parent.outcome = outcome
    child.outcome = undefined
  }

  #interpret(role: Role, { trace }: Answer, happenings: Happenings): void {
    const actorAt = (seat: number) => this.#seated(seat).name
    const events = interpret(trace, { actor: role.name, process: role.process, actorAt }, happenings.changes)
    for (const event of events) happenings.events.push(event.event === 'parked' ? this.#where(role, event) : event)
  }

  #where(role: Role, event: Event): Event {
    return { ...event, on: describeSleep(role.process, role.name).on }
  }

  /** Remembers who holds which mutex: a mutex does not know. */
  #hold(role: Role, op: string, { mutex }: Record<string, unknown>, { outcome }: Record<string, unknown>): void {
    if (typeof mutex !== 'string') return
    if (op === 'mutex.lock' && (outcome === 'acquired' || outcome === 'handed off')) this.#holders.set(mutex, role.name)
    if (op === 'mutex.unlock') this.#holders.delete(mutex)
  }

  #parked(role: Role): Parked | null {
    if (!role.step) return null
    const asleep = describeSleep(role.process, role.name)
    const holder = this.#holders.get(asleep.on.replace(/^the mutex /, ''))
    return holder === undefined ? asleep : { ...asleep, holders: [holder] }
  }

  #role(name: string): Role {
    const role = this.#roles.get(name)
    if (!role) throw new Refusal('unknown-name', `there is no actor named "${name}"`)
    return role
  }

  #seated(index: number): Role {
    return [...this.#roles.values()].find(({ seat }) => seat?.index === index) as Role
  }

  /** Lets an actor sit down, if it stands, and play its part from here. @param thread the thread state that it goes on with: in the child of a fork. */
  async #join(role: Role, thread?: Address): Promise<Seat> {
    const taken = [...this.#roles.values()].filter(({ seat }) => seat).length
    const seat = role.seat ?? (await this.#pool.seat(taken))
    role.seat = seat
    const { name, process, told } = role
    const { shared, names, namings } = process
    told.namings = namings.length
    told.programs = 0
    const os = process.address('actor', name) as Address
    seat.lend(shared)
    seat.post({ do: 'join', name, process: shared.index, os, names, ...(thread === undefined ? {} : { thread }) })
    return seat
  }

  #seenBy(query: { readonly seenBy?: string | undefined; readonly of: string; readonly thread?: string }): Process {
    const actor = query.seenBy ?? (query.of === 'thread' ? query.thread : undefined)
    return actor === undefined ? (this.#processes[0] as Process) : this.#role(actor).process
  }
}

function settingsOf({ argv, env, build }: Open): CodeSettings {
  const settings = readSettings(argv, env, build.threading === 'free-threaded')
  if (isRefused(settings)) throw new Refusal('refused-to-start', settings.fatal)
  return settings
}

function refused(error: unknown): Refusal {
  const { code, message } = refusalOf(error)
  return new Refusal(code, message)
}
