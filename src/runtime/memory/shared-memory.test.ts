import { afterAll, beforeAll, expect, test } from 'vitest'
import { Crew } from '../../testing/crew.ts'
import { CACHE_LINE, CELL } from './memory.ts'
import { SharedMemory } from './shared-memory.ts'

const BODIES = new URL('../../testing/contention/cells.ts', import.meta.url)
const [GATE, CLOCK, CELL_UNDER_TEST, WORD] = [CACHE_LINE, 2 * CACHE_LINE, 3 * CACHE_LINE, 4 * CACHE_LINE] as const

let crew: Crew
beforeAll(() => {
  crew = new Crew(2)
})
afterAll(() => crew.end())

const zeros = () => new SharedMemory(new SharedArrayBuffer(8 * CACHE_LINE))

test('two memories over one buffer are one memory', () => {
  const one = zeros()
  const other = new SharedMemory(one.buffer)
  one.set(CELL, 5)
  expect(other.get(CELL)).toBe(5)
})

test('a thread that must not block is told when the cell is notified', async () => {
  const memory = zeros()
  const told = memory.waitAsync(WORD, 0)
  memory.store(WORD, 1)
  memory.notify(WORD, 1)
  await told
  expect(memory.load(WORD)).toBe(1)
})

test('a thread that must not block does not wait for a cell that has changed already', async () => {
  const memory = zeros()
  memory.store(WORD, 1)
  await memory.waitAsync(WORD, 0)
  expect(memory.load(WORD)).toBe(1)
})

test('no atomic addition of two threads is lost', { timeout: 60_000 }, async () => {
  const memory = zeros()
  const part = { body: 'addAtomically', args: [GATE, CELL_UNDER_TEST, 20_000] }
  await crew.run(BODIES, memory.buffer, [part, part])
  expect(memory.get(CELL_UNDER_TEST)).toBe(40_000)
})

test('a sleeper is woken by the thread that notifies its cell', { timeout: 60_000 }, async () => {
  const memory = zeros()
  const turns = 500
  const parts = [0, 1].map((mine) => ({ body: 'takeTurns', args: [GATE, WORD, mine, turns] }))
  const ends = (await crew.run(BODIES, memory.buffer, parts)).flat()
  expect(memory.get(WORD)).toBe(2 * turns)
  expect(ends).not.toContain('timed out')
})

test('the clocks of two threads are one clock', { timeout: 60_000 }, async () => {
  const memory = zeros()
  const parts = [0, 1].map((mine) => ({ body: 'compareClocks', args: [GATE, WORD, CLOCK, mine, 200] }))
  // What the other thread read before is never later than what this one reads now, but for the clock's own grain.
  const earliest = (await crew.run(BODIES, memory.buffer, parts)) as number[]
  for (const difference of earliest) expect(difference).toBeGreaterThan(-50)
})
