/**
 * A thread's cache of dead objects: blocks that it freed and will soon need again.
 *
 * Running code makes and ends small objects all the time. Through the arena each of them would cost
 * a lock that all threads share. So a thread keeps the blocks of small objects that it frees, by size,
 * and takes the next object's block from there: no lock, no atomic operation, no line of memory that another
 * thread writes.
 *
 * In everything that can be observed a block in a cache is a freed one. It is not in use, it is overwritten,
 * its header stays for late readers, and freeing it again is reported. It goes to the arena when its thread is cleared.
 *
 * While a limit is in force a cache hands out nothing: every object then comes from the arena, which counts
 * it. So what a limit refuses does not depend on what was freed before.
 *
 * @see CPython Include/internal/pycore_freelist.h
 */
import { type BlockArena, type PackedName, packedName } from '../memory/arena.ts'
import { type Address, CELL, type Memory, NULL } from '../memory/memory.ts'
import { array, cell, type Opened, record } from '../memory/record.ts'
import { type Allocators, allocate, DEAD_HEADER, free, OBJECTS, putBack } from './allocators.ts'

/** Blocks of up to this many cache lines are kept, and this many of them. */
const LINES = 8
const CAPACITY = 512

export const ObjectCache = record('object cache', {
  /** Blocks that it keeps. */
  kept: cell,
  /** How many it may keep: none until its thread begins, and after it is cleared. */
  capacity: cell,
  /** By size in cache lines: the block kept last, chained to those before it. */
  last: array(cell, LINES + 1),
})
export type ObjectCache = Opened<typeof ObjectCache>

const { kept: KEPT, capacity: CAPACITY_AT, last: LAST } = ObjectCache.offset

/** Lets a thread keep blocks. */
export function open(memory: Memory, cache: Address): void {
  memory.set(cache + CAPACITY_AT, CAPACITY)
}

/** Gives everything to the arena. From now on nothing is kept. */
export function close(arena: BlockArena, counts: Allocators, cache: Address): void {
  const { memory } = arena
  memory.set(cache + CAPACITY_AT, 0)
  if (keptBlocks(memory, cache) === 0) return
  for (let list = cache + LAST; list <= cache + LAST + LINES * CELL; list += CELL) {
    putBack(arena, counts, memory.get(list))
    memory.set(list, NULL)
  }
  memory.storeRelaxed(cache + KEPT, 0)
}

/** Makes room for an object. @returns zeroed memory, or NULL if there is none. */
export function allocateObject(arena: BlockArena, counts: Allocators, cache: Address, kind: number, bytes: number, name: string): Address {
  const { memory } = arena
  const lines = arena.linesFor(bytes)
  const object = lines <= LINES ? memory.get(cache + LAST + lines * CELL) : NULL
  if (object === NULL || arena.isLimited) return allocate(arena, counts, OBJECTS, bytes, name)
  memory.set(cache + LAST + lines * CELL, arena.chainedTo(object))
  memory.storeRelaxed(cache + KEPT, memory.loadRelaxed(cache + KEPT) - 1)
  arena.takeUp(object, nameOf(kind, name), DEAD_HEADER)
  return object
}

/** Frees an object. @throws BlockMisuse if its block is not in use, or not an object's. */
export function freeObject(arena: BlockArena, counts: Allocators, cache: Address, object: Address): void {
  const { memory } = arena
  const lines = arena.linesAt(object)
  const kept = memory.loadRelaxed(cache + KEPT)
  if (lines > LINES || kept >= memory.get(cache + CAPACITY_AT)) {
    free(arena, counts, OBJECTS, object)
    return
  }
  const list = cache + LAST + lines * CELL
  arena.setAside(object, OBJECTS, DEAD_HEADER, memory.get(list))
  memory.set(list, object)
  memory.storeRelaxed(cache + KEPT, kept + 1)
}

/** How many blocks a cache keeps. Its thread may be at work meanwhile, so the number may be old. */
export const keptBlocks = (memory: Memory, cache: Address): number => memory.loadRelaxed(cache + KEPT)

/** Objects of one kind have one name, so packing it once is enough. Remembering it changes nothing but time. */
const names: PackedName[] = []

function nameOf(kind: number, name: string): PackedName {
  const known = names[kind]
  if (known !== undefined && known.name === name) return known
  const packed = packedName(name)
  names[kind] = packed
  return packed
}
