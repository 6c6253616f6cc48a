import { afterAll, beforeAll, expect, test } from 'vitest'
import { Crew } from '../../testing/crew.ts'
import { EndlessSleep } from '../../testing/scripted-memory.ts'
import { CELLS, GATE, SLEEPERS_BYTES } from '../../testing/sleepers.ts'
import { meanwhile, threeSleepers } from '../../testing/three-sleepers.ts'
import { CACHE_LINE } from '../memory/memory.ts'
import { SharedMemory } from '../memory/shared-memory.ts'
import { once } from './once.ts'
import { unparkAll, waiting } from './parking-lot.ts'

const BODIES = new URL('../../testing/contention/locks.ts', import.meta.url)
/** What the flag holds while a thread is at it, whom nobody waits for. */
const LOCKED = 1

let crew: Crew
beforeAll(() => {
  crew = new Crew(2)
})
afterAll(() => crew.end())

test('the first caller initialises, and nobody after it', () => {
  const { ada, ben, target: flag } = threeSleepers()
  let times = 0
  const initialise = () => {
    times += 1
    return true
  }
  expect([once(ada, flag, initialise), once(ben, flag, initialise), once(ada, flag, initialise)]).toEqual([true, true, true])
  expect(times).toBe(1)
})

test('after a failure the next caller tries again', () => {
  const { ada, target: flag } = threeSleepers()
  const outcomes = [false, false, false, false, true]
  const attempts: boolean[] = []
  const initialise = () => {
    const succeeds = outcomes[attempts.length] as boolean
    attempts.push(succeeds)
    return succeeds
  }
  expect(outcomes.map(() => once(ada, flag, initialise))).toEqual(outcomes)
  expect(once(ada, flag, initialise)).toBe(true)
  expect(attempts).toEqual(outcomes)
})

test('who comes while another initialises waits, and is woken when that is done', () => {
  const { memory, ada, ben, lot, target: flag } = threeSleepers()
  const done = once(ada, flag, () => {
    expect(() => once(ben, flag, () => expect.unreachable())).toThrow(EndlessSleep)
    expect([...waiting(memory, lot, flag)]).toEqual([ben.waiter.address])
    return true
  })
  expect(done).toBe(true)
  expect([...waiting(memory, lot, flag)]).toEqual([])
})

test('who waited for an attempt that fails tries itself', () => {
  const { memory, ben, lot, target: flag } = threeSleepers()
  memory.store(flag, LOCKED)
  meanwhile(memory, ben, () => {
    memory.store(flag, 0)
    unparkAll(memory, lot, flag)
  })
  expect(once(ben, flag, () => true)).toBe(true)
})

test('who loses the race to be first does not initialise', () => {
  const { memory, ada, ben, target: flag } = threeSleepers()
  memory.before('compareExchange', flag, () => once(ben, flag, () => true))
  expect(once(ada, flag, () => expect.unreachable())).toBe(true)
})

test('an attempt that fails right before a thread announces that it waits is not waited for', () => {
  const { memory, ada, target: flag } = threeSleepers()
  memory.store(flag, LOCKED)
  memory.before('compareExchange', flag, () => memory.store(flag, 0))
  expect(once(ada, flag, () => true)).toBe(true)
  expect(memory.sleeps).toBe(0)
})

test('of two threads one initialises, and both find it done', { timeout: 60_000 }, async () => {
  const count = 20
  const memory = new SharedMemory(new SharedArrayBuffer(SLEEPERS_BYTES + count * CACHE_LINE))
  const missing = await crew.run(
    BODIES,
    memory.buffer,
    [0, 1].map((thread) => ({ body: 'initialiseEach', args: [thread, GATE, CELLS, count] })),
  )
  expect(missing).toEqual([0, 0])
  const attempts = Array.from({ length: count }, (_, index) => memory.get(CELLS + index * CACHE_LINE + 8))
  expect(attempts.every((times) => times === 3)).toBe(true)
})
