/**
 * What every step and hook is wrapped in: it makes of an error what it means for the scenario.
 */
import { Refusal, SubjectFailure } from '../src/subject/subject.ts'
import { ENDING, type Ending } from '../src/verdict/evidence.ts'
import { World } from './world.ts'

type Code = (...args: unknown[]) => unknown

/** The same, but what the subject does not offer skips the rest of the scenario, and a subject that failed is not asked again. */
export function guarded(code: Code): Code {
  return async function (this: unknown, ...args: unknown[]): Promise<unknown> {
    try {
      return await code.apply(this, args)
    } catch (error) {
      if (!(this instanceof World)) throw error
      if (error instanceof SubjectFailure) this.failure = error
      const ending = endingOf(error)
      if (ending && this.parameters.record) this.attach(JSON.stringify(ending), ENDING)
      if (ending?.ending === 'unsupported') return 'skipped'
      throw error
    }
  }
}

/** What an error says about the end of a scenario, if it is no ordinary failure of a check. */
function endingOf(error: unknown): Ending | undefined {
  if (error instanceof SubjectFailure) {
    const { verdict, message, during, stderr } = error
    return { ending: 'failure', verdict, message, during, stderr }
  }
  if (!(error instanceof Refusal)) return undefined
  const { code, message } = error
  if (code === 'unsupported') return { ending: 'unsupported', message }
  return code === 'died' ? { ending: 'failure', verdict: 'crash', message, during: 'a step', stderr: '' } : undefined
}
