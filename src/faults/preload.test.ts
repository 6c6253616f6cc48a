import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { faultyFile } from './load.ts'
import { faultNamed } from './museum.ts'
import { REPLACEMENTS } from './subject.ts'

const PRELOAD = new URL('preload.js', import.meta.url).href
const RUNTIME = new URL('../runtime/', import.meta.url)

/** Says, on the main thread and on a worker, whether goal 2 counts as reached at sequence 2. */
const PROGRAM = `
import { Worker, isMainThread } from 'node:worker_threads'
import { atMost } from '${new URL('reclaim/qsbr.ts', RUNTIME).href}'
console.log(isMainThread ? 'main' : 'worker', atMost(2, 2))
if (isMainThread) new Worker(new URL(import.meta.url))
`

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ftspec preload ü '))
})
afterAll(() => rmSync(folder, { recursive: true }))

function run(file: string | undefined) {
  const program = join(folder, 'program.mjs')
  writeFileSync(program, PROGRAM)
  // Without the coverage of the faulty file, which would be taken for that of the sound one. Node hands the variable on
  // even to a child whose environment lacks it, unless it is there and has no value.
  const env = { ...process.env, NODE_V8_COVERAGE: undefined, [REPLACEMENTS]: file }
  return spawnSync(process.execPath, ['--import', PRELOAD, program], { env, encoding: 'utf8' })
}

test('the fault is there on the main thread and on its workers', () => {
  const file = join(folder, 'replacements.json')
  writeFileSync(file, JSON.stringify(faultyFile(faultNamed('goal-compared-strictly'), RUNTIME)))
  const { status, stdout, stderr } = run(file)
  expect(stderr).toBe('')
  expect(stdout).toBe('main false\nworker false\n')
  expect(status).toBe(0)
})

test('without such a file the process ends with an error before anything else is run', () => {
  for (const [file, message] of [
    [undefined, 'ERR_INVALID_ARG_TYPE'],
    [join(folder, 'absent.json'), 'absent.json'],
  ] as const) {
    const { status, stdout, stderr } = run(file)
    expect(status).not.toBe(0)
    expect(stdout).toBe('')
    expect(stderr).toContain(message)
  }
})
