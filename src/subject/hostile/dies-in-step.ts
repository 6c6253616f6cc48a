/** Is killed by a signal when it is asked for a step. */
import { converse } from './conduct.ts'

converse({ step: () => process.kill(process.pid, 'SIGKILL') })
