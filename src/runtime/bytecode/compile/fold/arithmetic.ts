/**
 * Arithmetic as Python defines it on integers of any size and on floats.
 *
 * What Python answers with an exception has no result here: undefined.
 *
 * @see CPython Objects/longobject.c and Objects/floatobject.c
 */
import type { BinaryOperator } from '../ast.ts'

export const bitLength = (value: bigint): number => (value === 0n ? 0 : (value < 0n ? -value : value).toString(2).length)

/** Rounds towards minus infinity. */
export function floorDivide(left: bigint, right: bigint): bigint {
  const quotient = left / right
  return quotient * right !== left && left < 0n !== right < 0n ? quotient - 1n : quotient
}

/** Has the sign of the divisor. */
export const modulo = (left: bigint, right: bigint): bigint => left - floorDivide(left, right) * right

/** More bits than a float has, so that the one rounding at the end is right. */
const QUOTIENT_BITS = 66

/** The float that is nearest to a quotient of integers. Undefined if it is too large for one. */
export function divide(left: bigint, right: bigint): number | undefined {
  if (right === 0n) return undefined
  if (left === 0n) return right < 0n ? -0 : 0
  const amount = divideAmounts(left < 0n ? -left : left, right < 0n ? -right : right)
  if (!Number.isFinite(amount)) return undefined
  return left < 0n === right < 0n ? amount : -amount
}

function divideAmounts(left: bigint, right: bigint): number {
  const shift = BigInt(QUOTIENT_BITS - bitLength(left) + bitLength(right))
  const numerator = shift > 0n ? left << shift : left
  const denominator = shift > 0n ? right : right << -shift
  const quotient = numerator / denominator
  const sticky = quotient * denominator === numerator ? quotient : quotient | 1n
  return scaled(Number(sticky), -Number(shift))
}

/** `value * 2 ** exponent`, in steps that do not leave the range of floats on the way. */
function scaled(value: number, exponent: number): number {
  const half = Math.trunc(exponent / 2)
  return value * 2 ** half * 2 ** (exponent - half)
}

/** The float that is nearest to an integer. Undefined if it is too large for one. */
export function toFloat(value: bigint): number | undefined {
  const result = Number(value)
  return Number.isFinite(result) ? result : undefined
}

/** Has the sign of the divisor. */
export function floatModulo(left: number, right: number): number {
  const remainder = left % right
  if (remainder === 0) return right < 0 || Object.is(right, -0) ? -0 : 0
  return remainder < 0 !== right < 0 ? remainder + right : remainder
}

/** Rounds towards minus infinity. */
export function floatFloorDivide(left: number, right: number): number {
  const remainder = left % right
  const exact = (left - remainder) / right
  const quotient = remainder !== 0 && remainder < 0 !== right < 0 ? exact - 1 : exact
  if (quotient === 0) return left / right < 0 || Object.is(left / right, -0) ? -0 : 0
  const floor = Math.floor(quotient)
  return quotient - floor > 0.5 ? floor + 1 : floor
}

/** An integer, but for a negative exponent. Undefined if there is no such number. */
export function integerPower(base: bigint, exponent: bigint): bigint | number | undefined {
  if (exponent >= 0n) return base ** exponent
  const [floatBase, floatExponent] = [toFloat(base), toFloat(exponent)]
  return floatBase === undefined || floatExponent === undefined ? undefined : floatPower(floatBase, floatExponent)
}

/** Undefined also where the result would be a complex number. */
export function floatPower(base: number, exponent: number): number | undefined {
  if (exponent === 0 || base === 1) return 1
  // JavaScript has no answer here, Python says 1.
  if (base === -1 && !Number.isFinite(exponent) && !Number.isNaN(exponent)) return 1
  if (base === 0 && exponent < 0) return undefined
  if (base < 0 && Number.isFinite(base) && Number.isFinite(exponent) && !Number.isInteger(exponent)) return undefined
  const result = base ** exponent
  return Number.isFinite(base) && Number.isFinite(exponent) && !Number.isFinite(result) ? undefined : result
}

/** The operators that take two integers to an integer; the right one is not zero where it divides, and not negative where it shifts. */
export const INTEGER: Readonly<Partial<Record<BinaryOperator, (left: bigint, right: bigint) => bigint>>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '//': floorDivide,
  '%': modulo,
  '<<': (left, right) => left << right,
  '>>': (left, right) => left >> right,
  '&': (left, right) => left & right,
  '|': (left, right) => left | right,
  '^': (left, right) => left ^ right,
}

/** The operators that take two floats to a float; the right one is not zero where it divides. */
export const FLOAT: Readonly<Partial<Record<BinaryOperator, (left: number, right: number) => number | undefined>>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '//': floatFloorDivide,
  '%': floatModulo,
  '**': floatPower,
}
