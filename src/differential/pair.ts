/** Two subjects that are asked the same, each started anew when it has failed. */
import { Refusal, type Subject, SubjectFailure } from '../subject/subject.ts'
import { type Answers, answersOf } from './answers.ts'
import type { Case } from './case.ts'
import { type Difference, differenceOf } from './difference.ts'

export type Connect = () => Promise<Subject>

/** A subject that is started when it is asked, and again after it has failed. */
export class Asked {
  readonly #connect: Connect
  #subject: Subject | undefined

  constructor(connect: Connect) {
    this.#connect = connect
  }

  async answers(of: Case): Promise<Answers> {
    this.#subject ??= await this.#connect()
    try {
      return await answersOf(this.#subject, of)
    } catch (error) {
      await this.end()
      const failed = error instanceof SubjectFailure || error instanceof Refusal
      if (!failed) throw error
      return { begun: `the subject failed: ${error.message}`, calls: [], constants: {} }
    }
  }

  async end(): Promise<void> {
    await this.#subject?.end()
    this.#subject = undefined
  }
}

export async function compareOn(of: Case, one: Asked, other: Asked): Promise<Difference | undefined> {
  return differenceOf(of, await one.answers(of), await other.answers(of))
}
