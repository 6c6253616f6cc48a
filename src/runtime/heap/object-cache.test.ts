import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SEEDED } from '../../testing/seeded.ts'
import { BlockArena, BlockMisuse, POISON } from '../memory/arena.ts'
import { type Address, CACHE_LINE, CELL, NULL } from '../memory/memory.ts'
import { SharedMemory } from '../memory/shared-memory.ts'
import { Allocators, DEAD_HEADER, inUse, OBJECTS } from './allocators.ts'
import { allocateObject, close, freeObject, keptBlocks, ObjectCache, open } from './object-cache.ts'

const BYTES = 1 << 18
/** Blocks that a cache keeps. */
const CAPACITY = 512

function setting() {
  const memory = new SharedMemory(new SharedArrayBuffer(BYTES))
  const arena = BlockArena.create(memory, BYTES)
  const counts = Allocators.at(arena.allocate(Allocators.size, Allocators.name))
  const cache = arena.allocate(ObjectCache.size, ObjectCache.name)
  open(memory, cache)
  return {
    memory,
    arena,
    take: (bytes = 32, kind = 1, name = 'thing'): Address => allocateObject(arena, counts, cache, kind, bytes, name),
    giveBack: (object: Address) => freeObject(arena, counts, cache, object),
    close: () => close(arena, counts, cache),
    kept: () => keptBlocks(memory, cache),
    counted: () => inUse(memory, counts, OBJECTS) - keptBlocks(memory, cache),
  }
}

const cells = (memory: SharedMemory, from: Address, bytes: number) =>
  Array.from({ length: bytes / CELL }, (_, index) => memory.get(from + index * CELL))

test('an object takes the place of the last one of its size that the thread freed', () => {
  const { take, giveBack, kept } = setting()
  const [one, two, large] = [take(), take(), take(100)]
  for (const object of [one, two, large]) giveBack(object)
  expect(kept()).toBe(3)
  expect([take(), take(100), take()]).toEqual([two, large, one])
  expect(kept()).toBe(0)
})

test('a kept block is a freed one: overwritten but for what late readers look at, in no list of blocks, and not freed again', () => {
  const { memory, arena, take, giveBack } = setting()
  const object = take()
  memory.fill(object, 32, 7)
  giveBack(object)
  expect(cells(memory, object, DEAD_HEADER)).toEqual([7, 7, 7])
  expect(cells(memory, object + DEAD_HEADER, 32 - DEAD_HEADER).every((cell) => cell === POISON)).toBe(true)
  expect(arena.isInUse(object)).toBe(false)
  expect([...arena.blocks()].map(({ address }) => address)).not.toContain(object)
  expect(() => giveBack(object)).toThrow(new BlockMisuse(`freed twice: the thing at ${object}`))
})

test('a block that is taken up holds zeros and has the name of what it is for', () => {
  const { memory, arena, take, giveBack } = setting()
  const object = take(32, 1, 'before')
  memory.fill(object, 32, 7)
  giveBack(object)
  expect(take(32, 2, 'afterwards')).toBe(object)
  expect(cells(memory, object, 32).every((cell) => cell === 0)).toBe(true)
  expect([arena.isInUse(object), arena.nameAt(object)]).toEqual([true, 'afterwards'])
  giveBack(object)
  take(32, 2, 'other name')
  expect(arena.nameAt(object)).toBe('other name')
  giveBack(object)
  take(32, 2, 'other name')
  expect(arena.nameAt(object)).toBe('other name')
})

test('what is no object in use is not kept', () => {
  const { memory, arena, giveBack, kept } = setting()
  const raw = arena.allocate(32, 'raw', 1)
  expect(() => giveBack(raw)).toThrow(new BlockMisuse(`the raw at ${raw} was freed by an allocator that did not hand it out`))
  const inside = arena.allocate(4 * CACHE_LINE, 'wide', OBJECTS) + 2 * CACHE_LINE
  expect(() => giveBack(inside)).toThrow(new BlockMisuse(`no block lies at ${inside}`))
  expect(kept()).toBe(0)
  expect(memory.get(raw)).toBe(0)
})

test('large objects are not kept', () => {
  const { take, giveBack, kept, counted } = setting()
  giveBack(take(CACHE_LINE * 8))
  expect([kept(), counted()]).toEqual([0, 0])
})

test('no more is kept than there is room for', () => {
  const { take, giveBack, kept, counted } = setting()
  const objects = Array.from({ length: CAPACITY + 2 }, () => take())
  for (const object of objects) giveBack(object)
  expect([kept(), counted()]).toEqual([CAPACITY, 0])
})

test('once closed, it has given everything to the arena and keeps nothing more', () => {
  const { arena, take, giveBack, close, kept, counted } = setting()
  const [one, two, late] = [take(), take(100), take()]
  giveBack(one)
  giveBack(two)
  close()
  expect([kept(), counted()]).toEqual([0, 1])
  expect([arena.allocate(32, 'again', OBJECTS), arena.allocate(100, 'again', OBJECTS)]).toEqual([one, two])
  giveBack(late)
  expect([kept(), counted()]).toEqual([0, 0])
  expect(arena.allocate(32, 'again', OBJECTS)).toBe(late)
})

test('closing an empty one takes no lock', () => {
  const { memory, close } = setting()
  const before = memory.buffer.slice(0)
  // The lock is the arena's first cell: held by somebody else, it would make the thread sleep for ever.
  memory.set(CACHE_LINE, 1)
  close()
  memory.set(CACHE_LINE, 0)
  expect(memory.buffer.slice(CACHE_LINE, 2 * CACHE_LINE)).toEqual(before.slice(CACHE_LINE, 2 * CACHE_LINE))
})

test('while a limit is in force, kept blocks are not handed out, so that every object counts', () => {
  const { arena, take, giveBack } = setting()
  const [one, two] = [take(), take()]
  giveBack(one)
  giveBack(two)
  arena.limit(1)
  expect([take(), take()]).toEqual([expect.any(Number), NULL])
  arena.limit(0)
  expect(take()).toBe(NULL)
  arena.limit(null)
  expect([take(), take()]).toEqual([two, one])
})

test('whatever is taken and given back, no block is handed out twice, and counts are exact', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(700), fc.boolean()), { maxLength: 80 }), (steps) => {
      const { take, giveBack, counted, close } = setting()
      const held: Address[] = []
      for (const [number, taking] of steps) {
        if (taking) held.push(take(24 + number))
        else if (held.length > 0) giveBack(held.splice(number % held.length, 1)[0] as Address)
        expect(new Set(held).size).toBe(held.length)
        expect(counted()).toBe(held.length)
      }
      close()
      expect(counted()).toBe(held.length)
    }),
    SEEDED,
  )
})
