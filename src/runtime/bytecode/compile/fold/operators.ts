/**
 * Operators on constants: what the compiler works out so that the program need not.
 *
 * A result that is undefined is left to the program: one that would be an exception there, one that
 * would be large, and a complex number, which there is none of here.
 *
 * @see CPython Python/ast_opt.c
 */
import type { BinaryOperator, UnaryOperator } from '../ast.ts'
import type { Constant } from '../compiled-code.ts'
import { isTrue } from '../constants.ts'
import { bitLength, divide, FLOAT, INTEGER, integerPower, toFloat } from './arithmetic.ts'

const MAX_INT_BITS = 128
const MAX_COLLECTION_ITEMS = 256
const MAX_TEXT_LENGTH = 4096
/** With those of collections inside. */
const MAX_TOTAL_ITEMS = 1024

const int = (value: bigint): Constant => ({ kind: 'int', value })
const bool = (value: boolean): Constant => ({ kind: 'bool', value })
const float = (value: number | undefined): Constant | undefined => (value === undefined ? undefined : { kind: 'float', value })

/** The integer that a constant is: truth values are integers too. */
function integerOf(constant: Constant): bigint | undefined {
  if (constant.kind === 'int') return constant.value
  return constant.kind === 'bool' ? BigInt(constant.value) : undefined
}

function floatOf(constant: Constant): number | undefined {
  if (constant.kind === 'float') return constant.value
  const value = integerOf(constant)
  return value === undefined ? undefined : toFloat(value)
}

export function foldUnary(operator: UnaryOperator, operand: Constant): Constant | undefined {
  if (operator === 'not') return bool(!isTrue(operand))
  const value = integerOf(operand)
  if (value !== undefined) return int(operator === '-' ? -value : operator === '~' ? ~value : value)
  if (operand.kind !== 'float' || operator === '~') return undefined
  return { kind: 'float', value: operator === '-' ? -operand.value : operand.value }
}

export function foldBinary(operator: BinaryOperator, left: Constant, right: Constant): Constant | undefined {
  const [leftInt, rightInt] = [integerOf(left), integerOf(right)]
  if (leftInt !== undefined && rightInt !== undefined) return foldIntegers(operator, left, leftInt, right, rightInt)
  const [leftFloat, rightFloat] = [floatOf(left), floatOf(right)]
  if (leftFloat !== undefined && rightFloat !== undefined) return foldFloats(operator, leftFloat, rightFloat)
  if (operator === '+') return concatenated(left, right)
  if (operator !== '*') return undefined
  if (leftInt !== undefined) return repeated(right, leftInt)
  return rightInt === undefined ? undefined : repeated(left, rightInt)
}

function foldIntegers(operator: BinaryOperator, left: Constant, a: bigint, right: Constant, b: bigint): Constant | undefined {
  if (isTooLarge(operator, a, b)) return undefined
  if (operator === '/') return float(divide(a, b))
  if (operator === '**') {
    const power = integerPower(a, b)
    return typeof power === 'bigint' ? int(power) : float(power)
  }
  if ((operator === '//' || operator === '%') && b === 0n) return undefined
  if ((operator === '<<' || operator === '>>') && b < 0n) return undefined
  const apply = INTEGER[operator]
  if (apply === undefined) return undefined
  const value = apply(a, b)
  const logical = operator === '&' || operator === '|' || operator === '^'
  return logical && left.kind === 'bool' && right.kind === 'bool' ? bool(value !== 0n) : int(value)
}

/** Whether a result would, or could, have more bits than a constant should. */
function isTooLarge(operator: BinaryOperator, left: bigint, right: bigint): boolean {
  if (left === 0n || right === 0n) return false
  const bits = bitLength(left)
  switch (operator) {
    case '*':
      return bits + bitLength(right) > MAX_INT_BITS
    case '**':
      return right > 0n && BigInt(bits) > BigInt(MAX_INT_BITS) / right
    case '<<':
      return right > MAX_INT_BITS || bits > MAX_INT_BITS - Number(right)
    default:
      return false
  }
}

function foldFloats(operator: BinaryOperator, left: number, right: number): Constant | undefined {
  if ((operator === '/' || operator === '//' || operator === '%') && right === 0) return undefined
  return float(FLOAT[operator]?.(left, right))
}

function concatenated(left: Constant, right: Constant): Constant | undefined {
  if (left.kind === 'str' && right.kind === 'str') return { kind: 'str', value: left.value + right.value }
  if (left.kind === 'bytes' && right.kind === 'bytes') return { kind: 'bytes', value: Uint8Array.of(...left.value, ...right.value) }
  return left.kind === 'tuple' && right.kind === 'tuple' ? { kind: 'tuple', items: [...left.items, ...right.items] } : undefined
}

function repeated(sequence: Constant, times: bigint): Constant | undefined {
  if (sequence.kind !== 'str' && sequence.kind !== 'bytes' && sequence.kind !== 'tuple') return undefined
  const size = lengthOf(sequence)
  const limit = sequence.kind === 'tuple' ? MAX_COLLECTION_ITEMS : MAX_TEXT_LENGTH
  if (size === 0) return sequence
  if (times < 0n || times > Math.trunc(limit / size)) return undefined
  const count = Number(times)
  if (sequence.kind === 'str') return { kind: 'str', value: sequence.value.repeat(count) }
  const copies = Array.from({ length: count })
  if (sequence.kind === 'bytes') return { kind: 'bytes', value: Uint8Array.from(copies.flatMap(() => [...sequence.value])) }
  if (count > 0 && itemsLeft(sequence, Math.trunc(MAX_TOTAL_ITEMS / count)) < 0) return undefined
  return { kind: 'tuple', items: copies.flatMap(() => sequence.items) }
}

/** How much of a limit on items a constant leaves; below zero, at the latest when it is exceeded. */
function itemsLeft(constant: Constant, limit: number): number {
  if (constant.kind !== 'tuple') return limit
  let left = limit - constant.items.length
  for (const item of constant.items) {
    if (left < 0) break
    left = itemsLeft(item, left)
  }
  return left
}

type Sequence = Extract<Constant, { kind: 'str' | 'bytes' | 'tuple' }>

function lengthOf(sequence: Sequence): number {
  if (sequence.kind === 'str') return [...sequence.value].length
  return sequence.kind === 'bytes' ? sequence.value.length : sequence.items.length
}

/** `value[index]` */
export function foldSubscript(value: Constant, index: Constant): Constant | undefined {
  const asked = integerOf(index)
  if (asked === undefined || (value.kind !== 'str' && value.kind !== 'bytes' && value.kind !== 'tuple')) return undefined
  const length = BigInt(lengthOf(value))
  if (asked < -length || asked >= length) return undefined
  const at = Number(asked < 0n ? asked + length : asked)
  if (value.kind === 'str') return { kind: 'str', value: [...value.value][at] as string }
  return value.kind === 'bytes' ? int(BigInt(value.value[at] as number)) : (value.items[at] as Constant)
}

/** Whether Python takes two constants for one element of a set. */
function isSameElement(one: Constant, other: Constant): boolean {
  const [a, b] = [numberOf(one), numberOf(other)]
  // A comparison of an integer with a float is exact.
  // biome-ignore lint/suspicious/noDoubleEquals: === takes them for different
  if (a !== undefined && b !== undefined) return a == b
  if (one.kind === 'tuple' && other.kind === 'tuple') {
    return one.items.length === other.items.length && one.items.every((item, at) => isSameElement(item, other.items[at] as Constant))
  }
  if (one.kind === 'str' && other.kind === 'str') return one.value === other.value
  if (one.kind === 'bytes' && other.kind === 'bytes') return one.value.join() === other.value.join()
  return one.kind === other.kind && (one.kind === 'none' || one.kind === 'ellipsis')
}

const numberOf = (constant: Constant): bigint | number | undefined => (constant.kind === 'float' ? constant.value : integerOf(constant))

/** The set of some constants, in the order in which they are written. */
export const frozenset = (items: readonly Constant[]): Constant => ({
  kind: 'frozenset',
  items: items.filter((item, at) => !items.slice(0, at).some((before) => isSameElement(before, item))),
})
