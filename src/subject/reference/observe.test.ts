import { describe, expect, test } from 'vitest'
import { State } from '../../protocol/states.ts'
import { MEMORY } from '../../runtime/heap/allocators.ts'
import { bind, createThread } from '../../runtime/interpreter/lifecycle.ts'
import { ThreadRecord } from '../../runtime/interpreter/records.ts'
import { sleeper } from '../../runtime/interpreter/thread.ts'
import { CELL, NULL } from '../../runtime/memory/memory.ts'
import { park } from '../../runtime/sync/parking-lot.ts'
import { OsThread } from '../../runtime/thread/thread-state.ts'
import { EndlessSleep, ScriptedMemory } from '../../testing/scripted-memory.ts'
import { QUIET } from '../../testing/setting.ts'
import { Theatre } from '../../testing/stage.ts'
import { UnknownName } from './actor.ts'
import { observe } from './observe.ts'
import { emptyMemory, Process } from './process.ts'

const theatre = new Theatre()

/** Looks, and lets the protocol's schema look too. */
const look = (process: Process, query: Parameters<typeof observe>[1]) => State.parse(observe(process, query, () => ({ parked: null })))

/** A process with one actor, looked at from inside. */
function aProcess() {
  const process = Process.begin(emptyMemory(0))
  const { runtime } = process
  const os = runtime.createOsThread()
  process.give('actor Ada', os.address)
  const interpreter = runtime.createInterpreter(sleeper(runtime, os))
  process.give('interpreter main', interpreter.address)
  return { process, runtime, os: OsThread.at(os.address), interpreter }
}

test('an actor without a thread state is absent', () => {
  expect(look(aProcess().process, { of: 'thread', thread: 'Ada' })).toMatchObject({
    state: 'absent',
    bound: false,
    interpreter: null,
    slot: null,
  })
})

test('a thread state that has no slot yet has neither a sequence nor deferrals', () => {
  const { process, runtime, os, interpreter } = aProcess()
  const record = createThread({ runtime, os }, interpreter)
  process.memory.set(record.slot, NULL)
  process.give('thread Ada', record.address)
  expect(look(process, { of: 'thread', thread: 'Ada' })).toMatchObject({ state: 'detached', sequence: '0', slot: null, deferrals: 0 })
})

test('what a thread state is, and which of it the public view shows', () => {
  const { process, runtime, os, interpreter } = aProcess()
  const thread = bind(runtime, os, createThread({ runtime, os }, interpreter), QUIET)
  thread.attach()
  process.give('thread Ada', thread.thread)
  expect(look(process, { of: 'thread', thread: 'Ada' })).toMatchObject({
    state: 'attached',
    bound: true,
    registered: true,
    interpreter: 'main',
    sequence: '1',
    slot: 7,
    privateFields: Object.keys(ThreadRecord.fields).slice(1),
  })
})

test('threads and sleepers that the scenario gave no name are somebody', () => {
  const { process, runtime, os, interpreter } = aProcess()
  createThread({ runtime, os }, interpreter)
  expect(look(process, { of: 'interpreter' })).toMatchObject({ threads: ['somebody'] })
  const mutex = runtime.allocate(MEMORY, CELL, 'mutex')
  process.give('mutex m', mutex)
  const stranger = { ...sleeper(runtime, runtime.createOsThread()), memory: new ScriptedMemory(process.shared.buffer) }
  for (const parker of [{ ...stranger, waiter: os.waiter }, stranger]) expect(() => park(parker, mutex, 0)).toThrow(EndlessSleep)
  expect(look(process, { of: 'mutex', mutex: 'm' })).toMatchObject({ locked: false, waiting: ['Ada', 'somebody'] })
})

test('what has no name cannot be looked at', () => {
  const { process } = aProcess()
  expect(() => look(process, { of: 'thread', thread: 'Eve' })).toThrow(UnknownName)
  expect(() => look(process, { of: 'object', object: 'x' })).toThrow(UnknownName)
})

describe('a block', () => {
  test('is allocated, then retired with a goal, then freed', async () => {
    const { step, observe } = await theatre.attached('Ada')
    const block = { of: 'block', block: 'b' } as const
    await step('Ada', 'block.allocate', { block: 'b', domain: 'objects' })
    expect(await observe(block)).toEqual({ of: 'block', state: 'allocated', domain: 'objects', goal: null })
    await step('Ada', 'block.retire', { block: 'b' })
    expect(await observe(block)).toEqual({ of: 'block', state: 'retired', domain: 'objects', goal: '3' })
    await step('Ada', 'collector.run')
    expect(await observe(block)).toEqual({ of: 'block', state: 'freed', domain: 'objects', goal: null })
  })
})

describe('an object', () => {
  test('is told with both counts, and where it is queued', async () => {
    const { step, observe } = await theatre.attached('Ada', 'Ben')
    const object = { of: 'object', object: 'x' } as const
    await step('Ada', 'object.create', { object: 'x', references: 3 })
    await step('Ben', 'object.decref', { object: 'x', times: 2 })
    const expected = { alive: true, owner: 'Ada', local: '3', shared: '-1', references: '2', state: 'queued', queuedFor: 'Ada' }
    expect(await observe(object)).toMatchObject(expected)
  })

  test('that is freed has no counts, but its finalizations', async () => {
    const { step, observe } = await theatre.attached('Ada')
    await step('Ada', 'object.create', { object: 'x', finalizer: [] })
    await step('Ada', 'object.decref', { object: 'x' })
    expect(await observe({ of: 'object', object: 'x' })).toMatchObject({ alive: false, references: '0', state: 'none', finalizations: 1 })
  })
})

test('looking changes nothing', async () => {
  const { step, observe } = await theatre.attached('Ada')
  await step('Ada', 'object.create', { object: 'x' })
  const look = async () => [
    await observe({ of: 'object', object: 'x' }),
    await observe({ of: 'thread', thread: 'Ada' }),
    await observe({ of: 'interpreter' }),
    await observe({ of: 'allocators' }),
  ]
  expect(await look()).toEqual(await look())
})

test('after a fork each process is seen by its own actors', async () => {
  const { step, observe } = await theatre.attached('Ada', 'Ben')
  await step('Ada', 'object.create', { object: 'x', finalizer: [] })
  await step('Ada', 'object.create', { object: 'y', finalizer: [] })
  await step('Ada', 'object.decref', { object: 'y' })
  await step('Ben', 'thread.exit')
  await step('Ada', 'process.fork', { child: 'Ben' })
  await step('Ben', 'object.decref', { object: 'x' })
  const alive = async (object: string, seenBy?: string) => {
    const state = await observe({ of: 'object', object, ...(seenBy === undefined ? {} : { seenBy }) })
    return state.of === 'object' && [state.alive, state.finalizations]
  }
  expect([await alive('x'), await alive('x', 'Ada'), await alive('x', 'Ben')]).toEqual([
    [true, 0],
    [true, 0],
    [false, 1],
  ])
  expect([await alive('y', 'Ada'), await alive('y', 'Ben')]).toEqual([
    [false, 1],
    [false, 1],
  ])
})
