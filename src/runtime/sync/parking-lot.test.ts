import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Crew } from '../../testing/crew.ts'
import { EndlessSleep, ScriptedMemory } from '../../testing/scripted-memory.ts'
import { COUNTERS, GATE, LOCK_OF_BUCKET, NEIGHBOUR, SLEEPERS_BYTES, STRANGER, TARGET } from '../../testing/sleepers.ts'
import { meanwhile, threeSleepers } from '../../testing/three-sleepers.ts'
import { acquire } from '../memory/futex.ts'
import type { Address } from '../memory/memory.ts'
import { SharedMemory } from '../memory/shared-memory.ts'
import { afterFork, collide, interrupt, type Parker, park, unpark, unparkAll, waiting } from './parking-lot.ts'

const ignore = () => {}

/** Lets a thread fall asleep for good: it stands in the queue from then on. */
function asleep(parker: Parker, target: Address): void {
  expect(() => park(parker, target, 0)).toThrow(EndlessSleep)
}

test('a thread sleeps only if the cell still holds what made it want to sleep', () => {
  const { memory, ada, lot, target } = threeSleepers()
  memory.store(target, 1)
  expect(park(ada, target, 0)).toBe('changed')
  expect([...waiting(memory, lot, target)]).toEqual([])
})

test('a change that comes before the bucket is locked is seen', () => {
  const { memory, ada, target } = threeSleepers()
  memory.before('compareExchange', LOCK_OF_BUCKET, () => memory.store(target, 1))
  expect(park(ada, target, 0)).toBe('changed')
})

test('a sleeper whose time is up is no longer waiting', () => {
  const { memory, ada, lot, target } = threeSleepers()
  meanwhile(memory, ada, () => expect([...waiting(memory, lot, target)]).toEqual([ada.waiter.address]))
  expect(park(ada, target, 0, 500)).toBe('timed out')
  expect(memory.clock).toBe(500)
  expect([...waiting(memory, lot, target)]).toEqual([])
})

test('with no time left nobody sleeps', () => {
  const { memory, ada, target } = threeSleepers()
  expect(park(ada, target, 0, 0)).toBe('timed out')
  expect(memory.sleeps).toBe(0)
})

test('a wake-up that came for an earlier sleep does not end this one', () => {
  const { memory, ada, lot, target } = threeSleepers()
  meanwhile(memory, ada, () => {
    // The value of the semaphore is what counts, not having been notified.
    memory.notify(ada.waiter.semaphore, 1)
  })
  expect(park(ada, target, 0, 500)).toBe('timed out')
  meanwhile(memory, ada, () => unpark(memory, lot, target, ignore))
  expect(park(ada, target, 0)).toBe('woken')
})

test('those who wait for one cell are woken in the order they came', () => {
  const { memory, ada, ben, cem, lot, target } = threeSleepers()
  const order = [cem, ada, ben]
  const addresses = order.map(({ waiter }) => waiter.address)
  for (const parker of order) asleep(parker, target)
  expect([...waiting(memory, lot, target)]).toEqual(addresses)
  expect([1, 2, 3, 4].map(() => unpark(memory, lot, target, ignore)?.address)).toEqual([...addresses, undefined])
})

test('whoever wakes decides once, under the bucket lock, and is told whom and whether there are more', () => {
  const { memory, ada, ben, lot, target } = threeSleepers()
  const decisions: (readonly [Address | undefined, boolean, boolean])[] = []
  asleep(ada, target)
  asleep(ben, target)
  for (let i = 0; i < 3; i++) {
    unpark(memory, lot, target, (waiter, more) => {
      decisions.push([waiter?.address, more, memory.get(LOCK_OF_BUCKET) !== 0])
    })
  }
  expect(decisions).toEqual([
    [ada.waiter.address, true, true],
    [ben.waiter.address, false, true],
    [undefined, false, true],
  ])
})

test('those who wait for another cell of the same bucket are not woken, but counted as more', () => {
  const { memory, ada, ben, lot, target } = threeSleepers()
  expect(collide(NEIGHBOUR, target)).toBe(true)
  asleep(ada, NEIGHBOUR)
  asleep(ben, target)
  const more: boolean[] = []
  expect(unpark(memory, lot, target, (_, others) => more.push(others))?.address).toBe(ben.waiter.address)
  expect(unpark(memory, lot, target, (_, others) => more.push(others))).toBeUndefined()
  expect(more).toEqual([true, true])
  expect([...waiting(memory, lot, NEIGHBOUR)]).toEqual([ada.waiter.address])
})

test('a cell of another bucket has its own queue', () => {
  const { memory, ada, lot, target } = threeSleepers()
  expect(collide(STRANGER, target)).toBe(false)
  asleep(ada, target)
  expect(unparkAll(memory, lot, STRANGER)).toBe(0)
  expect(unparkAll(memory, lot, target)).toBe(1)
})

test('waking all wakes everybody who waits for the cell', () => {
  const { memory, ada, ben, cem, lot, target } = threeSleepers()
  asleep(ada, target)
  asleep(ben, NEIGHBOUR)
  asleep(cem, target)
  expect(unparkAll(memory, lot, target)).toBe(2)
  expect([...waiting(memory, lot, target)]).toEqual([])
  expect([...waiting(memory, lot, NEIGHBOUR)]).toEqual([ben.waiter.address])
})

test('a waker can hand something over with the wake-up', () => {
  const { memory, ada, lot, target } = threeSleepers()
  const handOver = () => unpark(memory, lot, target, (waiter) => waiter && memory.set(waiter.handedOff, 1))
  meanwhile(memory, ada, handOver)
  expect(park(ada, target, 0)).toBe('handed off')
  meanwhile(memory, ada, () => unpark(memory, lot, target, ignore))
  expect(park(ada, target, 0)).toBe('woken')
})

test.for([0, 1, 2])('a sleeper that gives up leaves the others in their order: place %i', (place) => {
  const { memory, ada, ben, cem, lot, target } = threeSleepers()
  const before = [ada, ben, cem].slice(0, place)
  const quitter = [ada, ben, cem][place] as Parker
  const after = [ada, ben, cem].slice(place + 1)
  for (const parker of before) asleep(parker, target)
  meanwhile(memory, quitter, () => {
    for (const parker of after) asleep(parker, target)
  })
  expect(park(quitter, target, 0, 10)).toBe('timed out')
  asleep(quitter, target)
  const expected = [...before, ...after, quitter].map(({ waiter }) => waiter.address)
  expect(expected.map(() => unpark(memory, lot, target, ignore)?.address)).toEqual(expected)
})

test('an interrupt wakes the sleeper, and only that', () => {
  const { memory, ada, lot, target } = threeSleepers()
  meanwhile(memory, ada, () => interrupt(memory, ada.waiter))
  expect(park(ada, target, 0)).toBe('interrupted')
  expect([...waiting(memory, lot, target)]).toEqual([])
})

test('an interrupt of a thread that does not sleep has no effect on its next sleep', () => {
  const { memory, ada, lot, target } = threeSleepers()
  interrupt(memory, ada.waiter)
  meanwhile(memory, ada, () => unpark(memory, lot, target, ignore))
  expect(park(ada, target, 0)).toBe('woken')
})

test('an interrupt after the wake-up changes nothing', () => {
  const { memory, ada, lot, target } = threeSleepers()
  meanwhile(memory, ada, () => {
    unpark(memory, lot, target, ignore)
    interrupt(memory, ada.waiter)
  })
  expect(park(ada, target, 0)).toBe('woken')
})

describe('a waker that has chosen a sleeper counts on it', () => {
  test.for(['timed out', 'interrupted'])('also if it was %s before the wake-up comes', (how) => {
    const { memory, ada, lot, target } = threeSleepers()
    const waker = new ScriptedMemory(memory.buffer)
    const wakeUp = waker.postpone(ada.waiter.semaphore)
    meanwhile(memory, ada, () => {
      if (how === 'interrupted') interrupt(memory, ada.waiter)
      // Past her sleep, on her way to leave the queue, the waker forestalls her, and is itself interrupted.
      memory.before('compareExchange', LOCK_OF_BUCKET, () => unpark(waker, lot, target, ignore))
      meanwhile(memory, ada, wakeUp)
    })
    expect(park(ada, target, 0, 10)).toBe('woken')
    expect(memory.outstanding).toEqual([])
  })
})

test('a thread detaches to sleep, after it stands in the queue, and attaches when it has left it', () => {
  const { memory, ada, lot, target } = threeSleepers()
  const said: unknown[] = []
  const queue = () => [...waiting(memory, lot, target)].length
  const detaching: Parker = {
    ...ada,
    whileDetached: (action) => {
      said.push(['detaches', queue()])
      const result = action()
      said.push(['attaches', queue()])
      return result
    },
  }
  meanwhile(memory, ada, () => said.push('sleeps'))
  expect(park(detaching, target, 0, 10)).toBe('timed out')
  expect(said).toEqual([['detaches', 1], 'sleeps', ['attaches', 0]])
})

test('a thread that need not sleep does not detach', () => {
  const { ada, target } = threeSleepers()
  const whileDetached = () => expect.unreachable()
  expect(park({ ...ada, whileDetached }, target, 1)).toBe('changed')
})

test("in a fork's child nobody waits, and no bucket is locked", () => {
  const { memory, ada, lot, target } = threeSleepers()
  asleep(ada, target)
  acquire(memory, LOCK_OF_BUCKET)
  afterFork(memory, lot)
  expect([...waiting(memory, lot, target)]).toEqual([])
  expect(unparkAll(memory, lot, target)).toBe(0)
  expect(park(ada, target, 0, 1)).toBe('timed out')
})

describe('between two real threads', { timeout: 60_000 }, () => {
  const BODIES = new URL('../../testing/contention/sleepers.ts', import.meta.url)
  let crew: Crew
  beforeAll(() => {
    crew = new Crew(2)
  })
  afterAll(() => crew.end())
  const zeros = () => new SharedMemory(new SharedArrayBuffer(SLEEPERS_BYTES))

  test('no wake-up is lost', async () => {
    const memory = zeros()
    await crew.run(
      BODIES,
      memory.buffer,
      [0, 1].map((thread) => ({ body: 'takeTurns', args: [thread, GATE, TARGET, 4000] })),
    )
    expect(memory.get(TARGET)).toBe(8000)
  })

  test('every wake-up that was given was received, also by those whose time was about to be up', async () => {
    const memory = zeros()
    const [received, given] = await crew.run(BODIES, memory.buffer, [
      { body: 'parkBriefly', args: [0, GATE, TARGET, COUNTERS, 2000] },
      { body: 'unparkUntilDone', args: [GATE, TARGET, COUNTERS] },
    ])
    expect(received).toBe(given)
  })
})
