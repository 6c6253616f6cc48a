/**
 * Ends in a step and leaves a process behind that is in no group of its own and keeps both
 * outputs open. Its process id is the second that is told on standard error.
 */
import { spawn } from 'node:child_process'
import { converse, mutter } from './conduct.ts'

converse({
  step: () => {
    const daemon = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000000)'], {
      detached: true,
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    mutter(`daemon ${daemon.pid}\n`)
    process.exit(5)
  },
})
