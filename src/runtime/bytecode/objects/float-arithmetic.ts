/**
 * Arithmetic of floating-point numbers, where Python's differs from JavaScript's.
 *
 * @see CPython Objects/floatobject.c
 */
import type { Address } from '../../memory/memory.ts'
import { newFloat } from './float.ts'
import { DIVISION_BY_ZERO } from './int-arithmetic.ts'
import type { Mutator } from './mutator.ts'
import { raise } from './raise.ts'

/** @throws Raised ZeroDivisionError */
export function divideFloats(m: Mutator, left: number, right: number): Address {
  if (right === 0) raise(m, 'ZeroDivisionError', DIVISION_BY_ZERO)
  return newFloat(m, left / right)
}

/** Has the sign of the divisor, also where it is zero. */
export function remainderOfFloats(m: Mutator, left: number, right: number): Address {
  if (right === 0) raise(m, 'ZeroDivisionError', DIVISION_BY_ZERO)
  return newFloat(m, remainder(left, right))
}

/** Agrees with the remainder: what is left of the dividend without it is the divisor, this often. */
export function floorDivideFloats(m: Mutator, left: number, right: number): Address {
  if (right === 0) raise(m, 'ZeroDivisionError', DIVISION_BY_ZERO)
  const rest = left % right
  const quotient = (left - rest) / right - (rest !== 0 && rest < 0 !== right < 0 ? 1 : 0)
  if (quotient === 0) return newFloat(m, left / right < 0 || Object.is(left / right, -0) ? -0 : 0)
  // The division may have been rounded: the nearest whole number is meant.
  const floor = Math.floor(quotient)
  return newFloat(m, quotient - floor > 0.5 ? floor + 1 : floor)
}

/** @throws Raised if the power is not a real number, or too large */
export function powerOfFloats(m: Mutator, base: number, exponent: number): Address {
  if (base === 0 && exponent < 0 && Number.isFinite(exponent)) raise(m, 'ZeroDivisionError', 'zero to a negative power')
  if (base === 1 || (base === -1 && Math.abs(exponent) === Number.POSITIVE_INFINITY)) return newFloat(m, 1)
  if (base < 0 && Number.isFinite(base) && Number.isFinite(exponent) && !Number.isInteger(exponent)) {
    raise(m, 'ValueError', 'the power is a complex number')
  }
  const power = base ** exponent
  if (Math.abs(power) === Number.POSITIVE_INFINITY && Number.isFinite(base) && Number.isFinite(exponent)) {
    raise(m, 'OverflowError', "(34, 'Numerical result out of range')")
  }
  return newFloat(m, power)
}

function remainder(left: number, right: number): number {
  const rest = left % right
  if (rest === 0) return right < 0 ? -0 : 0
  return rest < 0 !== right < 0 ? rest + right : rest
}
