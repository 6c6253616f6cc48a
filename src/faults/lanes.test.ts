import { expect, test } from 'vitest'
import { scenariosByKind } from './kinds.ts'
import { type Job, type Lane, openLane, runJobs } from './lanes.ts'
import type { Outcome } from './scenarios.ts'

const FILES = scenariosByKind().filesOf(['QSBR-01'])
const job = (fault: string): Job => ({ fault, ids: ['QSBR-01'], files: FILES, untilFirst: true })
const outcomes = (scenario: string): Outcome[] => [{ scenario, requirement: 'QSBR-01', verdict: 'pass', reason: '' }]

/** A lane whose jobs take as long as the test says. */
class FakeLane implements Lane {
  readonly begun: string[] = []
  ended = false
  readonly #waiting = new Map<string, PromiseWithResolvers<Outcome[]>>()

  run({ fault }: Job): Promise<Outcome[]> {
    const name = fault as string
    this.begun.push(name)
    const waiting = Promise.withResolvers<Outcome[]>()
    this.#waiting.set(name, waiting)
    return waiting.promise
  }

  async end(): Promise<void> {
    this.ended = true
  }

  finish(name: string): Promise<unknown> {
    this.#waiting.get(name)?.resolve(outcomes(name))
    return new Promise(setImmediate)
  }

  fail(name: string): void {
    this.#waiting.get(name)?.reject(new Error(`${name} could not be run`))
  }
}

test('a lane that is free takes the next job, and the outcomes are told in the order of the jobs', async () => {
  const [one, other] = [new FakeLane(), new FakeLane()]
  const told: string[] = []
  const running = runJobs(['a', 'b', 'c', 'd'].map(job), [one, other], (index, [outcome]) => told.push(`${index} ${outcome?.scenario}`))
  await other.finish('b')
  await other.finish('c')
  expect([one.begun, other.begun]).toEqual([['a'], ['b', 'c', 'd']])
  expect(told).toEqual([])
  await one.finish('a')
  expect(told).toEqual(['0 a', '1 b', '2 c'])
  await other.finish('d')
  await running
  expect(told).toEqual(['0 a', '1 b', '2 c', '3 d'])
  expect([one.ended, other.ended]).toEqual([true, true])
})

test('a job that could not be run ends all lanes, and says why', async () => {
  const [one, other] = [new FakeLane(), new FakeLane()]
  const running = runJobs(['a', 'b', 'c'].map(job), [one, other], () => {})
  other.fail('b')
  await expect(running).rejects.toThrow('b could not be run')
  expect([one.ended, other.ended]).toEqual([true, true])
})

const PATIENT = 60_000

test('a lane runs one job after the other, each against a subject of its own', { timeout: PATIENT }, async () => {
  const lane = openLane({ patience: 3 })
  const sound: Job = { fault: undefined, ids: ['QSBR-01'], files: FILES, untilFirst: false }
  const passed = await lane.run(sound)
  expect(passed.length).toBeGreaterThan(3)
  expect(passed.filter(({ verdict, requirement }) => verdict !== 'pass' || requirement !== 'QSBR-01')).toEqual([])

  const first = await lane.run(job('polled-while-detached'))
  expect(first.at(-1)).toEqual({
    scenario: 'QSBR-01.6',
    requirement: 'QSBR-01',
    verdict: 'fail',
    reason: expect.stringContaining('misuse'),
  })
  expect(first.slice(0, -1).every(({ verdict }) => verdict === 'pass')).toBe(true)

  expect(await lane.run(sound)).toEqual(passed)
  await lane.end()
})

test('what cannot be run is no verdict about the runtime, but an error that says why, and costs the lane nothing', {
  timeout: PATIENT,
}, async () => {
  const lane = openLane({ patience: 3 })
  await expect(lane.run(job('no-such-fault'))).rejects.toThrow('there is no fault no-such-fault')
  await expect(lane.run({ ...job('goal-of-before'), ids: ['QSBR-01.99'] })).rejects.toThrow('nothing was run of QSBR-01.99')
  await expect(lane.run({ ...job('goal-of-before'), files: [] })).rejects.toThrow('no feature holds QSBR-01')
  expect(await lane.run(job('goal-of-before'))).toMatchObject([{ scenario: 'QSBR-01.1', verdict: 'fail' }])
  await lane.end()
})

test('what goes wrong around the scenarios is told', { timeout: PATIENT }, async () => {
  const lane = openLane({ patience: 0 })
  await expect(lane.run(job('goal-of-before'))).rejects.toThrow('limits are multiplied by a number above 0')
  await lane.end()
})

test('a lane that ends gives its job up', { timeout: PATIENT }, async () => {
  const lane = openLane({ patience: 3 })
  const running = expect(lane.run(job('goal-of-before'))).rejects.toThrow('the lane has ended')
  await lane.end()
  await running
})
