/**
 * Makes the file that is loaded in place of a sound one, by `preload.js`.
 */
import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { type Fault, FaultError, withFault } from './fault.ts'

/** A file with a fault in it, as `preload.js` reads it. */
export interface FaultyFile {
  readonly fault: string
  /** Where the sound file lies. */
  readonly url: string
  /** JavaScript: what is left of it without its types. */
  readonly source: string
}

/**
 * @param runtime the folder that the fault's file is relative to; ends with a slash.
 * @throws FaultError if the fault does not fit the file, or the file cannot be read.
 */
export function faultyFile(fault: Fault, runtime: URL): FaultyFile {
  const url = new URL(fault.file, runtime)
  return { fault: fault.id, url: url.href, source: stripTypeScriptTypes(withFault(fault, soundSource(fault, url))) }
}

function soundSource({ id, file }: Fault, url: URL): string {
  try {
    return readFileSync(url, 'utf8')
  } catch (error) {
    throw new FaultError(`fault ${id}: ${file} cannot be read: ${(error as Error).message}`, { cause: error })
  }
}
