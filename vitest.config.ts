import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** What stands in tests that start programs. */
const STARTING = /node:child_process|hostile\/|testing\/unmeasured|stand-ins/

/** Tests that start programs come first: the larger this process has become, the longer it takes to start another. */
class StartingFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const starting = new Set(sorted.filter(({ moduleId }) => STARTING.test(readFileSync(moduleId, 'utf8'))))
    return [...starting, ...sorted.filter((file) => !starting.has(file))]
  }
}

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'steps/**/*.test.ts'],
    // Processes would be ended before they have written what was covered.
    pool: 'threads',
    // Exploring takes its time on a busy machine; only what hangs should be ended by the clock.
    testTimeout: 60_000,
    // A thread runs one file after the other: starting one for each takes longer than most of them.
    isolate: false,
    // Many tests wait for programs that they have started, so no core is to be left for others.
    maxWorkers: Math.max(2, availableParallelism()),
    sequence: { sequencer: StartingFirst },
    // Node runs the sources as they are, so that coverage counts the lines that stand in the files.
    experimental: { viteModuleRunner: false, nodeLoader: false },
  },
})
