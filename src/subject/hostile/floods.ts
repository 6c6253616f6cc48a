/** Writes without end what it is given when it is asked for a step: `floods 'text'`. */
import { converse, say } from './conduct.ts'

const [text = ''] = process.argv.slice(2)
const much = text.repeat(4096)

converse({
  step: () => {
    for (;;) say(much)
  },
})
