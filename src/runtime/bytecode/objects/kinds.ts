/**
 * What kinds of objects running code makes.
 *
 * A kind says how an object lies in memory, and decides what can be done with it: an exact type, for
 * all but instances and exceptions, which say themselves what class they are of. It is written before the
 * object is given to anybody and stays what it is, so reading it needs no order.
 */
import type { Address, Memory } from '../../memory/memory.ts'
import { KIND } from '../../refcount/object-header.ts'

/** Kinds by name. Zero stands for objects that hold nothing, which is not a kind of these. */
export const Kind = {
  NONE: 1,
  BOOL: 2,
  INT: 3,
  FLOAT: 4,
  STR: 5,
  BYTES: 6,
  ELLIPSIS: 7,
  NOT_IMPLEMENTED: 8,
  TUPLE: 9,
  LIST: 10,
  DICT: 11,
  SET: 12,
  FROZENSET: 13,
  SLICE: 14,
  RANGE: 15,
  /** One kind for all iterators over what is built in; see `iterators.ts`. */
  ITERATOR: 16,
  DICT_VIEW: 17,
  CODE: 18,
  FUNCTION: 19,
  BUILTIN_FUNCTION: 20,
  METHOD: 21,
  CELL: 22,
  GENERATOR: 23,
  CLASS: 24,
  INSTANCE: 25,
  EXCEPTION: 26,
} as const
export type Kind = (typeof Kind)[keyof typeof Kind]

/** Kinds are smaller than this. */
export const KINDS = 27

/** The kind of an object that the caller holds. */
export const kindOf = (memory: Memory, object: Address): number => memory.get(object + KIND)
