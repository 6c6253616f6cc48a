/**
 * How deep a thread may go: frames, and operations on what containers hold.
 *
 * @see CPython Include/internal/pycore_ceval.h, _Py_EnterRecursiveCall
 */
import type { Mutator } from '../mutator.ts'
import { raise } from '../raise.ts'

/** Frames that may run inside one another. */
export const DEEPEST = 1000
/** An operation on items takes as much of the native stack as so many frames. */
const WEIGHT = 5

/**
 * Does something to what a container holds, which may be a container too.
 * @param where for the message, as in "in comparison".
 * @throws Raised if the thread is too deep already.
 */
export function deeper<T>(m: Mutator, where: string, action: () => T): T {
  const { memory, own } = m
  const depth = memory.get(own.depth)
  if (depth + WEIGHT > DEEPEST) raise(m, 'RecursionError', `maximum recursion depth exceeded ${where}`)
  memory.set(own.depth, depth + WEIGHT)
  try {
    return action()
  } finally {
    memory.set(own.depth, depth)
  }
}
