import { expect, test } from 'vitest'
import { Visited } from './visited.ts'
import { Words } from './words.ts'

const fingerprint = ({ one, two, three }: Words) => [one, two, three]

test('what was written is taken back, fingerprint and all, past marks that were never dropped', () => {
  const words = new Words(1)
  const start = words.mark()
  const before = fingerprint(words)
  words.write(1, 5)
  words.note(2, 6)
  const inner = words.mark()
  const between = fingerprint(words)
  words.write(1, 7)
  words.mark()
  words.write(3, 8)
  words.rewind(inner)
  expect([...words.values.subarray(1, 4)]).toEqual([5, 6, 0])
  expect(fingerprint(words)).toEqual(between)
  words.write(3, 9)
  words.mark()
  words.rewind(start)
  expect([...words.values.subarray(1, 4)]).toEqual([0, 0, 0])
  expect(fingerprint(words)).toEqual(before)
})

test('the fingerprint says what is there, not how it came about', () => {
  const [one, other, third] = [new Words(1), new Words(1), new Words(2)] as const
  one.write(1, 5)
  one.write(2, 6)
  one.note(3, 1)
  other.write(2, 7)
  other.write(1, 5)
  other.write(2, 6)
  third.write(1, 5)
  third.write(2, 6)
  expect(fingerprint(other)).toEqual(fingerprint(one))
  expect(fingerprint(third)).not.toEqual(fingerprint(one))
  other.write(2, 5)
  expect(fingerprint(other)).not.toEqual(fingerprint(one))
})

test('neither growing nor long histories lose anything', () => {
  const words = new Words(1)
  const start = words.mark()
  words.write(1, 1)
  const small = fingerprint(words)
  words.reserve(100_000)
  words.reserve(10)
  for (let i = 2; i < 90_000; i++) words.write(i, i)
  expect(words.values[89_999]).toBe(89_999)
  for (let i = 2; i < 90_000; i++) words.write(i, 0)
  expect(fingerprint(words)).toEqual(small)
  words.rewind(start)
  expect(words.values.every((word) => word === 0)).toBe(true)
})

test('states are recognised, however many there are, and those that found no room are not', () => {
  const words = new Words(1)
  const visited = new Visited(50_000)
  const visit = (value: number, extra = 0) => {
    words.write(1, value)
    return visited.visit(words, extra)
  }
  for (let value = 0; value < 50_000; value++) expect(visit(value)).toBe(value)
  expect(visited.full).toBe(false)
  for (const value of [0, 1, 49_999]) expect(visit(value)).toBe(-2 - value)
  expect(visit(50_000)).toBe(-1)
  expect(visit(1, 1)).toBe(-1)
  expect(visited.full).toBe(true)
  expect(visited.count).toBe(50_000)
})
