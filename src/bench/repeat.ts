/**
 * `npm run repeat -- 1000`: runs all stepped scenarios again and again against the reference, in
 * one process, and stops at the first whose verdict differs from the first run's. Races are left
 * out: in a race every order is tried anyway.
 */
import { Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { type IRunOptions, runCucumber } from '@cucumber/cucumber/api'
import type { Envelope } from '@cucumber/messages'
import { runnerOptions } from '../cucumber.ts'
import { STEPPED } from './stepped.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

const OPTIONS = runnerOptions({ paths: STEPPED, parameters: {} })

/** The worst status of each scenario's steps, by where the scenario stands. */
class Statuses {
  readonly byScenario = new Map<string, string>()
  readonly #pickles = new Map<string, string>()
  readonly #cases = new Map<string, string>()
  readonly #attempts = new Map<string, string>()

  take({ pickle, testCase, testCaseStarted, testStepFinished }: Envelope): void {
    if (pickle) this.#pickles.set(pickle.id, `${pickle.uri}: ${pickle.name} (${this.#pickles.size})`)
    if (testCase) this.#cases.set(testCase.id, this.#pickles.get(testCase.pickleId) as string)
    if (testCaseStarted) this.#attempts.set(testCaseStarted.id, this.#cases.get(testCaseStarted.testCaseId) as string)
    if (!testStepFinished) return
    const scenario = this.#attempts.get(testStepFinished.testCaseStartedId) as string
    const { status } = testStepFinished.testStepResult
    if (status !== 'PASSED' || !this.byScenario.has(scenario)) this.byScenario.set(scenario, status)
  }
}

const times = Number(process.argv[2] ?? 10)
if (!Number.isInteger(times) || times < 2) {
  process.stderr.write('How often? A whole number from 2, as in: npm run repeat -- 1000\n')
  process.exit(4)
}

const nobody = new Writable({ write: (_chunk, _encoding, done) => done() })
const environment = { cwd: ROOT, stdout: nobody }
let support: IRunOptions['support'] = OPTIONS.support
let first: Map<string, string> | undefined

for (let round = 1; round <= times; round++) {
  const statuses = new Statuses()
  const result = await runCucumber({ ...OPTIONS, support }, environment, (envelope) => statuses.take(envelope))
  support = result.support
  const seen = statuses.byScenario
  first ??= seen
  const differing = [...first].filter(([scenario, status]) => seen.get(scenario) !== status)
  for (const [scenario, status] of differing)
    process.stdout.write(`${scenario}: ${status} in run 1, ${seen.get(scenario)} in run ${round}\n`)
  if (differing.length > 0 || seen.size !== first.size) process.exit(1)
  if (round % 10 === 0 || round === times) process.stdout.write(`${round} runs of ${seen.size} scenarios, no verdict differs\n`)
}
