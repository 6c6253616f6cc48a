/** Describes itself otherwise each time it is asked. */
import { converse, HELLO, say } from './conduct.ts'

let times = 0

converse({
  hello: ({ id }) => {
    say(`${JSON.stringify({ jsonrpc: '2.0', id, result: { ...HELLO, version: `1.${times}` } })}\n`)
    times += 1
  },
})
