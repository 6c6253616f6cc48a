/**
 * Makes whatever is run after it use a faulty runtime, its worker threads too:
 *
 *     FTSPEC_FAULT=goal-compared-strictly node --import ./src/faults/preload.ts src/main.ts serve
 *
 * It ends the process with an error if there is no such fault or the fault does not fit.
 */
import { loadFaulty } from './load.ts'
import { FAULT_VARIABLE, faultNamed } from './museum.ts'

await loadFaulty(faultNamed(process.env[FAULT_VARIABLE]), new URL('../runtime/', import.meta.url))
