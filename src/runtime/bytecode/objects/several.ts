/**
 * Several references at once: made, used and dropped together.
 *
 * Any of the objects may fail to be made, for lack of memory or because code of a program raises. Then those that were made
 * before it are dropped, and so nothing is left of the attempt.
 */
import type { Address } from '../../memory/memory.ts'
import { type Counter, decref } from '../../refcount/biased.ts'

/** Drops references. */
export function dropAll(counter: Counter, objects: Iterable<Address>): void {
  for (const object of objects) decref(counter, object)
}

/** Makes an object of each value. @returns new references; if one fails, none is left. */
export function makeEach<T>(counter: Counter, values: Iterable<T>, make: (value: T) => Address): Address[] {
  const made: Address[] = []
  let complete = false
  try {
    for (const value of values) made.push(make(value))
    complete = true
    return made
  } finally {
    if (!complete) dropAll(counter, made)
  }
}

/** Runs an action with the objects that are made of the values, borrowed. */
export function withEach<T, Result>(
  counter: Counter,
  values: Iterable<T>,
  make: (value: T) => Address,
  action: (made: readonly Address[]) => Result,
): Result {
  const made = makeEach(counter, values, make)
  try {
    return action(made)
  } finally {
    dropAll(counter, made)
  }
}
