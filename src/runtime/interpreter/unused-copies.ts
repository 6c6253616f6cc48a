/**
 * The explicit clean-up of copies of bytecode, as an attached thread asks for it.
 *
 * @see CPython Python/sysmodule.c, sys__clear_internal_caches
 */
import { freeUnusedCopies } from '../bytecode/copies/unused.ts'
import { visitObjects } from '../gc/visit-objects.ts'
import type { Thread } from './thread.ts'

/** Frees the copies that no thread of the interpreter runs and no frame is in, in a pause. @returns how many. */
export function clearUnusedCopies(thread: Thread): number {
  const { runtime, interpreter } = thread
  return thread.whileStopped(() => freeUnusedCopies(thread, (kind, each) => visitObjects(runtime.arena, interpreter.address, kind, each)))
}
