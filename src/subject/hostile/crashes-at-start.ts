/** Ends with an error before it has read anything. */
import { mutter } from './conduct.ts'

mutter(`pid ${process.pid}\nno such configuration\n`)
process.exit(3)
