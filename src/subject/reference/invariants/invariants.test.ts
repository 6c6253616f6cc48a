import { describe, expect, test } from 'vitest'
import { MEMORY } from '../../../runtime/heap/allocators.ts'
import { Runtime } from '../../../runtime/interpreter/runtime.ts'
import { CELL, NULL } from '../../../runtime/memory/memory.ts'
import { SharedMemory } from '../../../runtime/memory/shared-memory.ts'
import { makeRoom } from '../../../runtime/reclaim/free-queue.ts'
import { DEFERRAL_LIMIT, QsbrSlot } from '../../../runtime/reclaim/qsbr.ts'
import { bucketOf } from '../../../runtime/refcount/merge-queue.ts'
import { IMMORTAL, MAYBE_WEAKREF, MERGED, NONE, ObjectHeader, ONE, QUEUED } from '../../../runtime/refcount/object-header.ts'
import { push } from '../../../runtime/refcount/object-stack.ts'
import { Place } from '../../../runtime/refcount/place.ts'
import { FREE, LOCKED, PARKED } from '../../../runtime/sync/mutex.ts'
import { bucketLock, park } from '../../../runtime/sync/parking-lot.ts'
import { MERGE } from '../../../runtime/thread/requests.ts'
import { ATTACHED, DETACHED, SUSPENDED } from '../../../runtime/thread/thread-state.ts'
import { enter } from '../../../testing/setting.ts'
import { Holdings } from '../holdings.ts'
import { NamedMemory } from '../named-memory.ts'
import { invariants, RULES } from './index.ts'

const ARENA = 96 * 1024
const WHOLE = 128 * 1024

/** What an actor is about to do. */
interface Doing {
  readonly at: number
  readonly actor?: string
  readonly operation?: 'load' | 'add' | 'store' | 'compareExchange'
  readonly leaves?: number
}

/** A runtime at rest: Ada is attached and owns the object x, Ben is detached, and there are a slot s, a mutex m and a shared lock r. */
function atRest() {
  const memory = new SharedMemory(new SharedArrayBuffer(WHOLE))
  const runtime = Runtime.create(memory, ARENA)
  const named = new NamedMemory(runtime)
  const holdings = new Holdings(memory, ARENA, { actors: ['Ada', 'Ben'], objects: ['x', 'y'], locks: ['m', 'r'] })
  const give = (kind: 'actor' | 'object' | 'slot' | 'mutex' | 'rwlock', name: string, address: number): number => {
    named.give(`${kind} ${name}`, address)
    holdings.named(kind, name, address)
    return address
  }
  const os = runtime.createOsThread()
  const interpreter = runtime.createInterpreter({ memory, lot: runtime.record.parkingLot, waiter: os.waiter })
  const [ada, ben] = [enter({ runtime, interpreter }), enter({ runtime, interpreter })]
  give('actor', 'Ada', ada.identity)
  give('actor', 'Ben', ben.identity)
  ben.detach()
  const did = (actor: string, op: Parameters<Holdings['around']>[1], args: Record<string, unknown>, facts = {}) => {
    holdings.around(actor, op, args, () => facts)
  }
  const make = (name: string) => {
    const object = ada.createObject(0, false)
    give('object', name, object)
    did('Ada', 'object.create', { object: name })
    return ObjectHeader.at(object)
  }
  const x = make('x')
  const slot = Place.at(give('slot', 's', runtime.allocate(MEMORY, Place.size, Place.name)))
  const mutex = give('mutex', 'm', runtime.allocate(MEMORY, CELL, 'mutex'))
  give('rwlock', 'r', runtime.allocate(MEMORY, CELL, 'rwlock'))
  const rules = invariants()
  /** The rules that are broken while these are about to do that. */
  const broken = (...doing: Doing[]): string[] => {
    const about = doing.map(({ actor = 'Ada', at, operation = 'load', leaves }) => ({
      actor,
      asleep: false,
      operation,
      address: at,
      ...(leaves === undefined ? {} : { leaves }),
    }))
    const situation = { next: (address: number) => about.filter((one) => one.address === address) }
    return rules.filter((rule) => rule.broken(memory, { named, holdings }, situation) !== undefined).map(({ name }) => name)
  }
  /** The same, in the midst of an operation of an actor. */
  const brokenMeanwhile = (actor: string, ...doing: Doing[]): string[] => {
    let found: string[] = []
    holdings.around(actor, 'thread.safe-point', {}, () => {
      found = broken(...doing)
      return {}
    })
    return found
  }
  return { memory, runtime, interpreter, named, holdings, ada, ben, give, did, make, x, slot, mutex, broken, brokenMeanwhile }
}

test('every rule holds in a runtime at rest, and has a name of its own', () => {
  expect(atRest().broken()).toEqual([])
  expect(new Set(RULES.map(({ name }) => name)).size).toBe(RULES.length)
})

test('what is seen that breaks a rule is told', () => {
  const { memory, interpreter, ada, x, named, holdings } = atRest()
  const nobody = { next: () => [] }
  memory.set(interpreter.qsbr.writeSequence, 4)
  const told = invariants().flatMap(({ broken }) => broken(memory, { named, holdings }, nobody) ?? [])
  expect(told).toContain('read 1, write 4')
  memory.set(x.shared, -ONE)
  const owned = (owner: string) => `x is owned by ${owner}, with local 1, shared -1 none`
  for (const [owner, name] of [
    [ada.identity, 'Ada'],
    [NULL, 'nobody'],
    [64, 'somebody at 64'],
  ] as const) {
    memory.set(x.owner, owner)
    expect(invariants().flatMap(({ broken }) => broken(memory, { named, holdings }, nobody) ?? [])).toContain(owned(name))
  }
  const about = { actor: 'Ben', asleep: false, operation: 'store', address: interpreter.qsbr.readSequence, leaves: -1 } as const
  const situation = { next: (address: number) => (address === about.address ? [about] : []) }
  const blamed = invariants().flatMap(({ broken }) => broken(memory, { named, holdings }, situation) ?? [])
  expect(blamed).toContainEqual({ actor: 'Ben', seen: 'Ben leaves -1 after 1' })
})

describe('an object', () => {
  const COUNTED = 'an object has as many references as are held'

  test('is counted as often as it is held, by actors, slots and queues', () => {
    const { memory, ada, x, slot, did, broken } = atRest()
    memory.set(x.local, 2)
    expect(broken()).toEqual([COUNTED])
    memory.set(slot.value, x.address)
    expect(broken()).toEqual([])
    memory.set(x.shared, 2 * ONE)
    expect(broken()).toEqual([COUNTED])
    did('Ben', 'object.incref', { object: 'x' })
    push(memory, ada, ada.record.mergeQueue.taken, x.address)
    expect(broken()).toEqual([])
  })

  test('may be counted more often while somebody is counting, and less often only while it is merged', () => {
    const { memory, x, broken, brokenMeanwhile } = atRest()
    memory.set(x.local, 2)
    expect(brokenMeanwhile('Ben')).toEqual([])
    memory.set(x.local, 0)
    expect(broken()).toEqual([COUNTED])
    expect(brokenMeanwhile('Ben')).toEqual([])
    memory.set(x.shared, -ONE | QUEUED)
    memory.set(x.local, 1)
    expect(brokenMeanwhile('Ben')).toEqual([COUNTED])
  })

  test('is not looked at if its count was set outright', () => {
    const { memory, x, did, broken } = atRest()
    did('Ada', 'object.set-count', { object: 'x', count: '7' })
    memory.set(x.local, 7)
    expect(broken()).toEqual([])
  })

  test('is not freed while somebody holds it, and is no longer looked at then', () => {
    const { memory, runtime, x, did, make, broken } = atRest()
    runtime.free(2, x.address)
    expect(broken()).toEqual(['an object that is held is not freed'])
    did('Ada', 'object.decref', { object: 'x' })
    expect(broken()).toEqual([])
    memory.set(x.local, 7)
    expect(broken()).toEqual([])
    // Its memory is another's.
    expect(make('y').address).toBe(x.address)
    expect(broken()).toEqual([])
  })

  test.for([
    ['owner', (identity: number) => identity],
    ['local', () => 2],
    ['shared', () => MERGED - ONE],
  ] as const)('that is merged and has a %s is wrong', ([field, value]) => {
    const { memory, ada, x, broken } = atRest()
    memory.set(x.owner, NULL)
    memory.set(x.local, 0)
    memory.set(x.shared, MERGED + ONE)
    expect(broken()).toEqual([])
    memory.set(x[field], value(ada.identity))
    expect(broken()).toContain('a merged object has no owner, no local references and no negative count')
  })

  test('that is dead is nobody’s business, and the field for its owner may lead to another object', () => {
    const { memory, ada, x, did, broken } = atRest()
    memory.set(x.owner, x.address)
    memory.set(x.local, 0)
    memory.set(x.shared, MERGED + ONE)
    expect(broken()).toEqual([])
    did('Ada', 'object.decref', { object: 'x' })
    memory.set(x.owner, ada.identity)
    memory.set(x.shared, MERGED)
    expect(broken()).toEqual([])
  })

  test('may count below zero only while it is queued, or about to be exchanged', () => {
    const { memory, x, brokenMeanwhile } = atRest()
    const rule = 'a shared count below zero is queued for a merge'
    memory.set(x.local, 2)
    memory.set(x.shared, -ONE)
    expect(brokenMeanwhile('Ada')).toEqual([rule])
    expect(brokenMeanwhile('Ada', { at: x.shared })).toEqual([])
    memory.set(x.shared, QUEUED - ONE)
    expect(brokenMeanwhile('Ada')).toEqual([])
  })

  test('without an owner is merged, or about to be, or not made yet', () => {
    const { memory, x, broken, brokenMeanwhile } = atRest()
    memory.set(x.owner, NULL)
    expect(broken()).toEqual(['an object without an owner is merged'])
    expect(broken({ at: x.shared })).toEqual([])
    memory.set(x.local, 0)
    expect(brokenMeanwhile('Ada')).toEqual([])
  })

  test('is counted locally by its owner alone, while there is one and the world goes on', () => {
    const { memory, interpreter, ada, x, broken } = atRest()
    const rule = 'the local count of an object is written by its owner, or by a thread that may merge in its place'
    const writes = (actor: string) => ({ actor, at: x.local, operation: 'store', leaves: 0 }) as const
    expect(broken(writes('Ada'))).toEqual([])
    expect(broken(writes('Ben'))).toEqual([rule])
    expect(broken({ actor: 'Ben', at: x.local })).toEqual([])
    memory.set(interpreter.pause.stopped, 1)
    expect(broken(writes('Ben'))).toEqual([])
    memory.set(interpreter.pause.stopped, 0)
    memory.set(x.shared, MERGED)
    expect(broken(writes('Ben'))).not.toContain(rule)
    memory.set(x.shared, NONE)
    memory.set(x.owner, ada.identity + 64)
    expect(broken(writes('Ben'))).toEqual([])
  })

  test('that is dead is counted by nobody', () => {
    const { memory, x, broken } = atRest()
    const adds = { at: x.shared, operation: 'add', leaves: MERGED + ONE } as const
    expect(broken({ ...adds, leaves: ONE })).toEqual([])
    memory.set(x.shared, MERGED)
    expect(broken(adds)).toContain('a dead object is not counted any more')
    expect(broken({ at: x.shared })).not.toContain('a dead object is not counted any more')
  })

  test.for([
    [NONE, MAYBE_WEAKREF, true],
    [NONE, MERGED, true],
    [MAYBE_WEAKREF, QUEUED, true],
    [MAYBE_WEAKREF, NONE, false],
    [QUEUED, MERGED, true],
    [QUEUED, MAYBE_WEAKREF, false],
    [MERGED + ONE, NONE, false],
    [MERGED + ONE, QUEUED, false],
    // The end of an object begins its counts anew.
    [MERGED, NONE, true],
  ] as const)('whose word is %i may be left as %i: %s', ([from, to, allowed]) => {
    const { memory, x, brokenMeanwhile } = atRest()
    memory.set(x.shared, from)
    const found = brokenMeanwhile('Ada', { at: x.shared, operation: 'compareExchange', leaves: to })
    expect(!found.includes('the flags of an object only move on')).toBe(allowed)
    expect(brokenMeanwhile('Ada', { at: x.shared })).not.toContain('the flags of an object only move on')
  })

  test('that is immortal stays so, whatever its fields say', () => {
    const { memory, x, broken } = atRest()
    memory.set(x.owner, NULL)
    memory.set(x.local, IMMORTAL)
    memory.set(x.shared, -ONE)
    expect(broken({ at: x.local })).toEqual([])
    expect(broken({ at: x.local, operation: 'store', leaves: IMMORTAL })).toEqual([])
    expect(broken({ at: x.local, operation: 'store', leaves: 0 })).toEqual(['an immortal object stays immortal'])
  })
})

describe('a queue of objects to merge', () => {
  test('holds an object once, and every object that says so', () => {
    const { memory, ada, x, did, broken, brokenMeanwhile } = atRest()
    const rule = 'a queued object waits in one queue, once'
    memory.set(x.shared, QUEUED)
    expect(broken()).toEqual([rule])
    expect(brokenMeanwhile('Ben')).toEqual([])
    did('Ben', 'object.decref', { object: 'x' })
    push(memory, ada, ada.record.mergeQueue.taken, x.address)
    expect(broken()).toEqual([])
    push(memory, ada, ada.record.mergeQueue.taken, x.address)
    expect(brokenMeanwhile('Ben')).toContain(rule)
  })

  test('holds no immortal object only because its word says so', () => {
    const { memory, ada, x, broken } = atRest()
    memory.set(x.owner, NULL)
    memory.set(x.local, IMMORTAL)
    memory.set(x.shared, QUEUED)
    expect(broken()).toEqual([])
    push(memory, ada, ada.record.mergeQueue.taken, x.address)
    expect(broken()).toEqual([])
    push(memory, ada, ada.record.mergeQueue.taken, x.address)
    expect(broken()).toEqual(['a queued object waits in one queue, once'])
  })

  test('holds only what lives', () => {
    const { memory, runtime, ada, x, did, broken } = atRest()
    did('Ada', 'object.decref', { object: 'x' })
    push(memory, ada, ada.record.mergeQueue.taken, x.address)
    runtime.free(2, x.address)
    expect(broken()).toEqual(['an object that waits for a merge is alive'])
  })

  test('is known to its thread, unless somebody is at it', () => {
    const { memory, interpreter, ada, x, did, broken, brokenMeanwhile } = atRest()
    did('Ben', 'object.decref', { object: 'x' })
    memory.set(x.shared, QUEUED)
    push(memory, ada, ada.record.mergeQueue.toMerge, x.address)
    const rule = 'a thread for which objects wait is asked to merge'
    expect(broken()).toEqual([rule])
    expect(brokenMeanwhile('Ben')).toEqual([rule])
    expect(brokenMeanwhile('Ada')).toEqual([])
    const { mutex } = bucketOf(interpreter.mergeTable, ada.identity)
    memory.set(mutex, LOCKED)
    expect(broken()).toEqual([])
    memory.set(mutex, FREE)
    memory.set(interpreter.pause.stopped, 1)
    expect(broken()).not.toContain(rule)
    memory.set(interpreter.pause.stopped, 0)
    memory.or(ada.record.base.requests, MERGE)
    expect(broken()).toEqual([])
  })

  test('stands in the bucket of its thread, and only there', () => {
    const { memory, interpreter, ada, ben, broken } = atRest()
    const rule = 'the bucket of a thread id holds each thread that can be asked to merge, once, and no other'
    const bucket = bucketOf(interpreter.mergeTable, ada.identity)
    memory.set(ada.record.mergeQueue.next, ben.record.mergeQueue.address)
    expect(broken()).toEqual([rule])
    memory.set(ada.record.mergeQueue.next, NULL)
    memory.set(bucket.first, NULL)
    expect(broken()).toEqual([rule])
    memory.set(bucket.mutex, LOCKED)
    expect(broken()).toEqual([])
  })
})

describe('a sequence', () => {
  test('of the interpreter is odd, and reads are not ahead of writes, wherever the clock stands', () => {
    const rule = 'the sequences are odd, and the read sequence is not ahead of the write sequence'
    const { memory, interpreter, broken } = atRest()
    const { writeSequence, readSequence } = interpreter.qsbr
    for (const [write, read, wrong] of [
      [4, 1, true],
      [5, 2, true],
      [5, 7, true],
      [5, 5, false],
      [-1, 1, true],
      [1, -1, false],
    ] as const) {
      memory.set(writeSequence, write)
      memory.set(readSequence, read)
      expect(broken().includes(rule), `${write} and ${read}`).toBe(wrong)
    }
  })

  test('moves on by single steps, and what is read from all never goes back', () => {
    const { interpreter, broken } = atRest()
    const { writeSequence, readSequence } = interpreter.qsbr
    const steps = 'the write sequence moves on by single steps'
    expect(broken({ at: writeSequence })).toEqual([])
    expect(broken({ at: writeSequence, operation: 'add', leaves: 3 })).toEqual([])
    expect(broken({ at: writeSequence, operation: 'add', leaves: 5 })).toEqual([steps])
    expect(broken({ at: writeSequence, operation: 'store', leaves: 3 })).toEqual([steps])
    expect(broken({ at: readSequence })).toEqual([])
    expect(broken({ at: readSequence, operation: 'store', leaves: 3 })).toEqual([])
    expect(broken({ at: readSequence, operation: 'store', leaves: -1 })).toEqual(['the read sequence never goes back'])
  })

  test('of a thread is zero, or odd and not ahead of the write sequence', () => {
    const { memory, ada, broken } = atRest()
    const sequence = ada.slot() + QsbrSlot.offset.sequence
    for (const [value, wrong] of [
      [1, false],
      [2, true],
      [3, true],
    ] as const) {
      memory.set(sequence, value)
      expect(broken(), String(value)).toEqual(wrong ? ['the sequence of a thread is zero, or odd and not ahead of the write sequence'] : [])
    }
  })

  test('does not stand in a free slot, and no thread holds one', () => {
    const { memory, interpreter, broken } = atRest()
    const free = memory.get(interpreter.qsbr.free)
    const rule = 'a free slot has no sequence and no thread'
    memory.set(free + QsbrSlot.offset.sequence, 1)
    expect(broken()).toEqual([rule])
    memory.set(free + QsbrSlot.offset.sequence, 0)
    memory.set(free + QsbrSlot.offset.holder, free)
    expect(broken()).toContain(rule)
    memory.set(interpreter.qsbr.mutex, LOCKED)
    expect(broken()).toEqual([])
  })

  test('stands in a slot that its thread knows', () => {
    const { memory, interpreter, ada, ben, broken } = atRest()
    const rule = 'a slot and the thread that reports in it know each other'
    const holder = ben.slot() + QsbrSlot.offset.holder
    memory.set(holder, NULL)
    expect(broken()).toEqual([rule])
    memory.set(interpreter.qsbr.mutex, LOCKED)
    expect(broken()).toEqual([])
    memory.set(interpreter.qsbr.mutex, FREE)
    memory.set(holder, ada.record.slot)
    expect(broken()).toEqual([rule])
    memory.set(holder, ben.record.slot)
    memory.set(ben.record.slot, NULL)
    expect(broken()).toEqual([rule])
    memory.set(holder, NULL)
    expect(broken()).toEqual([])
  })

  test('is put off only so often', () => {
    const { memory, ada, broken } = atRest()
    const deferrals = ada.slot() + QsbrSlot.offset.deferrals
    memory.set(deferrals, DEFERRAL_LIMIT - 1)
    expect(broken()).toEqual([])
    memory.set(deferrals, DEFERRAL_LIMIT)
    expect(broken()).toEqual(['a round of deferred advances is shorter than its limit'])
  })
})

describe('what waits to be freed', () => {
  /** Ada's queue with one chunk, and what stands in it. */
  function waiting() {
    const scene = atRest()
    const { memory, runtime, ada } = scene
    makeRoom(memory, ada, ada.record.freeQueue)
    const chunk = memory.get(ada.record.freeQueue.head)
    const [read, write, items] = [chunk + CELL, chunk + 2 * CELL, chunk + 3 * CELL]
    const block = runtime.allocate(MEMORY, CELL, 'block')
    const wait = (index: number, goal = 3) => {
      memory.set(items + index * 3 * CELL, block)
      memory.set(items + (index * 3 + 1) * CELL, goal)
      memory.set(items + (index * 3 + 2) * CELL, MEMORY)
      memory.set(write, index + 1)
    }
    return { ...scene, block, read, write, wait }
  }

  test('waits once, and is not freed', () => {
    const { runtime, block, wait, broken } = waiting()
    const rule = 'a block that waits to be freed waits once, and is not freed'
    wait(0)
    expect(broken()).toEqual([])
    wait(1)
    expect(broken()).toEqual([rule])
    wait(0)
    runtime.free(MEMORY, block)
    expect(broken()).toEqual([rule])
  })

  test('has a goal that is odd, and no later than the next write sequence', () => {
    const { wait, broken } = waiting()
    const rule = 'a goal is odd, and at most the next write sequence'
    for (const [goal, wrong] of [
      [3, false],
      [2, true],
      [5, true],
    ] as const) {
      wait(0, goal)
      expect(broken(), String(goal)).toEqual(wrong ? [rule] : [])
    }
  })

  test('is read no further than it was written', () => {
    const { memory, read, wait, broken } = waiting()
    wait(0)
    memory.set(read, 2)
    expect(broken()).toEqual(['a chunk is read no further than it is written'])
  })

  test('is announced once it is the interpreter’s, unless somebody is at it', () => {
    const { memory, interpreter, ada, broken } = waiting()
    memory.set(interpreter.abandonedFrees.queue.head, memory.get(ada.record.freeQueue.head))
    memory.set(ada.record.freeQueue.head, NULL)
    expect(broken()).toEqual(['work that was left to the interpreter is announced'])
    memory.set(interpreter.abandonedFrees.mutex, LOCKED)
    expect(broken()).toEqual([])
    memory.set(interpreter.abandonedFrees.mutex, FREE)
    memory.set(interpreter.abandonedFrees.hasWork, 1)
    expect(broken()).toEqual([])
  })

  test('does not wait with a thread that is cleared', () => {
    const { memory, ada, interpreter, broken, brokenMeanwhile } = waiting()
    memory.set(bucketOf(interpreter.mergeTable, ada.identity).first, NULL)
    memory.set(ada.record.mergeQueue.identity, NULL)
    expect(brokenMeanwhile('Ada')).toEqual([])
    expect(broken()).toEqual(['a thread that is cleared has left what it had retired'])
  })
})

describe('a pause', () => {
  const COUNTED = 'a pause waits for as many threads as are not at rest'

  test('begins only when every other thread is suspended', () => {
    const { memory, interpreter, ada, ben, broken } = atRest()
    memory.set(interpreter.pause.requested, 1)
    memory.set(interpreter.pause.stopped, 1)
    memory.set(interpreter.pause.requester, ada.thread)
    expect(broken()).toEqual(['while the world is stopped, every thread is suspended but the one that stopped it'])
    memory.set(ben.record.base.state, SUSPENDED)
    expect(broken()).toEqual([])
  })

  test('of all interpreters too', () => {
    const { memory, runtime, broken } = atRest()
    memory.set(runtime.record.pauseOfAll.requested, 1)
    memory.set(runtime.record.pauseOfAll.stopped, 1)
    expect(broken()).toEqual(['while the world is stopped, every thread is suspended but the one that stopped it'])
  })

  test('waits for those who are not at rest, and for those who have yet to say that they are', () => {
    const { memory, runtime, interpreter, ada, ben, broken, brokenMeanwhile } = atRest()
    const { countdown } = interpreter.pause
    memory.set(interpreter.pause.requested, 1)
    memory.set(interpreter.pause.requester, ada.thread)
    expect(broken()).toEqual([COUNTED])
    memory.set(countdown, 1)
    expect(broken()).toEqual([])
    memory.set(ben.record.base.state, SUSPENDED)
    expect(broken()).toEqual([COUNTED])
    expect(brokenMeanwhile('Ben')).toEqual([])
    memory.set(countdown, 2)
    expect(brokenMeanwhile('Ben')).toEqual([COUNTED])
    memory.set(runtime.record.listLock, LOCKED)
    expect(broken()).toEqual([])
  })

  test('is why somebody is suspended', () => {
    const { memory, runtime, interpreter, ben, broken } = atRest()
    const rule = 'a thread is suspended only during a pause'
    memory.set(ben.record.base.state, SUSPENDED)
    expect(broken()).toEqual([rule])
    for (const cell of [runtime.record.listLock, runtime.record.pauseOfAll.requested, interpreter.pause.requested]) {
      memory.set(cell, 1)
      expect(broken()).not.toContain(rule)
      memory.set(cell, 0)
    }
  })
})

describe('a thread', () => {
  test('is attached where it is bound, and nowhere else', () => {
    const { memory, ada, ben, broken } = atRest()
    const rule = 'a thread state is attached on one thread at most, and that is where it is bound'
    memory.set(ben.os.current, ada.thread)
    expect(broken()).toEqual([rule])
    memory.set(ben.os.current, NULL)
    memory.set(ada.record.base.state, DETACHED)
    expect(broken()).toEqual([rule])
    memory.set(ada.os.current, ada.os.address)
    expect(broken()).toContain(rule)
  })

  test('that another thread has succeeded under its id is one with it', () => {
    const { ada, give, broken } = atRest()
    give('actor', 'Ben', ada.identity)
    expect(broken()).toEqual([])
  })

  test('reports sequences while it is attached, from a moment later', () => {
    const { memory, interpreter, ada, ben, broken } = atRest()
    const rule = 'a thread reports sequences exactly while it is attached'
    memory.set(ben.slot() + QsbrSlot.offset.sequence, 1)
    expect(broken({ at: ben.slot() + QsbrSlot.offset.sequence })).toEqual([rule])
    memory.set(ben.slot() + QsbrSlot.offset.sequence, 0)
    memory.set(ada.slot() + QsbrSlot.offset.sequence, 0)
    expect(broken()).toEqual([rule])
    expect(broken({ at: ada.slot() + QsbrSlot.offset.sequence })).toEqual([])
    expect(broken({ at: interpreter.qsbr.writeSequence })).toEqual([])
  })

  test('that has no slot yet reports nothing', () => {
    const { memory, ben, broken } = atRest()
    memory.set(ben.slot() + QsbrSlot.offset.holder, NULL)
    memory.set(ben.record.slot, NULL)
    expect(broken()).toEqual([])
  })

  test.for([
    ['Ben', DETACHED, ATTACHED, true],
    ['Ben', ATTACHED, DETACHED, true],
    ['Ben', ATTACHED, SUSPENDED, true],
    ['Ben', SUSPENDED, DETACHED, false],
    ['Ben', SUSPENDED, ATTACHED, false],
    ['Ada', DETACHED, ATTACHED, false],
    ['Ada', DETACHED, SUSPENDED, false],
    ['Ada', SUSPENDED, DETACHED, false],
    ['Ada', DETACHED, DETACHED, true],
  ] as const)('Ben’s is changed by %s from %i to %i: %s', ([actor, from, to, allowed]) => {
    const { memory, ben, broken } = atRest()
    memory.set(ben.record.base.state, from)
    const rule = 'a thread attaches and detaches only itself, and only the one that stops or starts the world suspends and releases others'
    const changes = { actor, at: ben.record.base.state, operation: 'store', leaves: to } as const
    expect(!broken(changes).includes(rule)).toBe(allowed)
    expect(broken({ actor, at: ben.record.base.state })).not.toContain(rule)
  })

  test.for([
    [DETACHED, SUSPENDED, true],
    [SUSPENDED, DETACHED, true],
    [DETACHED, ATTACHED, false],
  ] as const)('is changed under the lock of the list from %i to %i by who stops or starts the world: %s', ([from, to, allowed]) => {
    const { memory, runtime, ben, broken } = atRest()
    memory.set(runtime.record.listLock, LOCKED)
    memory.set(ben.record.base.state, from)
    expect(broken({ at: ben.record.base.state, operation: 'store', leaves: to }).length === 0).toBe(allowed)
  })
})

describe('a lock', () => {
  const LOCK = { mutex: 'm' }

  test('has one holder, or readers', () => {
    const { memory, mutex, did, broken } = atRest()
    const rule = 'a lock has one holder, or many that only read'
    memory.set(mutex, LOCKED)
    did('Ada', 'mutex.lock', LOCK, { outcome: 'acquired' })
    expect(broken()).toEqual([])
    did('Ben', 'mutex.lock', LOCK, { outcome: 'handed off' })
    expect(broken()).toEqual([rule])
    did('Ben', 'mutex.unlock', LOCK)
    did('Ada', 'rwlock.lock', { rwlock: 'r', mode: 'read' })
    did('Ben', 'rwlock.lock', { rwlock: 'r', mode: 'read' })
    expect(broken()).toEqual([])
    did('Ben', 'rwlock.unlock', { rwlock: 'r', mode: 'read' })
    did('Ben', 'rwlock.lock', { rwlock: 'r', mode: 'write' })
    expect(broken()).toEqual([rule])
    did('Ada', 'rwlock.unlock', { rwlock: 'r', mode: 'read' })
    expect(broken()).toEqual([])
  })

  test('that is held is locked', () => {
    const { did, give, runtime, broken } = atRest()
    did('Ada', 'mutex.lock', LOCK, { outcome: 'acquired' })
    expect(broken()).toEqual(['a mutex that is held is locked'])
    did('Ada', 'mutex.unlock', LOCK)
    // No operation of the race or before it names this one.
    give('mutex', 'n', runtime.allocate(MEMORY, CELL, 'mutex'))
    expect(broken()).toEqual([])
  })

  test('that somebody is parked on says so, unless the bucket is being changed', () => {
    const { memory, runtime, mutex, ben, broken } = atRest()
    const { parkingLot } = runtime.record
    // The sleep ends at once, and leaves the waiter as if it was still there.
    const before = { head: memory.get(bucketLock(parkingLot, mutex) + CELL) }
    expect(before.head).toBe(NULL)
    memory.set(mutex, LOCKED)
    expect(park({ memory, lot: parkingLot, waiter: ben.os.waiter }, mutex, LOCKED, 0)).toBe('timed out')
    expect(broken()).toEqual([])
    memory.set(bucketLock(parkingLot, mutex) + CELL, ben.os.waiter.address)
    expect(broken()).toEqual(['a mutex on which a thread is parked says so'])
    memory.set(bucketLock(parkingLot, mutex), 1)
    expect(broken()).toEqual([])
    memory.set(bucketLock(parkingLot, mutex), 0)
    memory.set(mutex, LOCKED | PARKED)
    expect(broken()).toEqual([])
  })
})
