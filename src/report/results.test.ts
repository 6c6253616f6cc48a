import { expect, test } from 'vitest'
import { resultsOf, totalsOf } from './results.ts'
import { sampleLog, sampleResults } from './sample/sample-log.ts'
import { SCENARIOS } from './sample/sample-scenarios.ts'
import { scenario } from './sample/sample-steps.ts'

test('chapters come in the order of the book, with every requirement of the log', () => {
  const { chapters, log } = sampleResults()
  expect(chapters.map(({ id }) => id)).toEqual(log.header.chapters.map(({ id }) => id))
  expect(chapters.flatMap(({ requirements }) => requirements.map(({ id }) => id)).sort()).toEqual(
    log.requirements.map(({ id }) => id).sort(),
  )
})

test('a chapter of which the log says nothing is left out', () => {
  const log = sampleLog()
  const { chapters } = resultsOf({ ...log, requirements: log.requirements.filter(({ chapter }) => chapter === 'brc') })
  expect(chapters.map(({ id }) => id)).toEqual(['brc'])
})

test('a whole is as good as the worst of its parts, and nothing is not a pass', () => {
  const { chapters } = sampleResults({
    scenarios: [
      scenario('BRC-01.1', '', 'good', []),
      scenario('BRC-02.1', '', 'good', []),
      scenario('BRC-02.2', '', 'bad', [], { verdict: 'fail' }),
    ],
  })
  const brc = chapters.find(({ id }) => id === 'brc')
  expect(brc?.requirements.map(({ id, verdict }) => `${id} ${verdict}`).slice(0, 3)).toEqual([
    'BRC-01 pass',
    'BRC-02 fail',
    'BRC-03 not-run',
  ])
  expect(brc?.verdict).toBe('fail')
  expect(chapters.find(({ id }) => id === 'heap')?.verdict).toBe('not-run')
})

test('a scenario that the run never came to is not run, and one under way is an error', () => {
  const log = sampleLog({ scenarios: [scenario('BRC-01.1', '', 'begun', [])], lost: ['BRC-01.2'], ends: false })
  const begun = log.scenarios.map((one) => ({ ...one, end: undefined }))
  const { scenarios, lost } = resultsOf({ ...log, scenarios: begun })
  expect(scenarios.map(({ verdict }) => verdict)).toEqual(['error', 'not-run'])
  expect(scenarios.map(({ reason }) => reason)).toEqual([expect.stringContaining('under way'), expect.stringContaining('before')])
  expect(lost).toBe(2)
})

test('totals go from the worst to the best and leave out what nobody got', () => {
  const { totals } = sampleResults()
  expect([...totals.keys()].slice(0, 2)).toEqual(['crash', 'timeout'])
  expect([...totals.keys()].at(-1)).toBe('pass')
  expect([...totals.values()].reduce((sum, count) => sum + count)).toBe(SCENARIOS.length)
  expect(totalsOf([]).size).toBe(0)
})
