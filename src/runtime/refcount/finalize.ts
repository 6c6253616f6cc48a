/**
 * Finalizers: code that runs between an object's last reference and its end, and may bring it back.
 *
 * A finalizer needs the object alive, so the thread that ends it becomes its owner with one
 * reference, as if it had just made it. Nobody else can have a reference yet. The finalizer may
 * hand some out; so when it returns, the borrowed reference must be dropped like any other. Writing
 * "count minus one" back instead would lose whatever other threads counted meanwhile, or end an
 * object that another thread has just been allowed to take.
 *
 * @see CPython Objects/object.c, PyObject_CallFinalizerFromDealloc; gh-127582
 */
import type { Address } from '../memory/memory.ts'
import { type Counter, mergeCounts } from './biased.ts'
import { FINALIZED, FINALIZER, LOCAL, MARKS, MERGED, NONE, ONE, OWNER, SHARED } from './object-header.ts'

/**
 * Runs the finalizer of an object without references, once in the object's life.
 * @returns whether the object is still dead. If not it is somebody else's: the caller must not touch it again.
 */
export function finalize(counter: Counter, object: Address, run: () => void): boolean {
  const { memory, identity } = counter
  const marks = memory.loadRelaxed(object + MARKS)
  if (memory.get(object + FINALIZER) === 0 || (marks & FINALIZED) !== 0) return true
  memory.storeRelaxed(object + MARKS, marks | FINALIZED)
  // Nobody can see these three at odds: the word says dead, or untouchable, until the last of them.
  memory.storeRelaxed(object + OWNER, identity)
  memory.storeRelaxed(object + LOCAL, 1)
  memory.storeRelaxed(object + SHARED, NONE)
  run()
  return dropBorrowed(counter, object)
}

/** Drops the reference that the finalizer was lent, without starting the object's end a second time. */
function dropBorrowed(counter: Counter, object: Address): boolean {
  const { memory, identity } = counter
  if (memory.loadRelaxed(object + OWNER) === identity) {
    if (memory.loadRelaxed(object + LOCAL) === 1 && memory.loadAcquire(object + SHARED) === NONE) {
      memory.storeRelaxed(object + LOCAL, 0)
      return true
    }
    return mergeCounts(memory, object, -1) === 0
  }
  // The object was merged, or made immortal, while the finalizer ran.
  if (memory.loadRelaxed(object + LOCAL) !== 0) return false
  return memory.add(object + SHARED, -ONE) - ONE === MERGED
}
