/**
 * A thread's own record of running code.
 *
 * @see CPython Include/internal/pycore_tstate.h
 */
import { cell, type Opened, record } from '../../memory/record.ts'

export const ThreadCode = record('thread code', {
  /** Names the thread's entry in every array of copies. */
  index: cell,
  /** How often immortalizing constants is suppressed at present; zero: it is not. */
  suppressed: cell,
  /** The innermost frame that runs; NULL while none does. */
  frame: cell,
  /** Not zero while a callback of a tool runs. What it runs reports nothing, so there is never one inside another. */
  callbacks: cell,
  /** The exception being handled outside of all generators; an object with a reference, or NULL. See `handled.ts`. */
  handled: cell,
  /** The innermost generator that runs; NULL while none does. Borrowed. */
  generator: cell,
  /** The chunk of the data stack that the newest frame lies in; NULL before the first. */
  chunk: cell,
  /** Where the next frame goes in that chunk. */
  stackTop: cell,
  /** How many frames run. */
  depth: cell,
  /** How many times the evaluator runs inside itself, because what is built in called back. */
  evaluations: cell,
})
export type ThreadCode = Opened<typeof ThreadCode>
