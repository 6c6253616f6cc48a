/** Reads nothing more after it has opened a scenario, and does not end. */
import { closeSync } from 'node:fs'
import { answer, converse, hang } from './conduct.ts'

converse({
  open: (request) => {
    process.stdin.destroy()
    closeSync(0)
    hang()
    answer(request)
  },
})
