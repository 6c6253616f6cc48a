import { expect, test } from 'vitest'
import { parseFeature, readFeatures } from '../requirements/features.ts'
import { ROOT } from './project.ts'
import { type RaceRun, raceCases, runRaces } from './race-runs.ts'

test('races are the scenarios whose actors race, with their rows', () => {
  const feature = parseFeature(
    `Feature: F
  @BRC-09
  Rule: R
    @BRC-09.1
    Example: No race
      When it happens
    @BRC-09.2
    Scenario Outline: <one>
      When these race:
        | <one> | detaches |
      Examples:
        | one |
        | Ada |
        | Ben |
`,
    'features/brc/f.feature',
  )
  expect(raceCases([feature]).map(({ case: { id }, file }) => [id, file])).toEqual([
    ['BRC-09.2#1', 'features/brc/f.feature'],
    ['BRC-09.2#2', 'features/brc/f.feature'],
  ])
})

// One run: a process can load the steps only once.
test('each race is told with what came of it, and one that cannot be run with the reason', async () => {
  const cases = raceCases(readFeatures(ROOT)).filter((one) => one.case.id === 'QSBR-02.7' || one.case.id === 'THREAD-05.14')
  const runs: RaceRun[] = []
  await runRaces(cases, { order: 'x1s9.nonsense' }, (run) => runs.push(run))
  expect(runs.map(({ id }) => id).sort()).toEqual(['QSBR-02.7', 'THREAD-05.14'])
  for (const { exchange, failure, duration } of runs) {
    expect(exchange).toBeUndefined()
    expect(failure).toContain('replay token')
    expect(duration).toBeGreaterThan(0)
  }
})
