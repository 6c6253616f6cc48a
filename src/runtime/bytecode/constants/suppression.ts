/**
 * Suppressing that constants are made immortal.
 *
 * Code that is run once and thrown away, as `eval` does, would leave its constants behind for ever. So a thread
 * counts how many such things it is in the middle of, and as long as that is not zero the constants of all
 * code that it makes stay mortal. The count is the thread's own: what other threads make at that time is
 * not concerned, nor what is made later by code that was only made meanwhile.
 *
 * @see CPython Include/internal/pycore_tstate.h, suppress_co_const_immortalization
 */
import type { Mutator } from '../objects/mutator.ts'

/** Whether constants that this thread makes stay mortal at present. */
export const isSuppressed = ({ memory, own }: Mutator): boolean => memory.get(own.suppressed) !== 0

/** Runs an action during which constants stay mortal on this thread, also in what it calls. It may fail, and be one inside another. */
export function suppressed<T>({ memory, own }: Mutator, action: () => T): T {
  memory.set(own.suppressed, memory.get(own.suppressed) + 1)
  try {
    return action()
  } finally {
    memory.set(own.suppressed, memory.get(own.suppressed) - 1)
  }
}
