/**
 * Builds a fault into the runtime while it is loaded.
 *
 * The faulty file is loaded before anybody asks for it, so that it is certain to be the one that
 * everybody gets. A thread loads modules for itself: this has to be done on each.
 */
import { registerHooks } from 'node:module'
import { type Fault, FaultError, withFault } from './fault.ts'

/**
 * Loads the fault's file with the fault in it. Whoever imports that file later on this thread gets the faulty one.
 *
 * @param runtime the folder that the fault's file is relative to; ends with a slash.
 * @throws FaultError if the fault does not fit the file, the file cannot be loaded, or it was loaded before.
 */
export async function loadFaulty(fault: Fault, runtime: URL): Promise<void> {
  const { href } = new URL(fault.file, runtime)
  let built = false
  const hooks = registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context)
      if (url !== href) return loaded
      const source = withFault(fault, Buffer.from(loaded.source as Uint8Array).toString())
      built = true
      return { ...loaded, source }
    },
  })
  try {
    await import(href)
  } catch (error) {
    if (error instanceof FaultError) throw error
    throw new FaultError(`fault ${fault.id}: ${fault.file} cannot be loaded: ${(error as Error).message}`, { cause: error })
  } finally {
    hooks.deregister()
  }
  if (!built) throw new FaultError(`fault ${fault.id}: ${fault.file} was loaded without it`)
}
