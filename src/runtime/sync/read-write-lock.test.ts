import { afterAll, beforeAll, expect, test } from 'vitest'
import { Crew } from '../../testing/crew.ts'
import { EndlessSleep } from '../../testing/scripted-memory.ts'
import { COUNTERS, GATE, SLEEPERS_BYTES, TARGET } from '../../testing/sleepers.ts'
import { meanwhile, threeSleepers } from '../../testing/three-sleepers.ts'
import { SharedMemory } from '../memory/shared-memory.ts'
import { LockMisuse } from './mutex.ts'
import { waiting } from './parking-lot.ts'
import { lockForReading, lockForWriting, reset, unlockForReading, unlockForWriting } from './read-write-lock.ts'

const BODIES = new URL('../../testing/contention/locks.ts', import.meta.url)
let crew: Crew
beforeAll(() => {
  crew = new Crew(2)
})
afterAll(() => crew.end())

test('many may read at a time', () => {
  const { memory, ada, ben, lot, target: rwlock } = threeSleepers()
  lockForReading(ada, rwlock)
  lockForReading(ben, rwlock)
  unlockForReading(memory, lot, rwlock)
  unlockForReading(memory, lot, rwlock)
  expect(memory.get(rwlock)).toBe(0)
})

test('a writer is alone', () => {
  const { ada, ben, cem, target: rwlock } = threeSleepers()
  lockForWriting(ada, rwlock)
  expect(() => lockForReading(ben, rwlock)).toThrow(EndlessSleep)
  expect(() => lockForWriting(cem, rwlock)).toThrow(EndlessSleep)
})

test('a writer waits for the last reader', () => {
  const { memory, ada, ben, cem, lot, target: rwlock } = threeSleepers()
  lockForReading(ada, rwlock)
  lockForReading(ben, rwlock)
  meanwhile(memory, cem, () => {
    unlockForReading(memory, lot, rwlock)
    expect([...waiting(memory, lot, rwlock)]).toEqual([cem.waiter.address])
    unlockForReading(memory, lot, rwlock)
    expect([...waiting(memory, lot, rwlock)]).toEqual([])
  })
  lockForWriting(cem, rwlock)
  unlockForWriting(memory, lot, rwlock)
  expect(memory.get(rwlock)).toBe(0)
})

test('while a writer waits, new readers wait too', () => {
  const { memory, ada, ben, cem, lot, target: rwlock } = threeSleepers()
  lockForReading(ada, rwlock)
  expect(() => lockForWriting(ben, rwlock)).toThrow(EndlessSleep)
  expect(() => lockForReading(cem, rwlock)).toThrow(EndlessSleep)
  expect([...waiting(memory, lot, rwlock)]).toEqual([ben.waiter.address, cem.waiter.address])
})

test('a writer that is done wakes everybody', () => {
  const { memory, ada, ben, cem, lot, target: rwlock } = threeSleepers()
  lockForWriting(ada, rwlock)
  expect(() => lockForReading(ben, rwlock)).toThrow(EndlessSleep)
  meanwhile(memory, cem, () => unlockForWriting(memory, lot, rwlock))
  lockForReading(cem, rwlock)
  expect([...waiting(memory, lot, rwlock)]).toEqual([])
})

test('a writer that comes between the last reader and its wake-up passes the wake-up on', () => {
  const { memory, ada, ben, cem, lot, target: rwlock } = threeSleepers()
  lockForReading(ada, rwlock)
  expect(() => lockForWriting(ben, rwlock)).toThrow(EndlessSleep)
  memory.before('compareExchange', rwlock, () => lockForWriting(cem, rwlock))
  unlockForReading(memory, lot, rwlock)
  expect([...waiting(memory, lot, rwlock)]).toEqual([ben.waiter.address])
  unlockForWriting(memory, lot, rwlock)
  expect([...waiting(memory, lot, rwlock)]).toEqual([])
})

test.for([
  ['reading', lockForReading, lockForWriting],
  ['writing', lockForWriting, lockForReading],
] as const)('who loses the race for %s looks again', ([, mine, others]) => {
  const { memory, ada, ben, target: rwlock } = threeSleepers()
  memory.before('compareExchange', rwlock, () => others(ben, rwlock))
  expect(() => mine(ada, rwlock)).toThrow(EndlessSleep)
})

test('a lock given back right before a thread announces that it waits is not waited for', () => {
  const { memory, ada, ben, lot, target: rwlock } = threeSleepers()
  lockForWriting(ada, rwlock)
  memory.before('compareExchange', rwlock, () => unlockForWriting(memory, lot, rwlock))
  lockForReading(ben, rwlock)
  expect(memory.sleeps).toBe(0)
})

test('giving back what is not held is reported, and changes nothing', () => {
  const { memory, ada, lot, target: rwlock } = threeSleepers()
  expect(() => unlockForReading(memory, lot, rwlock)).toThrow(LockMisuse)
  expect(() => unlockForWriting(memory, lot, rwlock)).toThrow(LockMisuse)
  expect(memory.get(rwlock)).toBe(0)
  lockForWriting(ada, rwlock)
  expect(() => unlockForReading(memory, lot, rwlock)).toThrow(LockMisuse)
  unlockForWriting(memory, lot, rwlock)
  lockForReading(ada, rwlock)
  expect(() => unlockForWriting(memory, lot, rwlock)).toThrow(LockMisuse)
  unlockForReading(memory, lot, rwlock)
  expect(memory.get(rwlock)).toBe(0)
})

test("in a fork's child the lock is free", () => {
  const { memory, ada, ben, target: rwlock } = threeSleepers()
  lockForWriting(ada, rwlock)
  expect(() => lockForReading(ben, rwlock)).toThrow(EndlessSleep)
  reset(memory, rwlock)
  expect(memory.get(rwlock)).toBe(0)
  lockForWriting(ben, rwlock)
  expect(memory.get(rwlock)).not.toBe(0)
})

test('nobody ever reads what a writer has half written, and nobody starves', { timeout: 60_000 }, async () => {
  const memory = new SharedMemory(new SharedArrayBuffer(SLEEPERS_BYTES))
  const times = 2000
  const [, torn] = await crew.run(BODIES, memory.buffer, [
    { body: 'write', args: [0, GATE, TARGET, COUNTERS, times] },
    { body: 'readAndWrite', args: [1, GATE, TARGET, COUNTERS, times] },
  ])
  expect(torn).toBe(0)
  expect(memory.get(COUNTERS)).toBe(times + times / 4)
  expect(memory.get(TARGET)).toBe(0)
})
