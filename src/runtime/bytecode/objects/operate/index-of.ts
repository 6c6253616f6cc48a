/** Whole numbers where one is wanted: indices, counts. */
import { type Address, NULL } from '../../../memory/memory.ts'
import { decref } from '../../../refcount/biased.ts'
import { bigIntOf } from '../int.ts'
import type { Caller } from '../mutator.ts'
import { raise } from '../raise.ts'
import { typeName } from '../type-name.ts'
import { protocolOf } from './protocol-of.ts'

/** Whether an object can stand for a whole number. */
export const isIndex = (m: Caller, object: Address): boolean => protocolOf(m, object).index !== undefined

/** The int that an object stands for, a new reference. @throws Raised if it stands for none. */
export function indexOf(m: Caller, object: Address): Address {
  const int = protocolOf(m, object).index?.(m, object) ?? NULL
  if (int === NULL) raise(m, 'TypeError', `'${typeName(m, object)}' object cannot be interpreted as an integer`)
  return int
}

/** Bits of an index. Nothing has so many places; it only decides which message comes. */
const INDEX_BITS = 64

/**
 * The number that an object stands for, as an index or count.
 * @param failure what is raised if the number is so large that nothing has so many places.
 */
export function indexNumber(m: Caller, object: Address, failure: 'IndexError' | 'OverflowError'): number {
  const value = wholeNumber(m, object)
  if (BigInt.asIntN(INDEX_BITS, value) !== value) raise(m, failure, `cannot fit '${typeName(m, object)}' into an index-sized integer`)
  return Number(value)
}

/** The number that an object stands for, of any size. */
export function wholeNumber(m: Caller, object: Address): bigint {
  const int = indexOf(m, object)
  const value = bigIntOf(m.memory, int)
  decref(m, int)
  return value
}
