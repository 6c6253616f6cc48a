/** All the values of something that can be iterated. */
import { type Address, NULL } from '../../memory/memory.ts'
import { decref } from '../../refcount/biased.ts'
import type { Caller } from '../objects/mutator.ts'
import { iterate, next } from '../objects/operate/iterate.ts'

/** Does something with each value; borrowed. @param act answers true to stop. */
export function eachOf(m: Caller, iterable: Address, act: (value: Address) => boolean): void {
  const iterator = iterate(m, iterable)
  try {
    for (;;) {
      const value = next(m, iterator)
      if (value === NULL) return
      try {
        if (act(value)) return
      } finally {
        decref(m, value)
      }
    }
  } finally {
    decref(m, iterator)
  }
}
