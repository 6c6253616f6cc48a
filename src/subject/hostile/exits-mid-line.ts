/** Ends in the middle of its answer to a step. */
import { converse, say } from './conduct.ts'

converse({
  step: () => {
    say('{"jsonrpc":"2.0",')
    process.exit(0)
  },
})
