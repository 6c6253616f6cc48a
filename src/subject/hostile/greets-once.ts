/** Says who it is the first time it is asked, and refuses to say it again. */
import { answer, converse, say } from './conduct.ts'

let greeted = false

converse({
  hello: (request) => {
    if (greeted) say(`{"jsonrpc":"2.0","id":"${request.id}","error":{"code":-32002,"message":"again?","data":{"code":"misuse"}}}\n`)
    else answer(request)
    greeted = true
  },
})
