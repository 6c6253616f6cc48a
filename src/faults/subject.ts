/**
 * The command lines that start the reference as a program, as it is or with a fault in it.
 */
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url))
const PRELOAD = new URL('preload.js', import.meta.url).href

/** Threads that Node starts for itself cost a subject that lives for half a second more than they save. */
const FEW_THREADS = ['--v8-pool-size=1']

/** The variable of the environment that names the file of what is loaded in place of sound files. */
export const REPLACEMENTS = 'FTSPEC_REPLACEMENTS'

/** The reference as it is. */
export const reference = (): string => line(process.execPath, MAIN, 'serve')

/** The reference with those sources in it that the file holds which the environment names. */
export const faultyReference = (): string => line(process.execPath, ...FEW_THREADS, '--import', PRELOAD, MAIN, 'serve')

/** Words as a command line that gives the same words, whatever characters are in them. */
const line = (...words: string[]): string => words.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ')
