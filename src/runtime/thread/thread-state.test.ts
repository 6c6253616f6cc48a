import { expect, test } from 'vitest'
import { EndlessSleep } from '../../testing/scripted-memory.ts'
import { CELLS } from '../../testing/sleepers.ts'
import { meanwhile, threeSleepers } from '../../testing/three-sleepers.ts'
import { CACHE_LINE, CELL, NULL } from '../memory/memory.ts'
import { waiting } from '../sync/parking-lot.ts'
import { ATTACHED, attach, DETACHED, each, leave, link, release, SUSPENDED, suspendDetached, ThreadState, unlink } from './thread-state.ts'

function aThread() {
  return { ...threeSleepers(), thread: ThreadState.at(CELLS + CACHE_LINE) }
}

test('a detached thread attaches', () => {
  const { memory, ada, thread } = aThread()
  attach(ada, thread)
  expect(memory.get(thread.state)).toBe(ATTACHED)
})

test.for([DETACHED, SUSPENDED] as const)('a thread that leaves is what it leaves as: %i', (to) => {
  const { memory, ada, thread } = aThread()
  attach(ada, thread)
  leave(memory, thread, to)
  expect(memory.get(thread.state)).toBe(to)
})

test('only a detached thread is suspended by somebody else', () => {
  const { memory, ada, thread } = aThread()
  expect(suspendDetached(memory, thread)).toBe(true)
  expect(suspendDetached(memory, thread)).toBe(false)
  release(memory, ada.lot, thread)
  attach(ada, thread)
  expect(suspendDetached(memory, thread)).toBe(false)
  expect(memory.get(thread.state)).toBe(ATTACHED)
})

test('a suspended thread sleeps until it is let go', () => {
  const { memory, ada, lot, thread } = aThread()
  suspendDetached(memory, thread)
  expect(() => attach(ada, thread)).toThrow(EndlessSleep)
  expect([...waiting(memory, lot, thread.state)]).toEqual([ada.waiter.address])
  release(memory, lot, thread)
  expect([...waiting(memory, lot, thread.state)]).toEqual([])
  attach(ada, thread)
  expect(memory.get(thread.state)).toBe(ATTACHED)
})

test('a thread that is let go while it falls asleep attaches', () => {
  const { memory, ada, lot, thread } = aThread()
  suspendDetached(memory, thread)
  meanwhile(memory, ada, () => release(memory, lot, thread))
  attach(ada, thread)
  expect(memory.get(thread.state)).toBe(ATTACHED)
})

test('a thread that is suspended again before it could attach sleeps on', () => {
  const { memory, ada, lot, thread } = aThread()
  suspendDetached(memory, thread)
  meanwhile(memory, ada, () => {
    release(memory, lot, thread)
    suspendDetached(memory, thread)
  })
  expect(() => attach(ada, thread)).toThrow(EndlessSleep)
  expect(memory.get(thread.state)).toBe(SUSPENDED)
})

function aList() {
  const { memory } = threeSleepers()
  const head = CELLS + CELL
  const threads = [1, 2, 3].map((index) => ThreadState.at(CELLS + index * CACHE_LINE)) as [ThreadState, ThreadState, ThreadState]
  for (const thread of threads) link(memory, head, thread)
  const listed = () => [...each(memory, head)].map(({ address }) => threads.findIndex((thread) => thread.address === address))
  return { memory, head, threads, listed }
}

test('threads are listed newest first', () => {
  expect(aList().listed()).toEqual([2, 1, 0])
})

test.for([0, 1, 2])('a thread leaves the list to the others, wherever it stands in it: %i', (place) => {
  const { memory, head, threads, listed } = aList()
  unlink(memory, head, threads[place] as ThreadState)
  const left = [2, 1, 0].filter((index) => index !== place)
  expect(listed()).toEqual(left)
  for (const index of left) unlink(memory, head, threads[index] as ThreadState)
  expect(memory.get(head)).toBe(NULL)
})
