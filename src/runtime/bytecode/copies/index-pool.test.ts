import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { explore } from '../../../explore/explore.ts'
import { BYTES, begin } from '../../../testing/setting.ts'
import { MEMORY } from '../../heap/allocators.ts'
import { Runtime } from '../../interpreter/runtime.ts'
import { sleeper } from '../../interpreter/thread.ts'
import type { Chunks } from '../../memory/chunks.ts'
import type { Memory } from '../../memory/memory.ts'
import { isLocked, LOCKED } from '../../sync/mutex.ts'
import { afterFork, dispose, FIRST_CAPACITY, freeIndices, giveBack, INDEX_HEAP, IndexPool, take } from './index-pool.ts'

const chunksOf = (runtime: Runtime): Chunks => ({
  allocate: (bytes, name) => runtime.allocate(MEMORY, bytes, name),
  free: (address) => runtime.free(MEMORY, address),
})

function aPool() {
  const { memory, runtime, parker } = begin()
  const pool = IndexPool.at(runtime.allocate(MEMORY, IndexPool.size, IndexPool.name))
  const chunks = chunksOf(runtime)
  return {
    memory,
    runtime,
    pool,
    take: (firstCapacity?: number) => take(parker, chunks, pool, firstCapacity),
    giveBack: (index: number) => giveBack(parker, pool, index),
    free: () => freeIndices(memory, pool).sort((a, b) => a - b),
    capacity: () => memory.get(pool.capacity),
    heaps: () => [...runtime.arena.blocks()].filter(({ name }) => name === INDEX_HEAP).length,
    runtimeFree: (address: number) => runtime.free(MEMORY, address),
  }
}

test('the first index is zero, and each further one the next', () => {
  const { take, capacity } = aPool()
  expect([take(), take(), take()]).toEqual([0, 1, 2])
  expect(capacity()).toBe(FIRST_CAPACITY)
})

test('of the free ones the smallest is taken first, and only then one that is new', () => {
  const { take, giveBack, free } = aPool()
  for (let index = 0; index <= 6; index++) take()
  for (const index of [5, 2, 3]) giveBack(index)
  expect(free()).toEqual([2, 3, 5])
  expect([take(), take(), take(), take()]).toEqual([2, 3, 5, 7])
  for (const index of [1, 3, 2, 5]) giveBack(index)
  expect([take(), take(), take(), take(), take()]).toEqual([1, 2, 3, 5, 8])
})

test('whatever is taken and given back, nobody gets what somebody has, and everybody the smallest', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.nat(8), { nil: undefined, freq: 1 }), { minLength: 50, maxLength: 200 }), (doings) => {
      const { take, giveBack, free } = aPool()
      const taken = new Set<number>()
      let next = 0
      for (const which of doings) {
        const back = which === undefined ? undefined : [...taken][which]
        if (back === undefined) {
          const smallest = free()[0] ?? next++
          expect(take(2)).toBe(smallest)
          expect(taken).not.toContain(smallest)
          taken.add(smallest)
        } else {
          taken.delete(back)
          giveBack(back)
        }
        expect(free()).toEqual(Array.from({ length: next }, (_, index) => index).filter((index) => !taken.has(index)))
      }
    }),
    { numRuns: 60 },
  )
})

describe('memory', () => {
  test('is had for every index that was ever given, so that giving back needs none', () => {
    const { runtime, take, giveBack, capacity, heaps, free } = aPool()
    const capacities = Array.from({ length: 9 }, () => {
      take(2)
      return capacity()
    })
    expect(capacities).toEqual([2, 2, 4, 4, 8, 8, 8, 8, 16])
    expect(heaps()).toBe(1)
    runtime.arena.limit(0)
    for (let index = 8; index >= 0; index--) giveBack(index)
    expect(free()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8])
  })

  test('that there is none of leaves the pool as it was, and a free index can still be taken', () => {
    const { memory, runtime, pool, take, giveBack, capacity, heaps } = aPool()
    expect([take(2), take(2)]).toEqual([0, 1])
    runtime.arena.limit(0)
    expect(take(2)).toBeUndefined()
    expect([capacity(), heaps(), memory.get(pool.next), isLocked(memory, pool.mutex)]).toEqual([2, 1, 2, false])
    giveBack(0)
    expect(take(2)).toBe(0)
    runtime.arena.limit(null)
    expect(take(2)).toBe(2)
  })

  test('is freed with the pool, also if nobody ever took an index', () => {
    const { memory, pool, take, heaps, runtimeFree } = aPool()
    dispose(memory, pool, runtimeFree)
    take()
    expect(heaps()).toBe(1)
    dispose(memory, pool, runtimeFree)
    expect([heaps(), memory.get(pool.next)]).toEqual([0, 0])
  })
})

test('after a fork every index but the survivor’s is free, and so is the mutex', () => {
  const { memory, pool, take, giveBack, free } = aPool()
  for (let index = 0; index < 5; index++) take()
  giveBack(2)
  memory.store(pool.mutex, LOCKED)
  afterFork(memory, pool, 3)
  expect([isLocked(memory, pool.mutex), free()]).toEqual([false, [0, 1, 2, 4]])
  expect([take(), take(), take(), take(), take()]).toEqual([0, 1, 2, 4, 5])
})

test('two threads that take and give back at once never have the same index, in any order', () => {
  const exploration = explore<{ pool: IndexPool; runtime: Runtime; parkers: ReturnType<typeof sleeper>[]; chunks: Chunks }>({
    bytes: BYTES,
    setup: (memory: Memory) => {
      const runtime = Runtime.create(memory, BYTES)
      const pool = IndexPool.at(runtime.allocate(MEMORY, IndexPool.size, IndexPool.name))
      const parkers = [0, 1].map(() => sleeper(runtime, runtime.createOsThread()))
      const chunks = chunksOf(runtime)
      // Zero is free, and the heap is full: who comes second has to enlarge it.
      const [parker] = parkers as [(typeof parkers)[0]]
      giveBack(parker, pool, take(parker, chunks, pool, 1) as number)
      return { pool, runtime, parkers, chunks }
    },
    bodies: [0, 1].map((who) => (_memory: Memory, { pool, parkers, chunks }) => {
      const parker = parkers[who] as (typeof parkers)[0]
      const index = take(parker, chunks, pool, 1) as number
      if (who === 1) giveBack(parker, pool, index)
      return index
    }),
    observe: (memory, results, { pool }) => `${results.join(', ')}; free: ${freeIndices(memory, pool)}`,
  })
  expect(exploration.failure?.message).toBeUndefined()
  expect(exploration.complete).toBe(true)
  // Ada takes one, Ben takes one and gives it back.
  expect([...exploration.outcomes.keys()].sort()).toEqual(['0, 0; free: ', '0, 1; free: 1', '1, 0; free: 0'])
})
