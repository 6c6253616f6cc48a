import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'steps/**/*.test.ts'],
    pool: 'threads',
    // A thread runs one file after the other: starting a thread for each takes longer than most of them.
    isolate: false,
    // Node runs the sources as they are, so that coverage counts the lines that stand in the files.
    experimental: { viteModuleRunner: false, nodeLoader: false },
  },
})
