/** The runtime, unmodified, under the explorer. */
import { expect, test } from 'vitest'
import { BlockArena } from '../runtime/memory/arena.ts'
import type { Memory } from '../runtime/memory/memory.ts'
import { mergeCounts } from '../runtime/refcount/biased.ts'
import { LOCAL, ObjectHeader, ONE, OWNER, QUEUED, references, SHARED } from '../runtime/refcount/object-header.ts'
import * as event from '../runtime/sync/event.ts'
import { FAIR_AFTER, lock, unlock } from '../runtime/sync/mutex.ts'
import { once } from '../runtime/sync/once.ts'
import { type Parker, ParkingLot, Waiter } from '../runtime/sync/parking-lot.ts'
import { type Exploration, explore } from './explore.ts'
import type { Body, Program } from './program.ts'

const BYTES = 16 * 1024

interface Stage {
  readonly parkers: readonly Parker[]
  /** The lock, the event or the flag. */
  readonly at: number
  readonly count: number
}

const program = (threads: number, act: (stage: Stage, parker: Parker, thread: number) => unknown): Program<Stage> => ({
  bytes: BYTES,
  setup: (memory) => {
    const arena = BlockArena.create(memory, BYTES)
    const lot = ParkingLot.at(arena.allocate(ParkingLot.size, 'lot'))
    const waiters = Array.from({ length: threads }, () => Waiter.at(arena.allocate(Waiter.size, 'waiter')))
    return {
      parkers: waiters.map((waiter) => ({ memory, lot, waiter })),
      at: arena.allocate(4, 'at'),
      count: arena.allocate(4, 'count'),
    }
  },
  bodies: Array.from(
    { length: threads },
    (_, thread): Body<Stage> =>
      (_memory, stage) =>
        act(stage, stage.parkers[thread] as Parker, thread),
  ),
  observe: (memory, results, { count }) => `${results.join(' ')}, ${memory.get(count)}`,
})

const expectSound = (exploration: Exploration): void => {
  expect(exploration.failure?.message).toBeUndefined()
  expect(exploration.complete).toBe(true)
  expect(exploration.interleavings).toBeGreaterThan(1)
}

const raise = (memory: Memory, at: number): void => memory.set(at, memory.get(at) + 1)

const locking = (threads: number): Program<Stage> =>
  program(threads, ({ at, count }, parker) => {
    const locked = lock(parker, at)
    raise(parker.memory, count)
    unlock(parker.memory, parker.lot, at)
    return locked
  })

test('two threads never hold the mutex at once, parked or not', () => {
  const exploration = explore(locking(2))
  expectSound(exploration)
  expect([...exploration.outcomes.keys()]).toEqual(['acquired acquired, 2'])
})

test('nor do three, as far as two preemptions lead', () => {
  const exploration = explore(locking(3), { preemptions: 2 })
  expect(exploration.failure?.message).toBeUndefined()
  expect(exploration.why).toBe('preemptions')
  expect([...exploration.outcomes.keys()]).toEqual(['acquired acquired acquired, 3'])
})

test('a lock that was waited for long is handed over', () => {
  const exploration = explore(
    {
      ...locking(2),
      bodies: [...locking(2).bodies, (memory) => memory.elapse(FAIR_AFTER + 1)],
    },
    { movingClock: true },
  )
  expect(exploration.failure?.message).toBeUndefined()
  expect([...exploration.outcomes.keys()].sort()).toEqual(['acquired acquired , 2', 'acquired handed off , 2', 'handed off acquired , 2'])
})

test('an event wakes whoever waits for it, whenever it is set', () => {
  const exploration = explore(
    program(2, ({ at, count }, parker, thread) => {
      if (thread === 1) return event.wait(parker, at) && parker.memory.get(count)
      parker.memory.set(count, 7)
      event.set(parker.memory, parker.lot, at)
      return undefined
    }),
  )
  expectSound(exploration)
})

test('what is to be done once is done once, and nobody goes on before', () => {
  const exploration = explore(
    program(2, ({ at, count }, parker) => {
      const done = once(parker, at, () => {
        raise(parker.memory, count)
        return true
      })
      return done && parker.memory.get(count)
    }),
  )
  expectSound(exploration)
})

test('who asks for the references of an object while it is merged is told what they were or are, one part missing or counted twice', () => {
  const [local, shared] = [2, 3]
  const exploration = explore<number>({
    bytes: BYTES,
    setup: (memory) => {
      const object = BlockArena.create(memory, BYTES).allocate(ObjectHeader.size, 'object')
      memory.store(object + OWNER, 1)
      memory.store(object + LOCAL, local)
      memory.store(object + SHARED, shared * ONE + QUEUED)
      return object
    },
    // The merge drops the reference that the queue held.
    bodies: [(memory, object) => mergeCounts(memory, object, -1), (memory, object) => references(memory, object)],
    observe: (_memory, [left, told]) => `${left} left, told ${told}`,
  })
  expectSound(exploration)
  const [before, after] = [local + shared, local + shared - 1]
  expect([...exploration.outcomes.keys()].sort()).toEqual(
    [before, after, before - local, after + local].sort().map((told) => `${after} left, told ${told}`),
  )
})
