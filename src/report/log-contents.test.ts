import { beforeEach, describe, expect, test } from 'vitest'
import type { Footer, LogRecord } from './log.ts'
import { LogContents } from './log-contents.ts'
import { HELLO, REQUIREMENTS, sampleHeader } from './sample/sample-log.ts'
import { scenario } from './sample/sample-steps.ts'

const { start, end } = scenario('BRC-01.1', 'a rule', 'a scenario', [])
const step: LogRecord = { record: 'step', scenario: start.id, keyword: 'When', text: 'it', status: 'passed', exchanges: [], duration: 1 }
const footer: Footer = {
  record: 'footer',
  complete: true,
  planned: 1,
  run: 1,
  lost: 0,
  verdicts: { pass: 1 },
  ended: '2026-11-22T15:20:04Z',
  duration: 3,
}
const requirement = REQUIREMENTS.find(({ id }) => id === start.requirement) as LogRecord

let contents: LogContents
beforeEach(() => {
  contents = new LogContents(sampleHeader({ scenarios: [{ start, steps: [], end }] }))
})
const take = (...records: LogRecord[]): (string | undefined)[] => records.map((record) => contents.take(record))

test('records in their order are taken without a word', () => {
  const problems = take(requirement, { record: 'hello', hello: HELLO }, start, step, end, footer)
  expect(problems).toEqual(Array(6).fill(undefined))
  expect(contents.scenarios).toEqual([{ id: 'BRC-01.1', requirement: 'BRC-01', start, steps: [step], end }])
  expect(contents.hello).toEqual(HELLO)
})

test('what was planned and did not happen is there, without a beginning', () => {
  expect(contents.scenarios).toEqual([{ id: 'BRC-01.1', requirement: 'BRC-01', start: undefined, steps: [], end: undefined }])
  expect(contents.counts).toEqual({ planned: 1, run: 0, lost: 1, verdicts: {} })
})

describe('a record that may not come here is named', () => {
  test.each<[string, LogRecord[]]>([
    ['a second header', [sampleHeader()]],
    [
      'a second hello',
      [
        { record: 'hello', hello: HELLO },
        { record: 'hello', hello: HELLO },
      ],
    ],
    ['a record after the footer', [requirement, start, end, footer, step]],
    ['scenario BRC-01.1 starts twice', [requirement, start, start]],
    ['a step of scenario BRC-01.1, which is not under way', [requirement, step]],
    ['a step of scenario BRC-01.1, which is not under way', [requirement, start, end, step]],
    ['the end of scenario BRC-01.1, which is not under way', [requirement, end]],
    ['the end of scenario BRC-01.1, which is not under way', [requirement, start, end, end]],
    ['scenario BRC-02.1 was never planned', [{ ...start, id: 'BRC-02.1' }]],
    ['scenario BRC-01.1 is of requirement BRC-01, which is not in the log', [start]],
    [
      'the footer counts 2 planned, 1 run, 1 lost, 1 fail; the records before it are 1 planned, 1 run, 0 lost, 1 pass',
      [requirement, start, end, { ...footer, planned: 2, lost: 1, verdicts: { fail: 1 } }],
    ],
  ])('%s', (problem, records) => {
    expect(take(...records).at(-1)).toBe(problem)
  })

  test('a requirement of a chapter that the header does not name', () => {
    contents = new LogContents({ ...sampleHeader(), chapters: [] })
    expect(take(requirement)).toEqual(['requirement BRC-01 is of chapter brc, which the header does not name'])
  })
})
