/**
 * A program that speaks the protocol on its standard input and output, as a subject.
 *
 * One that fails, in whatever way, is ended with everything it started, and every later request
 * fails the same way. `isolation.ts` starts a fresh one.
 */
import { isDeepStrictEqual } from 'node:util'
import { type Hello, type Method, type Params, PROTOCOL, type Result } from '../protocol/messages.ts'
import type { Limits } from './isolation-limits.ts'
import { commandWords } from './program-command.ts'
import { ProgramConnection } from './program-connection.ts'
import { ProgramProcess } from './program-process.ts'
import { Refusal, type Subject, SubjectFailure } from './subject.ts'

const HELLO: Params<'hello'> = { protocol: [PROTOCOL.lowest, PROTOCOL.highest] }

/**
 * Starts a program and says hello.
 *
 * @param command A program and its arguments, as words or as a line of words (`commandWords`).
 * @throws SubjectFailure if it cannot be started, does not answer as it must, or speaks no version that the suite does.
 *   Nothing of it is left then.
 */
export async function connectProgram(command: string | readonly string[], limits: Pick<Limits, 'reply' | 'grace'>): Promise<Subject> {
  const program = await start(command, limits.grace)
  const connection = new ProgramConnection(program, limits)
  try {
    return new Program(connection, await connection.request('hello', HELLO))
  } catch (error) {
    await connection.end()
    if (!(error instanceof Refusal)) throw error
    throw new SubjectFailure('error', `hello: the subject cannot be judged: ${error.message} (${error.code})`, 'hello', program.stderr)
  }
}

async function start(command: string | readonly string[], grace: number): Promise<ProgramProcess> {
  try {
    return await ProgramProcess.start(typeof command === 'string' ? commandWords(command) : (command as [string]), grace)
  } catch (error) {
    throw new SubjectFailure('error', `start: the program cannot be started: ${(error as Error).message}`, 'start')
  }
}

class Program implements Subject {
  readonly hello: Hello
  readonly #connection: ProgramConnection

  constructor(connection: ProgramConnection, hello: Hello) {
    this.#connection = connection
    this.hello = hello
  }

  async request<M extends Method>(method: M, params: Params<M>): Promise<Result<M>> {
    const result = await this.#connection.request(method, params)
    if (method === 'close') await this.#greetAgain()
    return result
  }

  end(): Promise<void> {
    return this.#connection.end()
  }

  /**
   * Whatever a program writes when a scenario is over stands before the answer to one more
   * request, so that it is charged to this scenario and not to the next.
   */
  async #greetAgain(): Promise<void> {
    const hello = await this.#connection.request('hello', HELLO).catch(unlessRefused)
    if (!isDeepStrictEqual(hello, this.hello)) await this.#connection.breach('it describes itself otherwise than at first', 'hello')
  }
}

function unlessRefused(error: unknown): undefined {
  if (!(error instanceof Refusal)) throw error
}
