import { describe, expect, test } from 'vitest'
import { sleeper } from '../../runtime/interpreter/thread.ts'
import { LOCAL } from '../../runtime/refcount/object-header.ts'
import { ThreadMisuse } from '../../runtime/thread/thread-state.ts'
import { Theatre } from '../../testing/stage.ts'
import { Actor, UnknownName } from './actor.ts'
import { emptyMemory, Process } from './process.ts'
import { bitOf } from './requests.ts'
import type { Note } from './trace.ts'

const theatre = new Theatre()

/** An actor on this thread, which therefore must not sleep, and what it notes. */
function anActor() {
  const { runtime } = Process.begin(emptyMemory(0))
  const notes: Note[] = []
  const surroundings = { note: (note: Note) => notes.push(note), unchecked: runtime.memory }
  return { actor: new Actor('Ada', runtime, runtime.createOsThread(), surroundings), notes }
}

test('a name stands for what it was last given to, and is told to the host', () => {
  const { actor, notes } = anActor()
  actor.give('object', 'x', 128)
  actor.give('block', 'y', 128)
  expect([actor.address('object', 'x'), actor.nameAt(['object'], 128), actor.nameAt(['object', 'block'], 128)]).toEqual([128, 'x', 'y'])
  expect(actor.nameAt(['mutex'], 128)).toBeNull()
  expect(notes).toEqual([
    { did: 'name', key: 'object x', at: 128 },
    { did: 'name', key: 'block y', at: 128 },
  ])
})

test('what has no name, no thread state or no interpreter any more is said to be missing', () => {
  const { actor } = anActor()
  expect(() => actor.address('object', 'x')).toThrow(new UnknownName('there is no object named "x"'))
  expect(() => actor.thread).toThrow(new UnknownName('Ada has no thread state'))
  actor.give('interpreter', 'other', 64)
  expect(() => actor.interpreter('other')).toThrow(new UnknownName('the interpreter "other" has ended'))
})

test('what only an attached thread may touch is refused to one that is detached', () => {
  const { actor } = anActor()
  actor.give('interpreter', 'main', actor.runtime.createInterpreter(sleeper(actor.runtime, actor.os)).address)
  actor.perform('thread.enter', {})
  actor.perform('object.create', { object: 'x' })
  actor.perform('thread.detach', {})
  for (const op of ['object.incref', 'block.retire', 'collector.run', 'section.end', 'slot.take'] as const) {
    expect(() => actor.perform(op, { object: 'x' })).toThrow(new ThreadMisuse(`${op} is for attached threads, and Ada is detached`))
  }
  actor.perform('cell.create', { cell: 'c', value: 0 })
  actor.perform('thread.attach', {})
  actor.perform('object.incref', { object: 'x' })
  expect(actor.memory.get(actor.address('object', 'x') + LOCAL)).toBe(2)
})

test('nobody enters a world that it has stopped itself', () => {
  const { actor } = anActor()
  actor.give('interpreter', 'main', actor.runtime.createInterpreter(sleeper(actor.runtime, actor.os)).address)
  actor.perform('world.stop', { scope: 'all' })
  expect(() => actor.perform('thread.enter', {})).toThrow(new ThreadMisuse('Ada has stopped the world that it enters'))
  expect(actor.threads).toEqual([])
  actor.perform('world.start', { scope: 'all' })
  actor.perform('thread.enter', {})
  expect(actor.thread.isAttached).toBe(true)
})

test('an actor without a thread state sleeps all the same, without detaching', () => {
  const { actor } = anActor()
  expect(actor.parker).toMatchObject({ waiter: actor.os.waiter })
  expect(actor.parker.whileDetached).toBeUndefined()
})

test('another of the same knows and has what this one does, and from then on each goes its own way', () => {
  const { actor, notes } = anActor()
  actor.give('interpreter', 'main', actor.runtime.createInterpreter(sleeper(actor.runtime, actor.os)).address)
  actor.perform('thread.enter', {})
  actor.perform('cell.create', { cell: 'c', value: 0 })
  actor.programs.push([{ op: 'cell.store', args: { cell: 'c', value: 2 } }])
  actor.handle('signals', [{ op: 'cell.store', args: { cell: 'c', value: 3 } }], true)
  const before = notes.length
  const own: Note[] = []
  const twin = actor.again({ note: (note) => own.push(note), unchecked: actor.unchecked })

  expect([twin.name, twin.os, twin.address('cell', 'c')]).toEqual([actor.name, actor.os, actor.address('cell', 'c')])
  expect(twin.thread).not.toBe(actor.thread)
  expect(twin.thread.record).toBe(actor.thread.record)
  const cell = () => actor.memory.get(actor.address('cell', 'c'))
  twin.finalize(twin.thread, 128, 1)
  expect(cell()).toBe(2)
  expect(twin.serve(twin.thread, bitOf('signals'))).toBe(false)
  expect(cell()).toBe(3)

  twin.handle('signals', [], false)
  twin.perform('thread.request', { thread: 'Ada', request: 'signals' })
  expect(twin.perform('thread.safe-point', {})).toEqual({ served: ['signals'], failed: null })
  twin.give('block', 'b', 256)
  twin.programs.push([])
  twin.perform('thread.exit', {})
  expect(() => actor.address('block', 'b')).toThrow(UnknownName)
  expect(actor.programs).toHaveLength(1)
  expect(actor.threads).toHaveLength(1)
  expect(twin.threads).toHaveLength(0)
  expect(actor.serve(actor.thread, bitOf('signals'))).toBe(false)
  expect(notes).toHaveLength(before)
  expect(own.map((note) => (note.did === 'name' ? note.key : note.event.event))).toEqual(['finalized', 'served', 'block b', 'thread Ada'])
})

describe('as the embedder', () => {
  test('it runs the finalizer that the object was made with, on the thread that ends it', async () => {
    const { step } = await theatre.attached('Ada', 'Ben')
    await step('Ada', 'cell.create', { cell: 'c', value: 0 })
    await step('Ada', 'object.create', { object: 'x', finalizer: [{ op: 'cell.store', args: { cell: 'c', value: 1 } }] })
    await step('Ada', 'object.create', { object: 'y', finalizer: [{ op: 'cell.store', args: { cell: 'c', value: 2 } }] })
    const { events, changes } = await step('Ada', 'object.decref', { object: 'y' })
    expect(events).toContainEqual({ actor: 'Ada', event: 'finalized', object: 'y' })
    expect(changes).toContainEqual({ actor: 'Ada', at: 'c', from: '0', to: '2' })
  })

  test('it serves requests as it was told to, and those that it was told nothing about by doing nothing', async () => {
    const { step } = await theatre.attached('Ada')
    await step('Ada', 'thread.handle', { request: 'cold code' })
    await step('Ada', 'thread.handle', { request: 'exception', fails: true })
    for (const request of ['signals', 'cold code', 'exception']) await step('Ada', 'thread.request', { thread: 'Ada', request })
    expect(await step('Ada', 'thread.safe-point')).toMatchObject({
      facts: { served: ['signals', 'cold code', 'exception'], failed: 'exception' },
    })
  })
})

test('a finalizer that no program belongs to does nothing', () => {
  const { actor, notes } = anActor()
  actor.finalize({} as never, 128, 7)
  expect(notes).toEqual([{ did: 'event', event: { event: 'finalized', address: 128 } }])
})
