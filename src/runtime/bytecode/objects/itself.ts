import type { Address } from '../../memory/memory.ts'
import { type Counter, incref } from '../../refcount/biased.ts'

/** A new reference to an object: for operations that answer one of their operands. */
export function itself(counter: Counter, object: Address): Address {
  incref(counter, object)
  return object
}
