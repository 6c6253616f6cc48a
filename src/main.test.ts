import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { watch } from 'node:fs/promises'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readLog } from './report/log-reader.ts'
import { commandOf } from './subject/hostile/asking.ts'
import { unmeasured } from './testing/unmeasured.ts'
import { EXIT } from './verdict/gate.ts'

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url))
const NODE = process.execPath
/** Programs start, workers start, all under measurement: none of this is a gate, only a net. */
const LONG = 60_000

let parent: string
let folder: string
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'ftspec-main-'))
  folder = join(parent, 'été à deux')
  mkdirSync(folder)
})
afterEach(() => rmSync(parent, { recursive: true }))

type Child = ChildProcessByStdio<null, Readable, Readable>
const startWith = (env: NodeJS.ProcessEnv, ...words: string[]): Child =>
  spawn(NODE, [MAIN, ...words], { cwd: folder, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
const start = (...words: string[]): Child => startWith({}, ...words)
const ended = (child: Child): Promise<number | null> => new Promise((resolve) => child.on('close', resolve))

async function ftspec(...words: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const child = start(...words)
  const [code, out, err] = await Promise.all([ended(child), text(child.stdout), text(child.stderr)])
  return { code, out, err }
}

const verdictsOf = (log: string): [string, string | undefined][] => readLog(log).scenarios.map(({ id, end }) => [id, end?.verdict])

test('the reference is judged alike in this process and as a program, from a folder with a blank and an accent', {
  timeout: LONG,
}, async () => {
  const inside = await ftspec('run', '--requirement', 'QSBR-04,BRC-01')
  expect(inside).toMatchObject({ code: EXIT.well, err: '' })
  expect(inside.out).toContain(`\nReport: ${join(folder, 'report', 'index.html')}\n`)
  expect(inside.out).toMatch(/^brc: \d+ pass\nqsbr: \d+ pass\n/)
  expect(inside.out).not.toContain('\u001B')
  const log = join(folder, 'report', 'events.ndjson')
  const { complete, header, hello, scenarios } = readLog(log)
  expect({ complete, selection: header.selection, name: hello?.name }).toEqual({
    complete: true,
    selection: { chapters: [], requirements: ['QSBR-04', 'BRC-01'] },
    name: 'ftspec reference',
  })
  expect(scenarios.length).toBeGreaterThan(2)
  for (const file of ['index.html', 'junit.xml']) expect(existsSync(join(folder, 'report', file))).toBe(true)

  const outside = await ftspec('run', '--requirement', 'QSBR-04,BRC-01', '--subject', `'${NODE}' '${MAIN}' serve`, '--report', 'outside')
  expect(outside).toMatchObject({ code: EXIT.well, err: '' })
  expect(verdictsOf(join(folder, 'outside', 'events.ndjson'))).toEqual(verdictsOf(log))
})

test('whoever stops reading the output does not change the outcome', { timeout: LONG }, async () => {
  const child = start('list')
  child.stdout.destroy()
  expect(await ended(child)).toBe(EXIT.well)
})

test('a run that breaks off tells what it had found out, and why', { timeout: LONG }, async () => {
  const full = `import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
const write = fs.writeFileSync
fs.writeFileSync = (file, text) => {
  if (String(text).includes('"scenario-end","id":"QSBR-04.2"')) throw new Error('the disk is full')
  write(file, text)
}
syncBuiltinESMExports()`
  const preload = join(folder, 'full.mjs')
  writeFileSync(preload, full)
  const child = spawn(NODE, ['--import', pathToFileURL(preload).href, MAIN, 'run', '--requirement', 'QSBR-04'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [code, out, err] = await Promise.all([ended(child), text(child.stdout), text(child.stderr)])
  expect(code).toBe(EXIT.internal)
  expect(err).toContain('the disk is full')
  expect(out).toMatch(/^INCOMPLETE: \d+ of \d+ planned scenarios came to no end$/m)
  expect(reportFiles()).toEqual(['events.ndjson', 'index.html', 'junit.xml'])
})

test.for([
  ['/nonexistent/subject', 'start: the program cannot be started: spawn /nonexistent/subject ENOENT'],
  [`'${NODE}' -e 'process.exit(3)'`, 'hello: the program ended by itself, with exit code 3'],
] as const)('a subject that cannot be judged (%s) is told in a few lines, without a report', { timeout: LONG }, async ([subject, why]) => {
  const { code, out, err } = await ftspec('run', '--requirement', 'QSBR-04', '--subject', subject)
  expect({ code, out }).toEqual({ code: EXIT.usage, out: '' })
  expect(err).toContain(`ftspec: the subject cannot be judged: ${why}`)
  expect(err.split('\n').length).toBeLessThan(6)
  expect(existsSync(join(folder, 'report', 'events.ndjson'))).toBe(false)
})

describe('of programs that need not be measured', () => {
  const MEASURED = unmeasured()

  test.for([
    ['as a program', ['--subject', `'${NODE}' '${MAIN}' serve`, '--patience', '3'], {}],
    ['in this process, many scenarios side by side', [], MEASURED],
  ] as const)(
    'a run of the reference %s that is interrupted half-way tells what it had found out',
    { timeout: LONG },
    async ([, words, env]) => {
      mkdirSync(join(folder, 'report'))
      const child = startWith(env, 'run', '--chapter', 'thread,brc', ...words)
      const log = join(folder, 'report', 'events.ndjson')
      const [code, out] = await Promise.all([
        ended(child),
        text(child.stdout),
        untilItHolds(log, '"record":"scenario-end"').then(() => child.kill('SIGINT')),
      ])
      expect(code).toBe(EXIT.incomplete)
      expect(out).toMatch(/^INCOMPLETE: \d+ of \d+ planned scenarios came to no end$/m)
      expect(out).toContain(`\nReport: ${join(folder, 'report', 'index.html')}\n`)
      const { complete, scenarios } = readLog(log)
      expect({ complete, first: scenarios[0]?.end?.verdict }).toEqual({ complete: false, first: 'pass' })
      expect(readFileSync(join(folder, 'report', 'junit.xml'), 'utf8')).toContain('the log ends here without a footer')
    },
  )

  test('scenarios come to their end in the order in which the log announced them', { timeout: LONG }, async () => {
    await ftspec('run', '--requirement', 'QSBR-03,DFREE-01,QSBR-06')
    const lines = readFileSync(join(folder, 'report', 'events.ndjson'), 'utf8')
      .trim()
      .split('\n')
    const records = lines.map((line) => JSON.parse(line) as { record: string; id: string; planned: string[] })
    expect(records.filter(({ record }) => record === 'scenario-end').map(({ id }) => id)).toEqual(records[0]?.planned)
  })

  test('a subject that answers no step is started four times; what is not run then says why, once', { timeout: LONG }, async () => {
    const subject = commandOf('crashes-in-step').map((word) => `'${word}'`)
    const { code, out } = await ftspec('run', '--requirement', 'QSBR-01', '--subject', subject.join(' '))
    expect(code).toBe(EXIT.failed)
    expect(out.split('the subject was started again 3 times in a row and answered no step')).toHaveLength(2)
    const verdicts = verdictsOf(join(folder, 'report', 'events.ndjson')).map(([, verdict]) => verdict)
    expect(verdicts.slice(0, 5)).toEqual(['crash', 'crash', 'crash', 'crash', 'not-run'])
  })

  test('a report that cannot be written is told before anything is run', { timeout: LONG }, async () => {
    const { code, out, err } = await ftspec('run', '--requirement', 'QSBR-04', '--report', join(MAIN, 'report'))
    expect({ code, out }).toEqual({ code: EXIT.usage, out: '' })
    expect(err).toMatch(/^ftspec: --report: no report can be written into .*main\.ts.report: ENOTDIR/)
  })

  test.for(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'a run that %s ends before its subject has answered leaves neither a subject behind nor an old report',
    {
      timeout: LONG,
    },
    async (signal) => {
      mkdirSync(join(folder, 'report'))
      for (const file of ['index.html', 'junit.xml', 'notes.txt']) writeFileSync(join(folder, 'report', file), 'old')
      const { command, connection, close } = await mute()
      const child = start('run', '--requirement', 'QSBR-04', '--subject', command)
      const gone = once(await connection, 'close')
      child.kill(signal)
      expect(await ended(child)).toBe(EXIT.incomplete)
      await gone
      close()
      expect(reportFiles()).toEqual(['events.ndjson', 'index.html', 'junit.xml', 'notes.txt'])
      expect(readLog(join(folder, 'report', 'events.ndjson')).complete).toBe(false)
      expect(readFileSync(join(folder, 'report', 'index.html'), 'utf8')).toContain('This report is incomplete')
    },
  )
})

/** A program that never answers; it lives as long as its connection to here. */
async function mute(): Promise<{ command: string; connection: Promise<Socket>; close: () => void }> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const script = `require('node:net').connect(${(server.address() as AddressInfo).port}, '127.0.0.1')`
  const connection = once(server, 'connection').then(([socket]) => (socket as Socket).on('error', () => {}).resume())
  return { command: `'${NODE}' -e "${script}"`, connection, close: () => server.close() }
}

const reportFiles = (): string[] => readdirSync(join(folder, 'report')).sort()

/** Resolves when a file that is being written holds something. Its folder is there. */
async function untilItHolds(file: string, words: string): Promise<void> {
  for await (const _ of watch(dirname(file))) if (textIn(file).includes(words)) return
}

/** What is in a file; nothing if it is not there, or no more. */
function textIn(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw error
  }
}
