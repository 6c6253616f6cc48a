/** Safe points of running code: where a frame begins or goes on, where a loop turns, where a call is done. */
import type { Mutator } from '../objects/mutator.ts'
import { raise } from '../objects/raise.ts'

/** Passes a safe point. @throws Raised if what was asked for failed. */
export function passSafePoint(m: Mutator): void {
  if (!m.passSafePoint()) raise(m, 'RuntimeError', 'what the thread was asked to do failed')
}
