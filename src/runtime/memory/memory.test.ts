import { expect, test } from 'vitest'
import { CACHE_LINE, CELL, NULL } from './memory.ts'
import { SharedMemory } from './shared-memory.ts'

const AT = 8
const LOWEST = -(2 ** 31)

function zeros(): SharedMemory {
  return new SharedMemory(new SharedArrayBuffer(4 * CACHE_LINE))
}

const READS = ['load', 'loadAcquire', 'loadRelaxed', 'get'] as const
const WRITES = ['store', 'storeRelease', 'storeRelaxed', 'set'] as const

test('memory begins with zeros, also at the address of nothing', () => {
  const memory = zeros()
  expect(READS.map((read) => memory[read](NULL))).toEqual([0, 0, 0, 0])
})

test.for(WRITES.flatMap((write) => READS.map((read) => [write, read] as const)))('what %s wrote, %s reads', ([write, read]) => {
  const memory = zeros()
  memory[write](AT, 7)
  expect(memory[read](AT)).toBe(7)
  expect([memory.get(AT - CELL), memory.get(AT + CELL)]).toEqual([0, 0])
})

test.for(WRITES)('%s keeps 32 bits, as a signed number', (write) => {
  const memory = zeros()
  memory[write](AT, 0xffff_fffe)
  expect(memory.get(AT)).toBe(-2)
  memory[write](AT, 2 ** 32 + 5)
  expect(memory.get(AT)).toBe(5)
})

test('adding answers the value before, and wraps around', () => {
  const memory = zeros()
  memory.set(AT, 2 ** 31 - 1)
  expect(memory.add(AT, 1)).toBe(2 ** 31 - 1)
  expect(memory.get(AT)).toBe(LOWEST)
  expect(memory.add(AT, -1)).toBe(LOWEST)
  expect(memory.get(AT)).toBe(2 ** 31 - 1)
})

test('setting and clearing bits answers the value before', () => {
  const memory = zeros()
  memory.set(AT, 0b0101)
  expect(memory.or(AT, 0b0010)).toBe(0b0101)
  expect(memory.and(AT, ~0b0100)).toBe(0b0111)
  expect(memory.get(AT)).toBe(0b0011)
})

test('an exchange answers the value before', () => {
  const memory = zeros()
  memory.set(AT, 3)
  expect(memory.exchange(AT, 4)).toBe(3)
  expect(memory.get(AT)).toBe(4)
})

test('a compare-exchange stores only over the expected value, and answers the value before either way', () => {
  const memory = zeros()
  memory.set(AT, 3)
  expect(memory.compareExchange(AT, 4, 5)).toBe(3)
  expect(memory.get(AT)).toBe(3)
  expect(memory.compareExchange(AT, 3, 5)).toBe(3)
  expect(memory.get(AT)).toBe(5)
})

test('filling writes exactly the bytes asked for', () => {
  const memory = zeros()
  memory.fill(AT, 3 * CELL, -1)
  const around = Array.from({ length: 5 }, (_, index) => memory.get(AT + (index - 1) * CELL))
  expect(around).toEqual([0, -1, -1, -1, 0])
})

test('nobody sleeps on a cell that holds something else than expected', () => {
  const memory = zeros()
  memory.set(AT, 1)
  expect(memory.wait(AT, 0)).toBe('changed')
})

test('a sleep that nobody ends is over when its time is up', () => {
  expect(zeros().wait(AT, 0, 1)).toBe('timed out')
})

test('notifying a cell that nobody sleeps on does nothing', () => {
  const memory = zeros()
  memory.notify(AT, 1)
  expect(memory.get(AT)).toBe(0)
})

test('the clock only goes forward', () => {
  const memory = zeros()
  const readings = Array.from({ length: 1000 }, () => memory.now())
  for (const [index, reading] of readings.slice(1).entries()) {
    expect((reading - (readings[index] as number)) | 0).toBeGreaterThanOrEqual(0)
  }
})

test('the clock counts microseconds', () => {
  const memory = zeros()
  const started = memory.now()
  memory.wait(AT, 0, 2000)
  expect((memory.now() - started) | 0).toBeGreaterThanOrEqual(2000)
})

test('pausing and announcing what memory is for change nothing', () => {
  const memory = zeros()
  memory.pause()
  memory.expect(AT, CELL, 'freed')
  memory.set(AT, 9)
  expect(memory.get(AT)).toBe(9)
})
