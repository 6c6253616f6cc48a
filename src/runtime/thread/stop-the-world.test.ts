import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Crew } from '../../testing/crew.ts'
import { scripted } from '../../testing/scripted.ts'
import { EndlessSleep } from '../../testing/scripted-memory.ts'
import { BYTES, begin, cells, enter, QUIET } from '../../testing/setting.ts'
import { bind, clearThread, createThread, deleteThread, discardThread } from '../interpreter/lifecycle.ts'
import { safePoint } from '../interpreter/safe-point.ts'
import { stopperWithoutThread, type Thread } from '../interpreter/thread.ts'
import { CACHE_LINE, NULL } from '../memory/memory.ts'
import { waiting } from '../sync/parking-lot.ts'
import { request, STOP } from './requests.ts'
import { isRequested, isStopped, LOOK_AGAIN, type Scope, start, stop } from './stop-the-world.ts'
import { ATTACHED, DETACHED, each, SUSPENDED, ThreadMisuse } from './thread-state.ts'

function threeThreads() {
  const setting = begin(scripted(BYTES))
  const { memory, runtime, interpreter, os } = setting
  const [ada, ben, cem] = [enter(setting), enter(setting), enter(setting)]
  const scope = runtime.scopeOf(interpreter)
  const stateOf = ({ record }: Thread) => memory.get(record.base.state)
  /** What the others do while the stopper waits for them. */
  const meanwhile = (stopper: Thread, act: () => void) => memory.before('wait', stopper.os.waiter.semaphore, act)
  const countdown = () => memory.get(interpreter.pause.countdown)
  const atRest = () => [isRequested(memory, interpreter.pause), isStopped(memory, interpreter.pause)]
  return { ...setting, ada, ben, cem, scope, stateOf, meanwhile, countdown, atRest, eve: stopperWithoutThread(runtime, os) }
}

/** A thread's answer to a request: it suspends itself and sleeps in its safe point. */
function comesToRest(thread: Thread): void {
  expect(() => safePoint(thread)).toThrow(EndlessSleep)
}

/** A second interpreter, with a thread of its own. */
function neighbour(setting: ReturnType<typeof threeThreads>) {
  const interpreter = setting.runtime.createInterpreter(setting.parker)
  return { interpreter, dan: enter({ ...setting, interpreter }), scope: setting.runtime.scopeOf(interpreter) }
}

test('a thread that is alone stops the world at once', () => {
  const { ada, ben, cem, scope, atRest, memory } = threeThreads()
  for (const thread of [ben, cem]) {
    clearThread(thread)
    deleteThread(thread)
  }
  ada.stop(scope)
  expect(atRest()).toEqual([true, true])
  expect(memory.sleeps).toBe(0)
  ada.start(scope)
  expect(atRest()).toEqual([false, false])
})

test('detached threads are suspended where they are, and the stopper does not wait for them', () => {
  const { ada, ben, cem, scope, stateOf, memory, countdown } = threeThreads()
  ben.detach()
  cem.detach()
  ada.stop(scope)
  expect([ada, ben, cem].map(stateOf)).toEqual([ATTACHED, SUSPENDED, SUSPENDED])
  expect([countdown(), memory.sleeps]).toEqual([0, 0])
  expect(() => ben.attach()).toThrow(EndlessSleep)
})

test('starting the world lets every thread go', () => {
  const { ada, ben, cem, scope, stateOf, memory, interpreter } = threeThreads()
  ben.detach()
  cem.detach()
  ada.stop(scope)
  ada.start(scope)
  expect([ben, cem].map(stateOf)).toEqual([DETACHED, DETACHED])
  expect(memory.get(interpreter.pause.requester)).toBe(NULL)
  ben.attach()
  expect(stateOf(ben)).toBe(ATTACHED)
})

test('attached threads are asked, and the stopper waits until each has come to rest at its safe point', () => {
  const { ada, ben, cem, scope, stateOf, meanwhile, memory, countdown, interpreter } = threeThreads()
  meanwhile(ada, () => {
    expect([ben, cem].map(({ record }) => memory.get(record.base.requests))).toEqual([STOP, STOP])
    comesToRest(ben)
    expect([countdown(), isStopped(memory, interpreter.pause)]).toEqual([1, false])
    comesToRest(cem)
  })
  ada.stop(scope)
  expect([ben, cem].map(stateOf)).toEqual([SUSPENDED, SUSPENDED])
  expect([countdown(), memory.clock]).toEqual([0, 0])
  ada.start(scope)
  expect([ben, cem].map(stateOf)).toEqual([DETACHED, DETACHED])
})

test('a thread that detaches after it was asked is found within the polling interval', () => {
  const { ada, ben, cem, scope, stateOf, meanwhile, memory } = threeThreads()
  meanwhile(ada, () => {
    ben.detach()
    comesToRest(cem)
  })
  ada.stop(scope)
  expect([ben, cem].map(stateOf)).toEqual([SUSPENDED, SUSPENDED])
  expect(memory.clock).toBe(LOOK_AGAIN)
})

test('a thread that comes to rest while the stopper looks again is counted once', () => {
  const { ada, ben, cem, scope, meanwhile, memory, runtime, countdown } = threeThreads()
  cem.detach()
  meanwhile(ada, () => {
    // Her time is up; before she has the list again, he has come to rest.
    memory.before('compareExchange', runtime.record.listLock, () => comesToRest(ben))
  })
  ada.stop(scope)
  expect(countdown()).toBe(0)
})

test('a thread that exits during the request is waited for no more', () => {
  const { ada, ben, cem, scope, meanwhile, memory, countdown } = threeThreads()
  meanwhile(ada, () => {
    clearThread(ben)
    deleteThread(ben)
    expect(countdown()).toBe(1)
    comesToRest(cem)
  })
  ada.stop(scope)
  expect([countdown(), memory.clock]).toEqual([0, 0])
})

test('a thread that was made but never started is waited for no more when it is discarded', () => {
  const { ada, ben, cem, scope, meanwhile, memory, runtime, interpreter, countdown, stateOf } = threeThreads()
  const record = createThread(ben, interpreter)
  meanwhile(ada, () => {
    expect(memory.get(record.base.state)).toBe(SUSPENDED)
    discardThread(ben, record)
    comesToRest(ben)
    comesToRest(cem)
  })
  ada.stop(runtime.scopeOf(interpreter))
  expect(countdown()).toBe(0)
  expect([ben, cem].map(stateOf)).toEqual([SUSPENDED, SUSPENDED])
  ada.start(scope)
})

test('a thread born during a pause begins suspended, is not waited for, and is let go with the others', () => {
  const { ada, ben, cem, scope, memory, interpreter, countdown } = threeThreads()
  ben.detach()
  cem.detach()
  ada.stop(scope)
  const record = createThread(ada, interpreter)
  expect([memory.get(record.base.state), countdown()]).toEqual([SUSPENDED, 0])
  ada.start(scope)
  expect(memory.get(record.base.state)).toBe(DETACHED)
})

test('a request left over from a pause that is over does not count towards the next one', () => {
  const { ada, ben, cem, scope, stateOf, meanwhile, memory, countdown } = threeThreads()
  cem.detach()
  request(memory, ben.record.base.requests, STOP)
  safePoint(ben)
  expect([stateOf(ben), memory.get(ben.record.base.requests)]).toEqual([ATTACHED, 0])
  meanwhile(ada, () => comesToRest(ben))
  ada.stop(scope)
  expect(countdown()).toBe(0)
})

test('a second stopper waits detached, so that the first suspends it, and is woken when the world starts', () => {
  const { ada, ben, cem, scope, stateOf, meanwhile, memory, parker, interpreter } = threeThreads()
  cem.detach()
  meanwhile(ada, () => expect(() => ben.stop(scope)).toThrow(EndlessSleep))
  ada.stop(scope)
  expect(stateOf(ben)).toBe(SUSPENDED)
  expect([...waiting(memory, parker.lot, interpreter.pause.mutex)]).toEqual([ben.os.waiter.address])
  ada.start(scope)
  expect(stateOf(ben)).toBe(DETACHED)
  expect([...waiting(memory, parker.lot, interpreter.pause.mutex)]).toEqual([])
})

test('only whoever stopped the world starts it', () => {
  const { ada, ben, cem, scope, runtime, atRest } = threeThreads()
  ben.detach()
  cem.detach()
  expect(() => ada.start(scope)).toThrow(ThreadMisuse)
  ada.stop(scope)
  expect(() => ben.start(scope)).toThrow(ThreadMisuse)
  expect(() => ada.start(runtime.scopeOfAll())).toThrow(ThreadMisuse)
  expect(atRest()).toEqual([true, true])
  ada.start(scope)
  expect(() => ada.start(scope)).toThrow(ThreadMisuse)
})

test('a thread that has stopped the world is told so instead of waiting for itself', () => {
  const { ada, ben, cem, scope, atRest } = threeThreads()
  ben.detach()
  cem.detach()
  ada.stop(scope)
  expect(() => ada.stop(scope)).toThrow(ThreadMisuse)
  expect(atRest()).toEqual([true, true])
})

test('who has no thread state stops every thread', () => {
  const { ada, ben, cem, scope, stateOf, eve, memory, interpreter } = threeThreads()
  for (const thread of [ada, ben, cem]) thread.detach()
  stop(eve, scope)
  expect([ada, ben, cem].map(stateOf)).toEqual([SUSPENDED, SUSPENDED, SUSPENDED])
  expect(memory.get(interpreter.pause.requester)).toBe(NULL)
  start(eve, scope)
  expect([ada, ben, cem].map(stateOf)).toEqual([DETACHED, DETACHED, DETACHED])
})

test('of two that have no thread state, only the one that stopped the world starts it, and does not stop it again', () => {
  const { ada, ben, cem, scope, eve, runtime, atRest } = threeThreads()
  for (const thread of [ada, ben, cem]) thread.detach()
  stop(eve, scope)
  expect(() => start(stopperWithoutThread(runtime, runtime.createOsThread()), scope)).toThrow(ThreadMisuse)
  expect(() => stop(eve, scope)).toThrow(ThreadMisuse)
  expect(atRest()).toEqual([true, true])
  start(eve, scope)
  expect(atRest()).toEqual([false, false])
})

test('a thread that has changed its thread state since it stopped the world starts it all the same', () => {
  const { ada, ben, cem, scope, stateOf, runtime, interpreter, parker } = threeThreads()
  const elsewhere = bind(runtime, ada.os, createThread(ada, runtime.createInterpreter(parker)), QUIET)
  const beside = bind(runtime, ada.os, createThread(ada, interpreter), QUIET)
  ben.detach()
  cem.detach()
  ada.stop(scope)
  ada.detach()
  elsewhere.attach()
  elsewhere.start(scope)
  expect([ada, ben, cem, beside].map(stateOf)).toEqual([DETACHED, DETACHED, DETACHED, DETACHED])
})

describe('who has stopped the world does not wait for itself:', () => {
  function stopped() {
    const setting = threeThreads()
    const { ada, ben, cem, scope } = setting
    ben.detach()
    cem.detach()
    ada.stop(scope)
    return setting
  }

  test('it stops no other', () => {
    const { ada, runtime, parker } = stopped()
    const other = runtime.scopeOf(runtime.createInterpreter(parker))
    for (const scope of [runtime.scopeOfAll(), other]) {
      expect(() => ada.stop(scope)).toThrow(new ThreadMisuse('the thread has stopped the world already'))
      expect(isRequested(ada.memory, scope.pause)).toBe(false)
    }
  })

  test('an action that needs a pause is done at once', () => {
    const { ada, ben, stateOf, atRest } = stopped()
    expect(ada.whileStopped(() => stateOf(ben))).toBe(SUSPENDED)
    expect(atRest()).toEqual([true, true])
  })

  test('so it is in a pause of all', () => {
    const { ada, scope, runtime, atRest } = stopped()
    ada.start(scope)
    ada.stop(runtime.scopeOfAll())
    expect(ada.whileStopped(() => 'done')).toBe('done')
    expect(atRest()).toEqual([false, false])
  })

  test('it passes a safe point with an old request', () => {
    const { ada, memory, stateOf, atRest } = stopped()
    request(memory, ada.record.base.requests, STOP)
    expect(safePoint(ada)).toEqual({ bits: [STOP], failed: 0 })
    expect([stateOf(ada), memory.get(ada.record.base.requests), ...atRest()]).toEqual([ATTACHED, 0, true, true])
  })

  test('it detaches and attaches, but not with a thread state that it holds', () => {
    const { ada, runtime, interpreter, stateOf } = stopped()
    const second = bind(runtime, ada.os, createThread(ada, interpreter), QUIET)
    ada.detach()
    expect(() => second.attach()).toThrow(new ThreadMisuse('the thread state is suspended until this very thread starts the world'))
    expect(stateOf(second)).toBe(SUSPENDED)
    ada.attach()
    expect(stateOf(ada)).toBe(ATTACHED)
  })

  test('it neither exits nor ends its interpreter', () => {
    const { ada, interpreter, memory, scope } = stopped()
    expect(() => clearThread(ada)).toThrow(ThreadMisuse)
    ada.start(scope)
    clearThread(ada)
    ada.stop(scope)
    expect(() => deleteThread(ada)).toThrow(new ThreadMisuse('the thread has stopped the world, and must start it first'))
    expect([...each(memory, interpreter.threads)].length).toBe(3)
    ada.start(scope)
    deleteThread(ada)
  })
})

describe('pauses of several interpreters', () => {
  test('a pause of one interpreter leaves the threads of another alone', () => {
    const setting = threeThreads()
    const { ada, ben, cem, scope, stateOf } = setting
    const { dan } = neighbour(setting)
    ben.detach()
    cem.detach()
    ada.stop(scope)
    expect(stateOf(dan)).toBe(ATTACHED)
  })

  test('two interpreters may be paused at a time', () => {
    const setting = threeThreads()
    const { ada, ben, cem, scope } = setting
    const other = neighbour(setting)
    ben.detach()
    cem.detach()
    const { memory } = setting
    const atRest = () => [scope, other.scope].map(({ pause }) => isStopped(memory, pause))
    ada.stop(scope)
    other.dan.stop(other.scope)
    expect([atRest(), memory.sleeps]).toEqual([[true, true], 0])
    ada.start(scope)
    expect(atRest()).toEqual([false, true])
    other.dan.start(other.scope)
    expect(atRest()).toEqual([false, false])
  })

  test('a pause of all brings the threads of every interpreter to rest', () => {
    const setting = threeThreads()
    const { ada, ben, cem, runtime, stateOf } = setting
    const { dan } = neighbour(setting)
    for (const thread of [ben, cem, dan]) thread.detach()
    ada.stop(runtime.scopeOfAll())
    expect([ben, cem, dan].map(stateOf)).toEqual([SUSPENDED, SUSPENDED, SUSPENDED])
    ada.start(runtime.scopeOfAll())
    expect([ben, cem, dan].map(stateOf)).toEqual([DETACHED, DETACHED, DETACHED])
  })

  test.for(['of one, then of all', 'of all, then of one'])('a pause of all and one of one interpreter wait for each other: %s', (order) => {
    const setting = threeThreads()
    const { ada, ben, cem, runtime, scope, memory, parker } = setting
    const { dan } = neighbour(setting)
    for (const thread of [ben, cem, dan]) thread.detach()
    const scopes: [Scope, Scope] = [scope, runtime.scopeOfAll()]
    if (order === 'of all, then of one') scopes.reverse()
    ada.stop(scopes[0])
    // He has no thread state, so that nobody suspends him.
    const eve = stopperWithoutThread(runtime, runtime.createOsThread())
    expect(() => stop(eve, scopes[1])).toThrow(EndlessSleep)
    expect([...waiting(memory, parker.lot, runtime.record.pauseKinds)]).toEqual([eve.os.waiter.address])
  })
})

describe('between two real threads', { timeout: 60_000 }, () => {
  const BODIES = new URL('../../testing/contention/pauses.ts', import.meta.url)
  let crew: Crew
  beforeAll(() => {
    crew = new Crew(2)
  })
  afterAll(() => crew.end())

  test('while the world is stopped nobody else does anything', async () => {
    const setting = begin()
    const { memory } = setting
    const at = cells(setting, (3 * CACHE_LINE) / 4)
    const [gate, counter, done] = [at, at + CACHE_LINE, at + 2 * CACHE_LINE]
    const pauses = 300
    const [passed, inside] = (await crew.run(BODIES, memory.buffer, [
      { body: 'passSafePoints', args: [gate, counter, done] },
      { body: 'stopAndCount', args: [gate, counter, done, pauses, 10] },
    ])) as [number, number]
    expect(inside).toBe(pauses * 10)
    expect(memory.get(counter)).toBe(passed + inside)
  })

  test('of two threads that stop the world at the same time, one waits for the other', async () => {
    const setting = begin()
    const { memory } = setting
    const at = cells(setting, (3 * CACHE_LINE) / 4)
    const part = { body: 'stopAndCount', args: [at, at + CACHE_LINE, at + 2 * CACHE_LINE, 100, 10] }
    await crew.run(BODIES, memory.buffer, [part, part])
    expect(memory.get(at + CACHE_LINE)).toBe(2 * 100 * 10)
  })
})
