import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateMessages } from '@cucumber/gherkin'
import { type Envelope, type GherkinDocument, type Pickle, SourceMediaType, type TestStepResultStatus } from '@cucumber/messages'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Hello } from '../protocol/messages.ts'
import { FORMAT } from '../report/log.ts'
import { type Log, readLog } from '../report/log-reader.ts'
import { LogWriter } from '../report/log-writer.ts'
import { reference } from '../requirements/profiles/reference.ts'
import { ENDING, type Ending, EXCHANGE, HELLO, OUTCOMES, type Outcomes, SUMMARY } from '../verdict/evidence.ts'
import { fingerprintOf, type KnownFailure } from '../verdict/known-failures.ts'
import { Recorder } from './recorder.ts'

const TEXT = `Feature: Counting
  Why we count.

  Background:
    Given Ada is attached

  @BRC-02
  Rule: The sum is never negative
    @BRC-02.1 @sees:queued
    Scenario Outline: <who> drops a reference
      When <who> drops a reference
        | a | b |
      Then it is queued
        """
        a text
        """
      Examples:
        | who |
        | Ben |
        | Dan |
`
const HELLO_BODY: Hello = {
  name: 'acme',
  version: '1',
  protocol: 1,
  profiles: [{ chapter: 'brc', level: 'core' }],
  depth: 'stepped',
  parameters: reference.parameters,
}
const SUMMARY_BODY = { checks: 1, witnesses: ['queued'], missing: [] }
const NOW = { seconds: 0, nanos: 0 }

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ftspec-recorder-'))
  file = join(folder, 'events.ndjson')
})
afterEach(() => rmSync(folder, { recursive: true }))

/** The test runner, as far as the recorder hears of it: hooks around the steps of each pickle. */
class Runner {
  readonly told: string[] = []
  readonly log: LogWriter
  readonly recorder: Recorder
  readonly pickles: Pickle[] = []

  constructor(claimed = true, known: readonly KnownFailure[] = []) {
    this.log = new LogWriter(file, {
      record: 'header',
      format: FORMAT,
      suite: '0.0.0',
      started: '2026-11-22T12:00:00Z',
      command: null,
      selection: { chapters: [], requirements: [] },
      chapters: [{ id: 'brc', title: 'Counting' }],
      planned: ['BRC-02.1#1', 'BRC-02.1#2'],
    })
    this.log.append({ record: 'requirement', id: 'BRC-02', chapter: 'brc', level: 'core', sentence: 'It counts.', sources: [] })
    this.recorder = new Recorder(
      this.log,
      { claims: () => claimed, known: new Map(known.map((entry) => [entry.id, entry])) },
      {
        begin: ({ case: { id } }) => this.told.push(`${id} begins`),
        end: ({ case: { id } }, { verdict }) => this.told.push(`${id}: ${verdict}`),
      },
    )
    this.#describe()
  }

  /** Runs the nth pickle. `results` are of Before, the steps and After; what is not said passes. */
  run(index: number, results: readonly Partial<Result>[] = []): void {
    const started = `started-${index}`
    this.take({ testCaseStarted: { id: started, testCaseId: `case-${index}`, attempt: 0, timestamp: NOW } })
    for (const [step, testStepId] of ['before', 'given', 'when', 'then', 'after'].map((name) => `${name}-${index}`).entries()) {
      const { status = 'PASSED', error, attached = [] } = results[step] ?? {}
      for (const [mediaType, body] of attached) {
        this.take({ attachment: { mediaType, body: JSON.stringify(body), contentEncoding: 'IDENTITY' as never, testStepId } })
      }
      const exception = error && { type: error[0], ...(error[1] !== undefined && { message: error[1] }) }
      const testStepResult = {
        status: status as TestStepResultStatus,
        duration: { seconds: 0, nanos: 2_000_000 },
        ...(exception && { exception }),
      }
      this.take({ testStepFinished: { testCaseStartedId: started, testStepId, timestamp: NOW, testStepResult } })
    }
    this.take({ testCaseFinished: { testCaseStartedId: started, timestamp: NOW, willBeRetried: false } })
  }

  take(envelope: Envelope): void {
    this.recorder.take(envelope)
  }

  finish(): Log {
    this.log.finish(new Date('2026-11-22T12:00:01Z'), 1000)
    return readLog(file)
  }

  #describe(): void {
    let id = 0
    const options = {
      defaultDialect: 'en',
      includeSource: true,
      includeGherkinDocument: true,
      includePickles: true,
      newId: () => String(id++),
    }
    const messages = generateMessages(TEXT, 'features\\brc\\counting.feature', SourceMediaType.TEXT_X_CUCUMBER_GHERKIN_PLAIN, options)
    for (const message of messages) {
      this.take(message)
      if (message.pickle) this.pickles.push(message.pickle)
    }
    this.take({ gherkinDocument: { comments: [], uri: 'features/empty.feature' } as GherkinDocument })
    for (const [hook, type] of [
      ['hook-before', 'BEFORE_TEST_CASE'],
      ['hook-after', 'AFTER_TEST_CASE'],
    ] as const) {
      this.take({ hook: { id: hook, type: type as never, sourceReference: {} } })
    }
    for (const [index, pickle] of this.pickles.entries()) {
      const steps = pickle.steps.map(({ id: pickleStepId }, step) => ({ id: `${['given', 'when', 'then'][step]}-${index}`, pickleStepId }))
      const testSteps = [{ id: `before-${index}`, hookId: 'hook-before' }, ...steps, { id: `after-${index}`, hookId: 'hook-after' }]
      this.take({ testCase: { id: `case-${index}`, pickleId: pickle.id, testSteps } })
    }
  }
}

interface Result {
  status: 'PASSED' | 'FAILED' | 'SKIPPED'
  error: readonly [type: string, message?: string]
  attached: readonly (readonly [mediaType: string, body: unknown])[]
}

const exchange = {
  method: 'step',
  request: { actor: 'Ben', op: 'object.decref', args: { object: 'it' } },
  reply: { status: 'ok', facts: {}, events: [] },
}

const outcomes: Outcomes = {
  how: 'sampled',
  complete: false,
  failed: false,
  schedules: 7,
  rows: [{ words: ['freed'], grade: 'expected', times: 7 }],
  extent: 'sampled, 1 of 1 expected outcomes seen in 7 runs',
}

test('a scenario is written down with everything that was said about it, and judged', () => {
  const runner = new Runner()
  runner.run(0, [
    { attached: [[HELLO, HELLO_BODY]] },
    {},
    { attached: [[EXCHANGE, exchange]] },
    { attached: [[OUTCOMES, outcomes]] },
    { attached: [[SUMMARY, SUMMARY_BODY]] },
  ])
  runner.run(1, [{ attached: [[HELLO, HELLO_BODY]] }])
  const { hello, scenarios, faults, complete } = runner.finish()
  expect({ faults, complete }).toEqual({ faults: [], complete: true })
  expect(hello).toEqual(HELLO_BODY)
  expect(scenarios[0]?.start).toMatchObject({
    feature: { name: 'Counting', prose: 'Why we count.', file: 'features/brc/counting.feature' },
    rule: { name: 'The sum is never negative', prose: '' },
    name: 'Ben drops a reference',
    line: 10,
    tags: ['@BRC-02', '@BRC-02.1', '@sees:queued'],
  })
  expect(scenarios[0]?.steps.map(({ keyword, text, table, docString }) => ({ keyword, text, table, docString }))).toEqual([
    { keyword: 'Given', text: 'Ada is attached', table: undefined, docString: undefined },
    { keyword: 'When', text: 'Ben drops a reference', table: [['a', 'b']], docString: undefined },
    { keyword: 'Then', text: 'it is queued', table: undefined, docString: 'a text' },
  ])
  expect(scenarios[0]?.steps.map(({ exchanges, outcomes }) => [exchanges, outcomes])).toEqual([
    [[], undefined],
    [[exchange], undefined],
    [[], outcomes],
  ])
  expect(scenarios[0]?.end).toMatchObject({ verdict: 'pass', summary: SUMMARY_BODY, duration: 10 })
  expect(scenarios[1]?.id).toBe('BRC-02.1#2')
  expect(runner.told).toEqual(['BRC-02.1#1 begins', 'BRC-02.1#1: pass', 'BRC-02.1#2 begins', 'BRC-02.1#2: pass'])
  expect(runner.recorder.trouble).toBeUndefined()
})

test('the first thing that went wrong makes the verdict, and a hook that went wrong is told', () => {
  const ending: Ending = { ending: 'failure', verdict: 'timeout', message: 'no answer', during: 'open', stderr: 'last words' }
  const runner = new Runner()
  const skipped = { status: 'SKIPPED' } as const
  runner.run(0, [{ status: 'FAILED', error: ['SubjectFailure', 'no answer'], attached: [[ENDING, ending]] }, skipped, skipped, skipped])
  runner.run(1, [
    {},
    {},
    { status: 'FAILED', error: ['AssertionError'] },
    skipped,
    { status: 'FAILED', error: ['AssertionError', 'later'] },
  ])
  const { scenarios } = runner.finish()
  expect(scenarios[0]?.end).toMatchObject({ verdict: 'timeout', reason: 'no answer (during open)', stderr: 'last words' })
  expect(scenarios[0]?.steps[0]).toMatchObject({ keyword: 'Before', text: 'the scenario opens', status: 'failed', error: 'no answer' })
  expect(scenarios[1]?.end).toMatchObject({ verdict: 'fail', reason: '' })
  expect(scenarios[1]?.steps.at(-1)).toMatchObject({ keyword: 'After', text: 'the scenario closes', error: 'later' })
})

test('what a subject does not claim is unsupported, whatever it came to', () => {
  const runner = new Runner(false)
  runner.run(0, [{ attached: [[HELLO, HELLO_BODY]] }, { status: 'FAILED', error: ['AssertionError', 'no'] }])
  expect(runner.told.at(-1)).toBe('BRC-02.1#1: unsupported')
})

test('a failure that is known is expected, and of a race that is sampled its numbers do not matter', () => {
  const failure = (text: string): Partial<Result>[] => [
    { attached: [[OUTCOMES, outcomes]] },
    { status: 'FAILED', error: ['AssertionError', text] },
  ]
  const known = { verdict: 'fail', sometimes: true, reason: 'why' } as const
  const fingerprint = fingerprintOf({ verdict: 'fail', reason: 'came 3 times' }, true)
  const runner = new Runner(true, [
    { ...known, id: 'BRC-02.1#1', fingerprint },
    { ...known, id: 'BRC-02.1#2', fingerprint },
  ])
  runner.run(0, failure('came 12 times'))
  runner.run(1, failure('never came'))
  expect(runner.told.filter((told) => told.includes(':'))).toEqual(['BRC-02.1#1: expected-failure', 'BRC-02.1#2: fail'])
})

test('a subject that never said what it claims is held to everything', () => {
  const runner = new Runner(false)
  runner.run(0, [{}, { status: 'FAILED', error: ['AssertionError', 'no'] }])
  expect(runner.told.at(-1)).toBe('BRC-02.1#1: fail')
})

test('what goes wrong outside the scenarios is kept, the first of it', () => {
  const runner = new Runner()
  const result = { status: 'FAILED' as TestStepResultStatus, duration: NOW, exception: { type: 'Error', message: 'no subject' } }
  runner.take({ testRunHookFinished: { testRunHookStartedId: 'hook', result, timestamp: NOW } })
  runner.take({ testRunFinished: { success: false, timestamp: NOW, exception: { type: 'Error', message: 'later' } } })
  expect(runner.recorder.trouble).toEqual({ type: 'Error', message: 'no subject' })
})

test('a runner that speaks of what has not begun, or of what was not described, is not believed', () => {
  const runner = new Runner()
  expect(() => runner.take({ testCaseFinished: { testCaseStartedId: 'x', timestamp: NOW, willBeRetried: false } })).toThrow('has not begun')
  const testCaseStarted = { id: 'x', testCaseId: 'unheard', attempt: 0, timestamp: NOW }
  expect(() => runner.take({ testCaseStarted })).toThrow('the test runner runs unheard, which is no scenario with an id')
})
