import { expect, test } from 'vitest'
import { LogRecord, RequirementId, ScenarioId } from './log.ts'
import { HELLO, REQUIREMENTS, sampleHeader } from './sample/sample-log.ts'
import { SCENARIOS } from './sample/sample-scenarios.ts'

test('every record comes back from its line as it was', () => {
  const records = [
    sampleHeader(),
    { record: 'hello', hello: HELLO },
    ...REQUIREMENTS,
    ...SCENARIOS.flatMap(({ start, steps, end }) => [start, ...steps, end]),
    { record: 'footer', complete: true, planned: 1, run: 1, lost: 0, verdicts: { pass: 1 }, ended: '2026-11-22T15:20:04Z', duration: 3 },
  ]
  for (const record of records) expect(LogRecord.parse(JSON.parse(JSON.stringify(record)))).toEqual(record)
})

test('ids are those of the inventory and its scenarios', () => {
  expect(['BRC-01', 'THREAD-12'].every((id) => RequirementId.safeParse(id).success)).toBe(true)
  expect(['BRC-1', 'brc-01', 'BRC-01.1'].some((id) => RequirementId.safeParse(id).success)).toBe(false)
  expect(['BRC-01.1', 'BRC-01.12#3'].every((id) => ScenarioId.safeParse(id).success)).toBe(true)
  expect(['BRC-01', 'BRC-01.', 'BRC-01.1#', 'BRC-01.1 '].some((id) => ScenarioId.safeParse(id).success)).toBe(false)
})

test('a verdict that does not exist is not taken', () => {
  expect(LogRecord.safeParse({ record: 'scenario-end', id: 'BRC-01.1', verdict: 'fine', duration: 1 }).success).toBe(false)
})
