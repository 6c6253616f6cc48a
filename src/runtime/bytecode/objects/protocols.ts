/**
 * What can be done with objects of each kind: a table that the operators look into.
 *
 * A kind's file exports its protocol, beside its layout; `../layouts.ts` puts all of them into the table. So operators
 * know no kind by name, and a kind can be made without the others.
 *
 * All hooks borrow their arguments, answer new references, and throw `Raised`. One that is missing means that objects of
 * the kind do not support the operation; the operator then says so in Python's words.
 *
 * @see CPython Include/cpython/object.h, the slots of a type
 */
import type { Address } from '../../memory/memory.ts'
import { KINDS } from './kinds.ts'
import type { Caller } from './mutator.ts'

/** What can be done with objects of one kind. */
export interface Protocol {
  /**
   * Arithmetic. Called for the kind of the left operand first, and then for that of the right if it is another.
   * @param operation as in `operation.ts`; in-place forms too.
   * @returns NULL if it is not for these operands.
   */
  binary?(m: Caller, operation: number, left: Address, right: Address): Address
  /** @param operation as in `operation.ts`. @returns NULL if it is not supported. */
  unary?(m: Caller, operation: number, operand: Address): Address
  /** `+` of a sequence. */
  concatenate?(m: Caller, left: Address, right: Address): Address
  /** `+=` of a sequence that changes in place. @returns what the left operand is from now on. */
  extend?(m: Caller, left: Address, right: Address): Address
  /** `*` of a sequence. @param times not negative. */
  repeat?(m: Caller, sequence: Address, times: number): Address
  /** `*=` of a sequence that changes in place. */
  repeatInPlace?(m: Caller, sequence: Address, times: number): Address
  /**
   * A comparison. Called for the left operand, and then for the right with the comparison turned round.
   * @returns NULL if it is not for these operands.
   */
  compare?(m: Caller, comparison: number, left: Address, right: Address): Address
  /** An integer of at most 53 bits. Missing: hashed by identity. */
  hash?(m: Caller, object: Address): number
  /** @param within the containers that this happens inside of, so that one which holds itself is written as `[...]`. */
  repr?(m: Caller, object: Address, within: readonly Address[]): string
  /** What `str` makes of it; missing: the same as `repr`. */
  text?(m: Caller, object: Address): string
  /** Missing: true, unless the length is zero. */
  truth?(m: Caller, object: Address): boolean
  length?(m: Caller, object: Address): number
  getItem?(m: Caller, object: Address, key: Address): Address
  setItem?(m: Caller, object: Address, key: Address, value: Address): void
  deleteItem?(m: Caller, object: Address, key: Address): void
  contains?(m: Caller, object: Address, item: Address): boolean
  iterate?(m: Caller, object: Address): Address
  /** @returns NULL at the end. */
  next?(m: Caller, iterator: Address): Address
  /** Where a whole number is wanted: an int. */
  index?(m: Caller, object: Address): Address
  /** Name of the type, for messages; missing: that of the layout. */
  typeName?(m: Caller, object: Address): string
}

/** The protocol of each kind. */
export const PROTOCOLS: Protocol[] = Array.from({ length: KINDS }, () => ({}))
