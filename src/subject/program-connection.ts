/**
 * One request at a time to a program, and what can go wrong with its reply.
 *
 * The first thing that goes wrong ends the program: nothing it says after that can be trusted.
 * Whatever it is, the request under way fails only when the program is gone, so that the last of
 * its standard error is there to explain it.
 */
import { Conversation } from '../protocol/conversation.ts'
import { excerpt, LINE_FAULTS, type Line, LineDecoder } from '../protocol/framing.ts'
import type { Method, Params, Result } from '../protocol/messages.ts'
import { Violation } from '../protocol/violation.ts'
import { type Reply, readReply, writeRequest } from '../protocol/wire.ts'
import { during } from './during.ts'
import type { Limits } from './isolation-limits.ts'
import type { Exit, ProgramProcess } from './program-process.ts'
import { type FailureVerdict, Refusal, SubjectFailure } from './subject.ts'

interface Waiting {
  readonly id: string
  readonly during: string
  /** Checks the result and gives it to whoever asked. */
  readonly resolve: (result: unknown) => void
  readonly reject: (reason: Error) => void
}

/** Why nothing more can be asked. Without a culprit of its own, the request that finds out is the culprit. */
interface Fault {
  readonly verdict: FailureVerdict
  readonly message: string
  readonly during?: string
}

export class ProgramConnection {
  readonly #program: ProgramProcess
  readonly #limits: Pick<Limits, 'reply'>
  readonly #conversation = new Conversation()
  readonly #decoder = new LineDecoder()
  /** What was asked in this scenario and answered, by id. */
  readonly #answered = new Map<string, string>()
  /** Resolves when the latest request has its reply. */
  #turn: Promise<void> = Promise.resolve()
  #asked = 0
  #latest: string | undefined
  #waiting: Waiting | undefined
  #fault: Fault | undefined

  /** @param limits Read anew for each request. */
  constructor(program: ProgramProcess, limits: Pick<Limits, 'reply'>) {
    this.#program = program
    this.#limits = limits
    program.onOutput((chunk) => this.#receive(chunk))
    void program.closed.then((exit) => {
      this.#fault ??= { verdict: 'crash', message: this.#ending(exit) }
      const waiting = this.#waiting
      this.#waiting = undefined
      waiting?.reject(this.#failure(this.#fault, waiting.during))
    })
  }

  /**
   * Asks, once everything that was asked before has its reply, and waits for this one.
   *
   * @throws Refusal, and SubjectFailure as `Subject` says.
   */
  async request<M extends Method>(method: M, params: Params<M>): Promise<Result<M>> {
    const before = this.#turn
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#turn = promise
    await before
    try {
      return await this.#exchange(method, params)
    } finally {
      resolve()
    }
  }

  /** Says that the subject's own word was broken, and ends the program. */
  async breach(message: string, culprit: string): Promise<never> {
    this.#fail('protocol-violation', message, culprit)
    await this.#program.closed
    throw this.#failure(this.#fault as Fault, culprit)
  }

  /** Ends the program, which may take its time unless a request is under way: that one fails. */
  async end(): Promise<void> {
    this.#fault ??= { verdict: 'error', message: 'the suite ended the program' }
    await (this.#waiting ? this.#program.kill() : this.#program.end())
  }

  async #exchange<M extends Method>(method: M, params: Params<M>): Promise<Result<M>> {
    const culprit = during(method, params)
    const id = String(this.#asked + 1)
    const { checked, line } = this.#compose(id, method, params, culprit)
    if (this.#fault) {
      await this.#program.closed
      throw this.#failure(this.#fault, culprit)
    }
    this.#asked += 1
    if (method === 'open') this.#answered.clear()

    const { promise, resolve, reject } = Promise.withResolvers<Result<M>>()
    this.#waiting = { id, during: culprit, resolve: (result) => resolve(this.#conversation.answer(method, checked, result)), reject }
    const { reply } = this.#limits
    const timer = setTimeout(() => this.#fail('timeout', `no reply within ${reply} ms${this.#silence()}`), reply)
    this.#program.write(line)
    try {
      return await promise
    } finally {
      clearTimeout(timer)
    }
  }

  #compose<M extends Method>(id: string, method: M, params: Params<M>, culprit: string): { checked: Params<M>; line: string } {
    try {
      const checked = this.#conversation.ask(method, params)
      return { checked, line: writeRequest(id, method, checked) }
    } catch (error) {
      throw this.#failure({ verdict: 'error', message: `the suite's own request is wrong: ${(error as Error).message}` }, culprit)
    }
  }

  #receive(chunk: Buffer): void {
    for (const line of this.#decoder.push(chunk)) {
      if (this.#fault) return
      try {
        this.#take(read(line))
      } catch (error) {
        if (!(error instanceof Violation)) throw error
        this.#fail('protocol-violation', error.message)
      }
    }
  }

  #take(reply: Reply): void {
    const waiting = this.#waiting
    if (!waiting || (reply.id !== waiting.id && reply.id !== null)) {
      this.#stray(reply.id)
      return
    }
    if ('result' in reply) waiting.resolve(reply.result)
    else if (reply.id === null || reply.refusal.code === 'bad-message') {
      throw new Violation('subject', `it cannot read a request that is well formed: ${reply.refusal.message}`)
    } else {
      const { code, message, events = [], changes } = reply.refusal
      this.#conversation.refuse(events)
      waiting.reject(new Refusal(code, message, { events, changes }))
    }
    this.#waiting = undefined
    this.#latest = waiting.during
    this.#answered.set(waiting.id, waiting.during)
  }

  #stray(id: string | null): void {
    const twice = this.#answered.get(id ?? '')
    const unknown = `a reply has the id ${id === null ? id : excerpt(id)}, for which no request waits; ${this.#progress()}`
    this.#fail('protocol-violation', twice === undefined ? unknown : 'it was answered twice', twice)
  }

  #fail(verdict: FailureVerdict, message: string, culprit?: string): void {
    this.#fault ??= culprit === undefined ? { verdict, message } : { verdict, message, during: culprit }
    void this.#program.kill()
  }

  #failure(fault: Fault, request: string): SubjectFailure {
    const culprit = fault.during ?? request
    return new SubjectFailure(fault.verdict, `${culprit}: ${fault.message}`, culprit, this.#program.stderr)
  }

  #ending({ code, signal }: Exit): string {
    const how = signal === null ? `the program ended by itself, with exit code ${code}` : `the program was killed by ${signal}`
    const rest = this.#decoder.end()
    return `${how}; ${this.#progress()}${rest ? `; it left a line without a newline: ${excerpt(rest.start)}` : ''}`
  }

  /** What a silence may be about, as far as it can be seen from here. */
  #silence(): string {
    if (this.#program.deaf) return '; the program has closed its standard input'
    if (this.#decoder.pending > 0) return `; ${this.#decoder.pending} bytes came without a newline (end each line with \\n and flush it)`
    return ''
  }

  #progress(): string {
    return this.#latest === undefined ? 'it never answered anything' : `the last request it answered was ${this.#latest}`
  }
}

function read(line: Line): Reply {
  if ('fault' in line) throw new Violation('subject', `${LINE_FAULTS[line.fault]}: ${excerpt(line.start)}`)
  return readReply(line.text)
}
