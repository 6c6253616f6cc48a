/**
 * Turns what the test runner says while it runs into the event log, one scenario after the other,
 * and judges each as soon as it has come to its end.
 */
import { strict as assert } from 'node:assert'
import type * as messages from '@cucumber/messages'
import { type Hello, methods } from '../protocol/messages.ts'
import { Exchange, Summary } from '../report/log.ts'
import type { LogWriter } from '../report/log-writer.ts'
import { ENDING, Ending, EXCHANGE, HELLO, OUTCOMES, Outcomes, SUMMARY } from '../verdict/evidence.ts'
import { type Judgement, judge, type StepOutcome } from '../verdict/judge.ts'
import { inTheLightOf, type KnownFailure } from '../verdict/known-failures.ts'
import type { Planned } from './selection.ts'
import { milliseconds, scenarioStart, TestSources } from './test-sources.ts'

/** Who wants to know about scenarios as they come and go. */
export interface Watcher {
  begin(scenario: Planned): void
  end(scenario: Planned, judgement: Judgement): void
}

/** What was thrown: the name of its class, and its message. */
export interface Trouble {
  readonly type: string
  readonly message: string
}

/** The scenario that is under way. */
interface UnderWay {
  readonly planned: Planned
  readonly pickle: messages.Pickle
  readonly testCase: messages.TestCase
  readonly outcomes: StepOutcome[]
  duration: number
  summary: Summary | undefined
  /** Whether chance had a part in it. */
  sampled: boolean
  step: Evidence
}

/** What a recorder asks when a scenario has come to its end. */
export interface Expectations {
  /** Whether a subject claims the requirement with that id. */
  claims(hello: Hello, requirement: string): boolean
  /** Scenarios that the subject is known to fail. */
  readonly known: ReadonlyMap<string, KnownFailure>
}

/** What was attached to the step that is under way. */
interface Evidence {
  readonly exchanges: Exchange[]
  outcomes?: Outcomes
  ending?: Ending
}

export class Recorder {
  readonly #log: LogWriter
  readonly #expectations: Expectations
  readonly #watcher: Watcher
  readonly #sources = new TestSources()
  #hello: Hello | undefined
  #current: UnderWay | undefined
  #trouble: Trouble | undefined

  constructor(log: LogWriter, expectations: Expectations, watcher: Watcher) {
    this.#log = log
    this.#expectations = expectations
    this.#watcher = watcher
  }

  /** What went wrong outside the scenarios, so that some of them may never have begun. */
  get trouble(): Trouble | undefined {
    return this.#trouble
  }

  /** Takes the next message of the test runner. What it says has been written when this returns. */
  take(envelope: messages.Envelope): void {
    this.#sources.take(envelope)
    const { testRunHookFinished, testRunFinished, testCaseStarted, attachment, testStepFinished, testCaseFinished } = envelope
    const exception = testRunHookFinished?.result.exception ?? testRunFinished?.exception
    if (exception) this.#trouble ??= { type: exception.type, message: String(exception.message) }
    if (testCaseStarted) this.#begin(testCaseStarted)
    if (attachment) this.#attach(attachment, this.#underWay())
    if (testStepFinished) this.#step(testStepFinished, this.#underWay())
    if (testCaseFinished) this.#end(this.#underWay())
  }

  #underWay(): UnderWay {
    assert(this.#current, 'the test runner speaks of a scenario that has not begun')
    return this.#current
  }

  #begin({ testCaseId }: messages.TestCaseStarted): void {
    const { planned, pickle, testCase } = this.#sources.testCase(testCaseId)
    this.#current = { planned, pickle, testCase, outcomes: [], duration: 0, summary: undefined, sampled: false, step: { exchanges: [] } }
    this.#log.append(scenarioStart(planned))
    this.#watcher.begin(planned)
  }

  #attach({ mediaType, body }: messages.Attachment, current: UnderWay): void {
    if (mediaType === HELLO) this.#greet(body)
    if (mediaType === EXCHANGE) current.step.exchanges.push(Exchange.parse(JSON.parse(body)))
    if (mediaType === OUTCOMES) current.step.outcomes = Outcomes.parse(JSON.parse(body))
    if (mediaType === SUMMARY) current.summary = Summary.parse(JSON.parse(body))
    if (mediaType === ENDING) current.step.ending = Ending.parse(JSON.parse(body))
  }

  #greet(body: string): void {
    if (this.#hello) return
    this.#hello = methods.hello.result.parse(JSON.parse(body))
    this.#log.append({ record: 'hello', hello: this.#hello })
  }

  #step({ testStepId, testStepResult }: messages.TestStepFinished, current: UnderWay): void {
    const { exchanges, outcomes, ending } = current.step
    const status = testStepResult.status.toLowerCase() as StepOutcome['status']
    const error = testStepResult.exception && { type: testStepResult.exception.type, message: testStepResult.exception.message ?? '' }
    const duration = milliseconds(testStepResult.duration)
    const { hook, ...text } = this.#sources.stepText(testStepId, current.testCase, current.pickle)
    // A hook is worth telling only if it did or said something.
    if (!hook || error || ending || exchanges.length > 0) {
      const scenario = current.planned.case.id
      const told = { ...(error && { error: error.message }), exchanges, ...(outcomes && { outcomes }) }
      this.#log.append({ record: 'step', scenario, ...text, status, ...told, duration })
    }
    current.outcomes.push({ status, error, ending })
    current.duration += duration
    current.sampled ||= outcomes?.how === 'sampled'
    current.step = { exchanges: [] }
  }

  #end({ planned, outcomes, summary, sampled, duration }: UnderWay): void {
    const { claims, known } = this.#expectations
    const claimed = !this.#hello || claims(this.#hello, planned.requirement)
    const judgement = inTheLightOf(known.get(planned.case.id), judge(outcomes, claimed), sampled)
    this.#log.append({ record: 'scenario-end', id: planned.case.id, ...judgement, ...(summary && { summary }), duration })
    this.#current = undefined
    this.#watcher.end(planned, judgement)
  }
}
