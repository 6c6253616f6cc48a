/** Complains at length in each step, answers it, and ends with an error when the scenario is closed. */
import { answer, converse, mutter } from './conduct.ts'

converse({
  step: (request) => {
    for (let line = 1; line <= 4096; line += 1) mutter(`complaint ${line} ${'.'.repeat(64)}\n`)
    answer(request)
  },
  close: () => {
    mutter(`pid ${process.pid}\nthe last word\n`)
    process.exit(6)
  },
})
