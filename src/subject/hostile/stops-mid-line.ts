/** Answers a step without a newline, and waits. */
import { converse, hang, say } from './conduct.ts'

converse({
  step: ({ id }) => {
    say(JSON.stringify({ jsonrpc: '2.0', id, result: { status: 'ok', facts: {}, events: [] } }))
    hang()
  },
})
