import { expect, test } from 'vitest'
import { MEMORY, OBJECTS } from '../../runtime/heap/allocators.ts'
import { bind, createThread } from '../../runtime/interpreter/lifecycle.ts'
import { sleeper } from '../../runtime/interpreter/thread.ts'
import { CACHE_LINE, NULL } from '../../runtime/memory/memory.ts'
import { push } from '../../runtime/refcount/object-stack.ts'
import { LOCKED } from '../../runtime/sync/mutex.ts'
import { QUIET } from '../../testing/setting.ts'
import { Theatre } from '../../testing/stage.ts'
import { census } from './census.ts'
import { emptyMemory, Process } from './process.ts'

const theatre = new Theatre()

const NOTHING = { objects: 0, blocks: 0, threads: 0, queued: 0, pending: 0, locks: 0, parked: 0 }

test('of a scenario that has cleared up nothing is left', async () => {
  const { step, close } = await theatre.attached('Ada', 'Ben')
  await step('Ada', 'object.create', { object: 'x' })
  await step('Ada', 'object.decref', { object: 'x' })
  for (const actor of ['Ada', 'Ben']) await step(actor, 'thread.exit')
  expect(await close()).toEqual(NOTHING)
})

test('a live object is left, an immortal one is kept on purpose', async () => {
  const { step, close } = await theatre.attached('Ada')
  await step('Ada', 'object.create', { object: 'x' })
  await step('Ada', 'object.create', { object: 'y', immortal: true })
  await step('Ada', 'thread.exit')
  expect(await close()).toEqual({ ...NOTHING, objects: 1 })
})

test('a block is left, and a block that waits to be freed is pending too', async () => {
  const { step, close } = await theatre.attached('Ada')
  await step('Ada', 'block.allocate', { block: 'a', domain: 'memory' })
  await step('Ada', 'block.allocate', { block: 'b', domain: 'objects' })
  await step('Ada', 'block.retire', { block: 'b' })
  expect(await close()).toEqual({ ...NOTHING, blocks: 2, threads: 1, pending: 1 })
})

test('what exited threads left behind is pending', async () => {
  const { step, close } = await theatre.attached('Ada')
  await step('Ada', 'block.allocate', { block: 'a', domain: 'memory' })
  await step('Ada', 'block.retire', { block: 'a' })
  await step('Ada', 'thread.exit')
  expect(await close()).toEqual({ ...NOTHING, blocks: 1, pending: 1 })
})

test('what waits in a merge queue is left', async () => {
  const { step, close } = await theatre.attached('Ada', 'Ben')
  await step('Ada', 'object.create', { object: 'x' })
  await step('Ben', 'object.decref', { object: 'x' })
  expect(await close()).toEqual({ ...NOTHING, objects: 1, threads: 2, queued: 1 })
})

test('a lock that is held is left: one that was named, and that of a pause', async () => {
  const { step, close } = await theatre.opened('Ada')
  await step('Ada', 'mutex.create', { mutex: 'm' })
  await step('Ada', 'mutex.create', { mutex: 'free' })
  await step('Ada', 'mutex.lock', { mutex: 'm' })
  await step('Ada', 'world.stop', { scope: 'interpreter' })
  expect(await close()).toEqual({ ...NOTHING, locks: 2 })
})

test('a lock of the runtime that nobody gave back is left', () => {
  const process = Process.begin(emptyMemory(0))
  const { runtime, memory } = process
  expect(census([process], 0)).toEqual(NOTHING)
  memory.store(runtime.record.listLock, LOCKED)
  expect(census([process], 0)).toEqual({ ...NOTHING, locks: 1 })
})

test('memory of the runtime that nothing leads to any more has leaked', () => {
  const process = Process.begin(emptyMemory(0))
  const { runtime, memory } = process
  const os = runtime.createOsThread()
  const interpreter = runtime.createInterpreter(sleeper(runtime, os))
  const thread = bind(runtime, os, createThread({ runtime, os }, interpreter), QUIET)
  thread.attach()
  for (const which of [MEMORY, OBJECTS] as const) thread.freeDelayed(which, runtime.allocate(which, 8, 'block'))
  expect(census([process], 0)).toEqual({ ...NOTHING, blocks: 2, pending: 2, threads: 1 })

  memory.set(thread.queue.head, NULL)
  expect(census([process], 0)).toEqual({ ...NOTHING, blocks: 2, threads: 1, leaked: ['free chunk'] })
  memory.set(interpreter.threads, NULL)
  memory.set(interpreter.qsbr.slots, NULL)
  expect(census([process], 0).leaked?.toSorted()).toEqual(['free chunk', 'slot table', 'thread state'])
  memory.set(runtime.record.interpreters, NULL)
  expect(census([process], 0).leaked?.toSorted()).toEqual(['free chunk', 'index heap', 'interpreter', 'slot table', 'thread state'])
})

test('what waits in a stack of merges has a chunk, which is lost with the stack', async () => {
  const process = Process.begin(emptyMemory(0))
  const { runtime, memory } = process
  const os = runtime.createOsThread()
  const { mergeQueue } = createThread({ runtime, os }, runtime.createInterpreter(sleeper(runtime, os)))
  for (const stack of [mergeQueue.toMerge, mergeQueue.taken]) {
    push(memory, { allocate: (bytes, name) => runtime.allocate(MEMORY, bytes, name), free: () => {} }, stack, CACHE_LINE)
  }
  expect(census([process], 0)).toEqual({ ...NOTHING, threads: 1, queued: 2 })
  for (const stack of [mergeQueue.toMerge, mergeQueue.taken]) memory.set(stack, NULL)
  expect(census([process], 0)).toEqual({ ...NOTHING, threads: 1, leaked: ['merge chunk', 'merge chunk'] })
})

test('what a scenario has made and cannot give back is not left behind', async () => {
  const { step, close } = await theatre.opened('Ada')
  await step('Ada', 'mutex.create', { mutex: 'm' })
  await step('Ada', 'mutex.create', { mutex: 'n', beside: 'm' })
  await step('Ada', 'event.create', { event: 'e' })
  await step('Ada', 'once.create', { once: 'o' })
  await step('Ada', 'rwlock.create', { rwlock: 'l' })
  await step('Ada', 'cell.create', { cell: 'c', value: 1 })
  await step('Ada', 'slot.create', { slot: 's' })
  await step('Ada', 'interpreter.create', { interpreter: 'other' })
  expect(await close()).toEqual(NOTHING)
})

test('after a fork both processes are counted', async () => {
  const { step, close } = await theatre.attached('Ada', 'Ben')
  await step('Ada', 'object.create', { object: 'x' })
  await step('Ben', 'thread.exit')
  await step('Ada', 'process.fork', { child: 'Ben' })
  expect(await close()).toEqual({ ...NOTHING, objects: 2, threads: 2 })
})
