/** Iteration. */
import { type Address, NULL } from '../../../memory/memory.ts'
import { decref } from '../../../refcount/biased.ts'
import type { Caller } from '../mutator.ts'
import { raise } from '../raise.ts'
import { dropAll } from '../several.ts'
import { typeName } from '../type-name.ts'
import { protocolOf } from './protocol-of.ts'

/** Whether an object can be asked for an iterator at all. */
export function isIterable(m: Caller, object: Address): boolean {
  const { iterate, getItem } = protocolOf(m, object)
  return iterate !== undefined || getItem !== undefined
}

/** An iterator over an object. @throws Raised if it has none. */
export function iterate(m: Caller, object: Address): Address {
  const hook = protocolOf(m, object).iterate
  if (hook === undefined) raise(m, 'TypeError', `'${typeName(m, object)}' object is not iterable`)
  return hook(m, object)
}

/** The next of an iterator. @returns NULL at the end. @throws Raised if the object is no iterator. */
export function next(m: Caller, iterator: Address): Address {
  const hook = protocolOf(m, iterator).next
  if (hook === undefined) raise(m, 'TypeError', `'${typeName(m, iterator)}' object is not an iterator`)
  return hook(m, iterator)
}

/** Everything that an object has when it is iterated over: new references. If that fails, none are left. */
export function collectItems(m: Caller, object: Address): Address[] {
  const items: Address[] = []
  const iterator = iterate(m, object)
  let complete = false
  try {
    for (let item = next(m, iterator); item !== NULL; item = next(m, iterator)) items.push(item)
    complete = true
  } finally {
    if (!complete) dropAll(m, items)
    decref(m, iterator)
  }
  return items
}

/** Does something with everything that an object has when it is iterated over; borrowed. */
export function withItemsOf<T>(m: Caller, iterable: Address, action: (items: readonly Address[]) => T): T {
  const items = collectItems(m, iterable)
  try {
    return action(items)
  } finally {
    dropAll(m, items)
  }
}
