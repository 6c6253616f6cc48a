import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { FAULT_VARIABLE } from './museum.ts'

const PRELOAD = new URL('preload.ts', import.meta.url).href
const QSBR = new URL('../runtime/reclaim/qsbr.ts', import.meta.url).href

/** Says, on the main thread and on a worker, whether goal 2 counts as reached at sequence 2. */
const PROGRAM = `
import { Worker, isMainThread } from 'node:worker_threads'
import { atMost } from '${QSBR}'
console.log(isMainThread ? 'main' : 'worker', atMost(2, 2))
if (isMainThread) new Worker(new URL(import.meta.url))
`

function run(fault: string | undefined) {
  // Without the coverage of the faulty file, which would be taken for that of the sound one. Node hands the variable on
  // even to a child whose environment lacks it, unless it is there and has no value.
  const env = { ...process.env, NODE_V8_COVERAGE: undefined, [FAULT_VARIABLE]: fault }
  const program = `data:text/javascript,${encodeURIComponent(PROGRAM)}`
  const args = [
    '--disable-warning=ExperimentalWarning',
    '--import',
    PRELOAD,
    '--input-type=module',
    '--eval',
    `await import(${JSON.stringify(program)})`,
  ]
  return spawnSync(process.execPath, args, { env, encoding: 'utf8' })
}

test('the fault is there on the main thread and on its workers', () => {
  const { status, stdout, stderr } = run('goal-compared-strictly')
  expect(stderr).toBe('')
  expect(stdout).toBe('main false\nworker false\n')
  expect(status).toBe(0)
})

test.for([
  [undefined, 'FTSPEC_FAULT names no fault'],
  ['no-such-fault', 'there is no fault no-such-fault'],
] as const)('the process ends with an error before anything else is run: %s', ([fault, message]) => {
  const { status, stdout, stderr } = run(fault)
  expect(status).not.toBe(0)
  expect(stdout).toBe('')
  expect(stderr).toContain(message)
})

test('on this thread too, nothing is loaded without the name of a fault', async () => {
  await expect(import('./preload.ts')).rejects.toThrow('FTSPEC_FAULT names no fault')
})
