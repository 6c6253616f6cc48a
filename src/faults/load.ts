/**
 * Builds a fault into the runtime while it is loaded.
 *
 * The faulty file is loaded before anybody asks for it, so that it is certain to be the one that
 * everybody gets. A thread loads modules for itself, so this has to be done on each.
 */
import { readFileSync } from 'node:fs'
import { registerHooks, stripTypeScriptTypes } from 'node:module'
import { type Fault, FaultError, withFault } from './fault.ts'

/** A file with a fault in it. It can be sent to other threads. */
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

/**
 * Loads a faulty file: whoever imports the file later on this thread gets the faulty one.
 *
 * @throws FaultError if the file was loaded before.
 */
export async function loadFaulty({ fault, url: faulty, source }: FaultyFile): Promise<void> {
  let built = false
  const hooks = registerHooks({
    load(url, context, nextLoad) {
      if (url !== faulty) return nextLoad(url, context)
      built = true
      return { format: 'module', source, shortCircuit: true }
    },
  })
  try {
    await import(faulty)
  } finally {
    hooks.deregister()
  }
  if (!built) throw new FaultError(`fault ${fault}: ${faulty} was loaded without it`)
}

function soundSource({ id, file }: Fault, url: URL): string {
  try {
    return readFileSync(url, 'utf8')
  } catch (error) {
    throw new FaultError(`fault ${id}: ${file} cannot be read: ${(error as Error).message}`, { cause: error })
  }
}
