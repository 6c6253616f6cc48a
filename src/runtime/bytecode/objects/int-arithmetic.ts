/**
 * Arithmetic of whole numbers.
 *
 * Each operation first tries JavaScript's numbers, which are exact up to 53 bits: an operand beyond is NaN
 * there, and so is then every result, which fails the test for being exact. Only what fails goes on with BigInt.
 *
 * @see CPython Objects/longobject.c
 */
import type { Address, Memory } from '../../memory/memory.ts'
import { OutOfMemory } from '../../memory/out-of-memory.ts'
import { newFloat } from './float.ts'
import { bigIntOf, newBigInt, newInt, safeIntegerOf } from './int.ts'
import type { Mutator } from './mutator.ts'
import { raise } from './raise.ts'

const LIMIT = Number.MAX_SAFE_INTEGER
/** Results of more bits than this are not tried. */
const LARGEST_BITS = 2 ** 26

/** What ZeroDivisionError says. */
export const DIVISION_BY_ZERO = 'division by zero'

/** The sum: a new reference. @throws OutOfMemory */
export function addInts(m: Mutator, left: Address, right: Address): Address {
  const { memory } = m
  const sum = safeIntegerOf(memory, left) + safeIntegerOf(memory, right)
  if (sum <= LIMIT && sum >= -LIMIT) return newInt(m, sum)
  return newBigInt(m, bigIntOf(memory, left) + bigIntOf(memory, right))
}

/** The difference, as `addInts`. */
export function subtractInts(m: Mutator, left: Address, right: Address): Address {
  const { memory } = m
  const difference = safeIntegerOf(memory, left) - safeIntegerOf(memory, right)
  if (difference <= LIMIT && difference >= -LIMIT) return newInt(m, difference)
  return newBigInt(m, bigIntOf(memory, left) - bigIntOf(memory, right))
}

/** The product, as `addInts`. */
export function multiplyInts(m: Mutator, left: Address, right: Address): Address {
  const { memory } = m
  const product = safeIntegerOf(memory, left) * safeIntegerOf(memory, right)
  if (product <= LIMIT && product >= -LIMIT) return newInt(m, product)
  return newBigInt(m, bigIntOf(memory, left) * bigIntOf(memory, right))
}

/** Rounds towards minus infinity. */
export function floorDivideInts(m: Mutator, left: Address, right: Address): Address {
  const { memory } = m
  const [dividend, divisor] = [safeIntegerOf(memory, left), safeIntegerOf(memory, right)]
  if (divisor === 0) raise(m, 'ZeroDivisionError', DIVISION_BY_ZERO)
  // Exact: a quotient is never rounded up to a whole number while its dividend is exact.
  const quotient = Math.floor(dividend / divisor)
  if (!Number.isNaN(quotient)) return newInt(m, quotient)
  const [a, b] = [bigIntOf(memory, left), bigIntOf(memory, right)]
  const truncated = a / b
  return newBigInt(m, a % b !== 0n && a < 0n !== b < 0n ? truncated - 1n : truncated)
}

/** Has the sign of the divisor. */
export function remainderOfInts(m: Mutator, left: Address, right: Address): Address {
  const { memory } = m
  const [dividend, divisor] = [safeIntegerOf(memory, left), safeIntegerOf(memory, right)]
  if (divisor === 0) raise(m, 'ZeroDivisionError', DIVISION_BY_ZERO)
  const remainder = dividend % divisor
  if (!Number.isNaN(remainder)) return newInt(m, remainder !== 0 && remainder < 0 !== divisor < 0 ? remainder + divisor : remainder)
  const [a, b] = [bigIntOf(memory, left), bigIntOf(memory, right)]
  const rest = a % b
  return newBigInt(m, rest !== 0n && rest < 0n !== b < 0n ? rest + b : rest)
}

/** A float, the nearest to the exact quotient. */
export function divideInts(m: Mutator, left: Address, right: Address): Address {
  const { memory } = m
  const [dividend, divisor] = [safeIntegerOf(memory, left), safeIntegerOf(memory, right)]
  if (divisor === 0) raise(m, 'ZeroDivisionError', DIVISION_BY_ZERO)
  const quotient = dividend / divisor
  if (!Number.isNaN(quotient)) return newFloat(m, quotient)
  const nearest = nearestQuotient(bigIntOf(memory, left), bigIntOf(memory, right))
  if (!Number.isFinite(nearest)) raise(m, 'OverflowError', 'integer division result too large for a float')
  return newFloat(m, nearest)
}

/** An int, or a float if the exponent is negative. @param power of two floats. */
export function powerOfInts(m: Mutator, left: Address, right: Address, power: (base: number, exponent: number) => Address): Address {
  const { memory } = m
  const [base, exponent] = [bigIntOf(memory, left), bigIntOf(memory, right)]
  if (exponent < 0n) return power(toDouble(m, left), toDouble(m, right))
  if (base === 0n || base === 1n || base === -1n) {
    return newBigInt(m, exponent === 0n || (base === -1n && exponent % 2n === 0n) ? 1n : base)
  }
  mustBeReasonable(BigInt(bitsOf(base) - 1) * exponent)
  return newBigInt(m, base ** exponent)
}

/** @throws Raised if the count is negative; OutOfMemory if the result would have too many digits */
export function shiftIntLeft(m: Mutator, left: Address, right: Address): Address {
  const { memory } = m
  const [value, count] = [safeIntegerOf(memory, left), safeIntegerOf(memory, right)]
  // A small shift of a small number is a product, and exact as such.
  const product = count >= 0 && count < 32 ? value * 2 ** count : Number.NaN
  if (product <= LIMIT && product >= -LIMIT) return newInt(m, product)
  const shift = shiftCount(m, right)
  if (value === 0) return newInt(m, 0)
  const number = bigIntOf(memory, left)
  mustBeReasonable(BigInt(bitsOf(number)) + shift)
  return newBigInt(m, number << shift)
}

/** Rounds towards minus infinity. @throws Raised if the count is negative */
export function shiftIntRight(m: Mutator, left: Address, right: Address): Address {
  const { memory } = m
  const number = bigIntOf(memory, left)
  const shift = shiftCount(m, right)
  if (shift >= bitsOf(number)) return newInt(m, number < 0n ? -1 : 0)
  return newBigInt(m, number >> shift)
}

/** As if both had bits without end, in two’s complement. */
export function andInts(m: Mutator, left: Address, right: Address): Address {
  const { memory } = m
  const [a, b] = [safeIntegerOf(memory, left), safeIntegerOf(memory, right)]
  if ((a | 0) === a && (b | 0) === b) return newInt(m, a & b)
  return newBigInt(m, bigIntOf(memory, left) & bigIntOf(memory, right))
}

/** As `andInts`. */
export function orInts(m: Mutator, left: Address, right: Address): Address {
  const { memory } = m
  const [a, b] = [safeIntegerOf(memory, left), safeIntegerOf(memory, right)]
  if ((a | 0) === a && (b | 0) === b) return newInt(m, a | b)
  return newBigInt(m, bigIntOf(memory, left) | bigIntOf(memory, right))
}

/** As `andInts`. */
export function xorInts(m: Mutator, left: Address, right: Address): Address {
  const { memory } = m
  const [a, b] = [safeIntegerOf(memory, left), safeIntegerOf(memory, right)]
  if ((a | 0) === a && (b | 0) === b) return newInt(m, a ^ b)
  return newBigInt(m, bigIntOf(memory, left) ^ bigIntOf(memory, right))
}

/** The negative: a new reference. @throws OutOfMemory */
export function negateInt(m: Mutator, int: Address): Address {
  const value = safeIntegerOf(m.memory, int)
  return Number.isNaN(value) ? newBigInt(m, -bigIntOf(m.memory, int)) : newInt(m, -value)
}

/** All bits turned, in two’s complement. @throws OutOfMemory */
export function invertInt(m: Mutator, int: Address): Address {
  const value = safeIntegerOf(m.memory, int)
  // The lowest safe integer but one turns into the highest, so nothing is lost at either end.
  return Number.isNaN(value) ? newBigInt(m, ~bigIntOf(m.memory, int)) : newBigInt(m, BigInt(-value) - 1n)
}

/** How two ints or bools stand: negative, zero or positive. */
export function orderOfInts(memory: Memory, left: Address, right: Address): number {
  const difference = safeIntegerOf(memory, left) - safeIntegerOf(memory, right)
  if (!Number.isNaN(difference)) return difference
  const [a, b] = [bigIntOf(memory, left), bigIntOf(memory, right)]
  return a < b ? -1 : a > b ? 1 : 0
}

/** An int as the nearest double. @throws Raised if it is too large for one. */
export function toDouble(m: Mutator, int: Address): number {
  const value = safeIntegerOf(m.memory, int)
  if (!Number.isNaN(value)) return value
  const nearest = Number(bigIntOf(m.memory, int))
  if (!Number.isFinite(nearest)) raise(m, 'OverflowError', 'int too large to convert to float')
  return nearest
}

/** How many bits a magnitude has. */
export const bitsOf = (value: bigint): number => (value === 0n ? 0 : (value < 0n ? -value : value).toString(2).length)

function shiftCount(m: Mutator, int: Address): bigint {
  const count = bigIntOf(m.memory, int)
  if (count < 0n) raise(m, 'ValueError', 'negative shift count')
  return count
}

function mustBeReasonable(bits: bigint): void {
  if (bits > LARGEST_BITS) throw new OutOfMemory('no memory for an int of that many digits')
}

/** Bits that a quotient is worked out to: more than a double holds, so that the last says what was left out. */
const QUOTIENT_BITS = 66
/** The smallest double is 2 to the power of minus this; two bits more decide how it is rounded. */
const SMALLEST_EXPONENT = 1074 + 2

function nearestQuotient(dividend: bigint, divisor: bigint): number {
  const negative = dividend < 0n !== divisor < 0n
  const [a, b] = [dividend < 0n ? -dividend : dividend, divisor < 0n ? -divisor : divisor]
  const shift = Math.min(QUOTIENT_BITS - bitsOf(a) + bitsOf(b), SMALLEST_EXPONENT)
  const [numerator, denominator] = shift >= 0 ? [a << BigInt(shift), b] : [a, b << BigInt(-shift)]
  const quotient = numerator / denominator
  const sticky = numerator % denominator === 0n ? quotient : quotient | 1n
  // In two steps, since the power alone may be too small for a double. Only the second rounds.
  const half = Math.trunc(shift / 2)
  const nearest = Number(sticky) * 2 ** -half * 2 ** -(shift - half)
  return negative ? -nearest : nearest
}
