/** Answers a step with a line that is longer than a line may be. */
import { converse, say } from './conduct.ts'

converse({
  step: ({ id }) => {
    say(`${JSON.stringify({ jsonrpc: '2.0', id, result: { status: 'ok', facts: {}, events: [], note: 'x'.repeat(1024 * 1024) } })}\n`)
  },
})
