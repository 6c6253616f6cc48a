/**
 * What can be done with bytes.
 */
import { type Address, type Memory, NULL } from '../../memory/memory.ts'
import { BYTES_HASH, byteAt, bytesLength, bytesOf, newBytes } from './bytes.ts'
import { isSlice, placeOf, placesOf } from './indices.ts'
import { newInt } from './int.ts'
import { newIterator, Source, type Walk } from './iterators.ts'
import { itself } from './itself.ts'
import { Kind, kindOf } from './kinds.ts'
import { type Layout, plain } from './layout.ts'
import type { Caller } from './mutator.ts'
import { isIndex, wholeNumber } from './operate/index-of.ts'
import { holds } from './operate/operation.ts'
import type { Protocol } from './protocols.ts'
import { raise } from './raise.ts'
import { truthValue } from './singletons.ts'
import { typeName } from './type-name.ts'

export const BYTES_LAYOUT: Layout = plain('bytes')

/** Bytes in quotes. @see CPython Objects/bytesobject.c, PyBytes_Repr */
function quoted(memory: Memory, bytes: Address): string {
  const data = bytesOf(memory, bytes)
  const quote = data.includes(SINGLE) && !data.includes(DOUBLE) ? DOUBLE : SINGLE
  const sign = String.fromCharCode(quote)
  return `b${sign}${Array.from(data, (byte) => escaped(byte, quote)).join('')}${sign}`
}

const SINGLE = 0x27
const DOUBLE = 0x22
const ESCAPES: Readonly<Record<number, string>> = { 9: '\\t', 10: '\\n', 13: '\\r', 92: '\\\\' }

function escaped(byte: number, quote: number): string {
  if (byte === quote) return `\\${String.fromCharCode(quote)}`
  const plain = byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`
  return ESCAPES[byte] ?? plain
}

function orderOf(memory: Memory, left: Address, right: Address): number {
  const [before, after] = [bytesLength(memory, left), bytesLength(memory, right)]
  for (let index = 0; index < before && index < after; index++) {
    const difference = byteAt(memory, left, index) - byteAt(memory, right, index)
    if (difference !== 0) return difference
  }
  return before - after
}

/** Where bytes have others in them. */
function find(memory: Memory, bytes: Address, part: Address): number {
  return Buffer.from(bytesOf(memory, bytes)).indexOf(bytesOf(memory, part))
}

function hashOf(memory: Memory, bytes: Address): number {
  const known = memory.loadRelaxed(bytes + BYTES_HASH)
  if (known !== 0) return known
  let hash = 0x811c9dc5 | 0
  for (const byte of bytesOf(memory, bytes)) hash = Math.imul(hash ^ byte, 0x01000193)
  const found = (hash >>> 2) + 1
  memory.storeRelaxed(bytes + BYTES_HASH, found)
  return found
}

export const BYTES_PROTOCOL: Protocol = {
  concatenate(m, left, right) {
    if (kindOf(m.memory, right) !== Kind.BYTES) raise(m, 'TypeError', `can't concat ${typeName(m, right)} to bytes`)
    return newBytes(m, [...bytesOf(m.memory, left), ...bytesOf(m.memory, right)])
  },
  repeat(m, bytes, times) {
    const length = bytesLength(m.memory, bytes)
    return newBytes(
      m,
      Array.from({ length: length * times }, (_, index) => byteAt(m.memory, bytes, index % length)),
    )
  },
  compare(m, comparison, left, right) {
    if (kindOf(m.memory, right) !== Kind.BYTES) return NULL
    return truthValue(m, holds(comparison, orderOf(m.memory, left, right)))
  },
  hash: (m, bytes) => hashOf(m.memory, bytes),
  repr: (m, bytes) => quoted(m.memory, bytes),
  length: (m, bytes) => bytesLength(m.memory, bytes),
  getItem,
  contains,
  iterate: (m, bytes) => newIterator(m, Source.BYTES, bytes),
}

export const BYTES_WALK: Walk = {
  name: 'bytes_iterator',
  at: (m, bytes, place) => (place < bytesLength(m.memory, bytes) ? newInt(m, byteAt(m.memory, bytes, place)) : NULL),
}

function getItem(m: Caller, bytes: Address, key: Address): Address {
  const { memory } = m
  const length = bytesLength(memory, bytes)
  if (!isSlice(m, key, 'byte indices must be integers or slices, not %')) {
    const place = placeOf(m, key, length)
    if (place < 0) raise(m, 'IndexError', 'index out of range')
    return newInt(m, byteAt(memory, bytes, place))
  }
  const { start, step, count } = placesOf(m, key, length)
  if (step === 1 && count === length) return itself(m, bytes)
  return newBytes(
    m,
    Array.from({ length: count }, (_, index) => byteAt(memory, bytes, start + index * step)),
  )
}

function contains(m: Caller, bytes: Address, item: Address): boolean {
  const { memory } = m
  if (kindOf(memory, item) === Kind.BYTES) return find(memory, bytes, item) >= 0
  if (!isIndex(m, item)) raise(m, 'TypeError', `a bytes-like object is required, not '${typeName(m, item)}'`)
  const value = wholeNumber(m, item)
  if (value < 0n || value > 255n) raise(m, 'ValueError', 'byte must be in range(0, 256)')
  return bytesOf(memory, bytes).includes(Number(value))
}
