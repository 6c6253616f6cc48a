/**
 * Loads other sources in place of some files, on this thread and on those that it starts, each of which runs this first:
 *
 *     FTSPEC_REPLACEMENTS=/tmp/replacements.json node --import ./src/faults/preload.js src/main.ts serve
 *
 * It is plain JavaScript, and the sources come without types: taking them out takes longer than all the rest.
 *
 * @see Replacements for what is in the file.
 */
import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import '../subject/loading.js'

const replacements = JSON.parse(readFileSync(process.env.FTSPEC_REPLACEMENTS, 'utf8'))
registerHooks({
  load(url, context, nextLoad) {
    const source = replacements[url]
    return source === undefined ? nextLoad(url, context) : { format: 'module', source, shortCircuit: true }
  },
})
