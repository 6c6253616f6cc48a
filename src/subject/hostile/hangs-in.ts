/** Never answers one method: `hangs-in hello`. */
import { converse, hang } from './conduct.ts'

const [method = ''] = process.argv.slice(2)

converse({ [method]: hang })
