import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readLog } from '../report/log-reader.ts'
import { commandOf } from '../subject/hostile/asking.ts'
import { unmeasured } from '../testing/unmeasured.ts'
import { EXIT } from '../verdict/gate.ts'
import { ROOT } from './project.ts'

unmeasured()

const MAIN = join(ROOT, 'src', 'main.ts')
/** Programs start, workers start, all under measurement: none of this is a gate, only a net. */
const LONG = 60_000

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ftspec-faulty-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** What comes of each of these scenarios if the reference lies about an operation. */
async function judged(scenarios: string, op: string, answer: string) {
  const subject = commandOf('lies', op, answer)
    .map((word) => `'${word}'`)
    .join(' ')
  const args = [MAIN, 'run', '--scenario', scenarios, '--subject', subject, '--report', folder]
  const [code] = await once(spawn(process.execPath, args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] }), 'close')
  expect(code).toBe(EXIT.failed)
  return new Map(readLog(join(folder, 'events.ndjson')).scenarios.map(({ id, end }) => [id, end]))
}

const unread = (actor: string, op: string) => ({
  verdict: 'fail',
  reason: `${actor}'s ${op} was refused (misuse: it does not feel like it), and no step asked for that`,
})

// Nothing that these scenarios check afterwards would show that the thread state was never made.
test('a subject that refuses to make thread states fails where nobody looks at one', { timeout: LONG }, async () => {
  const ends = await judged('THREAD-06.3,THREAD-06.5,QSBR-08.8,QSBR-08.9', 'thread.create', 'misuse')
  for (const id of ['THREAD-06.3', 'THREAD-06.5', 'QSBR-08.8']) expect(ends.get(id)).toMatchObject(unread('Ada', 'thread.create'))
  expect(ends.get('QSBR-08.9')).toMatchObject({
    verdict: 'fail',
    reason: 'what came of the attempt with memory for 0 allocations: expected out-of-memory, observed misuse',
  })
})

test('a subject that refuses safe points fails where nothing has to happen at one', { timeout: LONG }, async () => {
  const ends = await judged('BRC-12.10', 'thread.safe-point', 'misuse')
  for (const id of ['BRC-12.10#1', 'BRC-12.10#2']) expect(ends.get(id)).toMatchObject(unread('Ada', 'thread.safe-point'))
})

test('a subject that says "ok" to everything fails where it should refuse', { timeout: LONG }, async () => {
  const ends = await judged('THREAD-03.4', 'thread.attach', 'ok')
  expect(ends.get('THREAD-03.4#1')).toMatchObject({
    verdict: 'fail',
    reason: 'what came of it: expected misuse, observed {"facts":{}}',
  })
})
