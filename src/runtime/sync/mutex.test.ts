import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Crew } from '../../testing/crew.ts'
import { EndlessSleep } from '../../testing/scripted-memory.ts'
import { SEEDED } from '../../testing/seeded.ts'
import { COUNTERS, GATE, LOCK_OF_BUCKET, NEIGHBOUR, SLEEPERS_BYTES, TARGET } from '../../testing/sleepers.ts'
import { meanwhile, threeSleepers } from '../../testing/three-sleepers.ts'
import { CACHE_LINE } from '../memory/memory.ts'
import { SharedMemory } from '../memory/shared-memory.ts'
import { FAIR_AFTER, FREE, isLocked, LOCKED, LockMisuse, lock, PARKED, reset, unlock } from './mutex.ts'
import { interrupt, type Parker, waiting } from './parking-lot.ts'

const tryLock = (parker: Parker, mutex: number) => lock(parker, mutex, 0)

test('a mutex that nobody wants is locked and unlocked by one access each', () => {
  const { memory, ada, lot, target: mutex } = threeSleepers()
  expect(isLocked(memory, mutex)).toBe(false)
  expect(lock(ada, mutex)).toBe('acquired')
  expect([memory.get(mutex), isLocked(memory, mutex)]).toEqual([LOCKED, true])
  unlock(memory, lot, mutex)
  expect([memory.get(mutex), memory.pauses]).toEqual([FREE, 0])
})

test('a thread that does not want to wait fails at once and leaves no trace', () => {
  const { memory, ada, ben, target: mutex } = threeSleepers()
  lock(ada, mutex)
  expect(tryLock(ben, mutex)).toBe('timed out')
  expect([memory.get(mutex), memory.sleeps, memory.pauses]).toEqual([LOCKED, 0, 0])
})

test('a thread looks forty times before it sleeps, and not at all if others sleep already', () => {
  const { memory, ada, ben, cem, lot, target: mutex } = threeSleepers()
  lock(ada, mutex)
  expect(() => lock(ben, mutex)).toThrow(EndlessSleep)
  expect(memory.pauses).toBe(40)
  expect(() => lock(cem, mutex)).toThrow(EndlessSleep)
  expect(memory.pauses).toBe(40)
  expect(memory.get(mutex)).toBe(LOCKED | PARKED)
  expect([...waiting(memory, lot, mutex)]).toEqual([ben.waiter.address, cem.waiter.address])
})

test('a mutex that becomes free while a thread spins is taken without a sleep', () => {
  const { memory, ada, ben, lot, target: mutex } = threeSleepers()
  lock(ada, mutex)
  for (let i = 0; i < 3; i++) memory.before('load', mutex, () => i === 2 && unlock(memory, lot, mutex))
  expect(lock(ben, mutex)).toBe('acquired')
  expect([memory.get(mutex), memory.sleeps]).toEqual([LOCKED, 0])
})

test('a free mutex that another thread takes first is waited for', () => {
  const { memory, ada, ben, cem, lot, target: mutex } = threeSleepers()
  lock(ada, mutex)
  memory.before('load', mutex, () => {
    unlock(memory, lot, mutex)
    memory.before('compareExchange', mutex, () => tryLock(cem, mutex))
  })
  expect(lock(ben, mutex, 10)).toBe('timed out')
  expect(isLocked(memory, mutex)).toBe(true)
})

test('a mutex that becomes free right before a thread announces that it sleeps is taken', () => {
  const { memory, ada, ben, lot, target: mutex } = threeSleepers()
  lock(ada, mutex)
  // The first attempt to change it is made on the way in, the second announces the sleep.
  memory.before('compareExchange', mutex, () => {
    memory.before('compareExchange', mutex, () => unlock(memory, lot, mutex))
  })
  expect(lock(ben, mutex)).toBe('acquired')
  expect([memory.get(mutex), memory.pauses, memory.sleeps]).toEqual([LOCKED, 40, 0])
})

test('a mutex that becomes free between announcing a sleep and sleeping is taken', () => {
  const { memory, ada, ben, lot, target: mutex } = threeSleepers()
  lock(ada, mutex)
  memory.before('compareExchange', LOCK_OF_BUCKET, () => unlock(memory, lot, mutex))
  expect(lock(ben, mutex)).toBe('acquired')
  expect([memory.get(mutex), memory.sleeps]).toEqual([LOCKED, 0])
})

test('a waiter that has waited for less than the limit competes again', () => {
  const { memory, ada, ben, cem, lot, target: mutex } = threeSleepers()
  lock(ada, mutex)
  meanwhile(memory, ben, () => {
    memory.clock += FAIR_AFTER
    unlock(memory, lot, mutex)
    expect(memory.get(mutex)).toBe(FREE)
    expect(tryLock(cem, mutex)).toBe('acquired')
  })
  expect(() => lock(ben, mutex)).toThrow(EndlessSleep)
  expect(memory.get(mutex)).toBe(LOCKED | PARKED)
})

test('a waiter that has waited longer is handed the mutex, which is never free meanwhile', () => {
  const { memory, ada, ben, cem, lot, target: mutex } = threeSleepers()
  lock(ada, mutex)
  meanwhile(memory, ben, () => {
    memory.clock += FAIR_AFTER + 1
    unlock(memory, lot, mutex)
    expect(tryLock(cem, mutex)).toBe('timed out')
  })
  expect(lock(ben, mutex)).toBe('handed off')
  expect(memory.get(mutex)).toBe(LOCKED)
})

test('being overtaken makes a waiter no younger', () => {
  const { memory, ada, ben, cem, lot, target: mutex } = threeSleepers()
  lock(ada, mutex)
  meanwhile(memory, ben, () => {
    memory.clock += FAIR_AFTER
    unlock(memory, lot, mutex)
    lock(cem, mutex)
    meanwhile(memory, ben, () => {
      memory.clock += 1
      unlock(memory, lot, mutex)
    })
  })
  expect(lock(ben, mutex)).toBe('handed off')
})

test('fairness survives the wrap-around of the clock', () => {
  const { memory, ada, ben, lot, target: mutex } = threeSleepers()
  memory.clock = 2 ** 31 - 10
  lock(ada, mutex)
  meanwhile(memory, ben, () => {
    memory.clock += FAIR_AFTER + 1
    unlock(memory, lot, mutex)
  })
  expect(lock(ben, mutex)).toBe('handed off')
})

test('after a hand-over the mutex says whether others still wait', () => {
  const { memory, ada, ben, cem, lot, target: mutex } = threeSleepers()
  lock(ada, mutex)
  meanwhile(memory, ben, () => {
    expect(() => lock(cem, mutex)).toThrow(EndlessSleep)
    memory.clock += FAIR_AFTER + 1
    unlock(memory, lot, mutex)
    expect(memory.get(mutex)).toBe(LOCKED | PARKED)
  })
  expect(lock(ben, mutex)).toBe('handed off')
  unlock(memory, lot, mutex)
  expect([...waiting(memory, lot, mutex)]).toEqual([])
})

test('a free mutex for which others still wait is taken with the bit that says so', () => {
  const { memory, ada, ben, cem, lot, target: mutex } = threeSleepers()
  lock(ada, mutex)
  expect(() => lock(ben, mutex)).toThrow(EndlessSleep)
  expect(() => lock(cem, mutex)).toThrow(EndlessSleep)
  unlock(memory, lot, mutex)
  expect(memory.get(mutex)).toBe(PARKED)
  expect(tryLock(ada, mutex)).toBe('acquired')
  expect(memory.get(mutex)).toBe(LOCKED | PARKED)
})

test('a waiter for another mutex of the bucket costs a slow unlock and is not woken', () => {
  const { memory, ada, ben, cem, lot, target: mutex } = threeSleepers()
  lock(ada, NEIGHBOUR)
  expect(() => lock(ben, NEIGHBOUR)).toThrow(EndlessSleep)
  lock(ada, mutex)
  expect(lock(cem, mutex, 10)).toBe('timed out')
  unlock(memory, lot, mutex)
  expect(memory.get(mutex)).toBe(FREE)
  expect([...waiting(memory, lot, NEIGHBOUR)]).toEqual([ben.waiter.address])
})

test('a waiter whose time is up leaves the bit behind, and the next unlock takes it away', () => {
  const { memory, ada, ben, lot, target: mutex } = threeSleepers()
  lock(ada, mutex)
  expect(lock(ben, mutex, 700)).toBe('timed out')
  expect([memory.clock, memory.get(mutex)]).toEqual([700, LOCKED | PARKED])
  unlock(memory, lot, mutex)
  expect(memory.get(mutex)).toBe(FREE)
})

test('a waiter that is overtaken waits no longer than its time in all', () => {
  const { memory, ada, ben, cem, lot, target: mutex } = threeSleepers()
  lock(ada, mutex)
  meanwhile(memory, ben, () => {
    memory.clock += 400
    unlock(memory, lot, mutex)
    tryLock(cem, mutex)
  })
  expect(lock(ben, mutex, 700)).toBe('timed out')
  expect(memory.clock).toBe(700)
})

describe('an interrupt', () => {
  function interrupted() {
    const { memory, ada, ben, lot, target: mutex } = threeSleepers()
    lock(ada, mutex)
    meanwhile(memory, ben, () => interrupt(memory, ben.waiter))
    const released = () => meanwhile(memory, ben, () => unlock(memory, lot, mutex))
    return { released, lockAs: (onInterrupt?: () => boolean) => lock(ben, mutex, undefined, onInterrupt) }
  }

  test('is ignored by a thread that does not say what it means', () => {
    const { released, lockAs } = interrupted()
    released()
    expect(lockAs()).toBe('acquired')
  })

  test('ends the attempt if the handler fails', () => {
    expect(interrupted().lockAs(() => false)).toBe('interrupted')
  })

  test('does not end the attempt if the handler succeeds', () => {
    const { released, lockAs } = interrupted()
    released()
    expect(lockAs(() => true)).toBe('acquired')
  })
})

test('unlocking what is not locked is reported and changes nothing', () => {
  const { memory, lot, target: mutex } = threeSleepers()
  expect(() => unlock(memory, lot, mutex)).toThrow(LockMisuse)
  memory.store(mutex, PARKED)
  expect(() => unlock(memory, lot, mutex)).toThrow(LockMisuse)
  expect(memory.get(mutex)).toBe(PARKED)
})

test("in a fork's child a mutex is free whoever held it", () => {
  const { memory, ada, ben, target: mutex } = threeSleepers()
  lock(ada, mutex)
  reset(memory, mutex)
  expect(lock(ben, mutex)).toBe('acquired')
})

test('in any order of locking, giving up and unlocking, the word says who holds it and whether anybody gave up', () => {
  const attempt = fc.record({ thread: fc.nat(2), timeout: fc.constantFrom(0, 1, 2 * FAIR_AFTER) })
  fc.assert(
    fc.property(fc.array(fc.oneof(attempt, fc.constant('unlock' as const)), { maxLength: 40 }), (steps) => {
      const { memory, ada, ben, cem, lot, target: mutex } = threeSleepers()
      let word: number = FREE
      for (const step of steps) {
        if (step === 'unlock') {
          if (word === FREE) expect(() => unlock(memory, lot, mutex)).toThrow(LockMisuse)
          else unlock(memory, lot, mutex)
          word = FREE
        } else {
          const outcome = lock([ada, ben, cem][step.thread] as Parker, mutex, step.timeout)
          expect(outcome).toBe(word === FREE ? 'acquired' : 'timed out')
          if (word === FREE) word = LOCKED
          else if (step.timeout > 0) word |= PARKED
        }
        expect(memory.get(mutex)).toBe(word)
        expect([...waiting(memory, lot, mutex)]).toEqual([])
      }
    }),
    SEEDED,
  )
})

describe('between two real threads', { timeout: 60_000 }, () => {
  const BODIES = new URL('../../testing/contention/locks.ts', import.meta.url)
  let crew: Crew
  beforeAll(() => {
    crew = new Crew(2)
  })
  afterAll(() => crew.end())
  const zeros = () => new SharedMemory(new SharedArrayBuffer(SLEEPERS_BYTES))

  test('two threads are never both inside', async () => {
    const memory = zeros()
    const parts = [0, 1].map((thread) => ({ body: 'addUnderMutex', args: [thread, GATE, TARGET, COUNTERS, 50_000] }))
    await crew.run(BODIES, memory.buffer, parts)
    expect(memory.get(COUNTERS)).toBe(100_000)
    expect(isLocked(memory, TARGET)).toBe(false)
  })

  test('a waiter past the limit is handed the mutex, and no other thread gets in before it', async () => {
    const memory = zeros()
    const turns = 20
    const parts = [
      { body: 'handOver', args: [0, GATE, TARGET, COUNTERS, turns] },
      { body: 'waitForHandOver', args: [1, GATE, TARGET, COUNTERS, turns] },
    ]
    const [overtaken, received] = await crew.run(BODIES, memory.buffer, parts)
    expect(overtaken).toBe(0)
    expect(received).toBe(turns)
    expect(memory.get(COUNTERS + CACHE_LINE)).toBe(turns)
  })
})
