import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { python, type Value } from '../../../testing/python.ts'
import { SEEDED } from '../../../testing/seeded.ts'
import type { Address } from '../../memory/memory.ts'
import { decref } from '../../refcount/biased.ts'
import { references } from '../../refcount/object-header.ts'
import { goOn, ITERATOR_VERSION, newIterator, type Source, WALKS } from './iterators.ts'
import { newListGiven } from './list.ts'
import { binary } from './operate/binary.ts'
import { compare, equal, isOrdered } from './operate/compare.ts'
import { fullHash } from './operate/full-hash.ts'
import { hash } from './operate/hash.ts'
import { contains, deleteItem, getItem, length, setItem } from './operate/items.ts'
import { collectItems, iterate, next } from './operate/iterate.ts'
import { COMPARISON_SIGNS, IN_PLACE, Operation, SIGNS } from './operate/operation.ts'
import { repr, text } from './operate/repr.ts'
import { sortedPlaces } from './operate/sort.ts'
import { truth } from './operate/truth.ts'
import { raise } from './raise.ts'
import { newRange } from './range.ts'
import { CAPACITY, hashOfStr, INTERNED, newStr } from './str.ts'
import { appendInPlace } from './str-text.ts'

const FAR = 10n ** 30n
const bytes = (...data: number[]): Uint8Array => Uint8Array.from(data)
const list = (...listOf: Value[]): Value => ({ listOf })
const range = (...rangeOf: [bigint, bigint, bigint]): Value => ({ rangeOf })
const slice = (...sliceOf: [Value, Value, Value]): Value => ({ sliceOf })
const ELLIPSIS: Value = { singleton: 'Ellipsis' }
const NOT_IMPLEMENTED: Value = { singleton: 'NotImplemented' }

function operators() {
  const { m, take, look, using, failure, left } = python()
  /** What an action answers or raises. Nothing must be left of it. */
  const outcome = (action: () => Value): Value => {
    let result: Value = null
    const raised = failure(() => {
      result = action()
    })
    expect(left()).toBe(0)
    return raised === 'nothing was raised' ? result : raised
  }
  const of = (values: readonly Value[], action: (...objects: Address[]) => Value) => outcome(() => using(values, action))
  return {
    calculate: (one: Value, sign: string, other: Value) => {
      const inPlace = sign.endsWith('=')
      const operation = (SIGNS as readonly string[]).indexOf(inPlace ? sign.slice(0, -1) : sign)
      return of([one, other], (a, b) => take(binary(m, operation + (inPlace ? IN_PLACE : 0), a as Address, b as Address)))
    },
    compared: (one: Value, sign: string, other: Value) =>
      of([one, other], (a, b) => take(compare(m, (COMPARISON_SIGNS as readonly string[]).indexOf(sign), a as Address, b as Address))),
    item: (object: Value, key: Value) => of([object, key], (a, b) => take(getItem(m, a as Address, b as Address))),
    withItem: (object: Value, key: Value, value: Value) =>
      of([object, key, value], (a, b, c) => {
        setItem(m, a as Address, b as Address, c as Address)
        return look(a as Address)
      }),
    withoutItem: (object: Value, key: Value) =>
      of([object, key], (a, b) => {
        deleteItem(m, a as Address, b as Address)
        return look(a as Address)
      }),
    has: (object: Value, item: Value) => of([object, item], (a, b) => contains(m, a as Address, b as Address)),
    items: (object: Value) => of([object], (a) => collectItems(m, a as Address).map(take)),
    lengthOf: (object: Value) => of([object], (a) => BigInt(length(m, a as Address))),
    written: (object: Value) => of([object], (a) => repr(m, a as Address)),
    asText: (object: Value) => of([object], (a) => text(m, a as Address)),
    hashed: (object: Value) => of([object], (a) => hash(m, a as Address)),
    isTrue: (object: Value) => of([object], (a) => truth(m, a as Address)),
    areEqual: (one: Value, other: Value) => of([one, other], (a, b) => equal(m, a as Address, b as Address)),
    first: (object: Value) =>
      of([object], (a) => {
        const iterator = iterate(m, a as Address)
        const name = repr(m, iterator).split(' ')[0] as string
        decref(m, iterator)
        return name
      }),
    next: (object: Value) => of([object], (a) => take(next(m, a as Address))),
  }
}

test.for<[Value, string, Value, Value]>([
  ['ab', '+', 'c', 'abc'],
  ['', '+', 'c', 'c'],
  ['c', '+', '', 'c'],
  ['a', '+', 1n, 'TypeError: can only concatenate str (not "int") to str'],
  ['a', '+=', 1n, 'TypeError: can only concatenate str (not "int") to str'],
  [1n, '+', 'a', "TypeError: unsupported operand type(s) for +: 'int' and 'str'"],
  [1n, '+=', 'a', "TypeError: unsupported operand type(s) for +=: 'int' and 'str'"],
  ['ab', '*', 3n, 'ababab'],
  [true, '*', 'ab', 'ab'],
  ['ab', '*', -1n, ''],
  ['a', '*', 1.5, "TypeError: can't multiply sequence by non-int of type 'float'"],
  [null, '*', 'a', "TypeError: can't multiply sequence by non-int of type 'NoneType'"],
  ['a', '*', 2n ** 70n, "OverflowError: cannot fit 'int' into an index-sized integer"],
  ['a', '-', 'a', "TypeError: unsupported operand type(s) for -: 'str' and 'str'"],
  [bytes(1), '+', bytes(2), bytes(1, 2)],
  [bytes(1), '+', 'a', "TypeError: can't concat str to bytes"],
  [bytes(1, 2), '*', 2n, bytes(1, 2, 1, 2)],
  [[1n], '+', [2n], [1n, 2n]],
  [[], '+', [2n], [2n]],
  [[1n], '+', 2n, 'TypeError: can only concatenate tuple (not "int") to tuple'],
  [[1n, 'a'], '*', 2n, [1n, 'a', 1n, 'a']],
  [[1n], '*=', 2n, [1n, 1n]],
  [list(1n), '+', list(2.5), list(1n, 2.5)],
  [list(1n), '+', [2n], 'TypeError: can only concatenate list (not "tuple") to list'],
  [list(1n), '+=', 'ab', list(1n, 'a', 'b')],
  [list(1n), '+=', 2n, "TypeError: 'int' object is not iterable"],
  [list(1.5), '*', 3n, list(1.5, 1.5, 1.5)],
  [list(1.5), '*=', 2n, list(1.5, 1.5)],
  [list(1.5), '*=', 0n, list()],
  [2n, '*', list(1.5), list(1.5, 1.5)],
  [2n, '*=', list(1.5), list(1.5, 1.5)],
  [range(0n, 1n, 1n), '*', list(), "TypeError: can't multiply sequence by non-int of type 'range'"],
  [range(0n, 1n, 1n), '*=', list(), "TypeError: unsupported operand type(s) for *=: 'range' and 'list'"],
  [null, '*', null, "TypeError: unsupported operand type(s) for *: 'NoneType' and 'NoneType'"],
  [null, '+', null, "TypeError: unsupported operand type(s) for +: 'NoneType' and 'NoneType'"],
])('sequences are joined and repeated, row %#', ([one, sign, other, expected]) => {
  expect(operators().calculate(one, sign, other)).toEqual(expected)
})

const SOME: readonly Value[] = ['abcd', bytes(97, 98, 99, 100), [1n, 2n, 3n, 4n], list(1n, 2n, 3n, 4n), range(1n, 5n, 1n)]

describe('a slice means the same places in every sequence', () => {
  const bounds = fc.option(fc.oneof(fc.bigInt({ min: -6n, max: 6n }), fc.constantFrom(FAR, -FAR)), { nil: null })
  const steps = fc.option(fc.constantFrom(1n, 2n, 3n, -1n, -2n, FAR, -FAR), { nil: null })

  test('and these are those that counting step by step comes to', () => {
    const { item, items } = operators()
    fc.assert(
      fc.property(bounds, bounds, steps, (start, stop, step) => {
        const places = stepThrough(start, stop, step ?? 1n, 4n)
        for (const object of SOME) {
          const all = items(object) as Value[]
          expect(items(item(object, slice(start, stop, step)))).toEqual(places.map((place) => all[place]))
        }
      }),
      SEEDED,
    )
  })
})

function stepThrough(start: bigint | null, stop: bigint | null, step: bigint, length: bigint): number[] {
  const forward = step > 0n
  const near = (bound: bigint) => {
    const place = bound < 0n ? bound + length : bound
    const [low, high] = forward ? [0n, length] : [-1n, length - 1n]
    return place < low ? low : place > high ? high : place
  }
  const end = stop === null ? (forward ? length : -1n) : near(stop)
  const places: number[] = []
  for (let at = start === null ? (forward ? 0n : length - 1n) : near(start); forward ? at < end : at > end; at += step)
    places.push(Number(at))
  return places
}

test('an index counts from either end', () => {
  const { item, items } = operators()
  for (const object of SOME) {
    const all = items(object) as Value[]
    expect([0n, 3n, -1n, -4n, true].map((index) => items([item(object, index)]))).toEqual([0, 3, 3, 0, 1].map((place) => [all[place]]))
  }
})

test.for<[Value, Value, string]>([
  ['abc', 3n, 'IndexError: string index out of range'],
  ['abc', -4n, 'IndexError: string index out of range'],
  ['abc', 'a', "TypeError: string indices must be integers, not 'str'"],
  [bytes(1), 1n, 'IndexError: index out of range'],
  [bytes(1), null, 'TypeError: byte indices must be integers or slices, not NoneType'],
  [[1n], 2n ** 60n, 'IndexError: tuple index out of range'],
  [[1n], -(2n ** 70n), "IndexError: cannot fit 'int' into an index-sized integer"],
  [[1n], 1.5, 'TypeError: tuple indices must be integers or slices, not float'],
  [list(1n), 1n, 'IndexError: list index out of range'],
  [list(1n), -2n, 'IndexError: list index out of range'],
  [list(1n), 'a', 'TypeError: list indices must be integers or slices, not str'],
  [range(0n, 3n, 1n), 3n, 'IndexError: range object index out of range'],
  [range(0n, 3n, 1n), -4n, 'IndexError: range object index out of range'],
  [range(0n, 3n, 1n), 'a', 'TypeError: range indices must be integers or slices, not str'],
  [range(0n, 3n, 1n), slice(null, null, 0n), 'ValueError: slice step cannot be zero'],
  [range(0n, 3n, 1n), slice('a', null, null), 'TypeError: slice indices must be integers or None or have an __index__ method'],
  ['abc', slice(null, null, 0n), 'ValueError: slice step cannot be zero'],
  ['abc', slice('a', null, null), 'TypeError: slice indices must be integers or None or have an __index__ method'],
  [1n, 0n, "TypeError: 'int' object is not subscriptable"],
])('what is no item is refused in the words of its kind, row %#', ([object, key, message]) => {
  expect(operators().item(object, key)).toBe(message)
})

test.for<[Value, Value, Value, Value]>([
  [list(1n, 2n), 1n, 'a', list(1n, 'a')],
  [list(1n, 2n), -2n, 'a', list('a', 2n)],
  [list(1n), 1n, 'a', 'IndexError: list assignment index out of range'],
  [list(1n), 'a', 'a', 'TypeError: list indices must be integers or slices, not str'],
  [list(1n, 2n, 3n), slice(0n, 2n, null), list('a'), list('a', 3n)],
  [list(1n, 2n, 3n), slice(2n, 0n, null), ['a', 'b'], list(1n, 2n, 'a', 'b', 3n)],
  [list(1n, 2n, 3n), slice(null, null, 2n), 'ab', list('a', 2n, 'b')],
  [list(1n, 2n, 3n), slice(null, null, -1n), 'abc', list('c', 'b', 'a')],
  [list(1n, 2n, 3n), slice(null, null, 2n), 'abc', 'ValueError: attempt to assign sequence of size 3 to extended slice of size 2'],
  [list(1n, 2n, 3n), slice(0n, 2n, null), 5n, 'TypeError: must assign iterable to extended slice'],
  [[1n], 0n, 'a', "TypeError: 'tuple' object does not support item assignment"],
])('items of lists are replaced, row %#', ([object, key, value, expected]) => {
  expect(operators().withItem(object, key, value)).toEqual(expected)
})

test.for<[Value, Value, Value]>([
  [list(1n, 2n), 0n, list(2n)],
  [list(1n, 2n), -1n, list(1n)],
  [list(1n), 1n, 'IndexError: list assignment index out of range'],
  [list(1n, 2n, 3n, 4n), slice(1n, 3n, null), list(1n, 4n)],
  [list(1n, 2n, 3n, 4n), slice(null, null, 2n), list(2n, 4n)],
  [list(1n, 2n, 3n, 4n), slice(null, null, -2n), list(1n, 3n)],
  [list(1n, 2n), slice(null, null, null), list()],
  [list(1n), null, 'TypeError: list indices must be integers or slices, not NoneType'],
  [[1n], 0n, "TypeError: 'tuple' object doesn't support item deletion"],
  [1n, 0n, "TypeError: 'int' object does not support item deletion"],
])('items of lists are deleted, row %#', ([object, key, expected]) => {
  expect(operators().withoutItem(object, key)).toEqual(expected)
})

test.for<[Value, Value, Value]>([
  ['abcabd', 'abd', true],
  ['abc', 'abd', false],
  ['abc', '', true],
  ['a', 'aa', false],
  ['a', 1n, "TypeError: 'in <string>' requires string as left operand, not int"],
  [bytes(1, 2, 3), bytes(2, 3), true],
  [bytes(1, 2, 3), bytes(3, 2), false],
  [bytes(1), 1n, true],
  [bytes(1), 256n, 'ValueError: byte must be in range(0, 256)'],
  [bytes(1), -1n, 'ValueError: byte must be in range(0, 256)'],
  [bytes(1), 'a', "TypeError: a bytes-like object is required, not 'str'"],
  [[1n, 'a'], 1, true],
  [[1n, 'a'], 'b', false],
  [list(1n, 'a'), 'a', true],
  [list(), 'a', false],
  [range(0n, 10n, 3n), 9n, true],
  [range(0n, 10n, 3n), 8n, false],
  [range(0n, 10n, 3n), 12n, false],
  [range(0n, 10n, 3n), -3n, false],
  [range(0n, 10n, 3n), true, false],
  [range(0n, 10n, 3n), 6, true],
  [range(0n, 10n, 3n), 6.5, false],
  [1n, 1n, "TypeError: argument of type 'int' is not a container or iterable"],
])('a sequence says whether it has an item, row %#', ([object, item, expected]) => {
  expect(operators().has(object, item)).toEqual(expected)
})

test('sequences are walked from front to end', () => {
  const { items, next, first } = operators()
  expect([items('ab'), items(bytes(1, 2)), items([1n, 'a']), items(list(1n, 'a'))]).toEqual([
    ['a', 'b'],
    [1n, 2n],
    [1n, 'a'],
    [1n, 'a'],
  ])
  expect([items(range(5n, 0n, -2n)), items(range(0n, 0n, 1n))]).toEqual([[5n, 3n, 1n], []])
  expect(items(range(2n ** 62n, 2n ** 62n + 2n, 1n))).toEqual([2n ** 62n, 2n ** 62n + 1n])
  expect([items(1n), next(1n)]).toEqual(["TypeError: 'int' object is not iterable", "TypeError: 'int' object is not an iterator"])
  expect(['', bytes(), [], list(), range(0n, 0n, 1n)].map(first)).toEqual([
    '<str_iterator',
    '<bytes_iterator',
    '<tuple_iterator',
    '<list_iterator',
    '<range_iterator',
  ])
})

test('an iterator that came to the end stays there, and is an iterator of its own', () => {
  const { m, make, take, left } = python()
  const source = make(list('a'))
  const iterator = iterate(m, source)
  expect(iterate(m, iterator)).toBe(iterator)
  decref(m, iterator)
  expect([take(next(m, iterator)), next(m, iterator)]).toEqual(['a', 0])
  const more = make('bc')
  decref(m, binary(m, Operation.ADD + IN_PLACE, source, more))
  decref(m, more)
  expect(next(m, iterator)).toBe(0)
  decref(m, iterator)
  decref(m, source)
  expect(left()).toBe(0)
})

test('an iterator is asked for its items to say whether it has one', () => {
  const { m, make, left } = python()
  const source = make(list('a', 'b', 'c'))
  const iterator = iterate(m, source)
  expect([contains(m, iterator, make('b')), contains(m, iterator, make('b'))]).toEqual([true, false])
  decref(m, iterator)
  decref(m, source)
  expect(left()).toBe(0)
})

test('of a walk that fails nothing is left', () => {
  const { m, make, failure, left } = python()
  const over = 99 as Source
  WALKS[over] = { name: 'failing', at: (_m, _source, place) => (place < 2 ? make(1.5) : raise(m, 'ValueError', 'no more')) }
  const iterator = newIterator(m, over, make(null), 0)
  expect(failure(() => collectItems(m, iterator))).toBe('ValueError: no more')
  decref(m, iterator)
  expect(left()).toBe(0)
})

test('a walk may skip places', () => {
  const { m, make, take } = python()
  const over = 99 as Source
  WALKS[over] = {
    name: 'skipping',
    at: (_m, _source, place, iterator) => {
      goOn(m, iterator, place + 10)
      return make(BigInt(place))
    },
  }
  const iterator = newIterator(m, over, make(null), 7)
  expect([take(next(m, iterator)), take(next(m, iterator)), m.memory.get(iterator + ITERATOR_VERSION)]).toEqual([0n, 11n, 7])
})

describe('containers may be so deep that', () => {
  /** A list in a list in a list. */
  const nested = (m: ReturnType<typeof python>['m'], depth: number) => {
    let list = newListGiven(m, [])
    for (let level = 1; level < depth; level++) list = newListGiven(m, [list])
    return list
  }

  test('they are not compared', () => {
    const { m, failure, left } = python()
    const [one, other] = [nested(m, 1000), nested(m, 1000)]
    expect(failure(() => equal(m, one, other))).toBe('RecursionError: maximum recursion depth exceeded in comparison')
    for (const list of [one, other]) decref(m, list)
    expect(left()).toBe(0)
    expect(equal(m, nested(m, 150), nested(m, 150))).toBe(true)
  })

  test('they are not written', () => {
    const { m, failure } = python()
    expect(failure(() => repr(m, nested(m, 1000)))).toBe(
      'RecursionError: maximum recursion depth exceeded while getting the repr of an object',
    )
    expect(repr(m, nested(m, 150)).length).toBe(300)
    expect(m.memory.get(m.own.depth)).toBe(0)
  })
})

test('the hash of a number is shown whole', () => {
  const { m, using } = python()
  const shown = (value: Value) => using([value], (object) => fullHash(m, object as Address))
  expect([0.5, 1.5, -1n, 2n ** 61n, true, 'abc'].map(shown)).toEqual([
    2n ** 60n,
    2n ** 60n + 1n,
    -2n,
    1n,
    1n,
    BigInt(using(['abc'], (object) => hash(m, object as Address))),
  ])
  expect(typeof shown(Number.NaN)).toBe('bigint')
})

test('a range longer than anything that can be counted is walked as far as one wants', () => {
  const { m, make, take } = python()
  const iterator = iterate(m, make(range(0n, FAR, 10n ** 20n)))
  expect([take(next(m, iterator)), take(next(m, iterator))]).toEqual([0n, 10n ** 20n])
})

test.for<[Value, Value]>([
  ['abc', 3n],
  [bytes(1), 1n],
  [[1n, 2n], 2n],
  [list(1n), 1n],
  [range(0n, 10n, 3n), 4n],
  [range(10n, 0n, -3n), 4n],
  [range(0n, 10n, -1n), 0n],
  [range(0n, FAR, 1n), 'OverflowError: Python int too large to convert to C ssize_t'],
  [1n, "TypeError: object of type 'int' has no len()"],
])('sequences have a length, row %#', ([object, expected]) => {
  expect(operators().lengthOf(object)).toBe(expected)
})

test('what is empty is false', () => {
  const { isTrue } = operators()
  const values = ['', bytes(), [], list(), range(0n, 0n, 1n), null, 'a', bytes(0), [0n], list(0n), range(0n, FAR, 1n), ELLIPSIS]
  expect(values.map(isTrue)).toEqual([...Array(6).fill(false), ...Array(6).fill(true)])
  expect(isTrue(NOT_IMPLEMENTED)).toBe('TypeError: NotImplemented should not be used in a boolean context')
})

test.for<[Value, string]>([
  [null, 'None'],
  [ELLIPSIS, 'Ellipsis'],
  [NOT_IMPLEMENTED, 'NotImplemented'],
  ['a', "'a'"],
  ["it's", '"it\'s"'],
  ['\'"', "'\\'\"'"],
  ['\\\t\n\r\0\x7f\xa0\xad', "'\\\\\\t\\n\\r\\x00\\x7f\\xa0\\xad'"],
  ['\u200b\u4e2d\u{1f600}\u{e0001}', "'\\u200b\u4e2d\u{1f600}\\U000e0001'"],
  [bytes(97, 0, 39, 92, 10, 200), 'b"a\\x00\'\\\\\\n\\xc8"'],
  [bytes(39, 34), "b'\\'\"'"],
  [[], '()'],
  [[1n], '(1,)'],
  [[1n, 'a'], "(1, 'a')"],
  [list(1n, list()), '[1, []]'],
  [range(0n, 3n, 1n), 'range(0, 3)'],
  [range(0n, 3n, 2n), 'range(0, 3, 2)'],
  [slice(null, 1n, [2n]), 'slice(None, 1, (2,))'],
])('values are written as in Python, row %#', ([value, expected]) => {
  expect(operators().written(value)).toBe(expected)
})

test('a string is its own text, and of everything else the text is how it is written', () => {
  const { asText } = operators()
  expect([asText('a\n'), asText(list('a'))]).toEqual(['a\n', "['a']"])
})

test('what holds itself is written with dots in that place', () => {
  const { m, make } = python()
  const [outer, tuple] = [make(list(null)), make([null])]
  setItem(m, outer, make(0n), outer)
  expect(repr(m, outer)).toBe('[[...]]')
  expect(repr(m, tuple, [tuple])).toBe('(...)')
})

test.for<[Value, string, Value, Value]>([
  ['a', '<', 'b', true],
  ['ab', '<', 'a', false],
  ['a', '<=', 'ab', true],
  ['a', '==', 'a', true],
  ['a', '!=', 'b', true],
  ['b', '>', 'a', true],
  ['b', '>=', 'b', true],
  ['a', '==', 1n, false],
  ['a', '!=', 1n, true],
  ['a', '<', 1n, "TypeError: '<' not supported between instances of 'str' and 'int'"],
  [bytes(1, 2), '<', bytes(1, 3), true],
  [bytes(1), '<', bytes(1, 0), true],
  [bytes(1), '==', 'a', false],
  [[1n, 2n], '<', [1n, 3n], true],
  [[1n], '<', [1n, 2n], true],
  [[1n, 2n], '<', [1n], false],
  [[1n], '==', [1], true],
  [[1n], '==', [1n, 2n], false],
  [[1n], '!=', [1n, 2n], true],
  [[1n, 2n], '==', [1n, 3n], false],
  [[1n, 2n], '!=', [1n, 3n], true],
  [[1n], '==', list(1n), false],
  [list(1n, 'a'), '>=', list(1n, 'a'), true],
  [list(1n), '<', list('a'), "TypeError: '<' not supported between instances of 'int' and 'str'"],
  [list(1n), '<', [1n], "TypeError: '<' not supported between instances of 'list' and 'tuple'"],
  [slice(1n, null, null), '==', slice(1n, null, null), true],
  [slice(1n, 2n, null), '<', slice(1n, 3n, null), true],
  [slice(1n, null, null), '==', 1n, false],
  [range(0n, 0n, 1n), '==', range(5n, 2n, 3n), true],
  [range(0n, 1n, 7n), '==', range(0n, 2n, 3n), true],
  [range(0n, 3n, 1n), '!=', range(0n, 4n, 1n), true],
  [range(0n, 3n, 1n), '==', 1n, false],
  [range(0n, 3n, 1n), '<', range(0n, 3n, 1n), "TypeError: '<' not supported between instances of 'range' and 'range'"],
  [null, '==', null, true],
  [null, '!=', ELLIPSIS, true],
])('values are compared as in Python, row %#', ([one, sign, other, expected]) => {
  expect(operators().compared(one, sign, other)).toBe(expected)
})

test('what is the same is equal, whatever it says of itself', () => {
  const { m, make } = python()
  const nan = make(Number.NaN)
  expect([equal(m, nan, nan), equal(m, nan, make(Number.NaN)), equal(m, nan, make('a')), isOrdered(m, 0, make(1n), make(2n))]).toEqual([
    true,
    false,
    false,
    true,
  ])
})

test('equal values have one hash', () => {
  const { hashed, areEqual } = operators()
  const pairs: [Value, Value][] = [
    ['abc', 'abc'],
    [bytes(1, 2), bytes(1, 2)],
    [
      [1n, 'a'],
      [1, 'a'],
    ],
    [slice(1n, null, null), slice(1, null, null)],
    [range(0n, 0n, 1n), range(1n, 0n, 5n)],
    [range(0n, 1n, 7n), range(0n, 2n, 3n)],
    [null, null],
    [ELLIPSIS, ELLIPSIS],
  ]
  for (const [one, other] of pairs) expect([areEqual(one, other), hashed(one) === hashed(other)]).toEqual([true, true])
  expect(hashed([1n, 2n])).not.toBe(hashed([2n, 1n]))
  expect(hashed(list())).toBe("TypeError: unhashable type: 'list'")
  expect(hashed([list()])).toBe("TypeError: unhashable type: 'list'")
})

test('the hash of a string or of bytes is worked out once', () => {
  const { m, make } = python()
  const [str, data] = [make('abc'), make(bytes(1, 2))]
  const [one, other] = [hash(m, str), hash(m, data)]
  m.memory.set(str + 40, 0)
  m.memory.set(data + 32, 9)
  expect([hash(m, str), hash(m, data)]).toEqual([one, other])
})

describe('a string that nobody else can see', () => {
  test('grows in place, with room to spare, and then has the hash of its new text', () => {
    const { m, make, look } = python()
    let str = make('ab')
    hashOfStr(m.memory, str)
    const places = new Set<Address>()
    for (let index = 0; index < 1000; index++) {
      str = appendInPlace(m, str, make('c'))
      places.add(str)
    }
    expect(look(str)).toBe(`ab${'c'.repeat(1000)}`)
    expect(places.size).toBeLessThan(20)
    expect(m.memory.get(str + CAPACITY)).toBeGreaterThanOrEqual(1002)
    expect(hashOfStr(m.memory, str)).toBe(hashOfStr(m.memory, newStr(m, `ab${'c'.repeat(1000)}`)))
  })

  test('is left alone by whoever can', () => {
    const { m, make, look, left } = python()
    const [shared, interned, appended] = [make('ab'), make('ab'), make('cd')]
    m.memory.set(interned + INTERNED, 1)
    for (const str of [shared, interned]) {
      m.memory.storeRelaxed(str + 4, 2)
      const grown = appendInPlace(m, str, appended)
      expect([look(str), look(grown), references(m.memory, str)]).toEqual(['ab', 'abcd', 1])
      decref(m, grown)
    }
    const again = appendInPlace(m, interned, appended)
    expect([again === interned, look(again)]).toEqual([false, 'abcd'])
    for (const str of [shared, again, appended]) decref(m, str)
    expect(left()).toBe(0)
  })

  test('stays what it is with nothing appended', () => {
    const { m, make, look } = python()
    expect([look(appendInPlace(m, make('ab'), make(''))), look(appendInPlace(m, make(''), make('ab')))]).toEqual(['ab', 'ab'])
  })
})

describe('sorting', () => {
  test('puts what is less first, and leaves what is equal in its order', () => {
    const { m, using } = python()
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 40 }), fc.boolean(), (numbers, reverse) => {
        const sorted = numbers
          .map((_, place) => place)
          .sort((a, b) => (reverse ? -1 : 1) * ((numbers[a] as number) - (numbers[b] as number)))
        using(
          numbers.map((number) => number + 0.5),
          (...keys) => expect(sortedPlaces(m, keys, reverse)).toEqual(sorted),
        )
      }),
      SEEDED,
    )
  })

  test('fails with what cannot be compared', () => {
    const { m, make, failure } = python()
    expect(failure(() => sortedPlaces(m, [make(1n), make('a')], false))).toBe(
      "TypeError: '<' not supported between instances of 'str' and 'int'",
    )
  })
})

test.for<[Value, Value, string]>([
  ['a', 1n, "TypeError: 'str' object cannot be interpreted as an integer"],
  [0n, 0n, 'ValueError: range() arg 3 must not be zero'],
])('a range is made of whole numbers with a distance, row %#', ([start, step, message]) => {
  const { m, using, failure, left } = python()
  expect(failure(() => using([start, 5n, step], (a, b, c) => newRange(m, a as Address, b as Address, c as Address)))).toBe(message)
  expect(left()).toBe(0)
})
