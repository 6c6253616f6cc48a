import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'steps/**/*.test.ts'],
    pool: 'threads',
    // A thread runs one file after the other: starting a thread for each takes longer than most of them.
    isolate: false,
    // Many tests wait for programs that they have started, so no core is to be left for others.
    maxWorkers: Math.max(2, availableParallelism()),
    // Node runs the sources as they are, so that coverage counts the lines that stand in the files.
    experimental: { viteModuleRunner: false, nodeLoader: false },
  },
})
