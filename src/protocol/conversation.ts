/**
 * What may be asked and what may be answered: the checks in both directions.
 *
 * The same for a subject in this process and for a program. Remembers only what is needed to know
 * which facts an answer owes: the last operation of each actor, because the outcome of one that
 * parked comes later, to somebody else's step or to an `await`.
 */
import {
  AWAIT,
  ERRORS,
  type Event,
  type Hello,
  type Method,
  methods,
  type Params,
  type Result,
  type Step,
  type StepResult,
} from './messages.ts'
import { isOperation, type OperationName, operations } from './operations.ts'
import { checkPrograms, checkRace } from './race-checks.ts'
import { checkStates } from './state-checks.ts'
import { check, Violation } from './violation.ts'

/** One subject's conversation with the suite. Either end may check it, or both. */
export class Conversation {
  readonly #last = new Map<string, OperationName>()

  /**
   * The params as they may be sent: unknown fields are left out.
   *
   * @throws Violation by the suite if they do not fit the method, or the args their operation.
   */
  ask<M extends Method>(method: M, params: unknown): Params<M> {
    const checked: unknown = check('suite', 'params', methods[method].params, params)
    if (method === 'step') {
      const step = checked as Step
      if (isOperation(step.op)) step.args = check('suite', 'params.args', operations[step.op].args, step.args)
    }
    if (method === 'race') checkPrograms(checked as Params<'race'>)
    return checked as Params<M>
  }

  /**
   * The result as it may be used: unknown fields are left out.
   *
   * @param params What was asked, as `ask` gave it.
   * @throws Violation by the subject if the result does not fit the method, the params, or the facts their operation.
   */
  answer<M extends Method>(method: M, params: Params<M>, result: unknown): Result<M> {
    const checked: unknown = check('subject', 'result', methods[method].result, result)
    if (method === 'hello') checkRange(params as Params<'hello'>, checked as Hello)
    if (method === 'open') this.#last.clear()
    if (method === 'step') this.#checkStep(params as Step, checked as StepResult)
    if (method === 'race') checkRace(params as Params<'race'>, checked as Result<'race'>)
    if (method === 'observe') checkStates(params as Params<'observe'>, checked as Result<'observe'>)
    return checked as Result<M>
  }

  /**
   * What happened in a step that was refused: unknown fields are left out.
   *
   * @throws Violation by the subject if an event does not fit.
   */
  refuse(events: readonly Event[]): void {
    this.#checkEvents('error.data.events', events)
  }

  #checkStep({ actor, op }: Step, result: StepResult): void {
    if (op !== AWAIT) this.#last.set(actor, op as OperationName)
    this.#checkEvents('result.events', result.events)
    if (result.status === 'ok') result.facts = this.#facts('result.facts', actor, result.facts)
  }

  #checkEvents(at: string, events: readonly Event[]): void {
    events.forEach((event, index) => {
      if (event.event === 'resumed') event.facts = this.#facts(`${at}[${index}].facts`, event.actor, event.facts)
      if (event.event === 'failed') checkFailed(`${at}[${index}].code`, event)
    })
  }

  /** The facts that an actor's last operation owes. */
  #facts(at: string, actor: string, facts: unknown): Record<string, unknown> {
    const op = this.#last.get(actor)
    if (op === undefined) throw new Violation('subject', `${at}: ${actor} was never asked for anything that could have an outcome`)
    return check('subject', at, operations[op].facts, facts)
  }
}

function checkRange({ protocol: [lowest, highest] }: Params<'hello'>, { protocol }: Hello): void {
  if (protocol < lowest || protocol > highest) {
    throw new Violation('subject', `result.protocol: version ${protocol} was chosen, but ${lowest} to ${highest} were offered`)
  }
}

function checkFailed(at: string, { actor, code }: Event): void {
  if (code === undefined || !Object.hasOwn(ERRORS, code)) {
    throw new Violation('subject', `${at}: says why ${actor} failed, with one of ${Object.keys(ERRORS).join(', ')}`)
  }
}
