import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ScenarioLog } from '../report/log-contents.ts'
import { readLog } from '../report/log-reader.ts'
import { commandOf } from '../subject/hostile/asking.ts'
import { unmeasured } from '../testing/unmeasured.ts'
import { EXIT } from '../verdict/gate.ts'
import { ROOT } from './project.ts'

const MEASURED = unmeasured()
const MAIN = join(ROOT, 'src', 'main.ts')
const NODE = process.execPath
/** Programs start, workers start, all under measurement: none of this is a gate, only a net. */
const LONG = 60_000

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ftspec-sampled-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** Judges a subject by these requirements. */
async function judged(subject: readonly string[], requirements: string, env = {}) {
  const command = subject.map((word) => `'${word}'`).join(' ')
  const args = [MAIN, 'run', '--requirement', requirements, '--race-repeat', '40', '--subject', command, '--report', folder]
  const child = spawn(NODE, args, { cwd: folder, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] })
  const code = new Promise((resolve) => child.on('close', resolve))
  const out = await text(child.stdout)
  const { scenarios } = readLog(join(folder, 'events.ndjson'))
  return { code: await code, out, raced: new Map(scenarios.map((scenario) => [scenario.id, racedIn(scenario)])) }
}

/** What is told of a scenario: its verdict, why, and how far its race was tried. */
const racedIn = ({ end, steps }: ScenarioLog) => ({
  verdict: end?.verdict,
  reason: end?.reason,
  extent: steps.flatMap(({ outcomes }) => outcomes?.extent ?? [])[0],
  rows: steps.flatMap(({ outcomes }) => outcomes?.rows ?? []),
})

test('the reference that lets real threads race passes, and nobody takes that for every order', { timeout: LONG }, async () => {
  const { code, out, raced } = await judged([NODE, MAIN, 'serve', '--races', 'sampled'], 'QSBR-02,THREAD-05')
  expect(code).toBe(EXIT.well)
  const [, races, sampled] = /^(\d+) races: (\d+) only sampled/m.exec(out) ?? []
  expect(sampled).toBe(races)
  expect(out).not.toContain('every order')
  const tried = [...raced].filter(([, { extent }]) => extent !== undefined)
  expect(tried).toHaveLength(Number(races))
  for (const [id, { verdict, extent, rows }] of tried) {
    expect([id, verdict]).toEqual([id, 'pass'])
    expect(extent).toMatch(/^sampled, \d of \d expected outcomes? seen in 40 runs$/)
    expect(rows.reduce((sum, { times }) => sum + times, 0)).toBe(40)
  }
})

test('what others say of their races is judged: what came, what must not be, and what cannot be true', { timeout: LONG }, async () => {
  const { code, out, raced } = await judged(commandOf('races'), 'QSBR-02,QSBR-03,QSBR-05,QSBR-06', MEASURED)
  expect(code).toBe(EXIT.failed)
  expect(raced.get('QSBR-02.7')).toMatchObject({ verdict: 'pass', extent: 'sampled, 1 of 2 expected outcomes seen in 40 runs' })
  expect(out).toContain('\nNot seen yet, though expected\n  QSBR-02.7   sampled, 1 of 2 expected outcomes seen in 40 runs\n')
  expect(raced.get('QSBR-03.13')).toMatchObject({
    verdict: 'fail',
    reason: '3: that is forbidden, one goal would stand for two retirements',
    rows: [
      { grade: 'expected', times: 39 },
      { grade: 'forbidden', times: 1 },
    ],
  })
  expect(raced.get('QSBR-03.14')).toMatchObject({
    verdict: 'fail',
    reason: 'not reached | reached | 3: that stands in no row',
    extent: 'sampled, 0 of 1 expected outcome seen in 40 runs',
    rows: [{ times: 0 }, { words: ['not reached', 'reached', '3'], grade: null, times: 40 }],
  })
  expect(raced.get('QSBR-05.12')).toMatchObject({
    verdict: 'fail',
    reason: 'Ben touched memory that was not his',
    extent: 'sampled until it failed, 0 of 1 expected outcome seen in 7 runs',
  })
  expect(raced.get('QSBR-05.13')).toMatchObject({
    verdict: 'protocol-violation',
    reason: expect.stringContaining('not one order was run, and yet none was left out'),
  })
  expect(raced.get('QSBR-06.13')).toMatchObject({
    verdict: 'protocol-violation',
    reason: expect.stringContaining('attempts are never every order'),
  })
})
