import { describe, expect, test } from 'vitest'
import { python, type Value } from '../../../../testing/python.ts'
import type { Address } from '../../../memory/memory.ts'
import { decref } from '../../../refcount/biased.ts'
import { newInt } from '../int.ts'
import { append } from '../list.ts'
import { binary } from '../operate/binary.ts'
import { Operation } from '../operate/operation.ts'
import { LIST_METHODS } from './list.ts'
import { BYTES_METHODS, FLOAT_METHODS, INT_METHODS } from './number.ts'
import { STR_METHODS } from './str.ts'
import { TUPLE_METHODS } from './tuple.ts'
import type { Methods } from './values.ts'

const list = (...listOf: Value[]): Value => ({ listOf })

function caller() {
  const { m, make, take, look, using, failure, left } = python()
  /** What a method answers and leaves of its object, or what it raises. */
  const call = (methods: Methods, object: Value, name: string, values: readonly Value[], names: readonly string[] = []) => {
    let result: readonly [answer: Value, object: Value] | undefined
    const raised = failure(() => {
      result = using([object, ...values], (self, ...given) =>
        using(names, (...named) => {
          const answer = take((methods[name] as Methods[string])(m, self as Address, given, named))
          return [answer, look(self as Address)] as const
        }),
      )
    })
    expect(left()).toBe(0)
    return result ?? raised
  }
  return { m, make, call, failure, left }
}

test.for<[Value, string, Value[], Value, Value]>([
  [list(1n), 'append', [1.5], null, list(1n, 1.5)],
  [list(1n), 'extend', ['ab'], null, list(1n, 'a', 'b')],
  [list(1n, 2n), 'insert', [1n, 'x'], null, list(1n, 'x', 2n)],
  [list(1n, 2n), 'insert', [-1n, 'x'], null, list(1n, 'x', 2n)],
  [list(1n, 2n), 'insert', [-9n, 'x'], null, list('x', 1n, 2n)],
  [list(1n, 2n), 'insert', [9n, 'x'], null, list(1n, 2n, 'x')],
  [list(1n, 2n), 'pop', [], 2n, list(1n)],
  [list(1n, 2n), 'pop', [0n], 1n, list(2n)],
  [list(1n, 2n, 1n), 'remove', [1n], null, list(2n, 1n)],
  [list(1n, 2n, 1n), 'index', [1n], 0n, list(1n, 2n, 1n)],
  [list(1n, 2n, 1n), 'index', [1n, 1n], 2n, list(1n, 2n, 1n)],
  [list(1n, 2n, 1n), 'index', [2n, -2n, -1n], 1n, list(1n, 2n, 1n)],
  [list(1n, 2.5, 1), 'count', [1n], 2n, list(1n, 2.5, 1)],
  [list(1n, 2n), 'reverse', [], null, list(2n, 1n)],
  [list(2n, 1n, 1.5), 'sort', [], null, list(1n, 1.5, 2n)],
  [list(1n), 'clear', [], null, list()],
  [list(1n), 'copy', [], list(1n), list(1n)],
])('lists have methods, row %#', ([object, name, values, answer, after]) => {
  expect(caller().call(LIST_METHODS, object, name, values)).toEqual([answer, after])
})

test.for<[Value, string, Value[], string]>([
  [list(), 'append', [], 'TypeError: list.append() takes exactly one argument (0 given)'],
  [list(), 'append', [1n, 2n], 'TypeError: list.append() takes exactly one argument (2 given)'],
  [list(), 'clear', [1n], 'TypeError: list.clear() takes no arguments (1 given)'],
  [list(), 'insert', [1n], 'TypeError: insert expected 2 arguments, got 1'],
  [list(), 'insert', ['a', 1n], "TypeError: 'str' object cannot be interpreted as an integer"],
  [list(), 'pop', [1n, 2n], 'TypeError: pop expected at most 1 argument, got 2'],
  [list(), 'pop', [], 'IndexError: pop from empty list'],
  [list(1n), 'pop', [1n], 'IndexError: pop index out of range'],
  [list(1n), 'pop', [-2n], 'IndexError: pop index out of range'],
  [list(1n), 'remove', [2n], 'ValueError: list.remove(x): x not in list'],
  [list(1n), 'index', [], 'TypeError: index expected at least 1 argument, got 0'],
  [list(1n), 'index', [2n], 'ValueError: list.index(x): x not in list'],
  [list(1n, 2n), 'index', [2n, 0n, 1n], 'ValueError: list.index(x): x not in list'],
  [list(1n, 'a'), 'sort', [], "TypeError: '<' not supported between instances of 'str' and 'int'"],
  [list(), 'sort', [1n, 2n, 3n], 'TypeError: sort() takes at most 2 arguments (3 given)'],
])('methods of lists refuse in Python’s words, row %#', ([object, name, values, message]) => {
  expect(caller().call(LIST_METHODS, object, name, values)).toBe(message)
})

describe('values by name', () => {
  test('are taken where a method has names for them', () => {
    const { call } = caller()
    expect(call(LIST_METHODS, list(1n, 2n), 'sort', [true], ['reverse'])).toEqual([null, list(2n, 1n)])
    expect(call(LIST_METHODS, list(2n, 1n), 'sort', [null, null], ['key', 'reverse'])).toEqual([null, list(1n, 2n)])
    expect(call(STR_METHODS, 'a-b-c', 'split', ['-', 1n], ['maxsplit'])).toEqual([list('a', 'b-c'), 'a-b-c'])
  })

  test.for<[Methods, Value, string, Value[], string[], string]>([
    [LIST_METHODS, list(), 'append', [1n], ['item'], 'TypeError: list.append() takes no keyword arguments'],
    [LIST_METHODS, list(), 'clear', [1n], ['item'], 'TypeError: list.clear() takes no keyword arguments'],
    [LIST_METHODS, list(), 'pop', [1n], ['item'], 'TypeError: list.pop() takes no keyword arguments'],
    [LIST_METHODS, list(), 'sort', [1n], ['item'], "TypeError: sort() got an unexpected keyword argument 'item'"],
    [STR_METHODS, '', 'split', ['a', 'a'], ['sep'], "TypeError: argument for split() given by name ('sep') and position (1)"],
  ])('are refused elsewhere, row %#', ([methods, object, name, values, names, message]) => {
    expect(caller().call(methods, object, name, values, names)).toBe(message)
  })
})

describe('a list is sorted', () => {
  const sorting = (answer: (item: Address) => Address) => {
    const { m, make, failure, left } = caller()
    const object = make(list(3n, 1n, 2n))
    const calling = Object.create(m, { call: { value: (_key: Address, [item]: [Address]) => answer(item) } }) as typeof m
    const sort = () => (LIST_METHODS.sort as Methods[string])(calling, object, [make(1n)], [])
    return { m, object, failure, left, sort }
  }

  test('by what its key says', () => {
    const { m, make, call } = caller()
    expect(call(LIST_METHODS, list(), 'sort', [null])).toEqual([null, list()])
    const object = make(list(3n, 1n, 2n))
    const minusOne = make(-1n)
    const calling = Object.create(m, {
      call: { value: (_key: Address, [item]: [Address]) => binary(m, Operation.MULTIPLY, item, minusOne) },
    }) as typeof m
    ;(LIST_METHODS.sort as Methods[string])(calling, object, [minusOne], [])
    expect([...Array(3).keys()].map((place) => m.memory.get(m.memory.get(object + 32) + 4 + place * 4))).toEqual(
      [3, 2, 1].map((value) => newInt(m, value)),
    )
  })

  test('and is as before if its key fails', () => {
    const { m, object, failure, left, sort } = sorting((item) => binary(m, Operation.ADD, item, object))
    expect(failure(sort)).toBe("TypeError: unsupported operand type(s) for +: 'int' and 'list'")
    decref(m, object)
    expect(left()).toBe(0)
  })

  test('and whoever changes it meanwhile is told', () => {
    const { m, object, failure, left, sort } = sorting((item) => {
      append(m, object, newInt(m, 7))
      return item
    })
    expect(failure(sort)).toBe('ValueError: list modified during sort')
    decref(m, object)
    expect(left()).toBe(0)
  })
})

test.for<[Value, string, Value[], Value]>([
  ['-', 'join', [list('a', 'bc', '')], 'a-bc-'],
  ['-', 'join', [['abc']], 'abc'],
  ['-', 'join', [[]], ''],
  [' a \t b\u00a0c ', 'split', [], list('a', 'b', 'c')],
  [' a  b  c ', 'split', [null, 1n], list('a', 'b  c ')],
  ['  ', 'split', [], list()],
  ['a,b,,c', 'split', [','], list('a', 'b', '', 'c')],
  ['a,b,c', 'split', [',', 1n], list('a', 'b,c')],
  ['', 'split', [','], list('')],
  [' ab ', 'strip', [], 'ab'],
  ['xxabxx', 'lstrip', ['x'], 'abxx'],
  ['xxabxx', 'rstrip', ['x'], 'xxab'],
  ['ab', 'strip', [], 'ab'],
  ['   ', 'strip', [], ''],
  ['\x1f\x85\ufeff', 'strip', [], '\ufeff'],
  ['abc', 'startswith', ['ab'], true],
  ['abc', 'startswith', ['bc', 1n], true],
  ['abc', 'startswith', ['abcd'], false],
  ['abc', 'endswith', [['x', 'bc']], true],
  ['abc', 'endswith', ['bc', 0n, -1n], false],
  ['abcabc', 'find', ['c', 3n], 5n],
  ['abcabc', 'find', ['c', null, 2n], -1n],
  ['abcabc', 'index', ['bc', -9n], 1n],
  ['aaaa', 'count', ['aa'], 2n],
  ['ab', 'count', [''], 3n],
  ['aaa', 'replace', ['a', '$&'], '$&$&$&'],
  ['a\u00df', 'upper', [], 'ASS'],
  ['A\u00c4', 'lower', [], 'a\u00e4'],
  ['12', 'isdigit', [], true],
  ['', 'isdigit', [], false],
  ['a1', 'isalpha', [], false],
  [' \t', 'isspace', [], true],
  ['', 'isspace', [], false],
  ['\ufeff', 'isspace', [], false],
  ['\u00e4', 'encode', [], Uint8Array.of(0xc3, 0xa4)],
])('strings have methods, row %#', ([object, name, values, answer]) => {
  expect(caller().call(STR_METHODS, object, name, values)).toEqual([answer, object])
})

test.for<[Value, string, Value[], string]>([
  ['', 'join', [1n], 'TypeError: can only join an iterable'],
  ['', 'join', [list('a', 1n)], 'TypeError: sequence item 1: expected str instance, int found'],
  ['', 'split', [1n], 'TypeError: must be str or None, not int'],
  ['', 'split', [''], 'ValueError: empty separator'],
  ['', 'strip', [1n], 'TypeError: strip arg must be None or str'],
  ['', 'startswith', [1n], 'TypeError: startswith first arg must be str or a tuple of str, not int'],
  ['a', 'endswith', [[1n]], 'TypeError: tuple for endswith must only contain str, not int'],
  ['', 'find', [1n], 'TypeError: find() argument 1 must be str, not int'],
  ['', 'index', ['a'], 'ValueError: substring not found'],
  ['', 'count', [1n], 'TypeError: count() argument 1 must be str, not int'],
  ['', 'replace', [], 'TypeError: replace() takes at least 2 positional arguments (0 given)'],
  ['', 'replace', ['a'], 'TypeError: replace() takes at least 2 positional arguments (1 given)'],
  ['', 'replace', [1n, 'a'], 'TypeError: replace() argument 1 must be str, not int'],
  ['', 'replace', ['a', 1n], 'TypeError: replace() argument 2 must be str, not int'],
])('methods of strings refuse in Python’s words, row %#', ([object, name, values, message]) => {
  expect(caller().call(STR_METHODS, object, name, values)).toBe(message)
})

test('tuples, numbers and bytes have some methods', () => {
  const { call } = caller()
  const tuple: Value = [1n, 'a', 1]
  expect(call(TUPLE_METHODS, tuple, 'count', [1n])).toEqual([2n, tuple])
  expect(call(TUPLE_METHODS, tuple, 'index', ['a'])).toEqual([1n, tuple])
  expect(call(TUPLE_METHODS, tuple, 'index', ['b'])).toBe('ValueError: tuple.index(x): x not in tuple')
  expect([0n, -8n, 2n ** 70n].map((int) => call(INT_METHODS, int, 'bit_length', []))).toEqual([
    [0n, 0n],
    [4n, -8n],
    [71n, 2n ** 70n],
  ])
  expect([1.5, 2].map((float) => call(FLOAT_METHODS, float, 'is_integer', []))).toEqual([
    [false, 1.5],
    [true, 2],
  ])
  const bytes = Uint8Array.of(0xc3, 0xa4)
  expect(call(BYTES_METHODS, bytes, 'decode', [])).toEqual(['\u00e4', bytes])
  expect(call(BYTES_METHODS, bytes, 'hex', [])).toEqual(['c3a4', bytes])
  expect(call(BYTES_METHODS, Uint8Array.of(0xff), 'decode', [])).toBe('ValueError: the bytes are not UTF-8')
})
