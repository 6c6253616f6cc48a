/**
 * Whole numbers of any size: sign, and magnitude in digits of 30 bits, the lowest first.
 *
 * Numbers of one or two digits are worked with as JavaScript's own numbers, as long as these are
 * exact; only beyond that as BigInt.
 *
 * True and False are kinds of their own, and lie in memory as 1 and 0 do.
 *
 * @see CPython Objects/longobject.c
 */
import { type Address, CELL, type Memory } from '../../memory/memory.ts'
import { cell, type Opened, record } from '../../memory/record.ts'
import { ObjectHeader } from '../../refcount/object-header.ts'
import { Kind } from './kinds.ts'
import type { Mutator } from './mutator.ts'
import { LARGEST, SMALLEST, smallInt } from './singletons.ts'

export const Int = record('int', {
  base: ObjectHeader,
  /** How many digits, negative for a negative number. Zero has none, and a digit of zero. */
  size: cell,
  /** The first of them. */
  digits: cell,
})
export type Int = Opened<typeof Int>

export const { size: SIZE, digits: DIGITS } = Int.offset

/** What a digit is smaller than. */
const BASE = 2 ** 30
/** A second digit below this leaves a number that JavaScript's numbers hold exactly. */
const EXACT_HIGH = 2 ** 23
/** Hexadecimal letters of two digits. */
const PAIR = 15

/** @param value a safe integer. */
export function newInt(m: Mutator, value: number): Address {
  if (value >= SMALLEST && value <= LARGEST) return smallInt(m, value)
  const { memory } = m
  const magnitude = value < 0 ? -value : value
  const two = magnitude >= BASE
  const int = m.newObject(Kind.INT, two ? Int.size + CELL : Int.size, Int.name)
  const digits = two ? 2 : 1
  memory.set(int + SIZE, value < 0 ? -digits : digits)
  if (two) {
    const high = Math.floor(magnitude / BASE)
    memory.set(int + DIGITS, magnitude - high * BASE)
    memory.set(int + DIGITS + CELL, high)
  } else memory.set(int + DIGITS, magnitude)
  return int
}

/**
 * Makes a number another one, when nobody else sees it any more.
 * @param value a safe integer.
 * @returns whether it did. Not if the other one may be among the singletons, or need more room.
 */
export function changeInt(memory: Memory, int: Address, value: number): boolean {
  const magnitude = value < 0 ? -value : value
  if (magnitude <= LARGEST || magnitude >= BASE) return false
  memory.set(int + SIZE, value < 0 ? -1 : 1)
  memory.set(int + DIGITS, magnitude)
  return true
}

/** A whole number of any size. */
export function newBigInt(m: Mutator, value: bigint): Address {
  if (value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER) return newInt(m, Number(value))
  const { memory } = m
  const letters = (value < 0n ? -value : value).toString(16)
  const digits = digitsOf(letters)
  const int = m.newObject(Kind.INT, Int.size + (digits - 1) * CELL, Int.name)
  memory.set(int + SIZE, value < 0n ? -digits : digits)
  for (let index = 0, end = letters.length; index < digits; index += 2, end -= PAIR) {
    const pair = letters.slice(Math.max(0, end - PAIR), end).padStart(PAIR, '0')
    memory.set(int + DIGITS + index * CELL, Number.parseInt(pair.slice(-8), 16) % BASE)
    // Of an odd number of digits the last has none above it.
    if (index + 1 < digits) memory.set(int + DIGITS + (index + 1) * CELL, Number.parseInt(pair.slice(0, 8), 16) >>> 2)
  }
  return int
}

/** The value of an int or bool, if JavaScript's numbers hold it exactly; NaN beyond. */
export function safeIntegerOf(memory: Memory, int: Address): number {
  const size = memory.get(int + SIZE)
  if (size === 1) return memory.get(int + DIGITS)
  if (size === 0) return 0
  if (size === -1) return -memory.get(int + DIGITS)
  if (size !== 2 && size !== -2) return Number.NaN
  const high = memory.get(int + DIGITS + CELL)
  if (high >= EXACT_HIGH) return Number.NaN
  const magnitude = high * BASE + memory.get(int + DIGITS)
  return size < 0 ? -magnitude : magnitude
}

/** The value of an int or bool. */
export function bigIntOf(memory: Memory, int: Address): bigint {
  const small = safeIntegerOf(memory, int)
  if (!Number.isNaN(small)) return BigInt(small)
  const size = memory.get(int + SIZE)
  let letters = ''
  for (let index = 0; index < Math.abs(size); index += 2) {
    const low = memory.get(int + DIGITS + index * CELL)
    const high = index + 1 < Math.abs(size) ? memory.get(int + DIGITS + (index + 1) * CELL) : 0
    // 30 bits and 30 bits are 15 letters: 28 bits of the low digit, its upper two with the lowest two of the high one, 28 bits.
    const middle = (low >>> 28) | ((high & 3) << 2)
    letters = (high >>> 2).toString(16).padStart(7, '0') + middle.toString(16) + (low & 0xfff_ffff).toString(16).padStart(7, '0') + letters
  }
  const magnitude = BigInt(`0x${letters}`)
  return size < 0 ? -magnitude : magnitude
}

/** Digits that a magnitude takes. @param letters hexadecimal, without leading zeros. */
function digitsOf(letters: string): number {
  const bits = (letters.length - 1) * 4 + Number.parseInt(letters.charAt(0), 16).toString(2).length
  return Math.ceil(bits / 30)
}
