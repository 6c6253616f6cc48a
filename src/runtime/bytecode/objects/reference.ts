/**
 * References in frames: counted ones, and ones that are not.
 *
 * Functions and code are in use by every thread at once, and what is immortal is never counted.
 * Counting them each time one lies on a stack would make threads contend for nothing. So a cell of
 * a frame holds either an object's address, with a reference that is counted, or that address with its lowest bit
 * set, without. Whoever decides that such an object is dead looks at all frames first.
 *
 * @see CPython Include/internal/pycore_stackref.h
 */
import { type Address, type Memory, NULL } from '../../memory/memory.ts'
import { type Counter, decref, incref } from '../../refcount/biased.ts'
import { isImmortal } from '../../refcount/object-header.ts'
import { isDeferred } from './deferred.ts'

/** Set in a reference that is not counted. */
const UNCOUNTED = 1

/** What a cell of a frame holds: NULL, or the address of an object, tagged if the reference is not counted. */
export type Reference = number

/** The object that a reference is to. */
export const objectOf = (reference: Reference): Address => reference & ~UNCOUNTED

/** Whether a reference is to an object, and counted. */
export const isCounted = (reference: Reference): boolean => reference !== NULL && (reference & UNCOUNTED) === 0

/** A reference that is not counted, to what the caller knows to live long enough: it is immortal, or deferred. */
export const uncounted = (object: Address): Reference => object | UNCOUNTED

/** Makes a reference of a counted one that the caller has. Of an immortal object the count means nothing, so it is left out. */
export const given = (memory: Memory, object: Address): Reference => (isImmortal(memory, object) ? object | UNCOUNTED : object)

/** Makes a reference to an object that somebody holds. What is immortal or deferred is not counted. */
export function refer(counter: Counter, object: Address): Reference {
  const { memory } = counter
  if (isImmortal(memory, object) || isDeferred(memory, object)) return object | UNCOUNTED
  incref(counter, object)
  return object
}

/** Makes another reference to what a reference is to. */
export function duplicate(counter: Counter, reference: Reference): Reference {
  if (isCounted(reference)) incref(counter, reference)
  return reference
}

/** Gives a reference up. */
export function close(counter: Counter, reference: Reference): void {
  if (isCounted(reference)) decref(counter, reference)
}

/** Makes a counted reference of any: for what is stored where cells are not tagged. The reference is given over. */
export function counted(counter: Counter, reference: Reference): Address {
  if (isCounted(reference)) return reference
  const object = objectOf(reference)
  incref(counter, object)
  return object
}
