/**
 * Answers one method with the text it is given, in which ID stands for the id of the request:
 * `answers step '{"jsonrpc":"2.0","id":ID,"result":{}}'`. The newline belongs to the text.
 */
import { converse, say } from './conduct.ts'

const [method = '', text = ''] = process.argv.slice(2)

converse({ [method]: ({ id }) => say(text.replaceAll('ID', JSON.stringify(id))) })
