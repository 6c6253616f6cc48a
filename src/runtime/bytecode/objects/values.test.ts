import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SEEDED } from '../../../testing/seeded.ts'
import { begin, enter } from '../../../testing/setting.ts'
import { endInterpreter } from '../../interpreter/lifecycle.ts'
import type { Address } from '../../memory/memory.ts'
import { OutOfMemory } from '../../memory/out-of-memory.ts'
import { decref } from '../../refcount/biased.ts'
import { isImmortal, MARKS, references, TRACKED } from '../../refcount/object-header.ts'
import { bytesOf, newBytes } from './bytes.ts'
import { floatOf, newFloat } from './float.ts'
import { bigIntOf, newBigInt, newInt, SIZE, safeIntegerOf } from './int.ts'
import { Kind, kindOf } from './kinds.ts'
import { plain } from './layout.ts'
import { prepareSingletons } from './prepare-singletons.ts'
import { ellipsis, emptyBytes, emptyStr, emptyTuple, letter, none, notImplemented, smallInt, truthValue } from './singletons.ts'
import { newSlice, SLICE_LAYOUT, STEP } from './slice.ts'
import { hashOfStr, hashOfText, lengthOf, newLetter, newStr, newStrOf, pointAt, sameText, substring, textOf } from './str.ts'
import { newTuple, newTupleOf, setTupleItem, TUPLE_LAYOUT, tupleItems, tupleLength } from './tuple.ts'

function setting() {
  const around = begin()
  const m = enter(around)
  prepareSingletons(m)
  const visited = (layout: typeof TUPLE_LAYOUT, object: Address) => {
    const found: Address[] = []
    layout.visit(around.memory, object, (child) => found.push(child))
    return found
  }
  return { ...around, m, visited }
}

describe('singletons', () => {
  test('are immortal, of their kinds, and all different', () => {
    const { memory, m } = setting()
    const all = [
      [none(m), Kind.NONE],
      [ellipsis(m), Kind.ELLIPSIS],
      [notImplemented(m), Kind.NOT_IMPLEMENTED],
      [truthValue(m, false), Kind.BOOL],
      [truthValue(m, true), Kind.BOOL],
      [emptyTuple(m), Kind.TUPLE],
      [emptyBytes(m), Kind.BYTES],
      [emptyStr(m), Kind.STR],
      ...Array.from({ length: 262 }, (_, index) => [smallInt(m, index - 5), Kind.INT] as const),
      ...Array.from({ length: 256 }, (_, code) => [letter(m, code), Kind.STR] as const),
    ] as const
    expect(new Set(all.map(([object]) => object)).size).toBe(all.length)
    for (const [object, kind] of all) expect([kindOf(memory, object), isImmortal(memory, object)]).toEqual([kind, true])
  })

  test('hold what they stand for', () => {
    const { memory, m } = setting()
    for (let value = -5; value <= 256; value++) expect(safeIntegerOf(memory, smallInt(m, value))).toBe(value)
    for (let code = 0; code < 256; code++) expect(textOf(memory, letter(m, code))).toBe(String.fromCharCode(code))
    expect([false, true].map((value) => safeIntegerOf(memory, truthValue(m, value)))).toEqual([0, 1])
    expect([textOf(memory, emptyStr(m)), tupleLength(memory, emptyTuple(m)), [...bytesOf(memory, emptyBytes(m))]]).toEqual(['', 0, []])
  })

  test('are made once, and gone with their interpreter', () => {
    const { runtime, m } = setting()
    const before = none(m)
    prepareSingletons(m)
    expect(none(m)).toBe(before)
    endInterpreter(m)
    expect([...runtime.arena.blocks()].map(({ name }) => name)).not.toContain('singletons')
  })

  test('are tried again after there was no memory', () => {
    const around = begin()
    const m = enter(around)
    around.runtime.arena.limit(0)
    expect(() => prepareSingletons(m)).toThrow(OutOfMemory)
    around.runtime.arena.limit(null)
    prepareSingletons(m)
    expect(kindOf(around.memory, none(m))).toBe(Kind.NONE)
  })
})

describe('an int', () => {
  const edges = [0n, 1n, 2n ** 30n, 2n ** 31n, 2n ** 53n, 2n ** 59n, 2n ** 60n, 2n ** 61n, 2n ** 90n, 2n ** 119n, 2n ** 120n]
  const around = edges.flatMap((edge) => [edge - 1n, edge, edge + 1n])
  const values = fc.oneof(fc.bigInt(), fc.bigInt({ min: -(2n ** 65n), max: 2n ** 65n }), fc.constantFrom(...around))

  test('is what it was made of, in as few digits as it takes', () => {
    const { memory, m } = setting()
    fc.assert(
      fc.property(values, fc.boolean(), (magnitude, negative) => {
        const value = negative ? -magnitude : magnitude
        const int = newBigInt(m, value)
        expect(bigIntOf(memory, int)).toBe(value)
        const bits = value === 0n ? 0 : (value < 0n ? -value : value).toString(2).length
        expect(memory.get(int + SIZE)).toBe(Math.ceil(bits / 30) * (value < 0n ? -1 : 1) + 0)
        const safe = value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER
        expect(safeIntegerOf(memory, int)).toBe(safe ? Number(value) : Number.NaN)
        if (safe) expect(bigIntOf(memory, newInt(m, Number(value)))).toBe(value)
        decref(m, int)
      }),
      SEEDED,
    )
  })

  test('is made once if it is small', () => {
    const { m } = setting()
    expect([-5, 0, -0, 256].map((value) => newInt(m, value))).toEqual([-5, 0, 0, 256].map((value) => smallInt(m, value)))
    expect(newInt(m, 257)).not.toBe(newInt(m, 257))
    expect(newInt(m, -6)).not.toBe(newInt(m, -6))
  })
})

test('a float is what it was made of', () => {
  const { memory, m } = setting()
  fc.assert(
    fc.property(fc.double(), (value) => {
      const float = newFloat(m, value)
      expect(floatOf(memory, float)).toBe(value)
      decref(m, float)
    }),
    SEEDED,
  )
})

describe('a string', () => {
  test('is the text that it was made of', () => {
    const { memory, m } = setting()
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const [str, points] = [newStr(m, text), Array.from(text)]
        expect([kindOf(memory, str), textOf(memory, str), lengthOf(memory, str)]).toEqual([Kind.STR, text, points.length])
        expect(points.map((_, index) => pointAt(memory, str, index))).toEqual(points.map((point) => point.codePointAt(0)))
        decref(m, str)
      }),
      SEEDED,
    )
  })

  test('of one letter is made once, if the letter is an early one', () => {
    const { memory, m } = setting()
    expect([newStr(m, ''), newStr(m, 'a'), newLetter(m, 255)]).toEqual([emptyStr(m), letter(m, 97), letter(m, 255)])
    const late = newLetter(m, 0x1f600)
    expect([textOf(memory, late), newStr(m, '\u{1f600}') === late]).toEqual(['\u{1f600}', false])
  })

  test('has parts', () => {
    const { memory, m } = setting()
    const str = newStr(m, 'a\u{1f600}bc')
    expect([substring(m, str, 1, 3), substring(m, str, 2, 2)].map((part) => textOf(memory, part))).toEqual(['\u{1f600}b', ''])
  })

  test('equals one of the same text, and then has the same hash', () => {
    const { memory, m } = setting()
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        const [a, b, c] = [newStr(m, one), newStr(m, other), newStrOf(m, one.length, (index) => one.charCodeAt(index))]
        expect([sameText(memory, a, b), sameText(memory, a, a), sameText(memory, a, c)]).toEqual([one === other, true, true])
        expect(hashOfStr(memory, a)).toBe(hashOfStr(memory, c))
        expect(hashOfText(other)).toBe(hashOfStr(memory, b))
        expect([0, -1]).not.toContain(hashOfStr(memory, a))
        for (const str of [a, b, c]) decref(m, str)
      }),
      SEEDED,
    )
    expect(hashOfStr(memory, newStr(m, 'abc'))).not.toBe(hashOfStr(memory, newStr(m, 'acb')))
    expect(hashOfText('\u{1f600}')).toBe(hashOfStr(memory, newStr(m, '\u{1f600}')))
  })
})

test('bytes are what they were made of', () => {
  const { memory, m } = setting()
  for (const bytes of [[], [0], [1, 2, 255]]) expect([...bytesOf(memory, newBytes(m, bytes))]).toEqual(bytes)
})

test('a tuple holds references of its own, and the collector knows it', () => {
  const { memory, m, visited } = setting()
  const item = newFloat(m, 1.5)
  const tuple = newTuple(m, [item, none(m)])
  expect([references(memory, item), memory.get(tuple + MARKS) & TRACKED]).toEqual([2, TRACKED])
  expect([tupleItems(memory, tuple), visited(TUPLE_LAYOUT, tuple)]).toEqual([
    [item, none(m)],
    [item, none(m)],
  ])
  const open = newTupleOf(m, 2)
  setTupleItem(memory, open, 1, item)
  expect(visited(TUPLE_LAYOUT, open)).toEqual([item])
  expect(newTuple(m, [])).toBe(emptyTuple(m))
})

test('a slice holds references of its own', () => {
  const { memory, m, visited } = setting()
  const step = newFloat(m, 1.5)
  const slice = newSlice(m, none(m), smallInt(m, 3), step)
  expect([references(memory, step), memory.get(slice + STEP)]).toEqual([2, step])
  expect(visited(SLICE_LAYOUT, slice)).toEqual([none(m), smallInt(m, 3), step])
})

test('a plain object holds nothing', () => {
  const { m, visited } = setting()
  expect(visited(plain('float'), newFloat(m, 1))).toEqual([])
})
