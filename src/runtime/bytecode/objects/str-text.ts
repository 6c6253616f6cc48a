/**
 * What can be done with strings: join, compare, search, cut.
 */
import { type Address, CELL, type Memory, NULL } from '../../memory/memory.ts'
import { decref, isUniquelyReferenced } from '../../refcount/biased.ts'
import { isSlice, placeOf, placesOf } from './indices.ts'
import { newIterator, Source, type Walk } from './iterators.ts'
import { itself } from './itself.ts'
import { Kind, kindOf } from './kinds.ts'
import { type Layout, plain } from './layout.ts'
import type { Caller, Mutator } from './mutator.ts'
import { holds } from './operate/operation.ts'
import type { Protocol } from './protocols.ts'
import { raise } from './raise.ts'
import { truthValue } from './singletons.ts'
import {
  CAPACITY,
  HASH,
  hashOfStr,
  INTERNED,
  LENGTH,
  lengthOf,
  newBlankStr,
  newLetter,
  newStrOf,
  pointAt,
  substring,
  TEXT,
  textOf,
} from './str.ts'
import { typeName } from './type-name.ts'

export const STR_LAYOUT: Layout = plain('str')

/** One string behind the other. */
export function concatenate(m: Mutator, left: Address, right: Address): Address {
  const [before, after] = [lengthOf(m.memory, left), lengthOf(m.memory, right)]
  if (before === 0 || after === 0) return itself(m, before === 0 ? right : left)
  return join(m, left, right, before + after)
}

/**
 * Appends to a string that a variable holds and is about to hold again.
 *
 * If nobody else can see the string it grows in place, or moves to where there is room to spare, so that
 * appending many times takes time in proportion to what is appended.
 * @param left its reference is given over, also if there is no memory.
 * @throws OutOfMemory
 * @see CPython Objects/unicodeobject.c, PyUnicode_Append
 */
export function appendInPlace(m: Mutator, left: Address, right: Address): Address {
  const { memory } = m
  const [before, after] = [lengthOf(memory, left), lengthOf(memory, right)]
  const length = before + after
  const grows = before > 0 && after > 0 && isUniquelyReferenced(m, left) && memory.get(left + INTERNED) === 0
  if (grows && length <= memory.get(left + CAPACITY)) {
    copyText(memory, right, left, before)
    memory.set(left + LENGTH, length)
    memory.storeRelaxed(left + HASH, 0)
    return left
  }
  try {
    return grows ? join(m, left, right, length + (length >> 1)) : concatenate(m, left, right)
  } finally {
    decref(m, left)
  }
}

/** A new string of two that are not empty. @param capacity code points that it has room for. */
function join(m: Mutator, left: Address, right: Address, capacity: number): Address {
  const { memory } = m
  const [before, after] = [lengthOf(memory, left), lengthOf(memory, right)]
  const str = newBlankStr(m, before + after, capacity)
  copyText(memory, left, str, 0)
  copyText(memory, right, str, before)
  return str
}

/** How two strings stand: negative, zero or positive. By code points, from the front. */
export function orderOfStrs(memory: Memory, left: Address, right: Address): number {
  const [before, after] = [lengthOf(memory, left), lengthOf(memory, right)]
  for (let index = 0; index < before && index < after; index++) {
    const difference = pointAt(memory, left, index) - pointAt(memory, right, index)
    if (difference !== 0) return difference
  }
  return before - after
}

/** Where a string has another in it, from a place on and before another. @returns -1 if nowhere. */
export function findText(memory: Memory, str: Address, part: Address, from: number, to: number): number {
  const last = to - lengthOf(memory, part)
  for (let place = from; place <= last; place++) if (hasAt(memory, str, part, place)) return place
  return -1
}

/** Whether a string has another at a place. The place lies so that it could. */
export function hasAt(memory: Memory, str: Address, part: Address, place: number): boolean {
  const length = lengthOf(memory, part)
  for (let index = 0; index < length; index++) if (pointAt(memory, str, place + index) !== pointAt(memory, part, index)) return false
  return true
}

/** Copies code points to a place in a string that nobody else sees yet. */
function copyText(memory: Memory, from: Address, to: Address, at: number): void {
  const target = to + TEXT + at * CELL
  const end = memory.get(from + LENGTH) * CELL
  for (let offset = 0; offset < end; offset += CELL) memory.set(target + offset, memory.get(from + TEXT + offset))
}

/** A string in quotes, with what cannot be printed written as escapes. @see CPython Objects/unicodeobject.c, unicode_repr */
export function quoted(memory: Memory, str: Address): string {
  const points = Array.from({ length: lengthOf(memory, str) }, (_, index) => pointAt(memory, str, index))
  const quote = points.includes(SINGLE) && !points.includes(DOUBLE) ? DOUBLE : SINGLE
  const sign = String.fromCharCode(quote)
  return `${sign}${points.map((point) => escaped(point, quote)).join('')}${sign}`
}

const SINGLE = 0x27
const DOUBLE = 0x22
const ESCAPES: Readonly<Record<number, string>> = { 9: '\\t', 10: '\\n', 13: '\\r', 92: '\\\\' }
/** What has no look of its own: controls, formats, surrogates, what is private or unassigned, and spaces other than the common one. */
const UNPRINTABLE = /^(?! )[\p{C}\p{Z}]$/u

function escaped(point: number, quote: number): string {
  if (point === quote) return `\\${String.fromCharCode(quote)}`
  const known = ESCAPES[point]
  if (known !== undefined) return known
  const character = String.fromCodePoint(point)
  if (!UNPRINTABLE.test(character)) return character
  const hex = point.toString(16)
  if (point < 0x100) return `\\x${hex.padStart(2, '0')}`
  return point < 0x10000 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`
}

export const STR_PROTOCOL: Protocol = {
  concatenate(m, left, right) {
    if (kindOf(m.memory, right) === Kind.STR) return concatenate(m, left, right)
    raise(m, 'TypeError', `can only concatenate str (not "${typeName(m, right)}") to str`)
  },
  repeat(m, str, times) {
    const length = lengthOf(m.memory, str)
    return newStrOf(m, length * times, (index) => pointAt(m.memory, str, index % length))
  },
  compare(m, comparison, left, right) {
    if (kindOf(m.memory, right) !== Kind.STR) return NULL
    return truthValue(m, holds(comparison, orderOfStrs(m.memory, left, right)))
  },
  hash: (m, str) => hashOfStr(m.memory, str),
  repr: (m, str) => quoted(m.memory, str),
  text: (m, str) => textOf(m.memory, str),
  length: (m, str) => lengthOf(m.memory, str),
  getItem,
  contains(m, str, item) {
    if (kindOf(m.memory, item) === Kind.STR) return findText(m.memory, str, item, 0, lengthOf(m.memory, str)) >= 0
    raise(m, 'TypeError', `'in <string>' requires string as left operand, not ${typeName(m, item)}`)
  },
  iterate: (m, str) => newIterator(m, Source.STR, str),
}

function getItem(m: Caller, str: Address, key: Address): Address {
  const { memory } = m
  const length = lengthOf(memory, str)
  if (!isSlice(m, key, "string indices must be integers, not '%'")) {
    const place = placeOf(m, key, length)
    if (place < 0) raise(m, 'IndexError', 'string index out of range')
    return newLetter(m, pointAt(memory, str, place))
  }
  const { start, step, count } = placesOf(m, key, length)
  if (step === 1) return count === length ? itself(m, str) : substring(m, str, start, start + count)
  return newStrOf(m, count, (index) => pointAt(memory, str, start + index * step))
}

export const STR_WALK: Walk = {
  name: 'str_iterator',
  at: (m, str, place) => (place < lengthOf(m.memory, str) ? newLetter(m, pointAt(m.memory, str, place)) : NULL),
}
