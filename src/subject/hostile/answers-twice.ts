/** Answers one method twice: `answers-twice close`. */
import { answer, converse } from './conduct.ts'

const [method = ''] = process.argv.slice(2)

converse({
  [method]: (request) => {
    answer(request)
    answer(request)
  },
})
