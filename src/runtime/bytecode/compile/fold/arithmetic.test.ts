import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SEEDED } from '../../../../testing/seeded.ts'
import { bitLength, divide, floatFloorDivide, floatModulo, floatPower, floorDivide, integerPower, modulo, toFloat } from './arithmetic.ts'

const { POSITIVE_INFINITY: INFINITE, MIN_VALUE: TINY, MAX_VALUE: HUGE } = Number

test('the length of an integer is that of its amount', () => {
  expect([0n, 1n, -1n, 255n, -256n, 2n ** 64n].map(bitLength)).toEqual([0, 1, 1, 8, 9, 65])
})

test('integers are divided towards minus infinity, and what is left has the sign of the divisor', () => {
  expect([floorDivide(7n, 2n), floorDivide(-7n, 2n), floorDivide(7n, -2n), floorDivide(-8n, 2n)]).toEqual([3n, -4n, -4n, -4n])
  fc.assert(
    fc.property(fc.bigInt(), fc.bigInt({ min: 1n }), fc.boolean(), (left, amount, negative) => {
      const right = negative ? -amount : amount
      const rest = modulo(left, right)
      expect(floorDivide(left, right) * right + rest).toBe(left)
      expect(negative ? rest <= 0n && rest > right : rest >= 0n && rest < right).toBe(true)
    }),
    SEEDED,
  )
})

test('the quotient of integers is the nearest float', () => {
  expect([divide(1n, 3n), divide(-1n, 3n), divide(10n ** 400n, 10n ** 399n), divide(1n, 10n ** 20n)]).toEqual([1 / 3, -1 / 3, 10, 1e-20])
  expect([divide(0n, 5n), divide(0n, -5n)]).toEqual([0, -0])
  expect([divide(1n, 0n), divide(10n ** 400n, 1n)]).toEqual([undefined, undefined])
  // Rounded twice, this would be even.
  expect(divide(2n ** 53n + 1n, 1n)).toBe(2 ** 53)
  expect(divide((2n ** 53n + 1n) * 2n ** 70n + 1n, 2n ** 70n)).toBe(2 ** 53 + 2)
  fc.assert(
    fc.property(fc.maxSafeInteger(), fc.maxSafeInteger(), (left, right) => {
      fc.pre(right !== 0)
      expect(divide(BigInt(left), BigInt(right))).toBe(left === 0 && right < 0 ? -0 : (left === 0 ? 0 : left) / right)
    }),
    SEEDED,
  )
})

test('an integer that is too large is no float', () => {
  expect([toFloat(-3n), toFloat(2n ** 1024n)]).toEqual([-3, undefined])
})

test.for([
  [7.5, 2, 1.5, 3],
  [-7.5, 2, 0.5, -4],
  [7.5, -2, -0.5, -4],
  [-7.5, -2, -1.5, 3],
  [6, 3, 0, 2],
  [6, -3, -0, -2],
  [0, 3, 0, 0],
  [-0, 3, 0, -0],
  [0, -3, -0, -0],
  [1, INFINITE, 1, 0],
  [-1, INFINITE, INFINITE, -1],
  [0.1, 0.1, 0, 1],
  // The quotient is a little less than it should be.
  [2055.6929954543934, 0.13277698777913516, 0.039670657822919786, 15482],
] as const)('%d divided by %d leaves %d and is %d', ([left, right, rest, quotient]) => {
  expect(floatModulo(left, right)).toBe(rest)
  expect(floatFloorDivide(left, right)).toBe(quotient)
})

test('powers of integers are integers, but for negative exponents', () => {
  expect([integerPower(2n, 10n), integerPower(-2n, 3n), integerPower(0n, 0n), integerPower(2n, -1n)]).toEqual([1024n, -8n, 1n, 0.5])
  expect([integerPower(0n, -1n), integerPower(2n ** 1024n, -1n), integerPower(2n, -(2n ** 1024n))]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
})

test.for([
  [0, 0, 1],
  [Number.NaN, 0, 1],
  [1, Number.NaN, 1],
  [Number.NaN, 1, Number.NaN],
  [2, Number.NaN, Number.NaN],
  [-1, INFINITE, 1],
  [-1, -INFINITE, 1],
  [-1, Number.NaN, Number.NaN],
  [-2, INFINITE, INFINITE],
  [0, -1, undefined],
  [-8, 1 / 3, undefined],
  [-INFINITE, 0.5, INFINITE],
  [-8, 3, -512],
  [2, 0.5, Math.SQRT2],
  [HUGE, 2, undefined],
  [INFINITE, 2, INFINITE],
  [2, INFINITE, INFINITE],
  [TINY, 2, 0],
] as const)('%d to the power of %d is %d', ([base, exponent, power]) => {
  expect(floatPower(base, exponent)).toBe(power)
})
