import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Replacements } from '../faults/load.ts'
import { faultyReference, REPLACEMENTS } from '../faults/subject.ts'
import { readLog } from '../report/log-reader.ts'
import { unmeasured } from '../testing/unmeasured.ts'
import { EXIT } from '../verdict/gate.ts'
import { ROOT } from './project.ts'

unmeasured()

/** Programs start, workers start, all under measurement: none of this is a gate, only a net. */
const LONG = 120_000

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ftspec-versions-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** In which file of the sources what text is replaced. It has to stand there once. */
type Change = readonly [file: string, text: string, replacement: string]

/** What does not pass if the reference is judged with these changes. */
async function judged(changes: readonly Change[], ...selection: string[]) {
  const args = [join(ROOT, 'src', 'main.ts'), 'run', ...selection, '--subject', faultyReference(), '--patience', '10', '--report', folder]
  const env = { ...process.env, [REPLACEMENTS]: changed(changes) }
  const [code] = await once(spawn(process.execPath, args, { cwd: folder, env, stdio: ['ignore', 'ignore', 'inherit'] }), 'close')
  const { scenarios } = readLog(join(folder, 'events.ndjson'))
  return { code, failed: scenarios.flatMap(({ id, end }) => (end?.verdict === 'pass' ? [] : [`${id}: ${end?.reason}`])) }
}

/** Writes what is loaded in place of the files that are changed. */
function changed(changes: readonly Change[]): string {
  const sources: Record<string, string> = {}
  for (const [file, text, replacement] of changes) {
    const path = join(ROOT, 'src', file)
    const url = pathToFileURL(path).href
    const parts = (sources[url] ?? readFileSync(path, 'utf8')).split(text)
    expect([file, parts.length]).toEqual([file, 2])
    sources[url] = parts.join(replacement)
  }
  const replacements: Replacements = Object.fromEntries(Object.entries(sources).map(([url, source]) => [url, stripTypeScriptTypes(source)]))
  const path = join(folder, 'replacements.json')
  writeFileSync(path, JSON.stringify(replacements))
  return path
}

const SAFE_POINT = 'runtime/interpreter/safe-point.ts'
const LOOKS = [
  [SAFE_POINT, 'import { quiescentState }', "import { processDelayed } from '../reclaim/delayed-free.ts'\nimport { quiescentState }"],
  [SAFE_POINT, '  return { bits, failed: 0 }\n', '  if (requests !== 0) processDelayed(thread)\n  return { bits, failed: 0 }\n'],
] as const
const SAYS_SO = ['subject/reference/parameters.ts', "'dfree.at-safe-point': false", "'dfree.at-safe-point': true"] as const

test('a subject whose safe points look at delayed frees, as CPython 3.14 does, passes if it says so', { timeout: LONG }, async () => {
  expect(await judged([...LOOKS, SAYS_SO], '--chapter', 'dfree')).toEqual({ code: EXIT.well, failed: [] })
})

test.for([
  ['looks and does not say so', LOOKS],
  ['says that it looks and does not', [SAYS_SO]],
] as const)('a subject whose safe point %s fails', { timeout: LONG }, async ([, changes]) => {
  const { code, failed } = await judged(changes, '--requirement', 'DFREE-03')
  expect(code).toBe(EXIT.failed)
  expect(failed.map((one) => one.split(':')[0])).toEqual(['DFREE-03.4', 'DFREE-03.5'])
})
