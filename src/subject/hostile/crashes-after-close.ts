/** Ends with an error once it has answered that nothing is left. */
import { answer, converse } from './conduct.ts'

converse({
  close: (request) => {
    answer(request)
    process.exit(4)
  },
})
