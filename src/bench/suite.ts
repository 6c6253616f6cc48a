/** What the stepped scenarios cost, against the same ones with steps that do nothing. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type Result, summarize } from './measure.ts'
import { STEPPED } from './stepped.ts'

const ROUNDS = 3
const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const CUCUMBER = fileURLToPath(new URL('../../node_modules/@cucumber/cucumber/bin/cucumber.js', import.meta.url))

export function suite(): Result[] {
  const rounds = Array.from({ length: ROUNDS }, () => ({
    nanoseconds: run([]),
    floor: run(['--import', 'src/bench/empty-steps.ts']),
  }))
  return [summarize('the stepped scenarios, as a process', 'the same scenarios with empty steps', rounds, { is: 'at most', value: 2 })]
}

function run(more: readonly string[]): number {
  const started = performance.now()
  const { status, stdout, stderr } = spawnSync(process.execPath, [CUCUMBER, ...STEPPED, ...more], { cwd: ROOT, encoding: 'utf8' })
  if (status !== 0) throw new Error(`the features do not pass:\n${stdout}${stderr}`)
  return (performance.now() - started) * 1e6
}
