import { describe, expect, test } from 'vitest'
import type { Change } from '../../protocol/messages.ts'
import { OBJECTS } from '../../runtime/heap/allocators.ts'
import { IMMORTAL, ObjectHeader } from '../../runtime/refcount/object-header.ts'
import { Theatre } from '../../testing/stage.ts'
import { type Circumstances, interpret } from './happenings.ts'
import { emptyMemory, Process } from './process.ts'
import type { Trace } from './trace.ts'

const theatre = new Theatre()

function anObject() {
  const process = Process.begin(emptyMemory(0))
  const object = process.runtime.allocate(OBJECTS, ObjectHeader.size, 'object')
  const circumstances: Circumstances = { actor: 'Ada', process, actorAt: (seat) => `actor at ${seat}` }
  const tell = (...trace: Trace[]) => {
    const changes: Change[] = []
    return { events: interpret(trace, circumstances, changes), changes }
  }
  return { process, object, circumstances, tell }
}

test('changes that nobody wants are not told, the events are the same', () => {
  const { process, object, tell, circumstances } = anObject()
  process.give('object x', object)
  const write: Trace = { did: 'write', at: object + ObjectHeader.offset.local, from: 1, to: IMMORTAL }
  const told = tell(write)
  expect(told.changes).toHaveLength(1)
  expect(interpret([write], circumstances)).toEqual(told.events)
})

test('a trace of nothing tells nothing', () => {
  expect(anObject().tell()).toEqual({ events: [], changes: [] })
})

test('sleeps and wake-ups are told with who it was', () => {
  const { tell } = anObject()
  expect(tell({ did: 'sleep' }, { did: 'wake', seat: 3 }).events).toEqual([
    { actor: 'Ada', event: 'parked' },
    { actor: 'Ada', event: 'woken', thread: 'actor at 3' },
  ])
})

describe('memory has its new name from the moment it is handed out', () => {
  test('so that what is done to it before it is named is told', () => {
    const { object, tell } = anObject()
    const { events, changes } = tell(
      { did: 'expect', at: object, access: 'live' },
      { did: 'write', at: object + ObjectHeader.offset.local, from: 0, to: 1 },
      { did: 'name', key: 'object x', at: object },
    )
    expect([events, changes]).toEqual([[], [{ actor: 'Ada', at: 'x local', from: '0', to: '1' }]])
  })

  test('and its old one until then', () => {
    const { process, object, tell } = anObject()
    process.give('object x', object)
    const { events } = tell(
      { did: 'expect', at: object, access: 'dead' },
      { did: 'expect', at: object, access: 'live' },
      { did: 'name', key: 'object y', at: object },
    )
    expect(events).toEqual([{ actor: 'Ada', event: 'freed', object: 'x' }])
    expect(process.nameAt('object', object)).toBe('y')
  })

  test('but not the name of a later use, if it was freed in between without one', () => {
    const { object, tell } = anObject()
    const { changes } = tell(
      { did: 'expect', at: object, access: 'live' },
      { did: 'write', at: object + ObjectHeader.offset.local, from: 0, to: 1 },
      { did: 'expect', at: object, access: 'freed' },
      { did: 'expect', at: object, access: 'live' },
      { did: 'name', key: 'object x', at: object },
    )
    expect(changes).toEqual([])
  })
})

test('an event of something that has no name is told without one', () => {
  const { object, tell } = anObject()
  const { events } = tell(
    { did: 'event', event: { event: 'finalized', address: object } },
    { did: 'event', event: { event: 'retired', address: object } },
    { did: 'event', event: { event: 'served', request: 'merge' } },
  )
  expect(events).toEqual([
    { actor: 'Ada', event: 'finalized' },
    { actor: 'Ada', event: 'retired' },
    { actor: 'Ada', event: 'served', request: 'merge' },
  ])
})

test('a write that changes nothing is not told', () => {
  const { process, object, tell } = anObject()
  process.give('object x', object)
  expect(tell({ did: 'write', at: object, from: 5, to: 5 })).toEqual({ events: [], changes: [] })
})

test('values are told in the words of the features', async () => {
  const { step } = await theatre.attached('Ada', 'Ben')
  await step('Ada', 'slot.create', { slot: 's' })
  await step('Ada', 'object.create', { object: 'x' })
  const changes = async (actor: string, op: string, args: Record<string, unknown>) => {
    const { changes = [] } = await step(actor, op, args)
    return changes.map(({ at, from, to }) => `${at}: ${from} → ${to}`)
  }
  expect(await changes('Ada', 'object.incref', { object: 'x' })).toEqual(['x local: 1 → 2'])
  expect(await changes('Ben', 'object.decref', { object: 'x' })).toEqual(['x shared: 0 → 0 queued', 'Ada requests: none → merge'])
  expect(await changes('Ada', 'slot.publish', { slot: 's', object: 'x' })).toContain('s holds: nothing → x')
  expect(await changes('Ada', 'object.make-immortal', { object: 'x' })).toEqual([
    'x local: 2 → immortal',
    'x owner: Ada → nobody',
    'x shared: 0 queued → 0',
  ])
  expect(await changes('Ben', 'thread.detach', {})).toEqual(['Ben sequence: 1 → 0', 'Ben state: attached → detached'])
  expect(await changes('Ada', 'world.stop', { scope: 'all' })).toEqual(
    expect.arrayContaining(['Ben state: detached → suspended', 'all: stopped: no → yes']),
  )
  await step('Ada', 'world.start', { scope: 'all' })
})
