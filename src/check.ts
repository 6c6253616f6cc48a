/**
 * `npm test`: everything that has to hold before a change is good, the quickest first.
 */
import { rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { ROOT } from './commands/project.ts'
import { coverageProblems } from './coverage.ts'
import { type Gate, runGates, scenarioCount, type Tally, testCount, type Verification, verifyProgram } from './gates.ts'

const COVERAGE = join(ROOT, 'coverage')
const MEASURED = { NODE_V8_COVERAGE: join(COVERAGE, 'raw') }
const PLAIN = { NO_COLOR: '1' }

const modules = (path: string): string => join(ROOT, 'node_modules', path)
const script = (args: readonly string[], env = {}, count?: (output: string) => Tally): (() => Promise<Verification>) => {
  return () => verifyProgram({ args, cwd: ROOT, env: { ...PLAIN, ...env } }, count)
}

const TSC = modules('typescript/bin/tsc')
const BIOME = modules('@biomejs/biome/bin/biome')
const VITEST = modules('vitest/vitest.mjs')
const CUCUMBER = modules('@cucumber/cucumber/bin/cucumber.js')
const C8 = modules('c8/bin/c8.js')
const FTSPEC = join(ROOT, 'src', 'main.ts')

const GATES: readonly Gate[] = [
  { name: 'types', verify: script([TSC, '-p', '.']) },
  { name: 'style', verify: script([BIOME, 'check', '--error-on-warnings', '.']) },
  { name: 'layers', verify: script([VITEST, 'run', 'src/layers.test.ts']) },
  { name: 'trace', verify: script([FTSPEC, 'trace']) },
  { name: 'unit tests', verify: script([VITEST, 'run'], MEASURED, testCount) },
  {
    name: 'features',
    verify: script([CUCUMBER, 'features', '--format', 'summary', '--parallel', String(availableParallelism())], MEASURED, scenarioCount),
  },
  { name: 'coverage', verify: coverage },
  { name: 'faults', verify: script([FTSPEC, 'faults']) },
]

async function coverage(): Promise<Verification> {
  const measured = await verifyProgram({ args: [C8, 'report'], cwd: ROOT, env: PLAIN })
  if (!measured.holds) return measured
  const problems = coverageProblems(ROOT, COVERAGE)
  return { holds: problems.length === 0, output: problems.join('\n') }
}

const started = performance.now()
rmSync(COVERAGE, { recursive: true, force: true })
const { passed, failed } = await runGates(GATES, (text) => process.stdout.write(text))
const seconds = ((performance.now() - started) / 1000).toFixed(0)
process.stdout.write(`\n${passed} passed, ${failed} failed in ${seconds} s\n`)
process.exitCode = failed === 0 ? 0 : 1
