/** Answers a step in Latin-1, where a character beyond ASCII is one byte. */
import { writeSync } from 'node:fs'
import { converse } from './conduct.ts'

converse({
  step: ({ id }) => {
    writeSync(1, Buffer.from(`{"jsonrpc":"2.0","id":"${id}","result":{"status":"ok","facts":{"name":"Zoë"},"events":[]}}\n`, 'latin1'))
  },
})
