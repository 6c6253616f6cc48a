/** Two subjects that are asked the same, each started anew when it has failed. */
import { Refusal, type Subject, SubjectFailure } from '../subject/subject.ts'
import { type Answers, answersOf } from './answers.ts'
import type { Case } from './case.ts'
import { type Difference, differenceOf } from './difference.ts'

export type Connect = () => Promise<Subject>

/** Whoever answers to cases. */
export interface Answering {
  answers(of: Case): Promise<Answers>
}

/** A subject that is started when it is asked, and again after it has failed. */
export class Asked implements Answering {
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

export interface Comparison {
  readonly difference: Difference | undefined
  /** What the other answered. */
  readonly answers: Answers
}

/** Asks both at once. */
export async function compareOn(of: Case, one: Answering, other: Answering): Promise<Comparison> {
  const [mine, answers] = await Promise.all([one.answers(of), other.answers(of)])
  return { difference: differenceOf(of, mine, answers), answers }
}
