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
  /** How deep the thread is in callbacks of tools. */
  callbacks: cell,
  /** The exception being handled; a reference or NULL. */
  handled: cell,
})
export type ThreadCode = Opened<typeof ThreadCode>
