import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { LogWriter } from './log-writer.ts'
import { REQUIREMENTS, sampleHeader } from './sample/sample-log.ts'
import { scenario } from './sample/sample-steps.ts'

const one = scenario('BRC-01.1', 'a rule', 'a scenario', [])

let folder: string
let file: string
let writer: LogWriter
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ftspec-writer-'))
  file = join(folder, 'not', 'there yet', 'events.ndjson')
  writer = new LogWriter(file, sampleHeader({ scenarios: [one], lost: ['BRC-01.2'] }))
})
afterEach(() => rmSync(folder, { recursive: true }))
const records = (): Record<string, unknown>[] =>
  readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))

test('a record is in the file as soon as it is appended', () => {
  expect(records().map(({ record }) => record)).toEqual(['header'])
  for (const requirement of REQUIREMENTS.filter(({ chapter }) => chapter === 'brc').slice(0, 1)) writer.append(requirement)
  expect(records().map(({ record }) => record)).toEqual(['header', 'requirement'])
  writer.append(one.start)
  expect(records().at(-1)).toEqual(one.start)
})

test('the footer counts what was written and what was lost', () => {
  for (const requirement of REQUIREMENTS) writer.append(requirement)
  writer.append(one.start)
  writer.append({ ...one.end, verdict: 'fail' })
  const footer = writer.finish(new Date('2026-11-22T15:20:04Z'), 12.5)
  expect(footer).toEqual({
    record: 'footer',
    complete: true,
    planned: 2,
    run: 1,
    lost: 1,
    verdicts: { fail: 1 },
    ended: '2026-11-22T15:20:04.000Z',
    duration: 12.5,
  })
  expect(records().at(-1)).toEqual(footer)
})

test('a record that no reader would take is not written', () => {
  expect(() => writer.append({ ...one.end, verdict: 'fine' as 'pass' })).toThrow()
  expect(() => writer.append(one.end)).toThrow('the end of scenario BRC-01.1, which is not under way')
  expect(records()).toHaveLength(1)
})

test('a log takes the place of an older one', () => {
  new LogWriter(file, { ...sampleHeader(), suite: '9.9.9' })
  expect(records()).toMatchObject([{ record: 'header', suite: '9.9.9' }])
})
