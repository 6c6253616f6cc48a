import type { Address } from '../../memory/memory.ts'
import { type Counter, decref } from '../../refcount/biased.ts'

/** A new object, given over, once it has been filled. If that fails, for lack of memory or because code of a program raises, it is dropped. */
export function filled(counter: Counter, object: Address, fill: (object: Address) => void): Address {
  let complete = false
  try {
    fill(object)
    complete = true
    return object
  } finally {
    if (!complete) decref(counter, object)
  }
}
