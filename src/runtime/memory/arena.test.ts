import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Crew } from '../../testing/crew.ts'
import { scripted } from '../../testing/scripted.ts'
import { EndlessSleep, ScriptedMemory } from '../../testing/scripted-memory.ts'
import { SEEDED } from '../../testing/seeded.ts'
import { BlockArena, BlockMisuse, FIRST_BLOCK, POISON, REFUSALS } from './arena.ts'
import { type Address, CACHE_LINE, CELL, type Memory, NULL } from './memory.ts'
import { SharedMemory } from './shared-memory.ts'

const BODIES = new URL('../../testing/contention/blocks.ts', import.meta.url)
const BYTES = 1 << 16

let crew: Crew
beforeAll(() => {
  crew = new Crew(2)
})
afterAll(() => crew.end())

function empty(bytes = BYTES) {
  const memory = new SharedMemory(new SharedArrayBuffer(bytes))
  return { memory, arena: BlockArena.create(memory, bytes) }
}

const cellsOf = (memory: Memory, address: Address, bytes: number) =>
  Array.from({ length: bytes / CELL }, (_, index) => memory.get(address + index * CELL))

test('the first block lies where everybody looks for it', () => {
  const { arena } = empty()
  expect(arena.allocate(8, 'first')).toBe(FIRST_BLOCK)
})

test('a block is in use until it is freed', () => {
  const { arena } = empty()
  const block = arena.allocate(8, 'block')
  expect(arena.isInUse(block)).toBe(true)
  arena.free(block)
  expect(arena.isInUse(block)).toBe(false)
})

test('a block begins on a cache line and holds zeros, also when its memory was used before', () => {
  const { memory, arena } = empty()
  const block = arena.allocate(100, 'used')
  memory.fill(block, 100, 7)
  arena.free(block)
  const again = arena.allocate(100, 'again')
  expect(again).toBe(block)
  expect(again % CACHE_LINE).toBe(0)
  expect(cellsOf(memory, again, 100).every((cell) => cell === 0)).toBe(true)
})

test('a block says what it holds, how large it is at least, and its tag', () => {
  const { arena } = empty()
  const address = arena.allocate(100, 'things', 3)
  const block = arena.block(address)
  expect(block).toMatchObject({ address, name: 'things', tag: 3 })
  expect(block.bytes).toBeGreaterThanOrEqual(100)
  expect([arena.nameAt(address), arena.tagAt(address)]).toEqual(['things', 3])
})

test('a name has at most sixteen letters', () => {
  const { arena } = empty()
  expect(arena.nameAt(arena.allocate(4, 'abcdefghijklmnopq'))).toBe('abcdefghijklmnop')
})

test('freed memory is overwritten, but for what late readers may look at', () => {
  const { memory, arena } = empty()
  const block = arena.allocate(40, 'dying')
  memory.fill(block, 40, 7)
  arena.free(block, 0, 12)
  expect(cellsOf(memory, block, 40)).toEqual([7, 7, 7, ...Array.from({ length: 7 }, () => POISON)])
})

test('of blocks that were freed, the last is used again first', () => {
  const { arena } = empty()
  const blocks = [0, 1, 2].map(() => arena.allocate(8, 'block'))
  for (const block of blocks) arena.free(block)
  expect(blocks.map(() => arena.allocate(8, 'again'))).toEqual(blocks.toReversed())
})

test('memory is never used again under another tag', () => {
  const { arena } = empty()
  const block = arena.allocate(8, 'object', 2)
  expect(() => arena.free(block, 1)).toThrow(new BlockMisuse(`the object at ${block} was freed by an allocator that did not hand it out`))
  arena.free(block, 2)
  expect(arena.allocate(8, 'raw', 1)).not.toBe(block)
  expect(arena.allocate(8, 'object', 2)).toBe(block)
})

test('large blocks are used again only for the same size', () => {
  const { arena } = empty()
  const large = arena.allocate(9_000, 'large')
  arena.free(large)
  const larger = arena.allocate(12_000, 'larger')
  expect(larger).not.toBe(large)
  expect(arena.allocate(9_000, 'large')).toBe(large)
})

test('a block that is large has a size that others have, too, and is at most an eighth too large', () => {
  const { arena } = empty(1 << 25)
  const sizes = new Set<number>()
  for (let bytes = 64; bytes < 1 << 21; bytes += 64 + (bytes >> 6)) {
    const lines = arena.linesFor(bytes)
    const least = Math.ceil((bytes + 32) / CACHE_LINE)
    sizes.add(lines)
    expect([bytes, lines >= least, lines <= least * 1.125]).toEqual([bytes, true, true])
    const block = arena.allocate(bytes, 'block')
    arena.free(block)
    // Of one list each: whatever has the same size is used again.
    expect(arena.linesFor(lines * CACHE_LINE - 32)).toBe(lines)
    expect(arena.allocate(lines * CACHE_LINE - 32, 'again')).toBe(block)
    arena.free(block)
  }
  expect(sizes.size).toBeLessThan(128)
})

test('what grows step by step is content with the room of a few steps', () => {
  const { arena } = empty(1 << 22)
  let block = arena.allocate(8, 'text')
  for (let bytes = 8; bytes < 1 << 17; bytes += 200) {
    const larger = arena.allocate(bytes, 'text')
    expect(larger).not.toBe(NULL)
    arena.free(block)
    block = larger
  }
})

test('freeing twice is reported by the name of the block', () => {
  const { arena } = empty()
  const block = arena.allocate(8, 'victim')
  arena.free(block)
  expect(() => arena.free(block)).toThrow(new BlockMisuse(`freed twice: the victim at ${block}`))
})

test('of two threads that free one block at once, the second is told so', () => {
  const memory = scripted(BYTES)
  const arena = BlockArena.create(memory, BYTES)
  const block = arena.allocate(8, 'victim')
  const other = new BlockArena(memory, BYTES)
  // The lock is the arena's first cell.
  memory.before('compareExchange', CACHE_LINE, () => other.free(block))
  expect(() => arena.free(block)).toThrow(new BlockMisuse(`freed twice: the victim at ${block}`))
  expect([arena.allocate(8, 'one'), arena.allocate(8, 'other') === block]).toEqual([block, false])
})

test('the block around an address is found, in use or freed, by its header too', () => {
  const { arena } = empty()
  const [one, two] = [arena.allocate(100, 'one'), arena.allocate(8, 'two', 3)]
  arena.free(one)
  const { bytes } = arena.block(two)
  const names = [one, two - CELL, two, two + bytes - CELL, two + bytes, NULL].map((at) => arena.around(at)?.name)
  expect(names).toEqual(['one', 'two', 'two', 'two', undefined, undefined])
  expect(arena.around(two + CELL)).toEqual({ address: two, name: 'two', bytes, tag: 3 })
})

test('freeing what is no block is reported', () => {
  const { arena } = empty()
  const block = arena.allocate(200, 'block')
  expect(() => arena.free(block + CACHE_LINE)).toThrow(new BlockMisuse(`no block lies at ${block + CACHE_LINE}`))
  expect(() => arena.free(NULL)).toThrow(BlockMisuse)
  expect(() => arena.free(block)).not.toThrow()
})

test('without room nothing is handed out, and the refusal is counted', () => {
  const { memory, arena } = empty(FIRST_BLOCK + 2 * CACHE_LINE)
  expect(arena.allocate(3 * CACHE_LINE, 'large')).toBe(NULL)
  expect(memory.get(REFUSALS)).toBe(1)
  expect(arena.allocate(8, 'small')).toBe(FIRST_BLOCK)
})

test('a limit lets so many blocks be handed out and refuses those after them, until it is lifted', () => {
  const { memory, arena } = empty()
  arena.limit(1)
  const block = arena.allocate(8, 'allowed')
  expect(block).not.toBe(NULL)
  expect(arena.allocate(8, 'refused')).toBe(NULL)
  arena.free(block)
  expect(arena.allocate(8, 'refused')).toBe(NULL)
  expect(memory.get(REFUSALS)).toBe(2)
  arena.limit(null)
  expect(arena.allocate(8, 'allowed')).toBe(block)
})

test('two views of one memory are one arena', () => {
  const { memory, arena } = empty()
  const other = new BlockArena(memory, BYTES)
  const block = arena.allocate(8, 'shared')
  expect(other.allocate(8, 'other')).not.toBe(block)
  other.free(block)
  expect(() => arena.free(block)).toThrow(BlockMisuse)
})

test('the blocks in use are listed by address', () => {
  const { arena } = empty()
  const [one, two, three] = ['one', 'two', 'three'].map((name) => arena.allocate(8, name)) as [Address, Address, Address]
  arena.free(two)
  expect([...arena.blocks()].map(({ address, name }) => [address, name])).toEqual([
    [one, 'one'],
    [three, 'three'],
  ])
})

test('the blocks in use are visited while nobody can allocate, and can be freed afterwards, also after a failure', () => {
  const memory = scripted(BYTES)
  const arena = BlockArena.create(memory, BYTES)
  const [first, freed, last] = [arena.allocate(8, 'first', 1), arena.allocate(8, 'freed', 2), arena.allocate(8, 'last', 2)]
  arena.free(freed, 2)
  const visited: unknown[] = []
  for (const tag of [1, 2]) {
    arena.visit(tag, (address) => {
      visited.push([address, tag])
      expect(() => arena.free(address, tag)).toThrow(EndlessSleep)
    })
  }
  expect(visited).toEqual([
    [first, 1],
    [last, 2],
  ])
  const fails = () => {
    throw new Error('enough')
  }
  expect(() => arena.visit(2, fails)).toThrow('enough')
  arena.free(last, 2)
})

test("a fork's child can allocate though a thread that does not exist in it held the lock", () => {
  const memory = scripted(BYTES)
  const arena = BlockArena.create(memory, BYTES)
  let copy = memory.buffer
  // The count of blocks, before that of refusals, is only touched under the lock.
  memory.before('get', REFUSALS - CELL, () => {
    copy = memory.buffer.slice(0)
  })
  arena.allocate(8, 'parent')
  const child = new BlockArena(new ScriptedMemory(copy), BYTES)
  expect(() => child.allocate(8, 'child')).toThrow(EndlessSleep)
  child.afterFork()
  expect(child.allocate(8, 'child')).not.toBe(NULL)
})

test('two threads that allocate and free at the same time are never given one block', { timeout: 60_000 }, async () => {
  const { memory, arena } = empty()
  const gate = arena.allocate(CACHE_LINE, 'gate')
  const parts = [1, 2].map((mark) => ({ body: 'churn', args: [gate, mark, 3000] }))
  expect(await crew.run(BODIES, memory.buffer, parts)).toEqual([0, 0])
  expect([...arena.blocks()].map(({ address }) => address)).toEqual([gate])
})

type Step = { readonly do: 'allocate'; readonly bytes: number; readonly tag: number } | { readonly do: 'free'; readonly which: number }

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    fc.record({ do: fc.constant('allocate' as const), bytes: fc.integer({ min: 1, max: 600 }), tag: fc.integer({ min: 0, max: 3 }) }),
    fc.record({ do: fc.constant('free' as const), which: fc.nat() }),
  ),
  { maxLength: 60 },
)

test('in any order of allocating and freeing, blocks in use keep their content, freed ones are poisoned, and no two overlap', () => {
  fc.assert(
    fc.property(steps, (steps) => {
      const { memory, arena } = empty()
      const used = new Map<Address, { bytes: number; tag: number; mark: number }>()
      const freed = new Map<Address, number>()
      for (const [mark, step] of steps.entries()) {
        if (step.do === 'allocate') {
          const address = arena.allocate(step.bytes, 'any', step.tag)
          if (address === NULL) continue
          expect(used.has(address)).toBe(false)
          if (freed.has(address)) expect(freed.get(address)).toBe(step.tag)
          freed.delete(address)
          const { bytes } = arena.block(address)
          expect(cellsOf(memory, address, bytes).every((cell) => cell === 0)).toBe(true)
          memory.fill(address, bytes, mark + 1)
          used.set(address, { bytes, tag: step.tag, mark: mark + 1 })
        } else if (used.size > 0) {
          const [address, block] = [...used][step.which % used.size] as [Address, { bytes: number; tag: number; mark: number }]
          expect(cellsOf(memory, address, block.bytes).every((cell) => cell === block.mark)).toBe(true)
          arena.free(address, block.tag)
          expect(cellsOf(memory, address, block.bytes).every((cell) => cell === POISON)).toBe(true)
          expect(() => arena.free(address)).toThrow('freed twice: the any')
          used.delete(address)
          freed.set(address, block.tag)
        }
      }
      for (const [address, { bytes, mark }] of used) {
        expect(cellsOf(memory, address, bytes).every((cell) => cell === mark)).toBe(true)
      }
      expect([...arena.blocks()].map(({ address }) => address)).toEqual([...used.keys()].sort((one, other) => one - other))
    }),
    SEEDED,
  )
})
