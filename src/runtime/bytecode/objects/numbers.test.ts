import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { python, type Value } from '../../../testing/python.ts'
import { SEEDED } from '../../../testing/seeded.ts'
import { OutOfMemory } from '../../memory/out-of-memory.ts'
import { binary } from './operate/binary.ts'
import { compare, equal } from './operate/compare.ts'
import { hash } from './operate/hash.ts'
import { COMPARISON_SIGNS, Operation, SIGNS, Unary } from './operate/operation.ts'
import { repr } from './operate/repr.ts'
import { truth } from './operate/truth.ts'
import { unary } from './operate/unary.ts'

function calculator() {
  const { m, take, using, failure, left } = python()
  const operation = (sign: string) => (SIGNS as readonly string[]).indexOf(sign)
  return {
    left,
    /** What an operation answers, or what it raises. */
    calculate(one: Value, sign: string, other: Value): Value {
      let result: Value = null
      const raised = failure(() => {
        result = using([one, other], (a, b) => take(binary(m, operation(sign), a as number, b as number)))
      })
      return raised === 'nothing was raised' ? result : raised
    },
    compared: (one: Value, sign: string, other: Value): Value =>
      using([one, other], (a, b) => take(compare(m, (COMPARISON_SIGNS as readonly string[]).indexOf(sign), a as number, b as number))),
    unary: (which: number, value: Value): Value => using([value], (a) => take(unary(m, which, a as number))),
    hashed: (value: Value): number => using([value], (a) => hash(m, a as number)),
    written: (value: Value): string => using([value], (a) => repr(m, a as number)),
    isTrue: (value: Value): boolean => using([value], (a) => truth(m, a as number)),
    areEqual: (one: Value, other: Value): boolean => using([one, other], (a, b) => equal(m, a as number, b as number)),
    failure,
  }
}

const E100 = 10n ** 100n
const ZERO_DIVISION = 'ZeroDivisionError: division by zero'
const TOO_LARGE = 'OverflowError: int too large to convert to float'

test.for<[Value, string, Value, Value]>([
  [1n, '+', 2n, 3n],
  [2n ** 53n - 1n, '+', 1n, 2n ** 53n],
  [2n ** 53n, '-', 1n, 2n ** 53n - 1n],
  [-(2n ** 53n) + 1n, '-', 1n, -(2n ** 53n)],
  [2n ** 30n, '*', 2n ** 30n, 2n ** 60n],
  [0n, '*', -5n, 0n],
  [7n, '//', 2n, 3n],
  [-7n, '//', 2n, -4n],
  [-7n, '//', -2n, 3n],
  [-E100, '//', 3n, -(E100 / 3n) - 1n],
  [E100, '//', E100, 1n],
  [E100, '//', -E100, -1n],
  [7n, '%', -3n, -2n],
  [-7n, '%', 3n, 2n],
  [-7n, '%', -7n, 0n],
  [-E100, '%', 3n, 2n],
  [E100, '%', -E100, 0n],
  [E100, '%', 7n, E100 % 7n],
  [1n, '//', 0n, ZERO_DIVISION],
  [1n, '%', 0n, ZERO_DIVISION],
  [1n, '/', false, ZERO_DIVISION],
  [1n, '/', 4n, 0.25],
  [10n ** 400n, '/', 10n ** 399n, 10],
  [-(10n ** 399n), '/', 10n ** 400n, -0.1],
  [10n ** 400n, '/', -(10n ** 400n), -1],
  [1n, '/', 10n ** 400n, 0],
  [3n, '/', 2n ** 1075n, 1e-323],
  [2n ** 1100n + 1n, '/', 2n ** 1100n, 1],
  [10n ** 400n, '/', 3n, 'OverflowError: integer division result too large for a float'],
  [2n, '**', 100n, 2n ** 100n],
  [7n, '**', 0n, 1n],
  [2n, '**', -1n, 0.5],
  [0n, '**', 0n, 1n],
  [0n, '**', 5n, 0n],
  [1n, '**', E100, 1n],
  [-1n, '**', E100, 1n],
  [-1n, '**', E100 + 1n, -1n],
  [0n, '**', -1n, 'ZeroDivisionError: zero to a negative power'],
  [E100 ** 4n, '**', -1n, TOO_LARGE],
  [1n, '<<', 70n, 2n ** 70n],
  [5n, '<<', 3n, 40n],
  [-3n, '<<', 31n, -(3n << 31n)],
  [0n, '<<', E100, 0n],
  [E100, '<<', 3n, E100 * 8n],
  [1n, '<<', -1n, 'ValueError: negative shift count'],
  [1n, '>>', -1n, 'ValueError: negative shift count'],
  [-5n, '>>', 1n, -3n],
  [5n, '>>', E100, 0n],
  [-5n, '>>', E100, -1n],
  [E100, '>>', 10n, E100 >> 10n],
  [12n, '&', 10n, 8n],
  [12n, '|', 3n, 15n],
  [12n, '^', 10n, 6n],
  [2n ** 40n, '&', -1n, 2n ** 40n],
  [2n ** 40n, '|', 1n, 2n ** 40n + 1n],
  [2n ** 40n, '^', 2n ** 40n, 0n],
  [1n, '&', 2n ** 40n + 1n, 1n],
  [1n, '|', 2n ** 40n, 2n ** 40n + 1n],
  [1n, '^', 2n ** 40n, 2n ** 40n + 1n],
  [true, '+', true, 2n],
  [true, '&', false, false],
  [true, '|', false, true],
  [true, '^', true, false],
  [true, '&', 3n, 1n],
  [1n, '@', 2n, "TypeError: unsupported operand type(s) for @: 'int' and 'int'"],
  [1.5, '+', 1n, 2.5],
  [true, '-', 0.5, 0.5],
  [1.5, '*', 2.0, 3],
  [1.0, '/', 4.0, 0.25],
  [1.0, '/', 0n, ZERO_DIVISION],
  [1.0, '//', 0.0, ZERO_DIVISION],
  [1.0, '%', -0, ZERO_DIVISION],
  [1.0, '//', 0.1, 9],
  [-1.5, '//', 1n, -2],
  [1e20, '//', 3.0, 33333333333333330000],
  [0.1, '//', -1e20, -1],
  [0, '//', -5, -0],
  [0, '//', 5, 0],
  [1e-300, '//', 1e300, 0],
  [6.0, '//', 0.1, 59],
  [-1.5, '%', 1.0, 0.5],
  [-1.0, '%', Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
  [-4.0, '%', 2.0, 0],
  [4.0, '%', -2.0, -0],
  [1.5, '%', 1.0, 0.5],
  [11918089522305330, '//', 93.8, 127058523691954],
  [2.0, '**', 0.5, Math.SQRT2],
  [1.0, '**', Number.NaN, 1],
  [-1.0, '**', Number.NEGATIVE_INFINITY, 1],
  [-2.0, '**', 3.0, -8],
  [0.0, '**', -1.0, 'ZeroDivisionError: zero to a negative power'],
  [0.0, '**', Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
  [-8.0, '**', 0.5, 'ValueError: the power is a complex number'],
  [Number.NEGATIVE_INFINITY, '**', 0.5, Number.POSITIVE_INFINITY],
  [-8.0, '**', Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
  [2.0, '**', 10000n, "OverflowError: (34, 'Numerical result out of range')"],
  [10n ** 400n, '*', 1.0, TOO_LARGE],
  [2n ** 70n, '+', 0.5, 2 ** 70],
  [1.5, '&', 1n, "TypeError: unsupported operand type(s) for &: 'float' and 'int'"],
  [1n, '<<', 1.5, "TypeError: unsupported operand type(s) for <<: 'int' and 'float'"],
  [1n, '>>', 1.5, "TypeError: unsupported operand type(s) for >>: 'int' and 'float'"],
  [1.5, '@', 1.5, "TypeError: unsupported operand type(s) for @: 'float' and 'float'"],
  [1n, '**', 'a', "TypeError: unsupported operand type(s) for ** or pow(): 'int' and 'str'"],
  [null, '+', 1.5, "TypeError: unsupported operand type(s) for +: 'NoneType' and 'float'"],
])('arithmetic of numbers is as in Python, row %#', ([one, sign, other, expected]) => {
  const { calculate, left } = calculator()
  expect(calculate(one, sign, other)).toEqual(expected)
  // Only exceptions that somebody still looks at could be left.
  expect(left()).toBe(0)
})

test.for([
  ['<<', 2n ** 40n],
  ['**', 2n ** 40n],
] as const)('results that no memory could hold are not tried: 2 %s %i', ([sign, other]) => {
  expect(() => calculator().calculate(2n, sign, other)).toThrow(OutOfMemory)
})

describe('ints of any size are', () => {
  const ints = fc.oneof(fc.bigInt({ min: -20n, max: 20n }), fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }), fc.bigInt())

  test('added, subtracted, multiplied, divided and combined exactly', () => {
    const { calculate } = calculator()
    fc.assert(
      fc.property(ints, ints, (a, b) => {
        expect(calculate(a, '+', b)).toBe(a + b)
        expect(calculate(a, '-', b)).toBe(a - b)
        expect(calculate(a, '*', b)).toBe(a * b)
        expect([calculate(a, '&', b), calculate(a, '|', b), calculate(a, '^', b)]).toEqual([a & b, a | b, a ^ b])
        if (b === 0n) return
        const [quotient, remainder] = [calculate(a, '//', b), calculate(a, '%', b)] as [bigint, bigint]
        expect(quotient * b + remainder).toBe(a)
        expect(remainder === 0n || remainder < 0n === b < 0n).toBe(true)
      }),
      SEEDED,
    )
  })

  test('ordered as they are', () => {
    const { compared } = calculator()
    fc.assert(
      fc.property(ints, ints, (a, b) => {
        expect(COMPARISON_SIGNS.map((sign) => compared(a, sign, b))).toEqual([a < b, a <= b, a === b, a !== b, a > b, a >= b])
      }),
      SEEDED,
    )
  })

  test('compared with floats exactly', () => {
    const { compared } = calculator()
    fc.assert(
      fc.property(ints, fc.double(), (a, b) => {
        expect(COMPARISON_SIGNS.map((sign) => compared(a, sign, b))).toEqual([
          a < b,
          a <= b,
          a <= b && a >= b,
          !(a <= b && a >= b),
          a > b,
          a >= b,
        ])
        expect(compared(b, '<', a)).toBe(b < a)
      }),
      SEEDED,
    )
    expect([compared(2n ** 53n + 1n, '==', 2 ** 53), compared(E100, '==', E100)]).toEqual([false, true])
  })
})

test('numbers do not compare with what is no number', () => {
  const { areEqual } = calculator()
  expect([areEqual(1n, 'a'), areEqual(1.5, null), areEqual(1.5, 1.5), areEqual(Number.NaN, Number.NaN)]).toEqual([
    false,
    false,
    true,
    false,
  ])
})

test('signs and bits are turned round', () => {
  const { unary } = calculator()
  const { NEGATIVE, POSITIVE, INVERT } = Unary
  expect([5n, -5n, 0n, E100, true].map((value) => unary(NEGATIVE, value))).toEqual([-5n, 5n, 0n, -E100, -1n])
  expect([5n, -1n, E100, true, BigInt(Number.MAX_SAFE_INTEGER)].map((value) => unary(INVERT, value))).toEqual([
    -6n,
    0n,
    ~E100,
    -2n,
    -(2n ** 53n),
  ])
  expect([5n, E100, true, 1.5].map((value) => unary(POSITIVE, value))).toEqual([5n, E100, 1n, 1.5])
  expect([unary(NEGATIVE, 0), unary(NEGATIVE, 1.5)]).toEqual([-0, -1.5])
})

test.for([
  [Unary.INVERT, 1.5, "TypeError: bad operand type for unary ~: 'float'"],
  [Unary.NEGATIVE, 'a', "TypeError: bad operand type for unary -: 'str'"],
] as const)('what has no sign or bits says so: %s %s', ([which, value, message]) => {
  const { unary, failure } = calculator()
  expect(failure(() => unary(which, value))).toBe(message)
})

test('equal numbers have one hash', () => {
  const { hashed } = calculator()
  expect([hashed(1n), hashed(true), hashed(1)]).toEqual([1, 1, 1])
  expect([hashed(-1n), hashed(-1)]).toEqual([-2, -2])
  expect([hashed(2n ** 61n - 1n), hashed(2n ** 61n), hashed(2 ** 61)]).toEqual([0, 1, 1])
  expect([hashed(Number.POSITIVE_INFINITY), hashed(Number.NEGATIVE_INFINITY)]).toEqual([314159, -314159])
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      const whole = Math.trunc(value)
      expect(hashed(whole)).toBe(hashed(BigInt(whole)))
      expect(Number.isSafeInteger(hashed(value))).toBe(true)
      expect(hashed(value)).toBe(hashed(value))
    }),
    SEEDED,
  )
  // Of 0.5, in a runtime that hashes with 61 bits: 2 ** 60. Its lower 53 bits are zero.
  expect([hashed(0.5), hashed(1.5), hashed(-0.375)]).toEqual([0, 1, 0])
})

test('the hash of what equals nothing is its own', () => {
  const { m, make } = python()
  const [one, other] = [make(Number.NaN), make(Number.NaN)]
  expect(hash(m, one)).not.toBe(hash(m, other))
})

test.for<[Value, string]>([
  [0n, '0'],
  [-E100, `-1${'0'.repeat(100)}`],
  [true, 'True'],
  [false, 'False'],
  [1, '1.0'],
  [-0, '-0.0'],
  [0.1, '0.1'],
  [123.456, '123.456'],
  [1e15, '1000000000000000.0'],
  [1e16, '1e+16'],
  [1.5e300, '1.5e+300'],
  [1e-4, '0.0001'],
  [1.25e-5, '1.25e-05'],
  [5e-324, '5e-324'],
  [Number.NaN, 'nan'],
  [Number.POSITIVE_INFINITY, 'inf'],
  [Number.NEGATIVE_INFINITY, '-inf'],
])('numbers are written as in Python, row %#', ([value, text]) => {
  expect(calculator().written(value)).toBe(text)
})

test('a float that is written is read back as the same', () => {
  const { written } = calculator()
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      expect(Number(written(value))).toBe(value)
    }),
    SEEDED,
  )
})

test.for([10n ** 4300n, -(10n ** 4300n), 10n ** 9000n])('ints of too many digits are not written, row %#', (value) => {
  const { written, failure } = calculator()
  const message =
    'ValueError: Exceeds the limit (4300 digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit'
  expect(failure(() => written(value))).toBe(message)
  expect(written(-(10n ** 4299n)).length).toBe(4301)
})

test('zero is false', () => {
  const { isTrue } = calculator()
  expect([0n, 0, -0, false, 1n, -1n, 0.5, Number.NaN, true].map(isTrue)).toEqual([false, false, false, false, true, true, true, true, true])
})

test('operations are numbered as in the bytecode', () => {
  expect([Operation.ADD, Operation.XOR, SIGNS.length]).toEqual([0, 12, 13])
})
