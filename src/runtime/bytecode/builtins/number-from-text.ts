/** Numbers as texts say them. @see CPython Objects/longobject.c and Objects/floatobject.c */
import type { Address } from '../../memory/memory.ts'
import { newFloat } from '../objects/float.ts'
import { newBigInt } from '../objects/int.ts'
import type { Caller } from '../objects/mutator.ts'
import { raise } from '../objects/raise.ts'

const PREFIXES: Readonly<Record<string, number>> = { '0x': 16, '0o': 8, '0b': 2 }
const LARGEST_BASE = 36

/** @param base 0: as literals say. @throws Raised */
export function intFrom(m: Caller, text: string, base: number): Address {
  if (base !== 0 && (base < 2 || base > LARGEST_BASE)) raise(m, 'ValueError', 'int() base must be >= 2 and <= 36, or 0')
  const value = parsed(text.trim().toLowerCase(), base)
  return value === undefined ? raise(m, 'ValueError', `invalid literal for int() with base ${base}: '${text}'`) : newBigInt(m, value)
}

function parsed(text: string, wanted: number): bigint | undefined {
  const [, sign = '', rest = ''] = /^([+-]?)(.*)$/s.exec(text) as RegExpExecArray
  const prefixed = PREFIXES[rest.slice(0, 2)]
  const isPrefixed = prefixed !== undefined && (wanted === 0 || wanted === prefixed)
  const base = isPrefixed ? prefixed : wanted === 0 ? 10 : wanted
  const digits = isPrefixed ? rest.slice(2).replace(/^_/, '') : rest
  if (!/^[0-9a-z]+(_[0-9a-z]+)*$/.test(digits)) return undefined
  // A decimal literal begins with no zero, unless it is one.
  if (wanted === 0 && !isPrefixed && /^0[0_]*[1-9]/.test(digits)) return undefined
  let value = 0n
  for (const digit of digits.replaceAll('_', '')) {
    const worth = Number.parseInt(digit, LARGEST_BASE)
    if (worth >= base) return undefined
    value = value * BigInt(base) + BigInt(worth)
  }
  return sign === '-' ? -value : value
}

const FLOAT = /^[+-]?(\d+(_\d+)*\.?(\d+(_\d+)*)?|\.\d+(_\d+)*)(e[+-]?\d+(_\d+)*)?$/
const INFINITE = /^([+-]?)(inf|infinity)$/

/** @throws Raised */
export function floatFrom(m: Caller, text: string): Address {
  const said = text.trim().toLowerCase()
  if (FLOAT.test(said)) return newFloat(m, Number(said.replaceAll('_', '')))
  const infinite = INFINITE.exec(said)
  if (infinite) return newFloat(m, infinite[1] === '-' ? -Infinity : Infinity)
  if (/^[+-]?nan$/.test(said)) return newFloat(m, Number.NaN)
  return raise(m, 'ValueError', `could not convert string to float: '${text}'`)
}
