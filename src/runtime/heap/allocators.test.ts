import { expect, test } from 'vitest'
import { explore } from '../../explore/explore.ts'
import { BlockArena, BlockMisuse, POISON } from '../memory/arena.ts'
import { type Address, CELL, type Memory, NULL } from '../memory/memory.ts'
import { SharedMemory } from '../memory/shared-memory.ts'
import { Allocators, allocate, DEAD_HEADER, type Domain, free, inUse, MEMORY, OBJECTS } from './allocators.ts'

const BYTES = 1 << 16

function twoAllocators() {
  const memory = new SharedMemory(new SharedArrayBuffer(BYTES))
  const arena = BlockArena.create(memory, BYTES)
  const counts = Allocators.at(arena.allocate(Allocators.size, Allocators.name))
  return {
    memory,
    arena,
    take: (domain: Domain, bytes = 32): Address => allocate(arena, counts, domain, bytes, 'thing'),
    giveBack: (domain: Domain, address: Address) => free(arena, counts, domain, address),
    used: () => [inUse(memory, counts, MEMORY), inUse(memory, counts, OBJECTS)],
  }
}

test('each allocator counts its own blocks', () => {
  const { take, giveBack, used } = twoAllocators()
  const raw = take(MEMORY)
  const object = take(OBJECTS)
  take(OBJECTS)
  expect(used()).toEqual([1, 2])
  giveBack(MEMORY, raw)
  giveBack(OBJECTS, object)
  expect(used()).toEqual([0, 1])
})

test('of freed raw memory nothing is left', () => {
  const { memory, take, giveBack } = twoAllocators()
  const raw = take(MEMORY)
  giveBack(MEMORY, raw)
  expect(memory.get(raw)).toBe(POISON)
})

test('of a freed object only the header is left that late readers look at', () => {
  const { memory, take, giveBack } = twoAllocators()
  const object = take(OBJECTS)
  memory.fill(object, 32, 7)
  giveBack(OBJECTS, object)
  expect([object, object + DEAD_HEADER - CELL, object + DEAD_HEADER].map((at) => memory.get(at))).toEqual([7, 7, POISON])
})

test.for([
  [MEMORY, OBJECTS],
  [OBJECTS, MEMORY],
] as const)('a block is freed by the allocator that handed it out: %i, not %i', ([domain, other]) => {
  const { take, giveBack, used } = twoAllocators()
  const block = take(domain)
  const before = used()
  expect(() => giveBack(other, block)).toThrow(new BlockMisuse(`the thing at ${block} was freed by an allocator that did not hand it out`))
  expect(used()).toEqual(before)
  giveBack(domain, block)
})

test('what was refused is not counted', () => {
  const { arena, take, used } = twoAllocators()
  arena.limit(0)
  expect([take(MEMORY), take(OBJECTS)]).toEqual([NULL, NULL])
  expect(used()).toEqual([0, 0])
})

test('a block that is freed twice is counted once', () => {
  const { take, giveBack, used } = twoAllocators()
  const block = take(MEMORY)
  giveBack(MEMORY, block)
  expect(() => giveBack(MEMORY, block)).toThrow(BlockMisuse)
  expect(used()).toEqual([0, 0])
})

test('two threads that allocate and free at once are both counted, in every order', () => {
  const takeAndGiveBack = (_memory: Memory, { arena, counts }: { arena: BlockArena; counts: Allocators }) => {
    allocate(arena, counts, OBJECTS, 32, 'kept')
    free(arena, counts, MEMORY, allocate(arena, counts, MEMORY, 32, 'thing'))
  }
  const { complete, failure, outcomes } = explore({
    bytes: BYTES,
    setup: (memory) => {
      const arena = BlockArena.create(memory, BYTES)
      return { arena, counts: Allocators.at(arena.allocate(Allocators.size, Allocators.name)) }
    },
    bodies: [takeAndGiveBack, takeAndGiveBack],
    observe: (memory, _, { counts }) => `${inUse(memory, counts, MEMORY)} and ${inUse(memory, counts, OBJECTS)}`,
  })
  expect(failure).toBeUndefined()
  expect(complete).toBe(true)
  expect([...outcomes.keys()]).toEqual(['0 and 2'])
})
