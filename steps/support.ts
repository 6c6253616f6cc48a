/**
 * The life of a scenario around its steps: one subject for all of them, a fresh runtime for each.
 */
import {
  After,
  AfterAll,
  Before,
  BeforeAll,
  defineParameterType,
  setDefaultTimeout,
  setDefinitionFunctionWrapper,
  setWorldConstructor,
} from '@cucumber/cucumber'
import { connectIsolated, Isolation } from '../src/subject/isolation.ts'
import { LIMITS, scaled } from '../src/subject/isolation-limits.ts'
import { Refusal, type Subject, SubjectFailure } from '../src/subject/subject.ts'
import { ENDING, type Ending, HELLO } from '../src/verdict/evidence.ts'
import { scenarioIds, settings, witnesses } from '../src/verdict/tags.ts'
import { ACTOR, actorsIn } from './actors.ts'
import { type Parameters, World } from './world.ts'

/** No step has a time limit of its own: whoever talks to the subject knows how long it may take. */
const NO_LIMIT = -1

/** No subject of this version draws anything by chance, so every scenario gets the same. */
const SEED = '1'

let subject: Subject

setWorldConstructor(World)
setDefaultTimeout(NO_LIMIT)
defineParameterType({ name: 'actor', regexp: ACTOR, transformer: (name: string) => name })

// What a subject does not offer skips the rest of the scenario; a subject that failed is not asked again.
setDefinitionFunctionWrapper(
  (code: (...args: unknown[]) => unknown) => {
    async function wrapped(this: unknown, ...args: unknown[]): Promise<unknown> {
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
    // Cucumber tells from the number of parameters whether a step gets what it asks for.
    return Object.defineProperty(wrapped, 'length', { value: code.length })
  },
)

BeforeAll(async function (this: { parameters: Parameters }) {
  subject = await connect(this.parameters)
})

AfterAll(async () => {
  await subject?.end()
})

Before(async function (this: World, { pickle }) {
  const tags = pickle.tags.map(({ name }) => name)
  await subject.request('open', {
    scenario: scenarioIds(tags)[0] ?? pickle.name,
    actors: actorsIn(pickle.steps.flatMap(({ text, argument }) => [text, ...cells(argument)])),
    ...settings(tags),
    seed: SEED,
  })
  this.use(subject)
  if (this.parameters.record) this.attach(JSON.stringify(subject.hello), HELLO)
})

After(async function (this: World, { pickle, result }) {
  const seen = witnesses(pickle.tags.map(({ name }) => name))
  if (!this.open) return this.summarize(undefined, seen)
  // What is left after a scenario that broke off says nothing: only the first failure does.
  const passed = !result || result.status === 'PASSED'
  const unwound = passed ? await this.windDown() : undefined
  const { census } = await subject.request('close', {})
  if (unwound instanceof Error || !passed) this.summarize(census, seen)
  if (unwound instanceof Error) throw unwound
  if (passed) this.conclude(census, seen)
})

async function connect({ subject: command, patience = 1 }: Parameters): Promise<Subject> {
  const limits = scaled(LIMITS, patience)
  if (command !== undefined) return connectIsolated(command, limits)
  const { connectReference } = await import('../src/subject/reference.ts')
  return new Isolation(() => connectReference(), limits)
}

/** What a thrown error says about the end of a scenario, if it is no ordinary failure of a check. */
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

/** The texts in a step's table, whose cells name actors too. */
function cells(argument: { dataTable?: { rows: readonly { cells: readonly { value: string }[] }[] } } | undefined): string[] {
  return argument?.dataTable?.rows.flatMap((row) => row.cells.map(({ value }) => value)) ?? []
}
