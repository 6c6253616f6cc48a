/**
 * Ranges: whole numbers at equal distances.
 *
 * @see CPython Objects/rangeobject.c
 */
import { type Address, type Memory, NULL } from '../../memory/memory.ts'
import { cell, type Opened, record } from '../../memory/record.ts'
import { decref } from '../../refcount/biased.ts'
import { ObjectHeader } from '../../refcount/object-header.ts'
import { isSlice, sliceBound } from './indices.ts'
import { bigIntOf, newBigInt, newInt, safeIntegerOf } from './int.ts'
import { newIterator, Source, type Walk } from './iterators.ts'
import { itself } from './itself.ts'
import { Kind, kindOf } from './kinds.ts'
import type { Layout } from './layout.ts'
import type { Caller, Mutator } from './mutator.ts'
import { hash } from './operate/hash.ts'
import { indexOf, wholeNumber } from './operate/index-of.ts'
import { isAmong } from './operate/items.ts'
import { Comparison } from './operate/operation.ts'
import { repr } from './operate/repr.ts'
import type { Protocol } from './protocols.ts'
import { raise } from './raise.ts'
import { dropAll, withEach } from './several.ts'
import { truthValue } from './singletons.ts'
import { sliceParts } from './slice.ts'
import { newTuple } from './tuple.ts'

export const Range = record('range', {
  base: ObjectHeader,
  /** Ints. */
  start: cell,
  stop: cell,
  step: cell,
  length: cell,
})
export type Range = Opened<typeof Range>

const { start: START, stop: STOP, step: STEP, length: LENGTH } = Range.offset
const PARTS = [START, STOP, STEP, LENGTH] as const

/** A range of what stands for whole numbers, borrowed. @throws Raised */
export function newRange(m: Caller, start: Address, stop: Address, step: Address): Address {
  const parts: Address[] = []
  try {
    for (const part of [start, stop, step]) parts.push(indexOf(m, part))
    const [from, to, by] = parts.map((part) => bigIntOf(m.memory, part)) as [bigint, bigint, bigint]
    if (by === 0n) raise(m, 'ValueError', 'range() arg 3 must not be zero')
    parts.push(newBigInt(m, lengthOf(from, to, by)))
    const range = m.newObject(Kind.RANGE, Range.size, Range.name)
    for (const [index, part] of PARTS.entries()) m.memory.set(range + part, itself(m, parts[index] as Address))
    return range
  } finally {
    dropAll(m, parts)
  }
}

/** Start, stop and step, borrowed. */
export const rangeParts = (memory: Memory, range: Address): Address[] => [START, STOP, STEP].map((part) => memory.get(range + part))

function lengthOf(start: bigint, stop: bigint, step: bigint): bigint {
  if (step > 0n) return start < stop ? (stop - start - 1n) / step + 1n : 0n
  return start > stop ? (start - stop - 1n) / -step + 1n : 0n
}

const numberIn = (memory: Memory, range: Address, part: number): bigint => bigIntOf(memory, memory.get(range + part))

/** The number at a place, which there is. */
function numberAt(m: Mutator, range: Address, place: number): Address {
  const { memory } = m
  const near = safeIntegerOf(memory, memory.get(range + START)) + place * safeIntegerOf(memory, memory.get(range + STEP))
  // What is not exact is beyond that, or not a number.
  if (Number.isSafeInteger(near)) return newInt(m, near)
  return numberFar(m, range, BigInt(place))
}

function numberFar(m: Mutator, range: Address, place: bigint): Address {
  return newBigInt(m, numberIn(m.memory, range, START) + place * numberIn(m.memory, range, STEP))
}

export const RANGE_LAYOUT: Layout = {
  name: 'range',
  visit(memory, range, each) {
    for (const part of PARTS) each(memory.get(range + part))
  },
}

export const RANGE_PROTOCOL: Protocol = {
  compare(m, comparison, left, right) {
    if (kindOf(m.memory, right) !== Kind.RANGE || (comparison !== Comparison.EQ && comparison !== Comparison.NE)) return NULL
    return truthValue(m, areEqual(m.memory, left, right) === (comparison === Comparison.EQ))
  },
  hash(m, range) {
    // Of what makes two ranges equal, and nothing else.
    return withEach(
      m,
      identityOf(m.memory, range),
      (part) => newBigInt(m, part),
      (parts) => {
        const tuple = newTuple(m, parts)
        const hashed = hash(m, tuple)
        decref(m, tuple)
        return hashed
      },
    )
  },
  repr(m, range) {
    const [start, stop, step] = rangeParts(m.memory, range).map((part) => repr(m, part))
    return step === '1' ? `range(${start}, ${stop})` : `range(${start}, ${stop}, ${step})`
  },
  truth: (m, range) => numberIn(m.memory, range, LENGTH) !== 0n,
  length(m, range) {
    const length = safeIntegerOf(m.memory, m.memory.get(range + LENGTH))
    if (Number.isNaN(length)) raise(m, 'OverflowError', 'Python int too large to convert to C ssize_t')
    return length
  },
  getItem,
  contains,
  iterate: (m, range) => newIterator(m, Source.RANGE, range),
}

export const RANGE_WALK: Walk = {
  name: 'range_iterator',
  at(m, range, place) {
    const length = safeIntegerOf(m.memory, m.memory.get(range + LENGTH))
    // A length that is not known exactly is longer than anybody can go.
    return place >= length ? NULL : numberAt(m, range, place)
  },
}

/** Length, start and step, each zero if it makes no difference. */
function identityOf(memory: Memory, range: Address): [length: bigint, start: bigint, step: bigint] {
  const length = numberIn(memory, range, LENGTH)
  return [length, length === 0n ? 0n : numberIn(memory, range, START), length <= 1n ? 0n : numberIn(memory, range, STEP)]
}

function areEqual(memory: Memory, left: Address, right: Address): boolean {
  const other = identityOf(memory, right)
  return identityOf(memory, left).every((part, index) => part === other[index])
}

function contains(m: Caller, range: Address, item: Address): boolean {
  const { memory } = m
  if (kindOf(memory, item) !== Kind.INT && kindOf(memory, item) !== Kind.BOOL) return isAmong(m, range, item)
  const [start, step, length] = [numberIn(memory, range, START), numberIn(memory, range, STEP), numberIn(memory, range, LENGTH)]
  const distance = bigIntOf(memory, item) - start
  return distance % step === 0n && distance / step >= 0n && distance / step < length
}

function getItem(m: Caller, range: Address, key: Address): Address {
  const { memory } = m
  const length = numberIn(memory, range, LENGTH)
  if (isSlice(m, key, 'range indices must be integers or slices, not %')) return slice(m, range, key, length)
  const index = wholeNumber(m, key)
  const place = index < 0n ? index + length : index
  if (place < 0n || place >= length) raise(m, 'IndexError', 'range object index out of range')
  return numberFar(m, range, place)
}

function slice(m: Caller, range: Address, key: Address, length: bigint): Address {
  const [from, to, by] = sliceParts(m.memory, key).map((part) => sliceBound(m, part))
  const step = by ?? 1n
  if (step === 0n) raise(m, 'ValueError', 'slice step cannot be zero')
  const [lowest, highest] = step < 0n ? [-1n, length - 1n] : [0n, length]
  const clamp = (value: bigint) => {
    const place = value < 0n ? value + length : value
    return place < lowest ? lowest : place > highest ? highest : place
  }
  const first = from === undefined ? (step < 0n ? highest : lowest) : clamp(from)
  const end = to === undefined ? (step < 0n ? lowest : highest) : clamp(to)
  const [start, distance] = [numberIn(m.memory, range, START), numberIn(m.memory, range, STEP)]
  return withEach(
    m,
    [start + first * distance, start + end * distance, distance * step],
    (part) => newBigInt(m, part),
    ([from, to, by]) => newRange(m, from as Address, to as Address, by as Address),
  )
}
