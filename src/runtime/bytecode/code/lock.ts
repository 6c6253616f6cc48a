import { type Address, NULL } from '../../memory/memory.ts'
import { begin, end } from '../../thread/critical-section.ts'
import type { Mutator } from '../objects/mutator.ts'
import { CODE_MUTEX } from './code-object.ts'

/**
 * Runs an action under the lock of a code object, which guards its array of copies and all instrumentation. Not in a pause: a
 * thread at rest may have the lock.
 */
export function withCodeLocked<T>(m: Mutator, code: Address, action: () => T): T {
  begin(m, code + CODE_MUTEX, NULL)
  try {
    return action()
  } finally {
    end(m)
  }
}
