import { array, assert, constantFrom, integer, property, record, tuple } from 'fast-check'
import { expect, test } from 'vitest'
import { begin, cells, enter } from '../../../testing/setting.ts'
import { NULL } from '../../memory/memory.ts'
import { OutOfMemory } from '../../memory/out-of-memory.ts'
import { add, disposeTable, find, hashOf, locked, makeRoom, ObjectTable, objectsIn, remove } from './object-table.ts'

function empty() {
  const setting = begin()
  const ada = enter(setting)
  const table = ObjectTable.at(cells(setting, ObjectTable.size / 4))
  const { memory } = setting
  const has = (hash: number, object: number): boolean => find(memory, table, hash, (other) => other === object) === object
  const put = (hash: number, object: number): void => {
    makeRoom(ada, table)
    add(memory, table, hash, object)
  }
  return { ...setting, ada, table, has, put }
}

test('an empty table has nothing, and nothing to free', () => {
  const { memory, runtime, ada, table, has } = empty()
  const before = runtime.inUse()
  expect(has(1, 64)).toBe(false)
  expect([...objectsIn(memory, table)]).toEqual([])
  remove(memory, table, 1, 64)
  disposeTable(ada, table)
  expect(runtime.inUse()).toEqual(before)
})

test('among objects of one hash the one is found that is the same', () => {
  const { memory, table, put } = empty()
  for (const object of [64, 128, 192]) put(7, object)
  const seen: number[] = []
  expect(
    find(memory, table, 7, (object) => {
      seen.push(object)
      return object === 128
    }),
  ).toBe(128)
  expect(seen).toEqual([64, 128])
  expect(find(memory, table, 7, () => false)).toBe(NULL)
  // Of another hash, though it would stand at the same place.
  expect(find(memory, table, 7 + 32, () => true)).toBe(NULL)
})

test('the table does what a map does, whatever collides with what', () => {
  const operation = record({
    what: constantFrom('add', 'remove'),
    object: integer({ min: 1, max: 60 }),
    spread: integer({ min: 0, max: 3 }),
  })
  assert(
    property(tuple(integer({ min: 1, max: 64 }), array(operation, { maxLength: 120, size: 'max' })), ([modulus, operations]) => {
      const { memory, table, has, put } = empty()
      const model = new Set<number>()
      // Few hashes: much collides, also across the end of the block.
      const hashed = (object: number): number => (object % modulus) * 31
      for (const { what, object } of operations) {
        if (what === 'remove') {
          remove(memory, table, hashed(object), object)
          model.delete(object)
        } else if (!model.has(object)) {
          put(hashed(object), object)
          model.add(object)
        }
      }
      expect(new Set(objectsIn(memory, table))).toEqual(model)
      for (let object = 1; object <= 60; object++) expect(has(hashed(object), object)).toBe(model.has(object))
      expect(memory.get(table.count)).toBe(model.size)
    }),
    { numRuns: 60 },
  )
})

test('it grows before it is more than half full, keeps everything, and frees the smaller block', () => {
  const { memory, runtime, ada, table, has, put } = empty()
  const before = runtime.inUse()
  for (let object = 1; object <= 100; object++) {
    put(object * 12_345, object)
    expect(memory.get(table.capacity)).toBeGreaterThanOrEqual(2 * object)
  }
  for (let object = 1; object <= 100; object++) expect(has(object * 12_345, object)).toBe(true)
  expect(runtime.inUse().memory).toBe(before.memory + 1)
  disposeTable(ada, table)
  expect(runtime.inUse()).toEqual(before)
})

test('without memory to grow it stays as it is', () => {
  const { memory, runtime, ada, table, has, put } = empty()
  for (let object = 1; object <= 16; object++) put(object, object)
  runtime.arena.limit(0)
  expect(() => locked(ada, table, () => put(17, 17))).toThrow(OutOfMemory)
  expect([...objectsIn(memory, table)].length).toBe(16)
  expect(has(17, 17)).toBe(false)
  runtime.arena.limit(null)
  // The lock was given back.
  locked(ada, table, () => put(17, 17))
  expect(has(17, 17)).toBe(true)
})

test('cells are hashed by their values and their number', () => {
  const setting = begin()
  const at = cells(setting, 6)
  const write = (...values: number[]): void => values.forEach((value, index) => void setting.memory.set(at + 4 * index, value))
  const hashes = new Set<number>()
  for (const values of [
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
    [65_536, 0],
    [0, 65_536],
    [-1, 1],
  ]) {
    write(...values)
    hashes.add(hashOf(setting.memory, at, 2))
  }
  write(0, 0, 0)
  hashes.add(hashOf(setting.memory, at, 3))
  hashes.add(hashOf(setting.memory, at, 1))
  expect(hashes.size).toBe(9)
})
