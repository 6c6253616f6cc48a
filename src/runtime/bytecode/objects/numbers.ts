/**
 * What can be done with numbers of all kinds: int, bool, float, and any two of them.
 */
import { type Address, NULL } from '../../memory/memory.ts'
import { floatOf, newFloat } from './float.ts'
import { divideFloats, floorDivideFloats, powerOfFloats, remainderOfFloats } from './float-arithmetic.ts'
import { bigIntOf, newInt, SIZE, safeIntegerOf } from './int.ts'
import {
  addInts,
  andInts,
  divideInts,
  floorDivideInts,
  invertInt,
  multiplyInts,
  negateInt,
  orderOfInts,
  orInts,
  powerOfInts,
  remainderOfInts,
  shiftIntLeft,
  shiftIntRight,
  subtractInts,
  toDouble,
  xorInts,
} from './int-arithmetic.ts'
import { itself } from './itself.ts'
import { Kind, kindOf } from './kinds.ts'
import { type Layout, plain } from './layout.ts'
import type { Caller, Mutator } from './mutator.ts'
import { foldedHash, hashOfDouble, hashOfInt } from './number-hash.ts'
import { floatText, intText } from './number-text.ts'
import { identityHash } from './operate/hash.ts'
import { holds, Operation, plainOperation, Unary } from './operate/operation.ts'
import type { Protocol } from './protocols.ts'
import { truthValue } from './singletons.ts'

export const INT_LAYOUT: Layout = plain('int')
export const BOOL_LAYOUT: Layout = plain('bool')
export const FLOAT_LAYOUT: Layout = plain('float')

/** Whether objects of a kind lie in memory as ints do. */
export const isIntegral = (kind: number): boolean => kind === Kind.INT || kind === Kind.BOOL

/** Arithmetic of two numbers. @returns NULL if one of them is none, or floats cannot do it. */
function binary(m: Caller, operation: number, left: Address, right: Address): Address {
  const { memory } = m
  const [one, other] = [kindOf(memory, left), kindOf(memory, right)]
  const plain = plainOperation(operation)
  if (isIntegral(one) && isIntegral(other)) {
    if (one === Kind.BOOL && other === Kind.BOOL && isLogical(plain)) return ofTruthValues(m, plain, left, right)
    return ofInts(m, plain, left, right)
  }
  if (!isNumber(one) || !isNumber(other) || isBitwise(plain)) return NULL
  return ofFloats(m, plain, doubleOf(m, left), doubleOf(m, right))
}

/** Arithmetic of two ints or bools. @returns NULL for matrices. */
function ofInts(m: Mutator, operation: number, left: Address, right: Address): Address {
  const operate = INT_OPERATIONS[operation]
  return operate === undefined ? NULL : operate(m, left, right)
}

const INT_OPERATIONS: readonly (((m: Mutator, left: Address, right: Address) => Address) | undefined)[] = [
  addInts,
  andInts,
  floorDivideInts,
  shiftIntLeft,
  undefined,
  multiplyInts,
  remainderOfInts,
  orInts,
  (m, left, right) => powerOfInts(m, left, right, (base, exponent) => powerOfFloats(m, base, exponent)),
  shiftIntRight,
  subtractInts,
  divideInts,
  xorInts,
]

/** Arithmetic of two floats. @param operation not one of bits. */
export function ofFloats(m: Mutator, operation: number, left: number, right: number): Address {
  if (operation === Operation.ADD) return newFloat(m, left + right)
  if (operation === Operation.SUBTRACT) return newFloat(m, left - right)
  if (operation === Operation.MULTIPLY) return newFloat(m, left * right)
  if (operation === Operation.TRUE_DIVIDE) return divideFloats(m, left, right)
  if (operation === Operation.FLOOR_DIVIDE) return floorDivideFloats(m, left, right)
  if (operation === Operation.REMAINDER) return remainderOfFloats(m, left, right)
  return powerOfFloats(m, left, right)
}

function ofTruthValues(m: Mutator, operation: number, left: Address, right: Address): Address {
  const [one, other] = [m.memory.get(left + SIZE), m.memory.get(right + SIZE)]
  const result = operation === Operation.AND ? one & other : operation === Operation.OR ? one | other : one ^ other
  return truthValue(m, result === 1)
}

const isLogical = (operation: number): boolean => operation === Operation.AND || operation === Operation.OR || operation === Operation.XOR

const isBitwise = (operation: number): boolean =>
  isLogical(operation) ||
  operation === Operation.LEFT_SHIFT ||
  operation === Operation.RIGHT_SHIFT ||
  operation === Operation.MATRIX_MULTIPLY

const isNumber = (kind: number): boolean => kind === Kind.FLOAT || isIntegral(kind)

/** A number as a double. @throws Raised if it is too large for one. */
export function doubleOf(m: Mutator, number: Address): number {
  return kindOf(m.memory, number) === Kind.FLOAT ? floatOf(m.memory, number) : toDouble(m, number)
}

/** How two numbers stand: negative, zero, positive, or NaN. Exact, also between an int and a float. */
function orderOf(m: Mutator, left: Address, right: Address): number {
  const { memory } = m
  const [one, other] = [kindOf(memory, left), kindOf(memory, right)]
  if (one !== Kind.FLOAT && other !== Kind.FLOAT) return orderOfInts(memory, left, right)
  const a = one === Kind.FLOAT ? floatOf(memory, left) : exactly(m, left)
  const b = other === Kind.FLOAT ? floatOf(memory, right) : exactly(m, right)
  return a < b ? -1 : a > b ? 1 : a <= b ? 0 : Number.NaN
}

function exactly(m: Mutator, int: Address): number | bigint {
  const value = safeIntegerOf(m.memory, int)
  return Number.isNaN(value) ? bigIntOf(m.memory, int) : value
}

function compare(m: Caller, comparison: number, left: Address, right: Address): Address {
  if (!isNumber(kindOf(m.memory, right))) return NULL
  const order = orderOf(m, left, right)
  return truthValue(m, holds(comparison, order))
}

/** Unary operations of ints and bools; of a bool they make an int. */
function unaryOfInt(m: Caller, operation: number, int: Address): Address {
  if (operation === Unary.NEGATIVE) return negateInt(m, int)
  if (operation === Unary.INVERT) return invertInt(m, int)
  return sameAsInt(m, int)
}

/** The int that an int or bool is equal to. */
export function sameAsInt(m: Mutator, int: Address): Address {
  if (kindOf(m.memory, int) === Kind.BOOL) return newInt(m, m.memory.get(int + SIZE))
  return itself(m, int)
}

function unaryOfFloat(m: Caller, operation: number, float: Address): Address {
  if (operation === Unary.INVERT) return NULL
  const value = floatOf(m.memory, float)
  return newFloat(m, operation === Unary.NEGATIVE ? -value : value)
}

const INTEGRAL: Protocol = {
  binary,
  unary: unaryOfInt,
  compare,
  hash(m, int) {
    const value = safeIntegerOf(m.memory, int)
    if (Number.isNaN(value)) return foldedHash(hashOfInt(bigIntOf(m.memory, int)))
    return value === -1 ? -2 : value
  },
  truth: (m, int) => m.memory.get(int + SIZE) !== 0,
  index: (m, int) => sameAsInt(m, int),
}

export const INT_PROTOCOL: Protocol = { ...INTEGRAL, repr: intText }

export const BOOL_PROTOCOL: Protocol = { ...INTEGRAL, repr: (m, bool) => (m.memory.get(bool + SIZE) === 0 ? 'False' : 'True') }

export const FLOAT_PROTOCOL: Protocol = {
  binary,
  unary: unaryOfFloat,
  compare,
  hash(m, float) {
    const value = floatOf(m.memory, float)
    // What equals nothing, not even itself, is only found by what it is.
    return Number.isNaN(value) ? identityHash(float) : foldedHash(hashOfDouble(value))
  },
  repr: (m, float) => floatText(floatOf(m.memory, float)),
  truth: (m, float) => floatOf(m.memory, float) !== 0,
}
