/**
 * Makes whatever is run after it use a faulty runtime, its worker threads too:
 *
 *     FTSPEC_FAULT=goal-compared-strictly node --import ./src/faults/preload.ts src/main.ts serve
 *
 * It ends the process with an error if there is no such fault or the fault does not fit.
 */
import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads'
import { type FaultyFile, faultyFile, loadFaulty } from './load.ts'

/** Under this a thread finds the file that the thread that started it has made: making it takes longer than all the rest. */
const KEY = 'ftspec faulty file'

const inherited = getEnvironmentData(KEY) as object | undefined
const file = (inherited as FaultyFile | undefined) ?? (await made())
setEnvironmentData(KEY, { ...file })
await loadFaulty(file)

async function made(): Promise<FaultyFile> {
  const { FAULT_VARIABLE, faultNamed } = await import('./museum.ts')
  return faultyFile(faultNamed(process.env[FAULT_VARIABLE]), new URL('../runtime/', import.meta.url))
}
