import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ScenarioResult } from '../report/results.ts'
import { sampleResults } from '../report/sample/sample-log.ts'
import { scenario } from '../report/sample/sample-steps.ts'
import type { Outcomes } from '../verdict/evidence.ts'
import { EXIT } from '../verdict/gate.ts'
import { parseKnownFailures } from '../verdict/known-failures.ts'
import type { Verdict } from '../verdict/verdict.ts'
import { baselineCommand } from './baseline.ts'

let folder: string
let list: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ftspec-baseline-'))
  list = join(folder, 'lists', 'known.txt')
})
afterEach(() => rmSync(folder, { recursive: true }))

const SAMPLED: Outcomes = { how: 'sampled', complete: false, failed: true, schedules: 7, rows: [], extent: 'sampled' }

interface Came {
  readonly verdict: Verdict
  readonly reason?: string
  readonly sampled?: boolean
}

/** Calls the command with a run that came to that. */
async function baseline(came: Readonly<Record<string, Came>>, lost = 0) {
  const results = sampleResults({
    scenarios: Object.entries(came).map(([id, { verdict, reason }]) =>
      scenario(id, '', 'a scenario', [], { verdict, ...(reason && { reason }) }),
    ),
  })
  const raced = (each: ScenarioResult): ScenarioResult => (came[each.id]?.sampled ? { ...each, races: [SAMPLED] } : each)
  const found = { ...results, scenarios: results.scenarios.map(raced) }
  const told = { out: '', err: '' }
  const output = (name: 'out' | 'err') => ({ write: (text: string) => (told[name] += text) })
  const terminal = { out: output('out'), err: output('err'), live: false, color: false, width: 100, folder }
  const command = baselineCommand(async () => ({ verdicts: [], lost, results: found, page: 'index.html', junit: 'junit.xml' }))
  const code = await command.run(['--subject', 'acme', '--known', 'lists/known.txt'], terminal)
  return { code, ...told }
}

const listed = () => [...parseKnownFailures(readFileSync(list, 'utf8')).values()].map(({ fingerprint: _, line: __, ...entry }) => entry)

test('what fails is written down, with what the check said for a reason', async () => {
  const { code, out } = await baseline({
    'BRC-01.1': { verdict: 'pass' },
    'BRC-01.2': { verdict: 'fail', reason: '\nexpected 3, was 4\nand more' },
    'BRC-02.1': { verdict: 'crash' },
    'BRC-01.3': { verdict: 'fail', reason: 'came', sampled: true },
    'BRC-02.3': { verdict: 'unsupported' },
  })
  expect(code).toBe(EXIT.well)
  expect(out).toBe(`3 known to fail: 3 new, 0 that fail otherwise than before, 0 that fail no more\nList: ${list}\n`)
  expect(readFileSync(list, 'utf8')).toMatch(/^# What acme-threads 0\.3\.0 is known to fail, written by ftspec baseline\.\n\n/)
  expect(listed()).toEqual([
    { id: 'BRC-01.2', verdict: 'fail', sometimes: false, reason: 'expected 3, was 4' },
    { id: 'BRC-02.1', verdict: 'crash', sometimes: false, reason: 'crash' },
    { id: 'BRC-01.3', verdict: 'fail', sometimes: true, reason: 'came' },
  ])
})

test('reasons and links that somebody wrote are kept, and what sometimes fails stays listed', async () => {
  await baseline({
    'BRC-01.1': { verdict: 'fail', reason: 'one' },
    'BRC-01.2': { verdict: 'fail', reason: 'two' },
    'BRC-02.1': { verdict: 'fail', reason: 'came', sampled: true },
    'BRC-01.3': { verdict: 'fail', reason: 'came', sampled: true },
  })
  writeFileSync(list, readFileSync(list, 'utf8').replace(' one\n', ' a known gap  https://example.org/1\n'))
  const { out } = await baseline({
    'BRC-01.1': { verdict: 'fail', reason: 'another' },
    'BRC-01.2': { verdict: 'pass' },
    'BRC-02.1': { verdict: 'pass', sampled: true },
    'BRC-01.3': { verdict: 'unsupported' },
  })
  expect(out).toContain('2 known to fail: 0 new, 1 that fail otherwise than before, 2 that fail no more\n')
  expect(listed()).toEqual([
    { id: 'BRC-01.1', verdict: 'fail', sometimes: false, reason: 'a known gap', link: 'https://example.org/1' },
    { id: 'BRC-02.1', verdict: 'fail', sometimes: true, reason: 'came' },
  ])
})

test.for(['error', 'inconclusive', 'not-run', 'skipped'] as const)(
  'nothing is written while something was not found out: %s',
  async (verdict) => {
    const { code, err } = await baseline({ 'BRC-01.1': { verdict }, 'BRC-01.2': { verdict: 'fail' } })
    expect(code).toBe(EXIT.incomplete)
    expect(err).toBe('ftspec: the list was not written: 1 scenario was not found out\n')
    expect(() => readFileSync(list)).toThrow('ENOENT')
    expect((await baseline({ 'BRC-01.1': { verdict: 'pass' } }, 2)).code).toBe(EXIT.incomplete)
  },
)
