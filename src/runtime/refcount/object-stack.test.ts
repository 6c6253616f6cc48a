import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SEEDED } from '../../testing/seeded.ts'
import { begin, cells, type Setting } from '../../testing/setting.ts'
import { MEMORY } from '../heap/allocators.ts'
import type { Chunks } from '../memory/chunks.ts'
import { type Address, CELL, NULL } from '../memory/memory.ts'
import { CHUNK, isEmpty, move, objects, pop, push } from './object-stack.ts'

function twoStacks(setting: Setting = begin()) {
  const { memory, runtime } = setting
  const one = cells(setting, 2)
  const chunks: Chunks = {
    allocate: (bytes, name) => runtime.allocate(MEMORY, bytes, name),
    free: (address) => runtime.free(MEMORY, address),
  }
  const before = runtime.inUse().memory
  return { memory, runtime, chunks, one, other: one + CELL, chunksInUse: () => runtime.inUse().memory - before }
}

test('a stack that nothing was pushed on is empty and takes no memory', () => {
  const { memory, chunks, one, chunksInUse } = twoStacks()
  expect([isEmpty(memory, one), pop(memory, chunks, one), chunksInUse()]).toEqual([true, NULL, 0])
})

test('what was pushed last is popped first, also over the edge of a chunk', () => {
  const { memory, chunks, one, chunksInUse } = twoStacks()
  const pushed = Array.from({ length: 2 * CHUNK + 1 }, (_, index) => index + 1)
  for (const object of pushed) expect(push(memory, chunks, one, object)).toBe(true)
  expect(chunksInUse()).toBe(3)
  expect([...objects(memory, one)]).toEqual(pushed.toReversed())
  expect(pushed.map(() => pop(memory, chunks, one))).toEqual(pushed.toReversed())
  expect([isEmpty(memory, one), chunksInUse()]).toEqual([true, 0])
})

test('without memory for a chunk nothing is pushed and nothing is lost', () => {
  const { memory, runtime, chunks, one } = twoStacks()
  for (let object = 1; object <= CHUNK; object++) push(memory, chunks, one, object)
  runtime.arena.limit(0)
  expect(push(memory, chunks, one, 999)).toBe(false)
  expect([...objects(memory, one)].length).toBe(CHUNK)
  expect(pop(memory, chunks, one)).toBe(CHUNK)
  expect(push(memory, chunks, one, 999)).toBe(true)
})

test('moving an empty stack changes nothing', () => {
  const { memory, chunks, one, other } = twoStacks()
  push(memory, chunks, one, 1)
  move(memory, other, one)
  expect([...objects(memory, one)]).toEqual([1])
})

type Step = { do: 'push' | 'pop'; on: 0 | 1; times: number } | { do: 'move'; from: 0 | 1 }

const side = fc.constantFrom(0 as const, 1 as const)
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    fc.record({ do: fc.constantFrom('push' as const, 'pop' as const), on: side, times: fc.integer({ min: 1, max: 2 * CHUNK }) }),
    fc.record({ do: fc.constant('move' as const), from: side }),
  ),
  { maxLength: 12 },
)

test('two stacks are two arrays, whatever is pushed, popped and moved', () => {
  const setting = begin()
  fc.assert(
    fc.property(steps, (steps) => {
      const { memory, chunks, one, other, chunksInUse } = twoStacks(setting)
      const stacks = [one, other] as const
      const models: [Address[], Address[]] = [[], []]
      let next = 0
      for (const step of steps) {
        if (step.do === 'move') {
          move(memory, stacks[step.from], stacks[1 - step.from] as Address)
          models[1 - step.from]?.push(...models[step.from])
          models[step.from] = []
        } else {
          for (let i = 0; i < step.times; i++) {
            if (step.do === 'pop') expect(pop(memory, chunks, stacks[step.on])).toBe(models[step.on].pop() ?? NULL)
            else models[step.on].push(push(memory, chunks, stacks[step.on], ++next) ? next : NULL)
          }
        }
        for (const index of [0, 1] as const) {
          expect([...objects(memory, stacks[index])]).toEqual(models[index].toReversed())
          expect(isEmpty(memory, stacks[index])).toBe(models[index].length === 0)
        }
      }
      for (const stack of stacks) while (pop(memory, chunks, stack) !== NULL);
      expect(chunksInUse()).toBe(0)
      setting.runtime.free(MEMORY, one)
    }),
    { ...SEEDED, numRuns: 50 },
  )
})
