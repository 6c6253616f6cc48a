import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SEEDED } from '../../testing/seeded.ts'
import { begin, cells, type Setting } from '../../testing/setting.ts'
import { type Domain, MEMORY, OBJECTS } from '../heap/allocators.ts'
import type { Chunks } from '../memory/chunks.ts'
import { add, CHUNK, chunksOf, FreeQueue, isEmpty, items, makeRoom, move, process, type Retired } from './free-queue.ts'

function twoQueues(setting: Setting = begin()) {
  const { memory, runtime } = setting
  const at = cells(setting, 4)
  const chunks: Chunks = {
    allocate: (bytes, name) => runtime.allocate(MEMORY, bytes, name),
    free: (address) => runtime.free(MEMORY, address),
  }
  const before = runtime.inUse().memory
  const queues = [FreeQueue.at(at), FreeQueue.at(at + FreeQueue.size)] as const
  const retired = (number: number): Retired => ({
    address: number,
    goal: number | 1,
    domain: (number % 2 === 0 ? MEMORY : OBJECTS) as Domain,
  })
  return {
    memory,
    runtime,
    chunks,
    queues,
    queue: queues[0],
    chunksInUse: () => runtime.inUse().memory - before,
    retired,
    put: (queue: FreeQueue, number: number): boolean => {
      expect(makeRoom(memory, chunks, queue)).toBe(true)
      return add(memory, queue, retired(number))
    },
    /** Processes as long as numbers are below the bound. @returns what was freed. */
    take: (queue: FreeQueue, keep: boolean, below: number): Retired[] => {
      const freed: Retired[] = []
      process(
        memory,
        chunks,
        queue,
        keep,
        (goal) => goal < below,
        (item) => freed.push(item),
      )
      return freed
    },
  }
}

test('a queue to which nothing was added holds no chunk', () => {
  const { memory, queue, take, chunksInUse } = twoQueues()
  expect([isEmpty(memory, queue), [...items(memory, queue)], take(queue, false, 1), chunksInUse()]).toEqual([true, [], [], 0])
})

test('what was added first is freed first, as it was added', () => {
  const { queue, put, take, retired } = twoQueues()
  for (const number of [3, 6, 4]) put(queue, number)
  expect(take(queue, false, 100)).toEqual([3, 6, 4].map(retired))
})

test('the last item that fits into a chunk says so', () => {
  const { memory, queue, put } = twoQueues()
  const full = Array.from({ length: 2 * CHUNK }, (_, index) => put(queue, index))
  expect(full.flatMap((said, index) => (said ? [index] : []))).toEqual([CHUNK - 1, 2 * CHUNK - 1])
  expect([...chunksOf(memory, queue)].length).toBe(2)
})

test('processing stops at the first item that is not ready, also if later ones are', () => {
  const { memory, queue, put, take, retired } = twoQueues()
  for (const number of [10, 50, 12]) put(queue, number)
  expect(take(queue, true, 40)).toEqual([retired(10)])
  expect([...items(memory, queue)]).toEqual([50, 12].map(retired))
  expect(take(queue, true, 40)).toEqual([])
  expect(take(queue, true, 100)).toEqual([50, 12].map(retired))
})

test('chunks that were worked through are freed, and the last is kept on request', () => {
  const { memory, queue, put, take, chunksInUse } = twoQueues()
  for (let number = 0; number < CHUNK + 1; number++) put(queue, number)
  take(queue, true, CHUNK - 10)
  expect(chunksInUse()).toBe(2)
  take(queue, true, 1000)
  expect([chunksInUse(), isEmpty(memory, queue), [...items(memory, queue)]]).toEqual([1, false, []])
  put(queue, 7)
  take(queue, false, 1000)
  expect([chunksInUse(), isEmpty(memory, queue)]).toEqual([0, true])
})

test('room is made once, and without memory it is not made', () => {
  const { memory, runtime, chunks, queue, chunksInUse } = twoQueues()
  runtime.arena.limit(1)
  expect([makeRoom(memory, chunks, queue), makeRoom(memory, chunks, queue), chunksInUse()]).toEqual([true, true, 1])
  for (let number = 0; number < CHUNK; number++) add(memory, queue, { address: number, goal: 1, domain: MEMORY })
  expect([makeRoom(memory, chunks, queue), [...items(memory, queue)].length]).toEqual([false, CHUNK])
})

test('an item is out of the queue before it is freed', () => {
  const { memory, chunks, queue, put, take, retired } = twoQueues()
  for (const number of [1, 2]) put(queue, number)
  const failing = () => {
    throw new Error('freed twice')
  }
  expect(() => process(memory, chunks, queue, true, () => true, failing)).toThrow('freed twice')
  expect(take(queue, true, 100)).toEqual([retired(2)])
})

type Step =
  | { readonly do: 'add'; readonly to: 0 | 1; readonly times: number }
  | { readonly do: 'process'; readonly of: 0 | 1; readonly share: number; readonly keep: boolean }
  | { readonly do: 'move'; readonly from: 0 | 1 }

const side = fc.constantFrom(0 as const, 1 as const)
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    fc.record({ do: fc.constant('add' as const), to: side, times: fc.integer({ min: 1, max: 2 * CHUNK }) }),
    fc.record({ do: fc.constant('process' as const), of: side, share: fc.double({ min: 0, max: 1, noNaN: true }), keep: fc.boolean() }),
    fc.record({ do: fc.constant('move' as const), from: side }),
  ),
  { maxLength: 12 },
)

test('two queues are two arrays, whatever is added, processed and moved', () => {
  const setting = begin()
  fc.assert(
    fc.property(steps, (steps) => {
      const { memory, queues, put, take, retired, chunksInUse, runtime } = twoQueues(setting)
      const models: [number[], number[]] = [[], []]
      let next = 0
      for (const step of steps) {
        if (step.do === 'add') {
          for (let i = 0; i < step.times; i++) {
            put(queues[step.to], next)
            models[step.to].push(next)
            next += 2
          }
        } else if (step.do === 'process') {
          const model = models[step.of]
          const stop = model[Math.floor(step.share * model.length)] ?? Number.POSITIVE_INFINITY
          const until = model.findIndex((number) => (number | 1) >= stop)
          const freed = model.splice(0, until < 0 ? model.length : until)
          expect(take(queues[step.of], step.keep, stop)).toEqual(freed.map(retired))
        } else {
          move(memory, queues[step.from], queues[1 - step.from] as FreeQueue)
          models[1 - step.from]?.push(...models[step.from])
          models[step.from] = []
        }
        for (const index of [0, 1] as const) {
          expect([...items(memory, queues[index])]).toEqual(models[index].map(retired))
          for (const chunk of chunksOf(memory, queues[index])) {
            expect(memory.get(chunk.read)).toBeLessThanOrEqual(memory.get(chunk.write))
            expect(memory.get(chunk.write)).toBeLessThanOrEqual(CHUNK)
          }
        }
      }
      for (const queue of queues) take(queue, false, Number.POSITIVE_INFINITY)
      expect(chunksInUse()).toBe(0)
      runtime.free(MEMORY, queues[0].address)
    }),
    { ...SEEDED, numRuns: 50 },
  )
})
