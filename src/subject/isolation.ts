/**
 * Keeps the scenarios apart: what a subject does in one of them costs no other its result.
 *
 * What is asked and what is answered is checked in both directions, whoever answers. A subject that
 * fails is ended, and the next scenario gets a fresh one. The limits that no single reply breaks,
 * for a scenario and for the run, are kept here. A subject that is started again and again without
 * answering one step is not started for ever, and a run does not last for ever: from then on no
 * scenario is run, and each says why.
 */
import { setImmediate } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { Conversation } from '../protocol/conversation.ts'
import type { Hello, Method, Params, Result } from '../protocol/messages.ts'
import { Violation } from '../protocol/violation.ts'
import { during } from './during.ts'
import { Overdue, ScenarioClock } from './isolation-clock.ts'
import { LIMITS, type Limits } from './isolation-limits.ts'
import { connectProgram } from './program.ts'
import { Refusal, type Subject, SubjectFailure, Unstartable } from './subject.ts'

/** What a program writes to its standard error is told that far if it cannot be started. */
const LAST_LINES = 12

/**
 * A program as a subject, started again whenever it fails. The first start is at once.
 *
 * @throws Unstartable if that one fails. Nothing of it is left then.
 */
export async function connectIsolated(command: string | readonly string[], limits: Limits = LIMITS): Promise<Isolation> {
  const isolation = new Isolation(() => connectProgram(command, limits), limits)
  try {
    await isolation.prepare()
    return isolation
  } catch (error) {
    await isolation.end()
    const { message, stderr } = asFailure(error, 'hello')
    const lines = stderr.split('\n').filter((line) => line.trim() !== '')
    throw new Unstartable([`the subject cannot be judged: ${message}`, ...lines.slice(-LAST_LINES)].join('\n  '))
  }
}

/** One subject in place of many: a fresh one after each that failed. */
export class Isolation implements Subject {
  readonly #connect: () => Promise<Subject>
  readonly #limits: Limits
  readonly #conversation = new Conversation()
  #hello: Hello | undefined
  #subject: Subject | undefined
  #connecting: Promise<void> | undefined
  /** How often a subject was connected since a step was last answered. */
  #fruitless = 0
  /** Runs while a scenario is open. */
  #clock: ScenarioClock | undefined
  /** When the run must be over, on the clock of `performance`. */
  #deadline: number | undefined
  /** What ended the subject of the current scenario. */
  #failure: SubjectFailure | undefined
  /** The last failure that cost a subject. */
  #cause: SubjectFailure | undefined
  /** Why no scenario is run any more. */
  #stopped: string | undefined
  #ended = false

  /**
   * @param connect Gives a fresh subject, or rejects, within a limit of its own. Whatever it gives is ended here.
   */
  constructor(connect: () => Promise<Subject>, limits: Limits = LIMITS) {
    this.#connect = connect
    this.#limits = limits
  }

  /**
   * What the first subject said about itself. Every later one has to say the same.
   *
   * @throws SubjectFailure if none could be connected yet.
   */
  get hello(): Hello {
    if (this.#hello) return this.#hello
    throw this.#cause ?? new SubjectFailure('error', 'hello: no subject was connected yet', 'hello')
  }

  /** Connects before the first scenario does, so that `hello` can be read. @throws whatever went wrong with that. */
  async prepare(): Promise<void> {
    await this.#renew('hello')
  }

  /**
   * Asks the subject of the open scenario; `open` begins one.
   *
   * @throws SubjectFailure also if a limit is exceeded. From then on every request of that scenario fails the same way.
   */
  async request<M extends Method>(method: M, params: Params<M>): Promise<Result<M>> {
    const culprit = during(method, params)
    try {
      if (method === 'open') await this.#begin(culprit)
      const result = await this.#ask(culprit, method, params)
      if (method === 'close') this.#conclude()
      return result
    } catch (error) {
      if (!(error instanceof Refusal)) throw await this.#fail(error, culprit)
      if (method === 'open') this.#conclude()
      if (method === 'close') await this.#discard()
      throw error
    }
  }

  async end(): Promise<void> {
    this.#ended = true
    await this.#connecting
    await this.#discard()
  }

  async #begin(culprit: string): Promise<void> {
    if (this.#ended) throw new SubjectFailure('error', `${culprit}: the run has ended`, culprit)
    if (this.#clock) await this.#discard() // a scenario that was never closed leaves nothing to the next
    this.#failure = undefined
    this.#deadline ??= performance.now() + this.#limits.run
    const left = this.#deadline - performance.now()
    if (left <= 0) this.#stopped ??= this.#overrun()
    else if (!this.#subject && this.#fruitless > this.#limits.restarts) this.#stopped ??= this.#storm()
    if (this.#stopped !== undefined) throw new SubjectFailure('not-run', this.#stopped, culprit)
    await this.#renew(culprit)
    this.#clock =
      left < this.#limits.scenario
        ? new ScenarioClock(left, this.#overrun())
        : new ScenarioClock(this.#limits.scenario, `the scenario took longer than its limit of ${this.#limits.scenario} ms`)
  }

  /** Sees to it that there is a subject. */
  async #renew(culprit: string): Promise<void> {
    if (this.#subject) return
    this.#fruitless += 1
    const connecting = this.#connect().then((subject) => {
      this.#subject = subject
    })
    this.#connecting = connecting.catch(() => undefined) // for `end`, which only waits; who asked is told below
    await connecting
    const { hello } = this.#subject as unknown as Subject
    this.#hello ??= hello
    if (this.#ended) throw new SubjectFailure('error', `${culprit}: the run has ended`, culprit)
    if (!isDeepStrictEqual(hello, this.#hello)) {
      throw new SubjectFailure('protocol-violation', 'hello: started again, the subject describes itself otherwise than at first', 'hello')
    }
  }

  async #ask<M extends Method>(culprit: string, method: M, params: Params<M>): Promise<Result<M>> {
    if (this.#failure) throw this.#failure
    if (!this.#subject || !this.#clock) throw new SubjectFailure('error', `${culprit}: no scenario is open`, culprit)
    const asked = this.#conversation.ask(method, params)
    const reply = this.#subject.request(method, asked)
    try {
      const result = this.#conversation.answer(method, asked, await Promise.race([reply, this.#clock.over]))
      if (method === 'step') this.#fruitless = 0
      return result
    } catch (error) {
      if (error instanceof Refusal) this.#conversation.refuse(error.events)
      if (error instanceof Refusal && method === 'step') this.#fruitless = 0
      if (!(error instanceof Overdue)) throw error
      const stderr = reply.then(() => '', stderrOf)
      await this.#discard()
      // A program's request has failed by now. Of a subject that leaves it pending there is nothing to wait for.
      throw new SubjectFailure('timeout', `${culprit}: ${error.message}`, culprit, await Promise.race([stderr, setImmediate('')]))
    }
  }

  /** The scenario came to its end, and its subject is good for the next. */
  #conclude(): void {
    this.#clock?.stop()
    this.#clock = undefined
  }

  async #fail(error: unknown, culprit: string): Promise<SubjectFailure> {
    const failure = this.#failure ?? asFailure(error, culprit)
    this.#failure = failure
    this.#cause = failure
    await this.#discard()
    return failure
  }

  /** Ends the subject, and with it the scenario. */
  async #discard(): Promise<void> {
    const subject = this.#subject
    this.#subject = undefined
    this.#clock?.stop()
    this.#clock = undefined
    await subject?.end()
  }

  #storm(): string {
    return (
      `the subject was started again ${times(this.#limits.restarts)} in a row and answered no step; ` +
      `the last failure was ${this.#cause?.verdict}, ${this.#cause?.message}`
    )
  }

  #overrun(): string {
    return `the run took longer than its limit of ${this.#limits.run} ms`
  }
}

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`)

const stderrOf = (error: unknown): string => asFailure(error, '').stderr

/** Anything but a failure or a violation is a mistake in the code that reaches the subject. */
function asFailure(error: unknown, culprit: string): SubjectFailure {
  if (error instanceof SubjectFailure) return error
  const verdict = error instanceof Violation && error.culprit === 'subject' ? 'protocol-violation' : 'error'
  const failure = new SubjectFailure(verdict, `${culprit}: ${error instanceof Violation ? error.message : String(error)}`, culprit)
  failure.cause = error
  return failure
}
