import { describe, expect, test } from 'vitest'
import { SharedMemory } from '../../runtime/memory/shared-memory.ts'
import { type Holdable, Holdings, holdableIn, WRITER } from './holdings.ts'

const HOLDABLE: Holdable = { actors: ['Ada', 'Ben'], objects: ['x', 'many-2'], locks: ['m', 'r'] }

function begin() {
  const memory = new SharedMemory(new SharedArrayBuffer(Holdings.bytes(HOLDABLE)))
  const holdings = new Holdings(memory, 0, HOLDABLE)
  const did = (actor: string, op: Parameters<Holdings['around']>[1], args: object, facts = {}) =>
    holdings.around(actor, op, args as Record<string, unknown>, () => facts as Record<string, unknown>)
  return { memory, holdings, did, references: (object = 'x') => holdings.references(memory, object) }
}

test('what may be held is what operations name, and the programs in them', () => {
  const drops = [{ op: 'object.decref', args: { object: 'y' } }]
  const asks = [{ op: 'mutex.lock', args: { mutex: 'm' } }]
  const sets = [{ op: 'rwlock.lock', args: { rwlock: 'r' } }]
  expect(
    holdableIn(
      ['Ada'],
      [
        { op: 'object.create', args: { object: 'x', finalizer: drops } },
        { op: 'thread.handle', args: { program: asks } },
        { op: 'once.run', args: { during: sets } },
        { op: 'object.incref', args: { object: 'x' } },
        { op: 'thread.exit' },
      ],
    ),
  ).toEqual({ actors: ['Ada'], objects: ['x', 'y'], locks: ['m', 'r'] })
})

describe('references', () => {
  test.for([
    ['object.create', { references: 3 }, {}, 3],
    ['object.create', {}, {}, 1],
    ['object.incref', { times: 2 }, {}, 2],
    ['object.incref', {}, {}, 1],
    ['object.locked-incref', {}, {}, 1],
    ['object.try-incref', {}, { granted: true }, 1],
    ['object.try-incref', {}, { granted: false }, 0],
    ['object.decref', { times: 2 }, {}, -2],
    ['slot.take', { slot: 's' }, { taken: 'x' }, 1],
    ['slot.take', { slot: 's' }, { taken: null }, 0],
    ['slot.publish', { slot: 's' }, { replaced: null }, -1],
    ['slot.publish', { slot: 's', object: 'y' }, { replaced: 'x' }, 1],
    ['slot.clear', { slot: 's' }, { replaced: 'x' }, 1],
    ['object.set-count', { count: '3' }, {}, undefined],
    ['object.add-count', { count: '3' }, {}, undefined],
    ['object.make-mortal', { count: 3 }, {}, undefined],
    ['thread.exit', {}, {}, 0],
  ] as const)('%s %o with %o makes them %i', ([op, args, facts, expected]) => {
    const { did, references } = begin()
    did('Ada', op, { object: 'x', ...args }, facts)
    expect(references()).toBe(expected)
  })

  test('a block in a slot is none', () => {
    const { did, references } = begin()
    did('Ada', 'slot.publish', { slot: 's', block: 'b' }, { replaced: null })
    expect(references()).toBe(0)
  })

  test('to one of many are counted if anybody names it', () => {
    const { did, references } = begin()
    did('Ada', 'object.create-many', { prefix: 'many', count: 3 })
    expect(references('many-2')).toBe(1)
    did('Ben', 'object.decref-many', { prefix: 'many', count: 2 })
    expect(references('many-2')).toBe(0)
  })

  test('are those of all actors together', () => {
    const { did, references } = begin()
    did('Ada', 'object.create', { object: 'x', references: 2 })
    did('Ben', 'object.decref', { object: 'x' })
    expect(references()).toBe(1)
  })

  test('are given up when the operation begins, and held when it has ended', () => {
    const { memory, holdings, references } = begin()
    holdings.around('Ada', 'object.incref', { object: 'x' }, () => {
      expect(references()).toBe(0)
      expect(holdings.isBusy(memory)).toBe(true)
      return {}
    })
    expect(holdings.isBusy(memory)).toBe(false)
    holdings.around('Ada', 'object.decref', { object: 'x' }, () => {
      expect(references()).toBe(0)
      return {}
    })
  })

  test('are still held if the operation that gives them up is refused', () => {
    const { memory, holdings, did, references } = begin()
    did('Ada', 'object.create', { object: 'x' })
    const refused = () =>
      holdings.around('Ada', 'object.decref', { object: 'x' }, () => {
        throw new Error('refused')
      })
    expect(refused).toThrow('refused')
    expect(references()).toBe(1)
    expect(holdings.isBusy(memory)).toBe(false)
  })
})

test('a lock is held once for each reader, and differently by a writer', () => {
  const { memory, holdings, did } = begin()
  const held = (lock: string) => holdings.held(memory, lock)
  did('Ada', 'mutex.lock', { mutex: 'm' }, { outcome: 'timed out' })
  expect(held('m')).toBe(0)
  did('Ada', 'mutex.lock', { mutex: 'm' }, { outcome: 'acquired' })
  expect(held('m')).toBe(1)
  did('Ada', 'mutex.unlock', { mutex: 'm' })
  did('Ben', 'mutex.lock', { mutex: 'm' }, { outcome: 'handed off' })
  expect(held('m')).toBe(1)
  did('Ada', 'rwlock.lock', { rwlock: 'r', mode: 'write' })
  expect(held('r')).toBe(WRITER)
  did('Ada', 'rwlock.unlock', { rwlock: 'r', mode: 'write' })
  did('Ada', 'rwlock.lock', { rwlock: 'r', mode: 'read' })
  did('Ben', 'rwlock.lock', { rwlock: 'r', mode: 'read' })
  expect(held('r')).toBe(2)
})

test('it is known where an object lies, and which thread an actor is', () => {
  const { memory, holdings } = begin()
  holdings.named('object', 'x', 640)
  holdings.named('object', 'unknown', 704)
  holdings.named('actor', 'Ada', 64)
  holdings.named('mutex', 'm', 128)
  expect(holdings.addressOf(memory, 'x')).toBe(640)
  expect([holdings.identityOf(memory, 'Ada'), holdings.identityOf(memory, 'Ben')]).toEqual([64, 0])
})

test('a thread is busy while any actor of its identity is', () => {
  const { memory, holdings, did } = begin()
  holdings.named('actor', 'Ada', 64)
  holdings.named('actor', 'Ben', 64)
  holdings.around('Ben', 'thread.exit', {}, () => {
    expect([holdings.isBusy(memory, 64), holdings.isBusy(memory, 128)]).toEqual([true, false])
    did('Ada', 'thread.exit', {})
    return {}
  })
  expect(holdings.isBusy(memory, 64)).toBe(false)
})
