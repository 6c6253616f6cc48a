import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'steps/**/*.test.ts'],
    pool: 'threads',
    // Exploring takes its time on a busy machine; only what hangs should be ended by the clock.
    testTimeout: 60_000,
    // A thread runs one file after the other: starting a thread for each takes longer than most of them.
    isolate: false,
    // Many tests wait for programs that they have started, so no core is to be left for others.
    maxWorkers: Math.max(2, availableParallelism()),
    // Node runs the sources as they are, so that coverage counts the lines that stand in the files.
    experimental: { viteModuleRunner: false, nodeLoader: false },
  },
})
