import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Crew } from '../../testing/crew.ts'
import { scripted } from '../../testing/scripted.ts'
import { BYTES, begin, cells, enter } from '../../testing/setting.ts'
import { type Domain, MEMORY, OBJECTS } from '../heap/allocators.ts'
import { collect } from '../interpreter/collect.ts'
import { clearThread, deleteThread, finalizeInterpreter } from '../interpreter/lifecycle.ts'
import type { Thread } from '../interpreter/thread.ts'
import { BlockMisuse } from '../memory/arena.ts'
import type { Address } from '../memory/memory.ts'
import { isLocked, lock, unlock } from '../sync/mutex.ts'
import { abandon, afterFork, freeAbandoned, freeDelayed, processDelayed } from './delayed-free.ts'
import { CHUNK, chunksOf, FREE_CHUNK, items } from './free-queue.ts'
import { advance, DEFERRAL_LIMIT, FIRST, quiescentState, STEP } from './qsbr.ts'

function twoThreads() {
  const setting = begin(scripted(BYTES))
  const { memory, runtime, interpreter } = setting
  const [ada, ben] = [enter(setting), enter(setting)]
  const allocate = (domain: Domain = MEMORY): Address => runtime.allocate(domain, 32, 'retired')
  const retire = (thread: Thread, count: number, domain: Domain = MEMORY): Address[] =>
    Array.from({ length: count }, () => {
      const block = allocate(domain)
      freeDelayed(thread, domain, block)
      return block
    })
  return {
    ...setting,
    ada,
    ben,
    allocate,
    retire,
    report: (thread: Thread) => quiescentState(memory, thread.qsbr, thread.slot()),
    waiting: (thread: Thread) => [...items(memory, thread.queue)].length,
    chunks: (thread: Thread) => [...chunksOf(memory, thread.queue)].length,
    abandoned: () => [...items(memory, interpreter.abandonedFrees.queue)].length,
    abandonedChunks: () => [...chunksOf(memory, interpreter.abandonedFrees.queue)].length,
    hasWork: () => memory.get(interpreter.abandonedFrees.hasWork) !== 0,
    left: () => [...runtime.arena.blocks()].filter(({ name }) => name === 'retired').length,
    exit: (thread: Thread) => {
      clearThread(thread)
      deleteThread(thread)
    },
  }
}

test('memory waits for the goal that was promised when it was retired', () => {
  const { ada, ben, allocate, report, waiting, left } = twoThreads()
  ben.detach()
  const goals = Array.from({ length: DEFERRAL_LIMIT }, () => freeDelayed(ada, MEMORY, allocate()))
  expect(goals).toEqual(Array(DEFERRAL_LIMIT).fill(FIRST + STEP))
  processDelayed(ada)
  expect([waiting(ada), left()]).toEqual([10, 10])
  report(ada)
  processDelayed(ada)
  expect([waiting(ada), left()]).toEqual([0, 0])
})

test('a goal that nobody has advanced to keeps memory waiting, whoever reports', () => {
  const { ada, ben, retire, report, waiting } = twoThreads()
  ben.detach()
  retire(ada, DEFERRAL_LIMIT - 1)
  report(ada)
  processDelayed(ada)
  expect(waiting(ada)).toBe(DEFERRAL_LIMIT - 1)
})

test('memory that another thread may be reading waits until that one reports, or detaches', () => {
  const { ada, ben, retire, report, left } = twoThreads()
  retire(ada, DEFERRAL_LIMIT)
  report(ada)
  processDelayed(ada)
  expect(left()).toBe(DEFERRAL_LIMIT)
  report(ben)
  processDelayed(ada)
  expect(left()).toBe(0)
})

test('each block goes back to the allocator that it came from', () => {
  const { runtime, ada, ben, retire } = twoThreads()
  const before = runtime.inUse()
  retire(ada, 3, OBJECTS)
  retire(ada, 2)
  expect(runtime.inUse().objects - before.objects).toBe(3)
  ben.detach()
  collect(ada)
  // The empty chunk that the thread keeps.
  expect(runtime.inUse()).toEqual({ objects: before.objects, memory: before.memory + 1 })
})

test('a thread looks at its queue only when a chunk is full', () => {
  const { ada, ben, retire, report, waiting, chunks } = twoThreads()
  ben.detach()
  retire(ada, CHUNK)
  expect([waiting(ada), chunks(ada)]).toEqual([CHUNK, 1])
  retire(ada, 1)
  expect([waiting(ada), chunks(ada)]).toEqual([CHUNK + 1, 2])
  report(ada)
  retire(ada, CHUNK - 2)
  expect(waiting(ada)).toBe(2 * CHUNK - 1)
  report(ada)
  retire(ada, 1)
  // Of 508 deferred advances fifty advanced: the last eight wait for the next one.
  expect([waiting(ada), chunks(ada)]).toEqual([8, 1])
})

test('a thread that never reports makes the queues of others grow', () => {
  const { ada, retire, report, waiting, chunks } = twoThreads()
  for (let i = 0; i < 4; i++) {
    retire(ada, CHUNK)
    report(ada)
  }
  expect([waiting(ada), chunks(ada)]).toEqual([4 * CHUNK, 4])
})

describe('memory is freed at once', () => {
  test('when the interpreter has begun to end', () => {
    const { ada, allocate, waiting, left } = twoThreads()
    finalizeInterpreter(ada)
    for (const domain of [MEMORY, OBJECTS] as const) expect(freeDelayed(ada, domain, allocate(domain))).toBeUndefined()
    expect([waiting(ada), left()]).toEqual([0, 0])
  })

  test('in a pause of the own interpreter', () => {
    const { ada, ben, allocate, left } = twoThreads()
    ben.detach()
    ada.whileStopped(() => freeDelayed(ada, MEMORY, allocate()))
    expect(left()).toBe(0)
  })

  test('in a pause for it, when there is no memory for the queue', () => {
    const { runtime, interpreter, memory, ada, ben, allocate, left, waiting } = twoThreads()
    ben.detach()
    const block = allocate()
    const object = allocate(OBJECTS)
    runtime.arena.limit(0)
    let stopped = false
    memory.before('fill', block, () => {
      stopped = memory.get(interpreter.pause.stopped) !== 0
    })
    expect(freeDelayed(ada, MEMORY, block)).toBeUndefined()
    expect(freeDelayed(ada, OBJECTS, object)).toBeUndefined()
    expect([stopped, left(), waiting(ada)]).toEqual([true, 0, 0])
  })

  test('but not in a pause of all', () => {
    const { runtime, ada, ben, allocate, waiting } = twoThreads()
    ben.detach()
    ada.stop(runtime.scopeOfAll())
    freeDelayed(ada, MEMORY, allocate())
    expect(waiting(ada)).toBe(1)
  })
})

describe('a thread that exits', () => {
  test('leaves what it has retired, with its goals, to whoever processes next', () => {
    const { ada, ben, retire, exit, abandoned, hasWork, report, left } = twoThreads()
    retire(ben, DEFERRAL_LIMIT)
    exit(ben)
    expect([abandoned(), hasWork(), left()]).toEqual([DEFERRAL_LIMIT, true, DEFERRAL_LIMIT])
    processDelayed(ada)
    expect(abandoned()).toBe(DEFERRAL_LIMIT)
    report(ada)
    processDelayed(ada)
    expect([abandoned(), hasWork(), left()]).toEqual([0, false, 0])
  })

  test('leaves nothing, not even a chunk, when it has nothing', () => {
    const { ada, ben, retire, exit, abandonedChunks, hasWork, runtime } = twoThreads()
    const before = runtime.inUse()
    ada.detach()
    retire(ben, 1)
    collect(ben)
    exit(ben)
    expect([abandonedChunks(), hasWork()]).toEqual([0, false])
    // His thread state is gone too.
    expect(runtime.inUse().memory).toBe(before.memory - 1)
  })

  test('leaves its queue behind those of others', () => {
    const { ada, ben, memory, interpreter, retire, exit } = twoThreads()
    const first = retire(ben, 2)
    const second = retire(ada, 2)
    exit(ben)
    abandon(ada, ada.queue)
    expect([...items(memory, interpreter.abandonedFrees.queue)].map(({ address }) => address)).toEqual([...first, ...second])
  })
})

test('a thread frees its own first, and then what exited threads left', () => {
  const { memory, ada, ben, retire, exit } = twoThreads()
  const [his] = retire(ben, 1) as [Address]
  exit(ben)
  const [hers] = retire(ada, 1) as [Address]
  const freed: Address[] = []
  for (const block of [his, hers]) memory.before('fill', block, () => freed.push(block))
  collect(ada)
  expect(freed).toEqual([hers, his])
})

test('what exited threads left is freed also while the own has to wait', () => {
  const { ada, ben, retire, exit, abandoned, waiting, report } = twoThreads()
  retire(ben, DEFERRAL_LIMIT)
  exit(ben)
  retire(ada, 1)
  report(ada)
  processDelayed(ada)
  expect([waiting(ada), abandoned()]).toEqual([1, 0])
})

test('what exited threads left is passed by while another thread is at it', () => {
  const { memory, ada, ben, interpreter, retire, exit, abandoned, report } = twoThreads()
  retire(ben, DEFERRAL_LIMIT)
  exit(ben)
  report(ada)
  const { mutex } = interpreter.abandonedFrees
  lock(ada.attached, mutex)
  processDelayed(ada)
  expect(abandoned()).toBe(DEFERRAL_LIMIT)
  unlock(memory, ada.attached.lot, mutex)
  processDelayed(ada)
  expect([abandoned(), isLocked(memory, mutex)]).toEqual([0, false])
})

test('what is left of the abandoned is still announced as work', () => {
  const { ada, ben, retire, exit, abandoned, hasWork, report } = twoThreads()
  retire(ben, DEFERRAL_LIMIT + 3)
  exit(ben)
  report(ada)
  processDelayed(ada)
  expect([abandoned(), hasWork()]).toEqual([3, true])
})

test('a pause frees what waits for any thread of the interpreter', () => {
  const { ada, ben, retire, waiting, left, chunks } = twoThreads()
  retire(ada, 5)
  retire(ben, CHUNK + 5)
  ben.detach()
  collect(ada)
  expect([waiting(ada), waiting(ben), left(), chunks(ada), chunks(ben)]).toEqual([0, 0, 0, 1, 0])
})

test('a pause starts a new sequence and reports it, also when nothing waits', () => {
  const { memory, ada, ben, interpreter } = twoThreads()
  ben.detach()
  collect(ada)
  const { writeSequence } = interpreter.qsbr
  expect([memory.get(writeSequence), memory.get(ada.slot())]).toEqual([FIRST + STEP, FIRST + STEP])
})

test('at the end of an interpreter the abandoned is freed whatever its goal', () => {
  const { ada, ben, retire, exit, abandoned, hasWork, left } = twoThreads()
  retire(ben, 3)
  exit(ben)
  freeAbandoned(ada)
  expect([abandoned(), hasWork(), left()]).toEqual([0, false, 0])
})

test("in a fork's child the abandoned can be reached though another thread held the mutex", () => {
  const { memory, ada, interpreter } = twoThreads()
  lock(ada.attached, interpreter.abandonedFrees.mutex)
  afterFork(memory, interpreter.abandonedFrees)
  expect(isLocked(memory, interpreter.abandonedFrees.mutex)).toBe(false)
})

test('a block that is retired twice is reported, and what was retired after it is still freed', () => {
  const { memory, ada, ben, allocate, retire, report, left } = twoThreads()
  ben.detach()
  const block = allocate()
  freeDelayed(ada, MEMORY, block)
  freeDelayed(ada, MEMORY, block)
  retire(ada, 3)
  advance(memory, ada.qsbr)
  report(ada)
  expect(() => processDelayed(ada)).toThrow(BlockMisuse)
  processDelayed(ada)
  expect(left()).toBe(0)
})

describe('between two real threads', { timeout: 60_000 }, () => {
  const BODIES = new URL('../../testing/contention/reclaim.ts', import.meta.url)
  let crew: Crew
  beforeAll(() => {
    crew = new Crew(2)
  })
  afterAll(() => crew.end())

  test('every block that two threads retire, also right before they exit, is freed exactly once', async () => {
    const setting = begin()
    const { memory, runtime } = setting
    const gate = cells(setting)
    const part = { body: 'retireMany', args: [gate, 1500] }
    await crew.run(BODIES, memory.buffer, [part, part])
    collect(enter(setting))
    expect([...runtime.arena.blocks()].filter(({ name }) => name === 'block' || name === FREE_CHUNK)).toEqual([])
  })
})
