/**
 * Runs scenarios against a program, several times in one process, and says what came of each.
 */
import { PassThrough } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { type ISupportCodeCoordinatesOrLibrary, runCucumber } from '@cucumber/cucumber/api'
import type * as messages from '@cucumber/messages'
import { runnerOptions } from '../cucumber.ts'
import { ENDING, Ending } from '../verdict/evidence.ts'
import { judge, type StepOutcome } from '../verdict/judge.ts'
import { requirementOf, scenarioIds } from '../verdict/tags.ts'
import type { Verdict } from '../verdict/verdict.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** What is to be run. */
export interface Asked {
  /** Scenarios, and requirements, of which all scenarios are meant. */
  readonly ids: readonly string[]
  /** The files of features in which they stand, relative to the project. */
  readonly files: readonly string[]
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
  #support: ISupportCodeCoordinatesOrLibrary | undefined

  /**
   * One call at a time.
   *
   * @returns the outcomes, in the order in which the scenarios ran.
   * @throws NotRun also if there is no scenario.
   */
  async run(asked: Asked): Promise<Outcome[]> {
    const listener = new Listener(asked.untilFirst)
    // Nobody reads it: the outcomes are made from the messages. The runner insists on a formatter that writes somewhere.
    const nowhere = new PassThrough().resume()
    const environment = { cwd: ROOT, stdout: nowhere, stderr: nowhere }
    const { ids, files, command, patience, untilFirst } = asked
    if (files.length === 0) throw new NotRun(`no feature holds ${ids.join(', ')}`)
    const options = runnerOptions({
      paths: files,
      tags: ids,
      parameters: { subject: command, patience, record: true },
      untilFirst,
      ...(this.#support && { support: this.#support }),
    })
    const { support } = await runCucumber(options, environment, (envelope) => listener.take(envelope))
    this.#support = support
    const { trouble, outcomes } = listener
    if (trouble !== undefined) throw new NotRun(trouble)
    if (outcomes.length === 0) throw new NotRun(`nothing was run of ${asked.ids.join(', ')}`)
    return outcomes
  }
}

/** Makes outcomes of what the test runner says. */
class Listener {
  readonly outcomes: Outcome[] = []
  /** Why some scenarios were not run, or say nothing about the subject. */
  trouble: string | undefined
  readonly #untilFirst: boolean
  /** The ids of the scenarios, by what the runner calls a scenario's text, its preparation and its run. */
  readonly #scenarios = new Map<string, string>()
  readonly #steps: StepOutcome[] = []
  #ending: Ending | undefined

  constructor(untilFirst: boolean) {
    this.#untilFirst = untilFirst
  }

  take(envelope: messages.Envelope): void {
    const { pickle, testCase, testCaseStarted, attachment, testStepFinished, testCaseFinished, testRunHookFinished, testRunFinished } =
      envelope
    const trouble = testRunHookFinished?.result.exception ?? testRunFinished?.exception
    if (trouble) this.trouble ??= trouble.message
    if (pickle) this.#scenarios.set(pickle.id, scenarioIds(pickle.tags.map(({ name }) => name)).join())
    if (testCase) this.#scenarios.set(testCase.id, this.#scenarios.get(testCase.pickleId) as string)
    if (testCaseStarted) this.#scenarios.set(testCaseStarted.id, this.#scenarios.get(testCaseStarted.testCaseId) as string)
    if (attachment?.mediaType === ENDING) this.#ending = Ending.parse(JSON.parse(attachment.body))
    if (testStepFinished) this.#step(testStepFinished)
    if (testCaseFinished) this.#end(this.#scenarios.get(testCaseFinished.testCaseStartedId) as string)
  }

  #step({ testStepResult: { status, exception } }: messages.TestStepFinished): void {
    const error = exception && { type: exception.type, message: String(exception.message) }
    this.#steps.push({ status: status.toLowerCase() as StepOutcome['status'], error, ending: this.#ending })
    this.#ending = undefined
  }

  #end(scenario: string): void {
    const steps = this.#steps.splice(0)
    // What comes after the first that did not pass is only skipped.
    if (this.#untilFirst && this.outcomes.some(({ verdict }) => verdict !== 'pass')) return
    const { verdict, reason = '' } = judge(steps, true)
    this.outcomes.push({ scenario, requirement: requirementOf(scenario), verdict, reason })
  }
}
