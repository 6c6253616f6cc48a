import { expect, test } from 'vitest'
import { LOCKED } from '../../runtime/sync/mutex.ts'
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

test('after a fork both processes are counted', async () => {
  const { step, close } = await theatre.attached('Ada', 'Ben')
  await step('Ada', 'object.create', { object: 'x' })
  await step('Ben', 'thread.exit')
  await step('Ada', 'process.fork', { child: 'Ben' })
  expect(await close()).toEqual({ ...NOTHING, objects: 2, threads: 2 })
})
