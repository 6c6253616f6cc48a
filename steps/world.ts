/**
 * What one scenario knows: the subject, the names it gave, and what was answered last.
 *
 * Steps stay one line: a command through `perform`, a comparison through `check`. Only here is it
 * decided what a refusal means, that a scenario without a check fails, and that a witness that did
 * not occur fails.
 */
import { strict as assert } from 'node:assert'
import { isDeepStrictEqual } from 'node:util'
import { World as CucumberWorld } from '@cucumber/cucumber'
import { leftBehind } from '../src/protocol/left-behind.ts'
import type {
  Census,
  ErrorCode,
  Event,
  EventName,
  Hello,
  RaceOutcome,
  RaceResult,
  RaceSample,
  RaceStep,
  StepResult,
} from '../src/protocol/messages.ts'
import { AWAIT } from '../src/protocol/messages.ts'
import type { Args, Facts, OperationName } from '../src/protocol/operations.ts'
import type { Parked, Query, StateOf } from '../src/protocol/states.ts'
import type { Program } from '../src/protocol/vocabulary.ts'
import { Refusal, type Subject, SubjectFailure } from '../src/subject/subject.ts'
import { EXCHANGE, OUTCOMES, type Outcomes, SUMMARY, type Tally } from '../src/verdict/evidence.ts'
import { extentText } from '../src/verdict/extent.ts'
import { failureText, replayCommand } from '../src/verdict/order.ts'
import { Ledger } from './ledger.ts'
import type { Start } from './start-words.ts'
import { windDown } from './wind-down.ts'

export interface Parameters {
  /** The command that starts the subject; the reference in this process without one. */
  subject?: string
  /** Multiplies every time limit of a subject that is a program. */
  patience?: number
  /** Whether exchanges are attached for a report. */
  record?: boolean
  /** The token of the only order in which a race is run. */
  order?: string
  /** How far races are explored: turns taken away, and milliseconds. */
  bound?: number
  budget?: number
  /** How often a race is tried that is sampled. */
  repeat?: number
  /** How orders are drawn by lot, instead of trying them all. */
  sample?: RaceSample
  /** Decimal digits. What is drawn by chance comes from it. */
  seed?: string
}

/** What came of the last step that was allowed to go wrong. */
export type Outcome = { refused: Refusal } | { parked: Parked } | { facts: Record<string, unknown> }

/** What an operation may be refused for and the scenario go on, if one of its steps asks for that. */
const ATTEMPTED: readonly ErrorCode[] = ['misuse', 'out-of-memory']

export class World extends CucumberWorld<Parameters> {
  readonly events: Event[] = []
  readonly goals = new Map<string, string>()
  /** What the actors hold. */
  readonly ledger = new Ledger()
  /** What was seen or read earlier and is compared with later, by what it is. */
  readonly noted = new Map<string, unknown>()
  /** Facts of the last step that came to its end. */
  facts: Record<string, unknown> = {}
  /** What the actors do who race. */
  racing: Record<string, Program> = {}
  /** How far the scenario says that its race is tried; undefined if every order is. */
  declaredBound: number | undefined
  /** The scenario's id, as in "BRC-03.7". */
  id = ''
  checks = 0
  /** What the steps say of the runtime's start. */
  start: Start | undefined
  /** Why the runtime did not start, if a step expects that. Then there is nothing to ask. */
  notStarted: Refusal | undefined
  /** Why the subject can be asked nothing more in this scenario. */
  failure: SubjectFailure | undefined
  #outcome: Outcome | undefined
  /** The refusal in `#outcome` as a sentence, until a step looks at it. */
  #unread: string | undefined
  /** Who is parked now, and in which operation. */
  readonly #parked = new Map<string, string>()
  /** Whether the scenario's own steps are over. What follows is not for its report. */
  #over = false
  #subject: Subject | undefined

  /** From here on the scenario's runtime is open and can be asked. */
  use(subject: Subject): void {
    this.#subject = subject
  }

  /** Whether there is a runtime that can still be asked. */
  get open(): boolean {
    return this.#subject !== undefined && this.failure === undefined
  }

  get subject(): Subject {
    assert(this.#subject, 'the scenario has no subject yet')
    return this.#subject
  }

  get hello(): Hello {
    return this.subject.hello
  }

  /** What came of the last `attempt` or `await`. Who looks at a refusal has asked for it: it no longer fails the scenario. */
  get outcome(): Outcome | undefined {
    this.#unread = undefined
    return this.#outcome
  }

  /** Why the last attempt was refused; what else came of it if it was not. To look is to ask for the refusal. */
  get refusal(): ErrorCode | Outcome | undefined {
    const outcome = this.outcome
    return outcome && 'refused' in outcome ? outcome.refused.code : outcome
  }

  /** Performs an operation that comes to its end, and answers its facts. */
  async perform<Op extends OperationName>(actor: string, op: Op, args: Args<Op>): Promise<Facts<Op>> {
    const result = await this.#step(actor, op, args)
    assert(result.status === 'ok', `${actor} is parked on ${result.status === 'parked' ? result.parked.on : '?'} in ${op}`)
    this.facts = result.facts
    return result.facts as Facts<Op>
  }

  /**
   * Performs an operation that may park or be refused; what came of it stands in `outcome`. A refusal that no step looks
   * at before the next operation, or before the scenario ends, fails the scenario.
   *
   * @param codes what it may be refused for. Anything else fails the step.
   */
  async attempt<Op extends OperationName>(actor: string, op: Op, args: Args<Op>, codes = ATTEMPTED): Promise<void> {
    try {
      this.#came(await this.#step(actor, op, args))
    } catch (error) {
      if (!(error instanceof Refusal) || !codes.includes(error.code)) throw error
      this.#outcome = { refused: error }
      this.#unread = `${actor}'s ${op} was refused (${error.code}: ${error.message}), and no step asked for that`
    }
  }

  /** The outcome of an actor's earlier step that parked: its facts, or that it is parked still. */
  async await(actor: string): Promise<Outcome> {
    return this.#came(await this.#step(actor, AWAIT, {}))
  }

  #came(result: StepResult): Outcome {
    if (result.status === 'ok') this.facts = result.facts
    this.#outcome = result.status === 'ok' ? { facts: result.facts } : { parked: result.parked }
    return this.#outcome
  }

  /** Fails if the last attempt was refused and nobody looked. */
  #allRead(): void {
    const unread = this.#unread
    this.#unread = undefined
    if (unread !== undefined) assert.fail(unread)
  }

  /** Whether an actor's step is parked. */
  isParked(actor: string): boolean {
    return this.#parked.has(actor)
  }

  /** Everybody whose step is parked. */
  parked(): string[] {
    return [...this.#parked.keys()]
  }

  /** Gives back all that the actors hold, and lets them exit. @returns why that failed, if it did: there is a runtime to close still. */
  async windDown(): Promise<unknown> {
    this.#over = true
    try {
      await windDown(this)
      return undefined
    } catch (error) {
      return error
    } finally {
      this.#over = false
    }
  }

  /** What ended the last program or call early, null if nothing did. To look is to ask for it: it no longer fails the scenario. */
  get raised(): Facts<'code.call'>['raised'] {
    this.#unread = undefined
    return (this.facts.raised as Facts<'code.call'>['raised'] | undefined) ?? null
  }

  /** An object to which somebody holds references must be alive. */
  wound(alive: boolean, object: string): void {
    assert(alive, `the object "${object}" was freed although references to it are held`)
  }

  async observe<Q extends Query>(query: Q): Promise<StateOf<Q['of']>> {
    const { states } = await this.subject.request('observe', { what: [query] })
    this.#record('observe', query, states[0])
    return states[0] as StateOf<Q['of']>
  }

  /** How often the turn is taken away at most: as the user says, or else the scenario. */
  get bound(): number | undefined {
    const { order, bound, sample } = this.parameters
    if (bound !== undefined) return bound
    return order === undefined && sample === undefined ? this.declaredBound : undefined
  }

  /** The bound that the scenario declares, unless the user sets another. */
  get boundInForce(): number | undefined {
    return this.parameters.bound === undefined ? this.bound : undefined
  }

  /** What may come of the race, and what these states are then. */
  async race(observe: Query[]): Promise<RaceResult> {
    this.#allRead()
    const { bound } = this
    const { order, budget, repeat, sample } = this.parameters
    const request = {
      programs: this.racing,
      observe,
      ...(order !== undefined && { token: order }),
      ...(bound !== undefined && { bound }),
      ...(budget !== undefined && { budget }),
      ...(repeat !== undefined && { repeat }),
      ...(sample !== undefined && { sample }),
    }
    const started = performance.now()
    const result = await this.subject.request('race', request)
    this.#record('race', request, result, performance.now() - started)
    return result
  }

  /** Tells a report what the race came to, and how far it was tried. */
  tell(tally: Tally): void {
    if (!this.parameters.record) return
    this.attach(JSON.stringify({ ...tally, extent: extentText(tally) } satisfies Outcomes), OUTCOMES)
  }

  /** Fails with what must not happen in any order, if that did. */
  unharmed({ failure }: RaceResult): void {
    if (failure) assert.fail(this.#told(failure.message, failure.steps, failure.token))
  }

  /** Fails with an outcome that must not be, and an order that comes to it. */
  async shown({ token }: RaceOutcome, what: string): Promise<never> {
    assert.fail(this.#told(what, token === undefined ? undefined : await this.#orderOf(token), token))
  }

  async #orderOf(token: string): Promise<readonly RaceStep[] | undefined> {
    const request = { programs: this.racing, observe: [], token }
    const result = await this.subject.request('race', request)
    this.#record('race', request, result)
    return result.order
  }

  #told(what: string, order: readonly RaceStep[] = [], token?: string): string {
    return failureText(what, order, token === undefined ? undefined : replayCommand(this.id, token))
  }

  /** The one comparison: counts itself, and says what was compared. */
  check(actual: unknown, expected: unknown, what: string): void {
    this.checks += 1
    assert(isDeepStrictEqual(actual, expected), `${what}: expected ${show(expected)}, observed ${show(actual)}`)
  }

  /** Whether an event of that name occurred in this scenario, with these properties. */
  saw(event: EventName, properties: Partial<Event> = {}): Event[] {
    const wanted = Object.entries(properties)
    return this.events.filter((e) => e.event === event && wanted.every(([key, value]) => e[key as keyof Event] === value))
  }

  /** The value of a goal that the scenario named. */
  goal(name: string): string {
    const value = this.goals.get(name)
    assert(value !== undefined, `no goal was named "${name}"`)
    return value
  }

  /** Tells a report what was checked, what was seen and what is left, if that is known. */
  summarize(census: Census | undefined, witnesses: readonly EventName[]): void {
    if (!this.parameters.record) return
    this.attach(JSON.stringify({ checks: this.checks, census, witnesses, missing: this.#unseen(witnesses) }), SUMMARY)
  }

  /** Ends the scenario: nothing may be left, a check must have run, every witness must have occurred. */
  conclude(census: Census, witnesses: readonly EventName[]): void {
    this.summarize(census, witnesses)
    this.#allRead()
    const parked = [...this.#parked].map(([actor, op]) => `${actor} in ${op}`)
    assert(parked.length === 0, `somebody is parked still: ${parked.join(', ')}`)
    const missing = this.#unseen(witnesses)
    assert(this.checks > 0, 'the scenario checked nothing')
    assert(missing.length === 0, `the scenario never saw what it is about: ${missing.join(', ')}`)
    const left = leftBehind(census)
    assert(left.length === 0, `something is left behind: ${left.join(', ')}`)
  }

  #unseen(witnesses: readonly EventName[]): EventName[] {
    return witnesses.filter((name) => this.saw(name).length === 0)
  }

  async #step(actor: string, op: OperationName | typeof AWAIT, args: Record<string, unknown>): Promise<StepResult> {
    this.#allRead()
    const parkedIn = this.#parked.get(actor)
    // Time passes for everybody: whoever is asked to let it pass may be parked, and is so still.
    const free = parkedIn === undefined || op === AWAIT || op === 'time.pass'
    assert(free, `${actor} is parked in ${parkedIn} and cannot do ${op}`)
    const request = { actor, op, args }
    try {
      const result = await this.subject.request('step', request)
      this.#record('step', request, result)
      this.#happened(result.events)
      if (op !== AWAIT && result.status === 'ok') this.ledger.ended(actor, op, args, result.facts)
      if (result.status === 'ok') this.#mayHaveRaised(actor, result.facts)
      if (op !== AWAIT && result.status === 'parked') this.ledger.parked(actor, args)
      if (op !== 'time.pass') this.#isNow(actor, result.status === 'parked' ? (parkedIn ?? op) : undefined)
      return result
    } catch (error) {
      if (error instanceof Refusal) {
        const { code, message, events, changes } = error
        this.#record('step', request, { refused: code, message, events, changes })
        // The refusal says by itself that an allocation failed.
        if (code === 'out-of-memory' && !events.some(({ event }) => event === 'refused')) this.events.push({ actor, event: 'refused' })
        this.#happened(events)
      }
      if (error instanceof SubjectFailure) {
        this.#record('step', request, { failure: error.verdict, message: error.message, during: error.during, stderr: error.stderr })
      }
      throw error
    }
  }

  /** An exception of a program that no step looks at fails the scenario, as a refusal does. */
  #mayHaveRaised(actor: string, { raised }: { raised?: Facts<'code.call'>['raised'] }): void {
    if (raised) this.#unread = `${actor}'s program ended with ${raised.type} (${raised.message}), and no step asked for that`
  }

  #isNow(actor: string, parkedIn: string | undefined): void {
    if (parkedIn === undefined) this.#parked.delete(actor)
    else this.#parked.set(actor, parkedIn)
  }

  /** Takes note of what happened. @throws AssertionError if a step that had parked ended with an error. */
  #happened(events: readonly Event[]): void {
    if (!this.#over) this.events.push(...events)
    for (const event of events) this.ledger.happened(event)
    for (const { actor, event } of events) if (event === 'resumed' || event === 'failed') this.#parked.delete(actor)
    const failed = events.find(({ event }) => event === 'failed')
    assert(!failed, `what ${failed?.actor} was parked in ended with an error (${failed?.code}: ${failed?.message})`)
  }

  #record(method: string, request: unknown, reply: unknown, duration?: number): void {
    if (this.parameters.record && !this.#over) this.attach(JSON.stringify({ method, request, reply, duration }), EXCHANGE)
  }
}

const show = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing'))
