import { expect, test, vi } from 'vitest'
import { threeCounters } from '../../testing/objects.ts'
import { MEMORY } from '../heap/allocators.ts'
import { items } from '../reclaim/free-queue.ts'
import { decref } from '../refcount/biased.ts'
import { queued } from '../refcount/merge-queue.ts'
import { FREE } from '../sync/mutex.ts'
import { collect } from './collect.ts'
import { createThread } from './lifecycle.ts'

test('a collection merges what is queued for any thread, also for those that are blocked, and ends the dead after the pause', () => {
  const { memory, interpreter, ada, ben, cem, finalizers, finalized } = threeCounters()
  const [hers, his] = [ada.createObject(1, false), ben.createObject(1, false)]
  decref(ben, hers)
  decref(ada, his)
  ada.detach()
  cem.detach()
  finalizers.set(1, () => expect(memory.get(interpreter.pause.stopped)).toBe(0))
  collect(ben)
  expect(finalized.map(({ by }) => by)).toEqual([ben, ben])
  expect(finalized.map(({ object }) => object).sort()).toEqual([hers, his].sort())
  for (const { record } of [ada, ben]) expect([...queued(memory, record.mergeQueue)]).toEqual([])
})

test('a collection frees what waits in any queue, and only its own thread keeps a chunk', () => {
  const { memory, runtime, ada, ben, cem } = threeCounters()
  const before = runtime.inUse().memory
  for (const thread of [ada, ben, cem]) thread.freeDelayed(MEMORY, thread.allocate(8, 'raw'))
  ada.detach()
  cem.detach()
  collect(ben)
  expect([ada, ben, cem].map((thread) => [...items(memory, thread.queue)])).toEqual([[], [], []])
  expect(runtime.inUse().memory).toBe(before + 1)
})

test('a collection goes through the threads under the lock of their list, since not everybody is stopped who may change it', () => {
  const { memory, runtime, interpreter, ada, ben, cem } = threeCounters()
  ada.detach()
  cem.detach()
  const locked: boolean[] = []
  vi.spyOn(memory, 'get').mockImplementation((at) => {
    if (at === interpreter.threads) locked.push(memory.loadRelaxed(runtime.record.listLock) !== FREE)
    return memory.loadRelaxed(at)
  })
  collect(ben)
  expect(locked.length).toBeGreaterThan(2)
  expect(locked).not.toContain(false)
})

test('a thread that has no slot yet does not disturb a collection', () => {
  const { memory, interpreter, ada, ben, cem } = threeCounters()
  ada.detach()
  cem.detach()
  let collected = false
  const before = memory.get(interpreter.threads)
  // She holds the mutex of the slots twice: to reserve one and, once he is in the list, to bind it to him.
  const act = () => {
    expect(memory.get(interpreter.threads)).not.toBe(before)
    collect(ben)
    collected = true
  }
  memory.before('compareExchange', interpreter.qsbr.mutex, act, 3)
  createThread(ben, interpreter)
  expect(collected).toBe(true)
})
