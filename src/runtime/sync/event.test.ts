import { afterAll, beforeAll, expect, test } from 'vitest'
import { Crew } from '../../testing/crew.ts'
import { EndlessSleep, ScriptedMemory } from '../../testing/scripted-memory.ts'
import { CELLS, GATE, SLEEPERS_BYTES } from '../../testing/sleepers.ts'
import { meanwhile, threeSleepers } from '../../testing/three-sleepers.ts'
import { CACHE_LINE } from '../memory/memory.ts'
import { SharedMemory } from '../memory/shared-memory.ts'
import { isSet, reset, set, wait } from './event.ts'
import { interrupt, waiting } from './parking-lot.ts'

const BODIES = new URL('../../testing/contention/locks.ts', import.meta.url)
let crew: Crew
beforeAll(() => {
  crew = new Crew(2)
})
afterAll(() => crew.end())

test('an event is not set until somebody sets it, and then for good', () => {
  const { memory, lot, target: event } = threeSleepers()
  expect(isSet(memory, event)).toBe(false)
  set(memory, lot, event)
  set(memory, lot, event)
  expect(isSet(memory, event)).toBe(true)
})

test('nobody waits for an event that is set', () => {
  const { memory, ada, lot, target: event } = threeSleepers()
  set(memory, lot, event)
  expect(wait(ada, event)).toBe(true)
  expect(memory.sleeps).toBe(0)
})

test('whoever sets it wakes all who wait', () => {
  const { memory, ada, ben, cem, lot, target: event } = threeSleepers()
  for (const parker of [ada, ben]) expect(() => wait(parker, event)).toThrow(EndlessSleep)
  meanwhile(memory, cem, () => set(memory, lot, event))
  expect(wait(cem, event)).toBe(true)
  expect([...waiting(memory, lot, event)]).toEqual([])
})

test('an event that is set right before a thread announces that it waits is not waited for', () => {
  const { memory, ada, lot, target: event } = threeSleepers()
  memory.before('compareExchange', event, () => set(memory, lot, event))
  expect(wait(ada, event)).toBe(true)
})

test('a wait is over when its time is up, and says that the event is not set', () => {
  const { memory, ada, target: event } = threeSleepers()
  expect(wait(ada, event, 500)).toBe(false)
  expect(memory.clock).toBe(500)
})

test('an event that is set at the last moment counts', () => {
  const { memory, ada, lot, target: event } = threeSleepers()
  meanwhile(memory, ada, () => {
    // Past her sleep: on her way out of the queue.
    const setter = new ScriptedMemory(memory.buffer)
    memory.before('load', event, () => set(setter, lot, event))
  })
  expect(wait(ada, event, 500)).toBe(true)
})

test('a wait that has no time left does not sleep', () => {
  const { memory, ada, target: event } = threeSleepers()
  expect(wait(ada, event, 0)).toBe(false)
  memory.before('load', event, () => {
    memory.clock += 500
  })
  expect(wait(ada, event, 500)).toBe(false)
  expect(memory.sleeps).toBe(0)
})

test('an interrupt does not end a wait, nor make it longer', () => {
  const { memory, ada, target: event } = threeSleepers()
  meanwhile(memory, ada, () => {
    memory.clock += 200
    interrupt(memory, ada.waiter)
  })
  expect(wait(ada, event, 500)).toBe(false)
  expect(memory.clock).toBe(500)
})

test('an event that nobody waits for can be used again', () => {
  const { memory, ada, lot, target: event } = threeSleepers()
  set(memory, lot, event)
  reset(memory, event)
  expect(isSet(memory, event)).toBe(false)
  expect(wait(ada, event, 1)).toBe(false)
})

test('what a thread did before it set an event is seen by those who waited', { timeout: 60_000 }, async () => {
  const count = 200
  const memory = new SharedMemory(new SharedArrayBuffer(SLEEPERS_BYTES + count * CACHE_LINE))
  const [, sum] = await crew.run(BODIES, memory.buffer, [
    { body: 'announce', args: [GATE, CELLS, count] },
    { body: 'awaitEach', args: [1, GATE, CELLS, count] },
  ])
  expect(sum).toBe((count * (count + 1)) / 2)
})
