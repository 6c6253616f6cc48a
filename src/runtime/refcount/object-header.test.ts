import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SEEDED } from '../../testing/seeded.ts'
import { DEAD_HEADER } from '../heap/allocators.ts'
import { CACHE_LINE, CELL } from '../memory/memory.ts'
import { SharedMemory } from '../memory/shared-memory.ts'
import {
  countOf,
  flagsOf,
  IMMORTAL,
  IMMORTAL_REFERENCES,
  isImmortal,
  LOCAL,
  LOCAL_LIMIT,
  MERGED,
  ObjectHeader,
  ONE,
  OWNER,
  ownerOf,
  references,
  SHARED,
  sharedWord,
} from './object-header.ts'

const OBJECT = CACHE_LINE
const HIGHEST = 2 ** 29 - 1

const zeros = () => new SharedMemory(new SharedArrayBuffer(2 * CACHE_LINE))

test('a shared word holds a signed count and a flag', () => {
  fc.assert(
    fc.property(fc.integer({ min: -HIGHEST - 1, max: HIGHEST }), fc.integer({ min: 0, max: MERGED }), (count, flags) => {
      const word = sharedWord(count, flags)
      expect([countOf(word), flagsOf(word)]).toEqual([count, flags])
      expect(word).toBe(word | 0)
    }),
    SEEDED,
  )
})

test('one reference more changes the count and no flag', () => {
  fc.assert(
    fc.property(fc.integer({ min: -HIGHEST, max: HIGHEST - 1 }), fc.integer({ min: 0, max: MERGED }), (count, flags) => {
      expect(sharedWord(count, flags) + ONE).toBe(sharedWord(count + 1, flags))
    }),
    SEEDED,
  )
})

test('references are local and shared ones together, and the shared count may be negative', () => {
  const memory = zeros()
  memory.set(OBJECT + LOCAL, 5)
  memory.set(OBJECT + SHARED, sharedWord(-2, 2))
  expect(references(memory, OBJECT)).toBe(3)
})

test('the local count has no sign', () => {
  const memory = zeros()
  memory.set(OBJECT + LOCAL, LOCAL_LIMIT)
  expect(references(memory, OBJECT)).toBe(LOCAL_LIMIT)
  expect(isImmortal(memory, OBJECT)).toBe(false)
})

test('an immortal object answers the same number whatever its shared word says', () => {
  const memory = zeros()
  memory.set(OBJECT + LOCAL, IMMORTAL)
  memory.set(OBJECT + SHARED, sharedWord(7, MERGED))
  expect([isImmortal(memory, OBJECT), references(memory, OBJECT)]).toEqual([true, IMMORTAL_REFERENCES])
})

test('an object is owned by whose identity it holds', () => {
  const memory = zeros()
  memory.set(OBJECT + OWNER, 64)
  expect(ownerOf(memory, OBJECT)).toBe(64)
})

test('what late readers may look at is the owner and both counts, and lies in front', () => {
  expect(Math.max(OWNER, LOCAL, SHARED) + CELL).toBe(DEAD_HEADER)
  expect(ObjectHeader.size).toBeLessThanOrEqual(CACHE_LINE)
})
