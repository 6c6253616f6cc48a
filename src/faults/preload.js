/**
 * Makes whatever is run after it use a faulty runtime, its worker threads too, each of which runs this first:
 *
 *     FTSPEC_FAULTY_FILE=/tmp/faulty.json node --import ./src/faults/preload.js src/main.ts serve
 *
 * It is plain JavaScript, and the faulty file comes with its types taken out: making it takes longer than all the rest.
 *
 * @see faultyFile for what is in the file.
 */
import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import '../subject/loading.js'

const { url: faulty, source } = JSON.parse(readFileSync(process.env.FTSPEC_FAULTY_FILE, 'utf8'))
registerHooks({
  load: (url, context, nextLoad) => (url === faulty ? { format: 'module', source, shortCircuit: true } : nextLoad(url, context)),
})
