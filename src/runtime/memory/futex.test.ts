import { afterAll, beforeAll, expect, test } from 'vitest'
import { Crew } from '../../testing/crew.ts'
import { scripted } from '../../testing/scripted.ts'
import { EndlessSleep } from '../../testing/scripted-memory.ts'
import { acquire, release, reset } from './futex.ts'
import { CACHE_LINE } from './memory.ts'
import { SharedMemory } from './shared-memory.ts'

const BODIES = new URL('../../testing/contention/locks.ts', import.meta.url)
const [GATE, LOCK, COUNTER] = [CACHE_LINE, 2 * CACHE_LINE, 3 * CACHE_LINE] as const
const [FREE, HELD, CONTENDED] = [0, 1, 2] as const

const buffer = () => new SharedArrayBuffer(4 * CACHE_LINE)

let crew: Crew
beforeAll(() => {
  crew = new Crew(2)
})
afterAll(() => crew.end())

test('a lock that nobody wants is taken and released without a sleep or a wake-up', () => {
  const memory = scripted(4 * CACHE_LINE)
  acquire(memory, LOCK)
  expect(memory.get(LOCK)).toBe(HELD)
  release(memory, LOCK)
  expect(memory.get(LOCK)).toBe(FREE)
})

test('a lock that is held is not acquired', () => {
  const memory = scripted(4 * CACHE_LINE)
  acquire(memory, LOCK)
  expect(() => acquire(memory, LOCK)).toThrow(EndlessSleep)
  expect(memory.get(LOCK)).toBe(CONTENDED)
})

test('who comes while the lock is held gets it when it is released, and says that there may be more', () => {
  const memory = scripted(4 * CACHE_LINE)
  acquire(memory, LOCK)
  memory.before('wait', LOCK, () => release(memory, LOCK))
  acquire(memory, LOCK)
  expect(memory.get(LOCK)).toBe(CONTENDED)
  release(memory, LOCK)
  expect(memory.get(LOCK)).toBe(FREE)
})

test('a lock that is released between two looks is taken without a sleep', () => {
  const memory = scripted(4 * CACHE_LINE)
  acquire(memory, LOCK)
  memory.before('exchange', LOCK, () => reset(memory, LOCK))
  acquire(memory, LOCK)
  expect(memory.get(LOCK)).not.toBe(FREE)
})

test('a reset makes the lock free whoever held it', () => {
  const memory = new SharedMemory(buffer())
  acquire(memory, LOCK)
  reset(memory, LOCK)
  acquire(memory, LOCK)
  expect(memory.get(LOCK)).toBe(HELD)
})

test('two threads are never both inside', { timeout: 60_000 }, async () => {
  const memory = new SharedMemory(buffer())
  const part = { body: 'addUnderFutex', args: [GATE, LOCK, COUNTER, 50_000] }
  await crew.run(BODIES, memory.buffer, [part, part])
  expect(memory.get(COUNTER)).toBe(100_000)
  expect(memory.get(LOCK)).toBe(FREE)
})
