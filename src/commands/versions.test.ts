import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readLog } from '../report/log-reader.ts'
import { EXIT } from '../verdict/gate.ts'
import { ROOT } from './project.ts'

/** Programs start, workers start, all under measurement: none of this is a gate, only a net. */
const LONG = 120_000

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ftspec-versions-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** A copy of the reference in which each of these texts, by file, is replaced. It has to stand there once. */
function changed(changes: readonly (readonly [file: string, text: string, replacement: string])[]): string {
  const copy = mkdtempSync(join(folder, 'copy-'))
  for (const part of ['src', 'package.json']) cpSync(join(ROOT, part), join(copy, part), { recursive: true })
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'), 'junction')
  for (const [file, text, replacement] of changes) {
    const path = join(copy, 'src', file)
    const parts = readFileSync(path, 'utf8').split(text)
    expect([file, parts.length]).toEqual([file, 2])
    writeFileSync(path, parts.join(replacement))
  }
  return join(copy, 'src', 'main.ts')
}

/** What does not pass if a copy of the reference is judged. */
async function judged(main: string, ...selection: string[]) {
  const subject = [process.execPath, main, 'serve'].map((word) => `'${word}'`).join(' ')
  const args = [join(ROOT, 'src', 'main.ts'), 'run', ...selection, '--subject', subject, '--patience', '10', '--report', folder]
  const [code] = await once(spawn(process.execPath, args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] }), 'close')
  const { scenarios } = readLog(join(folder, 'events.ndjson'))
  return { code, failed: scenarios.flatMap(({ id, end }) => (end?.verdict === 'pass' ? [] : [`${id}: ${end?.reason}`])) }
}

const SAFE_POINT = 'runtime/interpreter/safe-point.ts'
const LOOKS = [
  [SAFE_POINT, 'import { quiescentState }', "import { processDelayed } from '../reclaim/delayed-free.ts'\nimport { quiescentState }"],
  [SAFE_POINT, '  return { bits, failed: 0 }\n', '  if (requests !== 0) processDelayed(thread)\n  return { bits, failed: 0 }\n'],
] as const
const SAYS_SO = ['subject/reference/parameters.ts', "'dfree.at-safe-point': false", "'dfree.at-safe-point': true"] as const

test('a subject whose safe points look at delayed frees, as CPython 3.14 does, passes if it says so', { timeout: LONG }, async () => {
  expect(await judged(changed([...LOOKS, SAYS_SO]), '--chapter', 'dfree')).toEqual({ code: EXIT.well, failed: [] })
})

test.for([
  ['looks and does not say so', LOOKS],
  ['says that it looks and does not', [SAYS_SO]],
] as const)('a subject whose safe point %s fails', { timeout: LONG }, async ([, changes]) => {
  const { code, failed } = await judged(changed(changes), '--requirement', 'DFREE-03')
  expect(code).toBe(EXIT.failed)
  expect(failed.map((one) => one.split(':')[0])).toEqual(['DFREE-03.4', 'DFREE-03.5'])
})
