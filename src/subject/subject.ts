/**
 * An implementation under test, as the suite sees it: something that answers requests.
 *
 * The reference runtime in this process and any program that speaks the protocol are the same
 * to everybody above this file.
 */
import type { Change, ErrorCode, Event, Hello, Method, Params, Result } from '../protocol/messages.ts'

export interface Subject {
  /** What the implementation said about itself when it was connected. */
  readonly hello: Hello
  /**
   * Asks one request and waits for its reply.
   *
   * @throws Refusal if the subject answered with an error.
   * @throws SubjectFailure if there was no answer that could be used.
   */
  request<M extends Method>(method: M, params: Params<M>): Promise<Result<M>>
  /** Ends the subject and frees what it holds. Never rejects; a second call does nothing. */
  end(): Promise<void>
}

/** The subject understood the request and did not do it, for a reason of the closed set. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly code: ErrorCode
  /** What happened before it was refused, and to others. */
  readonly events: readonly Event[]
  readonly changes: readonly Change[] | undefined
  constructor(code: ErrorCode, message: string, { events = [], changes }: Happened = {}) {
    super(message)
    this.code = code
    this.events = events
    this.changes = changes
  }
}

/** What happened in a step. Changes are there only for somebody who draws them. */
export interface Happened {
  readonly events?: readonly Event[] | undefined
  readonly changes?: readonly Change[] | undefined
}

/** Why a subject gave no usable answer, in the words of the verdicts. */
export type FailureVerdict = 'crash' | 'timeout' | 'protocol-violation' | 'error' | 'not-run'

/** The subject cannot be started, or does not answer its first `hello` as it must: there is nothing to judge. */
export class Unstartable extends Error {
  override readonly name = 'Unstartable'
}

/** The subject gave no usable answer, or was not asked any more. The scenario ends here; the next one starts on a fresh subject. */
export class SubjectFailure extends Error {
  override readonly name = 'SubjectFailure'
  readonly verdict: FailureVerdict
  /** The request that was under way, for example "step Ada object.decref". */
  readonly during: string
  /** The last the subject wrote to its standard error, if it is a program. */
  readonly stderr: string
  constructor(verdict: FailureVerdict, message: string, during: string, stderr = '') {
    super(message)
    this.verdict = verdict
    this.during = during
    this.stderr = stderr
  }
}
