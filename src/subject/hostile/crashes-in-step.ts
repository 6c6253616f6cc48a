/** Ends with an error when it is asked for a step. */
import { converse } from './conduct.ts'

converse({
  step: () => {
    throw new Error('an assertion of its own')
  },
})
