/**
 * Numbers as Python writes them.
 *
 * @see CPython Python/pystrtod.c, format_float_short
 */
import type { Address } from '../../memory/memory.ts'
import { bigIntOf, safeIntegerOf } from './int.ts'
import { bitsOf } from './int-arithmetic.ts'
import type { Mutator } from './mutator.ts'
import { raise } from './raise.ts'

/** Ints of more digits than this are not written, since that takes time that grows with the square. */
const MOST_DIGITS = 4300

/** An int in decimal. @throws Raised if it has too many digits */
export function intText(m: Mutator, int: Address): string {
  const value = safeIntegerOf(m.memory, int)
  if (!Number.isNaN(value)) return String(value)
  const large = bigIntOf(m.memory, int)
  // Many digits too many are seen by the bits alone.
  const text = bitsOf(large) > MOST_DIGITS * 4 ? undefined : String(large)
  if (text === undefined || text.length - (large < 0n ? 1 : 0) > MOST_DIGITS) {
    raise(
      m,
      'ValueError',
      `Exceeds the limit (${MOST_DIGITS} digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit`,
    )
  }
  return text
}

/** The shortest text that is read back as the same number. */
export function floatText(value: number): string {
  if (Number.isNaN(value)) return 'nan'
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf'
  const sign = value < 0 || Object.is(value, -0) ? '-' : ''
  const [mantissa = '', power = ''] = Math.abs(value).toExponential().split('e')
  const digits = mantissa.replace('.', '')
  const exponent = Number(power)
  if (exponent < -4 || exponent >= 16) {
    const fraction = digits.length > 1 ? `.${digits.slice(1)}` : ''
    return `${sign}${digits.charAt(0)}${fraction}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`
  }
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0')
  return `${sign}${whole}.${digits.slice(exponent + 1) || '0'}`
}
