import { describe, expect, test } from 'vitest'
import type { Verdict } from '../verdict/verdict.ts'
import type { Fault } from './fault.ts'
import type { Job, Lane } from './lanes.ts'
import { type FaultResult, runFaults } from './run.ts'
import type { Outcome } from './scenarios.ts'

const faultOf = (id: string, requirement: string): Fault => ({
  id,
  title: '',
  requirement,
  shownBy: `${requirement}.1`,
  file: '',
  text: '',
  replacement: '',
  why: '',
})
const FAULTS = [faultOf('one', 'QSBR-01'), faultOf('other', 'BRC-03')]

const outcome = (scenario: string, verdict: Verdict): Outcome => ({
  scenario,
  requirement: scenario.slice(0, scenario.lastIndexOf('.')),
  verdict,
  reason: verdict === 'pass' ? '' : `${scenario} says so`,
})

/** Runs the two faults on lanes that answer what the test says, by fault. */
async function results(
  answers: Record<string, Outcome[]>,
  everywhere = false,
  faults: readonly Fault[] = FAULTS,
): Promise<{ results: FaultResult[]; jobs: Job[]; open: number }> {
  const results: FaultResult[] = []
  const jobs: Job[] = []
  let open = 0
  const openFake = (): Lane => {
    open += 1
    return {
      async run(job) {
        jobs.push(job)
        return answers[job.fault ?? 'none'] ?? [outcome('QSBR-01.1', 'pass')]
      },
      async end() {
        open -= 1
      },
    }
  }
  await runFaults(faults, (result) => results.push(result), { everywhere, open: openFake })
  return { results, jobs, open }
}

test('each fault is held against the scenario that is said to show it, and the reference against all of those', async () => {
  const { jobs, open } = await results({})
  expect(jobs.filter(({ fault }) => fault !== undefined)).toEqual([
    { fault: 'one', ids: ['QSBR-01.1'], files: ['features/qsbr/goals.feature'], untilFirst: true },
    { fault: 'other', ids: ['BRC-03.1'], files: ['features/brc/merge-request.feature'], untilFirst: true },
  ])
  expect(jobs.find(({ fault }) => fault === undefined)).toEqual({
    fault: undefined,
    ids: ['QSBR-01.1', 'BRC-03.1'],
    files: ['features/brc/merge-request.feature', 'features/qsbr/goals.feature'],
    untilFirst: false,
  })
  expect(open).toBe(0)
})

test.for(['fail', 'crash', 'timeout', 'protocol-violation'] as const)(
  'a fault is caught by a scenario that comes to %s',
  async (verdict) => {
    const noticing = outcome('QSBR-01.2', verdict)
    const { results: found } = await results({ one: [outcome('QSBR-01.1', 'pass'), noticing] })
    expect(found).toMatchObject([
      { fault: FAULTS[0], caught: true, way: 'step by step', noticed: noticing, failed: ['QSBR-01'] },
      { fault: FAULTS[1], caught: false, way: undefined, noticed: undefined, failed: [] },
    ])
  },
)

test.for(['error', 'skipped'] as const)('a scenario that comes to %s catches nothing, and is told', async (verdict) => {
  const noticing = outcome('QSBR-01.2', verdict)
  const { results: found } = await results({ one: [noticing] })
  expect(found[0]).toMatchObject({ caught: false, way: undefined, noticed: noticing, failed: ['QSBR-01'] })
})

describe('a fault that a race is said to show', () => {
  const RACING: Fault = { ...faultOf('race', 'QSBR-02'), shownBy: 'QSBR-02.7' }
  const race = outcome('QSBR-02.7', 'fail')
  const turn = outcome('QSBR-02.1', 'fail')

  test('is caught in a race unless a scenario in which actors take turns fails too', async () => {
    const only = await results({ race: [race, outcome('QSBR-02.1', 'pass')] }, false, [RACING])
    expect(only.results).toMatchObject([{ caught: true, way: 'in a race', noticed: race }])
    const both = await results({ race: [race, turn] }, false, [RACING])
    expect(both.results).toMatchObject([{ caught: true, way: 'step by step', noticed: turn }])
  })
})

test('everywhere, all scenarios of all requirements are run, and those of others do not catch', async () => {
  const { results: found, jobs } = await results(
    {
      one: [outcome('QSBR-01.1', 'fail'), outcome('DFREE-01.1', 'fail'), outcome('BRC-01.1', 'fail'), outcome('BRC-01.2', 'fail')],
      other: [outcome('QSBR-01.1', 'fail')],
    },
    true,
  )
  expect(found).toMatchObject([
    { caught: true, noticed: { scenario: 'QSBR-01.1' }, failed: ['BRC-01', 'QSBR-01', 'DFREE-01'] },
    { caught: false, noticed: { scenario: 'QSBR-01.1' }, failed: ['QSBR-01'] },
  ])
  expect(jobs.every(({ ids, untilFirst }) => ids.length > 30 && !untilFirst)).toBe(true)
})

test('if the reference itself does not pass, nothing can be said about faults', async () => {
  const running = results({ none: [outcome('BRC-03.1', 'pass'), outcome('BRC-03.2', 'fail')] })
  await expect(running).rejects.toThrow('without any fault, BRC-03.2 comes to fail: BRC-03.2 says so')
})
