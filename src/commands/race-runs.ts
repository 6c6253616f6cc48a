/**
 * Runs scenarios whose actors race against the reference, and tells what came of each race.
 */
import { Writable } from 'node:stream'
import { runCucumber } from '@cucumber/cucumber/api'
import type * as messages from '@cucumber/messages'
import { runnerOptions } from '../cucumber.ts'
import type { Progress } from '../explore/explore.ts'
import type { RaceSample } from '../protocol/messages.ts'
import { RaceExchange } from '../report/log.ts'
import type { Case, Feature } from '../requirements/features.ts'
import { EXPLORING } from '../subject/reference/race.ts'
import { EXCHANGE } from '../verdict/evidence.ts'
import { scenarioIds } from '../verdict/tags.ts'
import { ROOT } from './project.ts'

/** A scenario whose actors race, and where it stands. */
export interface RaceCase {
  readonly case: Case
  readonly file: string
}

/** What came of one race. */
export interface RaceRun {
  readonly id: string
  /** Absent if the scenario did not come as far as its race. */
  readonly exchange: RaceExchange | undefined
  /** Why the scenario failed, if it did. */
  readonly failure: string | undefined
  /** Milliseconds that its steps took, the race among them. */
  readonly duration: number
}

/** Who wants to know about races as they are run. */
export interface RaceWatcher {
  /** A scenario begins. */
  begin?(id: string): void
  /** How far its race has come. */
  progress?(progress: Progress): void
  /** It has come to its end. */
  end(run: RaceRun): void
}

/** The scenarios of these features in which actors race, in the order in which they stand. */
export function raceCases(features: readonly Feature[]): RaceCase[] {
  return features.flatMap(({ file, rules }) =>
    rules.flatMap(({ scenarios }) =>
      scenarios.filter(({ races }) => races).flatMap(({ cases }) => cases.map((one) => ({ case: one, file }))),
    ),
  )
}

/** World parameters that concern races; see `steps/world.ts`. */
export interface RaceParameters {
  readonly order?: string
  readonly bound?: number
  readonly budget?: number
  readonly repeat?: number
  readonly sample?: RaceSample
  readonly seed?: string
}

/** Exploring takes as long as it takes: nobody waits for it but the user. */
const PATIENCE = 1000

/** Runs races; see `runRaces`. */
export type RaceRunner = (cases: readonly RaceCase[], parameters: RaceParameters, watcher: RaceWatcher) => Promise<void>

/** @throws Error if the scenarios could not be run. */
export function runRaces(cases: readonly RaceCase[], parameters: RaceParameters, watcher: RaceWatcher): Promise<void> {
  return whileWatched(watcher, () => runScenarios(cases, parameters, new Listener(watcher)))
}

/** Tells the watcher how far races have come that are explored meanwhile, if it wants to know. */
export async function whileWatched({ progress }: Pick<RaceWatcher, 'progress'>, run: () => Promise<void>): Promise<void> {
  if (!progress) return run()
  const tell = (come: unknown): void => progress(come as Progress)
  EXPLORING.subscribe(tell)
  try {
    await run()
  } finally {
    EXPLORING.unsubscribe(tell)
  }
}

async function runScenarios(cases: readonly RaceCase[], parameters: RaceParameters, listener: Listener): Promise<void> {
  const nobody = new Writable({ write: (_chunk, _encoding, done) => done() })
  const { success } = await runCucumber(
    runnerOptions({
      paths: cases.map(({ case: { line }, file }) => `${file}:${line}`),
      parameters: { record: true, patience: PATIENCE, ...parameters },
    }),
    { cwd: ROOT, stdout: nobody },
    (envelope) => listener.take(envelope),
  )
  if (!success && listener.runs < cases.length) throw new Error(listener.trouble ?? 'the scenarios could not be run')
}

class Listener {
  readonly #watcher: RaceWatcher
  readonly #ids = new Map<string, string>()
  #exchange: RaceExchange | undefined
  #failure: string | undefined
  #duration = 0
  /** Scenarios that came to their end. */
  runs = 0
  /** What went wrong outside the scenarios. */
  trouble: string | undefined

  constructor(watcher: RaceWatcher) {
    this.#watcher = watcher
  }

  take({ pickle, testCase, testCaseStarted, attachment, testStepFinished, testCaseFinished, testRunFinished }: messages.Envelope): void {
    if (pickle) this.#ids.set(pickle.id, scenarioIds(pickle.tags.map(({ name }) => name)).join())
    if (testCase) this.#ids.set(testCase.id, this.#ids.get(testCase.pickleId) as string)
    if (testCaseStarted) this.#begin(testCaseStarted)
    if (attachment?.mediaType === EXCHANGE) this.#exchanged(JSON.parse(attachment.body))
    if (testStepFinished) this.#step(testStepFinished.testStepResult)
    if (testCaseFinished) this.#end(this.#ids.get(testCaseFinished.testCaseStartedId) as string)
    this.trouble ??= testRunFinished?.exception?.message
  }

  #begin({ id: started, testCaseId }: messages.TestCaseStarted): void {
    const id = this.#ids.get(testCaseId) as string
    this.#ids.set(started, id)
    this.#watcher.begin?.(id)
  }

  #exchanged(exchange: { readonly method: string }): void {
    // What comes after it is only an order that it came to, shown once more.
    if (exchange.method === 'race') this.#exchange ??= RaceExchange.parse(exchange)
  }

  #step({ exception, duration: { seconds, nanos } }: messages.TestStepResult): void {
    this.#duration += seconds * 1000 + nanos / 1e6
    this.#failure ??= exception?.message
  }

  #end(id: string): void {
    this.runs += 1
    this.#watcher.end({ id, exchange: this.#exchange, failure: this.#failure, duration: this.#duration })
    this.#exchange = undefined
    this.#failure = undefined
    this.#duration = 0
  }
}
