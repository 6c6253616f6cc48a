/**
 * Indices and slices of sequences: which places they mean.
 *
 * @see CPython Objects/sliceobject.c, PySlice_Unpack, PySlice_AdjustIndices
 */
import type { Address } from '../../memory/memory.ts'
import { safeIntegerOf } from './int.ts'
import { Kind, kindOf } from './kinds.ts'
import type { Caller } from './mutator.ts'
import { indexNumber, isIndex, wholeNumber } from './operate/index-of.ts'
import { raise } from './raise.ts'
import { START, STEP, STOP } from './slice.ts'
import { typeName } from './type-name.ts'

/** The places that a slice means in a sequence of a certain length. */
export interface Places {
  /** The first of them; if there are none, where they would be. */
  readonly start: number
  readonly step: number
  readonly count: number
}

/** An index counted from the front. @returns -1 if there is no such place. */
export function placeOf(m: Caller, index: Address, length: number): number {
  const known = kindOf(m.memory, index) === Kind.INT ? safeIntegerOf(m.memory, index) : Number.NaN
  const value = Number.isNaN(known) ? indexNumber(m, index, 'IndexError') : known
  const place = value < 0 ? value + length : value
  return place < length ? Math.max(place, -1) : -1
}

/**
 * Whether a key is a slice.
 * @param refusal the message if it is neither that nor an index, with `%` in place of its type.
 * @throws Raised with that message.
 */
export function isSlice(m: Caller, key: Address, refusal: string): boolean {
  if (kindOf(m.memory, key) === Kind.SLICE) return true
  if (!isIndex(m, key)) raise(m, 'TypeError', refusal.replace('%', typeName(m, key)))
  return false
}

/** The places that a slice means in a sequence of that many. @throws Raised */
export function placesOf(m: Caller, slice: Address, length: number): Places {
  const { memory } = m
  const step = partOf(m, memory.get(slice + STEP)) ?? 1
  if (step === 0) raise(m, 'ValueError', 'slice step cannot be zero')
  const [lowest, highest] = step < 0 ? [-1, length - 1] : [0, length]
  const clamp = (value: number) => Math.min(Math.max(value < 0 ? value + length : value, lowest), highest)
  const [from, to] = [partOf(m, memory.get(slice + START)), partOf(m, memory.get(slice + STOP))]
  const start = from === undefined ? (step < 0 ? highest : lowest) : clamp(from)
  const stop = to === undefined ? (step < 0 ? lowest : highest) : clamp(to)
  return { start, step, count: Math.max(0, Math.ceil((stop - start) / step)) }
}

/** No sequence is so long, and no step over one so wide, that more than this makes a difference. */
const FAR = 2n ** 52n

/** A part of a slice. @returns undefined for None. */
function partOf(m: Caller, part: Address): number | undefined {
  const value = sliceBound(m, part)
  return value === undefined ? undefined : Number(value > FAR ? FAR : value < -FAR ? -FAR : value)
}

/** A part of a slice, of any size. @returns undefined for None. @throws Raised */
export function sliceBound(m: Caller, part: Address): bigint | undefined {
  if (kindOf(m.memory, part) === Kind.NONE) return undefined
  if (!isIndex(m, part)) raise(m, 'TypeError', 'slice indices must be integers or None or have an __index__ method')
  return wholeNumber(m, part)
}
