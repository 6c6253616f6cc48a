import { afterAll, beforeAll, expect, test } from 'vitest'
import { CACHE_LINE } from '../runtime/memory/memory.ts'
import { SharedMemory } from '../runtime/memory/shared-memory.ts'
import { Crew } from './crew.ts'

const BODIES = new URL('./contention/cells.ts', import.meta.url)
const buffer = new SharedArrayBuffer(4 * CACHE_LINE)

let crew: Crew
beforeAll(() => {
  crew = new Crew(2)
})
afterAll(() => crew.end())

test('the parts run on workers of their own, at the same time', { timeout: 60_000 }, async () => {
  const part = { body: 'addAtomically', args: [CACHE_LINE, 2 * CACHE_LINE, 5] }
  // Each waits for the other at the gate.
  await crew.run(BODIES, buffer, [part, part])
  expect(new SharedMemory(buffer).get(2 * CACHE_LINE)).toBe(10)
})

test('a body that fails fails the run, by its name', { timeout: 60_000 }, async () => {
  const part = { body: 'addAtomically', args: [buffer.byteLength, 0, 1] }
  await expect(crew.run(BODIES, buffer, [part])).rejects.toThrow(/addAtomically failed: RangeError/)
})

test('a body that does not exist fails the run', { timeout: 60_000 }, async () => {
  await expect(crew.run(BODIES, buffer, [{ body: 'nothing', args: [] }])).rejects.toThrow('nothing failed: the module exports no such body')
})

test('there are no more parts than workers', async () => {
  const part = { body: 'nothing', args: [] }
  await expect(crew.run(BODIES, buffer, [part, part, part])).rejects.toThrow(RangeError)
})
