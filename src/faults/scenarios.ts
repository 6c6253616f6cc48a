/**
 * Runs scenarios against a program, several times in one process, and says what came of each.
 */
import { Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { type IRunOptions, type ISupportCodeCoordinatesOrLibrary, runCucumber } from '@cucumber/cucumber/api'
import type * as messages from '@cucumber/messages'
import { ENDING, Ending } from '../verdict/evidence.ts'
import { judge, type StepOutcome } from '../verdict/judge.ts'
import { requirementOf, scenarioIds } from '../verdict/tags.ts'
import type { Verdict } from '../verdict/verdict.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** What is to be run. */
export interface Asked {
  /** All scenarios of these. */
  readonly requirements: readonly string[]
  /** Starts the subject. */
  readonly command: string
  /** Multiplies every time limit of the subject. */
  readonly patience: number
  /** Whether to stop at the first scenario that does not pass. */
  readonly untilFirst: boolean
}

/** What came of one scenario, or one row of an outline. */
export interface Outcome {
  readonly scenario: string
  readonly requirement: string
  readonly verdict: Verdict
  /** Why, unless it is a pass. */
  readonly reason: string
}

/** The scenarios could not be run, or the subject could not be started. */
export class NotRun extends Error {
  override readonly name = 'NotRun'
}

export class Scenarios {
  /** Step files can be loaded only once in a process, so what came of that is kept. */
  #support: ISupportCodeCoordinatesOrLibrary = { importPaths: ['steps/**/!(*.test).ts'], requireModules: [], requirePaths: [], loaders: [] }

  /**
   * One call at a time.
   *
   * @returns the outcomes, in the order in which the scenarios ran.
   * @throws NotRun also if there is no scenario.
   */
  async run(asked: Asked): Promise<Outcome[]> {
    const listener = new Listener(asked.untilFirst)
    const nobody = new Writable({ write: (_chunk, _encoding, done) => done() })
    const environment = { cwd: ROOT, stdout: nobody, stderr: nobody }
    const { support } = await runCucumber(this.#options(asked), environment, (envelope) => listener.take(envelope))
    this.#support = support
    const { trouble, outcomes } = listener
    if (trouble !== undefined) throw new NotRun(trouble)
    if (outcomes.length === 0) throw new NotRun(`there are no scenarios of ${asked.requirements.join(', ')}`)
    return outcomes
  }

  #options({ requirements, command, patience, untilFirst }: Asked): IRunOptions {
    // A requirement's scenarios stand in the folder of its chapter.
    const folders = new Set(requirements.map((id) => id.slice(0, id.indexOf('-')).toLowerCase()))
    return {
      sources: {
        paths: [...folders].map((folder) => `features/${folder}/**/*.feature`),
        defaultDialect: 'en',
        names: [],
        tagExpression: requirements.map((id) => `@${id}`).join(' or '),
        order: 'defined',
      },
      support: this.#support,
      runtime: {
        dryRun: false,
        failFast: untilFirst,
        filterStacktraces: true,
        parallel: 0,
        retry: 0,
        retryTagFilter: '',
        strict: true,
        worldParameters: { subject: command, patience, record: true },
      },
      formats: { stdout: 'rerun', files: {}, publish: false, options: {} },
    }
  }
}

/** Makes outcomes of what the test runner says. */
class Listener {
  readonly outcomes: Outcome[] = []
  trouble: string | undefined
  readonly #untilFirst: boolean
  readonly #pickles = new Map<string, messages.Pickle>()
  readonly #testCases = new Map<string, messages.TestCase>()
  #scenario = ''
  #steps: StepOutcome[] = []
  #ending: Ending | undefined

  constructor(untilFirst: boolean) {
    this.#untilFirst = untilFirst
  }

  take({ pickle, testCase, testCaseStarted, attachment, testStepFinished, testCaseFinished, ...rest }: messages.Envelope): void {
    this.trouble ??= rest.parseError?.message ?? rest.testRunHookFinished?.result.message ?? rest.testRunFinished?.exception?.message
    if (pickle) this.#pickles.set(pickle.id, pickle)
    if (testCase) this.#testCases.set(testCase.id, testCase)
    if (testCaseStarted) this.#begin(testCaseStarted)
    if (attachment?.mediaType === ENDING) this.#ending = Ending.parse(JSON.parse(attachment.body))
    if (testStepFinished) this.#step(testStepFinished)
    if (testCaseFinished) this.#end()
  }

  #begin({ testCaseId }: messages.TestCaseStarted): void {
    const tags = this.#pickles.get(this.#testCases.get(testCaseId)?.pickleId ?? '')?.tags ?? []
    this.#scenario = scenarioIds(tags.map(({ name }) => name))[0] ?? ''
    this.#steps = []
  }

  #step({ testStepResult: { status, exception } }: messages.TestStepFinished): void {
    const error = exception && { type: exception.type, message: exception.message ?? '' }
    this.#steps.push({ status: status.toLowerCase() as StepOutcome['status'], error, ending: this.#ending })
    this.#ending = undefined
  }

  #end(): void {
    // The test runner only skips what comes after the first that did not pass.
    if (this.#untilFirst && this.outcomes.some(({ verdict }) => verdict !== 'pass')) return
    const { verdict, reason = '', stderr = '' } = judge(this.#steps, true)
    const scenario = this.#scenario
    this.outcomes.push({ scenario, requirement: requirementOf(scenario), verdict, reason })
    const ending = this.#steps.find((step) => step.ending)?.ending
    if (ending?.ending === 'failure' && UNSTARTED.has(ending.during)) this.trouble ??= `${reason}\n${stderr}`
  }
}

/** What was under way when a subject failed that had not begun to answer for anything. */
const UNSTARTED: ReadonlySet<string> = new Set(['start', 'hello'])
