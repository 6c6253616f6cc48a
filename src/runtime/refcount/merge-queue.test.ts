import { describe, expect, test } from 'vitest'
import { threeCounters } from '../../testing/objects.ts'
import { EndlessSleep } from '../../testing/scripted-memory.ts'
import { bind, clearThread, createThread, deleteThread, discardThread } from '../interpreter/lifecycle.ts'
import { safePoint } from '../interpreter/safe-point.ts'
import type { Thread } from '../interpreter/thread.ts'
import { type Address, NULL } from '../memory/memory.ts'
import { isLocked, lock } from '../sync/mutex.ts'
import { MERGE } from '../thread/requests.ts'
import { decref, incref, mergeCounts } from './biased.ts'
import { makeImmortal } from './immortal.ts'
import { afterFork, BUCKETS, drain, endMerged, MergeTable, mergeQueuedInPause, queued, unregister } from './merge-queue.ts'
import { LOCAL, OWNER, references, SHARED, UNOWNED } from './object-header.ts'
import { CHUNK } from './object-stack.ts'

function counters() {
  const setting = threeCounters()
  const { memory, interpreter } = setting
  const waitingFor = ({ record }: Thread) => [...queued(memory, record.mergeQueue)]
  const asked = ({ record }: Thread) => (memory.get(record.base.requests) & MERGE) !== 0
  /** The lock of the bucket in which a thread's identity belongs. */
  const bucketOf = ({ identity }: Thread): Address => interpreter.mergeTable.buckets + (identity % BUCKETS) * (MergeTable.size / BUCKETS)
  const create = (owner: Thread, references = 1): Address => {
    const object = owner.createObject(1, false)
    for (let more = references - 1; more > 0; more--) incref(owner, object)
    return object
  }
  const exit = (thread: Thread) => {
    clearThread(thread)
    deleteThread(thread)
  }
  return { ...setting, waitingFor, asked, bucketOf, create, exit }
}

test('a reference that the owner counted goes to its queue, with a request, and keeps the object alive', () => {
  const { ada, ben, cem, create, waitingFor, asked, memory, look } = counters()
  const object = create(ada)
  decref(ben, object)
  expect([waitingFor(ada), waitingFor(ben), waitingFor(cem)]).toEqual([[object], [], []])
  expect([asked(ada), asked(ben)]).toEqual([true, false])
  expect(references(memory, object)).toBe(1)
  expect(look(object)).toMatchObject({ owner: ada.identity, local: 1, shared: 0, state: 'queued' })
})

test('the owner merges at its safe point and ends what nobody holds any more', () => {
  const { ada, ben, create, waitingFor, asked, finalized, alive } = counters()
  const object = create(ada)
  decref(ben, object)
  safePoint(ada)
  expect([alive(object), waitingFor(ada), asked(ada)]).toEqual([false, [], false])
  expect(finalized).toEqual([{ by: ada, object }])
})

test('what others still hold lives on without an owner', () => {
  const { ada, ben, create, look, alive } = counters()
  const object = create(ada, 2)
  decref(ben, object)
  safePoint(ada)
  expect(look(object)).toEqual({ owner: UNOWNED, local: 0, shared: 1, state: 'merged' })
  decref(ada, object)
  expect(alive(object)).toBe(false)
})

test('an object is queued once, however many references others drop', () => {
  const { ada, ben, cem, create, waitingFor, look, finalized } = counters()
  const object = create(ada, 3)
  decref(ben, object)
  decref(cem, object)
  expect(waitingFor(ada)).toEqual([object])
  expect(look(object)).toMatchObject({ shared: -1, state: 'queued' })
  decref(ada, object)
  safePoint(ada)
  expect(finalized).toEqual([{ by: ada, object }])
})

test('an owner that gives up ownership of a queued object leaves the end to the queue', () => {
  const { ada, ben, create, waitingFor, look, finalized } = counters()
  const object = create(ada, 2)
  decref(ben, object)
  incref(ben, object)
  decref(ben, object)
  incref(ben, object)
  decref(ada, object)
  decref(ada, object)
  expect(look(object)).toMatchObject({ owner: UNOWNED, shared: 1, state: 'merged' })
  expect(waitingFor(ada)).toEqual([object])
  safePoint(ada)
  expect(finalized).toEqual([{ by: ada, object }])
})

test('more objects than a chunk holds are merged in the reverse order, each once', () => {
  const { ada, ben, create, waitingFor, finalized } = counters()
  const made = Array.from({ length: CHUNK + 1 }, () => create(ada))
  for (const object of made) decref(ben, object)
  expect(waitingFor(ada).length).toBe(CHUNK + 1)
  safePoint(ada)
  expect(finalized.map(({ object }) => object)).toEqual(made.toReversed())
})

test('an object that is queued after the request was taken back is not forgotten', () => {
  const { memory, ada, ben, create, bucketOf, waitingFor, asked, finalized } = counters()
  const [first, second] = [create(ada), create(ada)]
  decref(ben, first)
  memory.before('compareExchange', bucketOf(ada), () => decref(ben, second))
  safePoint(ada)
  // Both were taken; the request for the second is served in vain.
  expect([waitingFor(ada), finalized.length, asked(ada)]).toEqual([[], 2, true])
  safePoint(ada)
  expect(asked(ada)).toBe(false)
})

test('a finalizer may queue and drain in its turn, and each object is still merged once', () => {
  const { ada, ben, create, finalizers, finalized, alive } = counters()
  const made = [create(ada), create(ada), create(ada)]
  finalizers.set(1, (thread) => {
    if (finalized.length > 1) return
    decref(ben, extra)
    safePoint(thread)
  })
  const extra = create(ada)
  for (const object of made) decref(ben, object)
  safePoint(ada)
  expect([...made, extra].map(alive)).toEqual([false, false, false, false])
  expect(finalized.length).toBe(4)
})

describe('an owner that merges while another thread is about to ask it', () => {
  test('leaves nobody to ask: the reference is dropped as usual', () => {
    const { memory, ada, ben, create, look, waitingFor, finalized } = counters()
    const object = create(ada, 2)
    memory.before('load', object + OWNER, () => mergeCounts(memory, object, 0))
    decref(ben, object)
    expect([look(object), waitingFor(ada)]).toEqual([{ owner: UNOWNED, local: 0, shared: 1, state: 'merged' }, []])
    decref(ada, object)
    expect(finalized).toEqual([{ by: ada, object }])
  })

  test('is looked up again under the lock', () => {
    const { memory, ada, ben, create, look, waitingFor, bucketOf } = counters()
    const object = create(ada, 2)
    memory.before('compareExchange', bucketOf(ada), () => mergeCounts(memory, object, 0))
    decref(ben, object)
    expect([look(object), waitingFor(ada)]).toEqual([{ owner: UNOWNED, local: 0, shared: 1, state: 'merged' }, []])
    expect(isLocked(memory, bucketOf(ada))).toBe(false)
  })

  test('merges an entry that came too late like any other', () => {
    const { memory, ada, ben, create, look, finalized } = counters()
    const object = create(ada, 2)
    decref(ben, object)
    mergeCounts(memory, object, 0)
    decref(ada, object)
    expect(look(object)).toMatchObject({ shared: 1, state: 'merged' })
    safePoint(ada)
    expect(finalized).toEqual([{ by: ada, object }])
  })

  test('counts what is dropped in the middle of its merge', () => {
    const { memory, ada, ben, create, look, alive } = counters()
    const object = create(ada, 3)
    memory.before('compareExchange', object + SHARED, () => {
      // He asks nobody, for nobody is written as owner, and drops it on the word that is not merged yet.
      decref(ben, object)
      expect(look(object)).toMatchObject({ shared: -1, state: 'queued' })
    })
    expect(mergeCounts(memory, object, 0)).toBe(2)
    decref(ada, object)
    decref(ben, object)
    expect(alive(object)).toBe(false)
  })
})

test('an object that was given another owner meanwhile is queued for that one', () => {
  const { memory, ada, ben, cem, create, bucketOf, waitingFor } = counters()
  const object = create(ada, 2)
  memory.before('compareExchange', bucketOf(ada), () => memory.set(object + OWNER, cem.identity))
  decref(ben, object)
  expect([waitingFor(ada), waitingFor(cem)]).toEqual([[], [object]])
})

describe('an owner that has exited', () => {
  test('merges no more: who needs it merges itself', () => {
    const { ada, ben, create, exit, look, finalized } = counters()
    const object = create(ada, 3)
    exit(ada)
    decref(ben, object)
    expect(look(object)).toEqual({ owner: UNOWNED, local: 0, shared: 2, state: 'merged' })
    decref(ben, object)
    decref(ben, object)
    expect(finalized).toEqual([{ by: ben, object }])
  })

  test('is merged for under the bucket lock, and its last object is ended after the lock is free', () => {
    const { memory, ada, ben, create, exit, bucketOf, finalizers, alive } = counters()
    const object = create(ada)
    const bucket = bucketOf(ada)
    exit(ada)
    const held: boolean[] = []
    // The first change of the word says that the owner is asked; the second one is the merge.
    memory.before('compareExchange', object + SHARED, () => held.push(isLocked(memory, bucket)), 2)
    finalizers.set(1, () => held.push(isLocked(memory, bucket)))
    decref(ben, object)
    expect([held, alive(object)]).toEqual([[true, false], false])
  })

  test('has drained its queue first, also what its finalizers made others queue', () => {
    const { ada, ben, create, exit, finalizers, finalized } = counters()
    const [first, second] = [create(ada), create(ada)]
    finalizers.set(1, () => {
      if (finalized.length === 1) decref(ben, second)
    })
    decref(ben, first)
    exit(ada)
    expect(finalized).toEqual([
      { by: ada, object: first },
      { by: ada, object: second },
    ])
  })

  test('takes what is queued while it leaves', () => {
    const { memory, ada, ben, create, exit, bucketOf, finalized } = counters()
    const object = create(ada)
    memory.before('compareExchange', bucketOf(ada), () => decref(ben, object))
    exit(ada)
    expect(finalized).toEqual([{ by: ada, object }])
  })

  test('is succeeded by a thread of the same identity, which owns what it owned', () => {
    const { runtime, interpreter, embedder, ada, ben, create, exit, look, waitingFor, alive } = counters()
    const object = create(ada, 2)
    exit(ada)
    const heir = bind(runtime, ada.os, createThread(ben, interpreter), embedder)
    heir.attach()
    decref(heir, object)
    expect(look(object)).toMatchObject({ owner: heir.identity, local: 1, state: 'none' })
    decref(ben, object)
    expect(waitingFor(heir)).toEqual([object])
    safePoint(heir)
    expect(alive(object)).toBe(false)
  })

  test('cannot be succeeded while somebody merges for it', () => {
    const { memory, runtime, interpreter, embedder, ada, ben, cem, create, exit, bucketOf } = counters()
    const object = create(ada, 2)
    const bucket = bucketOf(ada)
    exit(ada)
    const record = createThread(cem, interpreter)
    // As above: the second change is the merge.
    const act = () => {
      expect(() => bind(runtime, ada.os, record, embedder)).toThrow(EndlessSleep)
      expect(isLocked(memory, bucket)).toBe(true)
    }
    memory.before('compareExchange', object + SHARED, act, 2)
    decref(ben, object)
  })
})

test('of two thread states with one identity the first is asked', () => {
  const { runtime, interpreter, embedder, ada, ben, create, waitingFor, exit, alive } = counters()
  const second = bind(runtime, ada.os, createThread(ben, interpreter), embedder)
  const object = create(ada)
  decref(ben, object)
  expect([waitingFor(ada), waitingFor(second)]).toEqual([[object], []])
  exit(ada)
  expect(alive(object)).toBe(false)
  second.attach()
  const another = create(second)
  decref(ben, another)
  expect(waitingFor(second)).toEqual([another])
})

test('threads whose identities share a bucket have queues of their own, and leave it in any order', () => {
  const setting = counters()
  const { embedder, ben, create, waitingFor, exit, bucketOf } = setting
  const crowd = Array.from({ length: 300 }, () => setting.runtime.createOsThread())
  const bucket = (os: { address: Address }) => os.address % BUCKETS
  const pairs = crowd.flatMap((one, index) =>
    crowd
      .slice(index + 1)
      .filter((other) => bucket(one) === bucket(other))
      .map((other) => [one, other] as const),
  )
  const [one, other] = pairs[0] as (typeof pairs)[number]
  const threads = [one, other].map((os) => {
    const thread = bind(setting.runtime, os, createThread(ben, setting.interpreter), embedder)
    thread.attach()
    return thread
  }) as [Thread, Thread]
  expect(bucketOf(threads[0])).toBe(bucketOf(threads[1]))
  const [mine, theirs] = [create(threads[0]), create(threads[1])]
  decref(ben, mine)
  decref(ben, theirs)
  expect(threads.map(waitingFor)).toEqual([[mine], [theirs]])
  exit(threads[1])
  expect(waitingFor(threads[0])).toEqual([mine])
  exit(threads[0])
})

test('a queue that was never registered has nothing to leave', () => {
  const { memory, ben, interpreter, runtime } = counters()
  const before = runtime.inUse()
  const record = createThread(ben, interpreter)
  unregister(ben, record.mergeQueue)
  expect(memory.get(record.mergeQueue.identity)).toBe(NULL)
  discardThread(ben, record)
  expect(runtime.inUse()).toEqual(before)
})

describe('without memory for the queue', () => {
  test('the reference is merged in a pause, and the object ended after it', () => {
    const { runtime, interpreter, memory, ada, ben, cem, create, waitingFor, asked, finalized, finalizers, bucketOf } = counters()
    const object = create(ada)
    ada.detach()
    cem.detach()
    finalizers.set(1, () => expect(memory.get(interpreter.pause.stopped)).toBe(0))
    // The first change of the word says that the owner is asked; the second one is the merge.
    const act = () => {
      expect(memory.get(interpreter.pause.stopped)).toBe(1)
      expect(isLocked(memory, bucketOf(ada))).toBe(false)
    }
    memory.before('compareExchange', object + SHARED, act, 2)
    runtime.arena.limit(0)
    decref(ben, object)
    runtime.arena.limit(null)
    expect([waitingFor(ada), asked(ada)]).toEqual([[], false])
    expect(finalized).toEqual([{ by: ben, object }])
  })

  test('what others still hold lives on', () => {
    const { runtime, ada, ben, cem, create, look } = counters()
    const object = create(ada, 2)
    ada.detach()
    cem.detach()
    runtime.arena.limit(0)
    decref(ben, object)
    expect(look(object)).toEqual({ owner: UNOWNED, local: 0, shared: 1, state: 'merged' })
  })
})

describe('a pause merges', () => {
  const inPause = ({ memory, ben, ada, cem }: ReturnType<typeof counters>) =>
    ben.whileStopped(() =>
      mergeQueuedInPause(
        memory,
        ben,
        [ada, ben, cem].map(({ record }) => record.mergeQueue),
      ),
    )

  test('what is queued for any thread, and leaves the end of the dead to after it', () => {
    const setting = counters()
    const { ada, ben, cem, create, finalized, memory, waitingFor } = setting
    const [dead, another] = [create(ada), create(cem)]
    decref(ben, dead)
    decref(ben, another)
    ada.detach()
    cem.detach()
    const list = inPause(setting)
    expect([waitingFor(ada), waitingFor(cem), finalized]).toEqual([[], [], []])
    expect([references(memory, dead), references(memory, another)]).toEqual([1, 1])
    endMerged(ben, list)
    expect(finalized.map(({ by, object }) => [by.identity, object]).sort()).toEqual(
      [
        [ben.identity, dead],
        [ben.identity, another],
      ].sort(),
    )
  })

  test('and what others still hold lives on', () => {
    const setting = counters()
    const { ada, ben, cem, create, look } = setting
    const object = create(ada, 2)
    decref(ben, object)
    ada.detach()
    cem.detach()
    expect(inPause(setting)).toBe(NULL)
    expect(look(object)).toEqual({ owner: UNOWNED, local: 0, shared: 1, state: 'merged' })
  })

  test('and what a thread had taken, but not merged yet', () => {
    const setting = counters()
    const { ada, ben, cem, create, finalizers, finalized } = setting
    const made = [create(ada), create(ada)]
    for (const object of made) decref(ben, object)
    finalizers.set(1, () => {
      if (finalized.length > 1) return
      // In the middle of the owner's work he collects.
      ada.detach()
      cem.detach()
      endMerged(ben, inPause(setting))
      ada.attach()
      cem.attach()
    })
    safePoint(ada)
    expect(finalized.map(({ by }) => by)).toEqual([ada, ben])
  })

  test('and an object whose reference was taken before it is ended stays alive', () => {
    const setting = counters()
    const { ada, ben, cem, create, alive } = setting
    const object = create(ada)
    decref(ben, object)
    ada.detach()
    cem.detach()
    const dead = inPause(setting)
    incref(cem, object)
    endMerged(ben, dead)
    expect(alive(object)).toBe(true)
    decref(cem, object)
    expect(alive(object)).toBe(false)
  })
})

test('an immortal object stays immortal through any queue', () => {
  const { memory, ada, ben, create, waitingFor, alive } = counters()
  const object = create(ada)
  decref(ben, object)
  makeImmortal(memory, object)
  safePoint(ada)
  expect([waitingFor(ada), alive(object), memory.get(object + LOCAL)]).toEqual([[], true, -1])
})

test('draining a queue in which nothing waits takes the request back', () => {
  const { memory, ada, asked } = counters()
  memory.or(ada.record.base.requests, MERGE)
  drain(ada, ada.record.mergeQueue)
  expect(asked(ada)).toBe(false)
})

test("in a fork's child no bucket is locked, and nothing that was queued is lost", () => {
  const { memory, interpreter, ada, ben, create, bucketOf, waitingFor } = counters()
  const object = create(ada)
  decref(ben, object)
  lock(ben.attached, bucketOf(ada))
  afterFork(memory, interpreter.mergeTable)
  expect(isLocked(memory, bucketOf(ada))).toBe(false)
  expect(waitingFor(ada)).toEqual([object])
})
