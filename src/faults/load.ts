/**
 * Makes the source that is loaded in place of a sound file, by `preload.js`.
 */
import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { type Fault, FaultError, withFault } from './fault.ts'

/** Sources that are loaded in place of files, by the files' URLs: JavaScript, without types. */
export type Replacements = Readonly<Record<string, string>>

/**
 * @param runtime the folder that the fault's file is relative to; ends with a slash.
 * @throws FaultError if the fault does not fit the file, or the file cannot be read.
 */
export function faultyFile(fault: Fault, runtime: URL): Replacements {
  const url = new URL(fault.file, runtime)
  return { [url.href]: stripTypeScriptTypes(withFault(fault, soundSource(fault, url))) }
}

function soundSource({ id, file }: Fault, url: URL): string {
  try {
    return readFileSync(url, 'utf8')
  } catch (error) {
    throw new FaultError(`fault ${id}: ${file} cannot be read: ${(error as Error).message}`, { cause: error })
  }
}
