/** Ends without an error after it has opened a scenario. */
import { answer, converse } from './conduct.ts'

converse({
  open: (request) => {
    answer(request)
    process.exit(0)
  },
})
