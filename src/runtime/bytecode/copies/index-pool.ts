/**
 * Which indices are in use: the smallest free one is given first, so that arrays stay short.
 *
 * The free ones among those that were given before lie in a binary heap, the smallest on top. When it is empty, the
 * next index is one that nobody had before. Giving an index back happens in the end of a thread, where
 * nobody could be told of a failure. So it needs no memory: whenever a new index is given, the heap is first made large
 * enough for every index ever given, that one included.
 *
 * @see CPython Python/index_pool.c
 */
import type { Chunks } from '../../memory/chunks.ts'
import { type Address, CELL, type Memory, NULL } from '../../memory/memory.ts'
import { cell, type Opened, record } from '../../memory/record.ts'
import { lock, reset as resetMutex, unlock } from '../../sync/mutex.ts'
import type { Parker } from '../../sync/parking-lot.ts'

export const IndexPool = record('index pool', {
  /** Guards the rest. */
  mutex: cell,
  /** The heap: a block of cells; NULL before the first index is given. */
  heap: cell,
  /** How many free indices lie in it. */
  count: cell,
  /** How many it has room for: at least `next`. */
  capacity: cell,
  /** The lowest index that was never given; so many were. */
  next: cell,
})
export type IndexPool = Opened<typeof IndexPool>

/** Room in the first heap. Each later one has twice as much as the one before. */
export const FIRST_CAPACITY = 1024

/** What the block of the heap is called. */
export const INDEX_HEAP = 'index heap'

/**
 * Takes the smallest free index.
 * @param parker of a caller that stays attached while it waits: the mutex is held for moments.
 * @returns undefined if there is no memory to give it back later; the pool is then as it was.
 */
export function take(parker: Parker, chunks: Chunks, pool: IndexPool, firstCapacity = FIRST_CAPACITY): number | undefined {
  const { memory } = parker
  lock(parker, pool.mutex)
  try {
    if (memory.get(pool.count) > 0) return pop(memory, pool)
    const next = memory.get(pool.next)
    if (next === memory.get(pool.capacity) && !grow(memory, chunks, pool, firstCapacity)) return undefined
    memory.set(pool.next, next + 1)
    return next
  } finally {
    unlock(memory, parker.lot, pool.mutex)
  }
}

/** Gives an index back. It never fails. */
export function giveBack(parker: Parker, pool: IndexPool, index: number): void {
  const { memory } = parker
  lock(parker, pool.mutex)
  push(memory, pool, index)
  unlock(memory, parker.lot, pool.mutex)
}

/** For a fork's child: every index but the survivor's is free, those of threads that were only being made too. */
export function afterFork(memory: Memory, pool: IndexPool, survivor: number): void {
  resetMutex(memory, pool.mutex)
  // Made anew: a thread that exists no longer may have been in the middle of changing it.
  memory.set(pool.count, 0)
  const next = memory.get(pool.next)
  for (let index = 0; index < next; index++) if (index !== survivor) push(memory, pool, index)
}

/** Frees the heap, once no thread is left. */
export function dispose(memory: Memory, pool: IndexPool, free: (address: Address) => void): void {
  const heap = memory.get(pool.heap)
  if (heap !== NULL) free(heap)
  for (const field of [pool.heap, pool.count, pool.capacity, pool.next]) memory.set(field, 0)
}

/** The free indices among those that were given before, in no order. For observers. */
export function freeIndices(memory: Memory, pool: IndexPool): number[] {
  const heap = memory.get(pool.heap)
  return Array.from({ length: memory.get(pool.count) }, (_, place) => memory.get(at(heap, place)))
}

/** Replaces the heap by a larger one. It is empty: only then is an index given that is new. @returns false without memory. */
function grow(memory: Memory, chunks: Chunks, pool: IndexPool, firstCapacity: number): boolean {
  const capacity = Math.max(firstCapacity, 2 * memory.get(pool.capacity))
  const heap = chunks.allocate(capacity * CELL, INDEX_HEAP)
  if (heap === NULL) return false
  const old = memory.get(pool.heap)
  memory.set(pool.heap, heap)
  memory.set(pool.capacity, capacity)
  if (old !== NULL) chunks.free(old)
  return true
}

const at = (heap: Address, place: number): Address => heap + place * CELL

/** Adds at the end, and moves the places on the way up down by one until it is where it belongs. */
function push(memory: Memory, pool: IndexPool, index: number): void {
  const heap = memory.get(pool.heap)
  let place = memory.get(pool.count)
  memory.set(pool.count, place + 1)
  while (place > 0) {
    const parent = (place - 1) >> 1
    const above = memory.get(at(heap, parent))
    if (above <= index) break
    memory.set(at(heap, place), above)
    place = parent
  }
  memory.set(at(heap, place), index)
}

/** Takes the top off, and lets the last one sink from there. */
function pop(memory: Memory, pool: IndexPool): number {
  const heap = memory.get(pool.heap)
  const smallest = memory.get(heap)
  const count = memory.get(pool.count) - 1
  memory.set(pool.count, count)
  const last = memory.get(at(heap, count))
  let place = 0
  for (;;) {
    let child = 2 * place + 1
    if (child + 1 < count && memory.get(at(heap, child + 1)) < memory.get(at(heap, child))) child += 1
    if (child >= count || memory.get(at(heap, child)) >= last) break
    memory.set(at(heap, place), memory.get(at(heap, child)))
    place = child
  }
  memory.set(at(heap, place), last)
  return smallest
}
