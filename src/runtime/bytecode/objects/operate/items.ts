/** Items: by index or key, and whether there are any. */
import { type Address, NULL } from '../../../memory/memory.ts'
import { decref } from '../../../refcount/biased.ts'
import type { Caller } from '../mutator.ts'
import { raise } from '../raise.ts'
import { typeName } from '../type-name.ts'
import { equal } from './compare.ts'
import { iterate, next } from './iterate.ts'
import { protocolOf } from './protocol-of.ts'

/** `object[key]`. @throws Raised */
export function getItem(m: Caller, object: Address, key: Address): Address {
  const hook = protocolOf(m, object).getItem
  if (hook === undefined) raise(m, 'TypeError', `'${typeName(m, object)}' object is not subscriptable`)
  return hook(m, object, key)
}

/** `object[key] = value`. @throws Raised */
export function setItem(m: Caller, object: Address, key: Address, value: Address): void {
  const hook = protocolOf(m, object).setItem
  if (hook === undefined) raise(m, 'TypeError', `'${typeName(m, object)}' object does not support item assignment`)
  hook(m, object, key, value)
}

/** `del object[key]`. @throws Raised */
export function deleteItem(m: Caller, object: Address, key: Address): void {
  const protocol = protocolOf(m, object)
  if (protocol.deleteItem === undefined) {
    // Sequences are refused in other words than what has no items at all.
    const refusal = protocol.getItem === undefined ? 'does not' : "doesn't"
    raise(m, 'TypeError', `'${typeName(m, object)}' object ${refusal} support item deletion`)
  }
  protocol.deleteItem(m, object, key)
}

/** `item in object`. @throws Raised */
export function contains(m: Caller, object: Address, item: Address): boolean {
  const protocol = protocolOf(m, object)
  if (protocol.contains !== undefined) return protocol.contains(m, object, item)
  if (protocol.iterate === undefined) raise(m, 'TypeError', `argument of type '${typeName(m, object)}' is not a container or iterable`)
  return isAmong(m, object, item)
}

/** Whether one of the items that an object has when it is iterated over is equal to another object. */
export function isAmong(m: Caller, object: Address, item: Address): boolean {
  const iterator = iterate(m, object)
  try {
    for (let each = next(m, iterator); each !== NULL; each = next(m, iterator)) if (isItem(m, each, item)) return true
    return false
  } finally {
    decref(m, iterator)
  }
}

/** `len(object)`. @throws Raised */
export function length(m: Caller, object: Address): number {
  const hook = protocolOf(m, object).length
  if (hook === undefined) raise(m, 'TypeError', `object of type '${typeName(m, object)}' has no len()`)
  return hook(m, object)
}

/** Whether one is equal to the other. @param one its reference is given over. */
export function isItem(m: Caller, one: Address, other: Address): boolean {
  try {
    return equal(m, one, other)
  } finally {
    decref(m, one)
  }
}
