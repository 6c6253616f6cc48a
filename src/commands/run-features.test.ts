import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readLog } from '../report/log-reader.ts'
import { readFeatures } from '../requirements/features.ts'
import { commandOf } from '../subject/hostile/asking.ts'
import { ROOT } from './project.ts'
import { BrokenRun, runFeatures } from './run-features.ts'
import { select } from './selection.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ftspec-run-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

// The test runner keeps the steps it has loaded to itself, so there can be only one run in a process.
test('a run that breaks off says why, and leaves a log without a footer', async () => {
  const request = { chapters: [], requirements: ['QSBR-01'] }
  const log = join(folder, 'events.ndjson')
  const watcher = {
    begin: () => {
      throw new Error('nobody wants to know')
    },
    end: () => {},
  }
  const broken = runFeatures({
    request,
    selected: select(request, readFeatures(ROOT)),
    command: commandOf('well-behaved')
      .map((word) => `'${word}'`)
      .join(' '),
    patience: 1,
    repeat: 1,
    known: new Map(),
    log,
    watcher,
  })
  await expect(broken).rejects.toThrow(BrokenRun)
  await expect(broken).rejects.toThrow('nobody wants to know')
  expect(readLog(log)).toMatchObject({ complete: false, footer: undefined })
})
