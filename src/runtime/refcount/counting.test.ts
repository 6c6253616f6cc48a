/**
 * Counting as a whole: three threads take, drop, hand over and look at references in any order.
 * A model knows who holds what; after every operation the runtime has to agree with it.
 */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Crew } from '../../testing/crew.ts'
import { type Counted, counted, threeCounters } from '../../testing/objects.ts'
import { SEEDED } from '../../testing/seeded.ts'
import { begin, cells, enter } from '../../testing/setting.ts'
import { MEMORY } from '../heap/allocators.ts'
import { collect } from '../interpreter/collect.ts'
import { clearThread, deleteThread } from '../interpreter/lifecycle.ts'
import { safePoint } from '../interpreter/safe-point.ts'
import type { Thread } from '../interpreter/thread.ts'
import { type Address, CELL, type Memory, NULL } from '../memory/memory.ts'
import { MERGE } from '../thread/requests.ts'
import { allowTryIncref, decref, incref, increfAndAllow, isUniquelyReferenced, tryIncref } from './biased.ts'
import { makeImmortal } from './immortal.ts'
import { BUCKETS, MergeQueue, MergeTable, queued } from './merge-queue.ts'
import { isImmortal, references } from './object-header.ts'
import { Place } from './place.ts'

interface Step {
  readonly do: Operation
  readonly by: number
  readonly to: number
  readonly object: number
}

/** What the model knows of an object. */
interface Known {
  readonly address: Address
  /** References that each thread holds. */
  readonly held: number[]
  immortal: boolean
  dead: boolean
  /** Its finalizer gives a reference to the first thread, once. */
  comesBack: boolean
  finalized: number
  before: Counted
}

const ARROWS = {
  none: ['none', 'maybe weakref', 'queued', 'merged'],
  'maybe weakref': ['maybe weakref', 'queued', 'merged'],
  queued: ['queued', 'merged'],
  merged: ['merged'],
} as const satisfies Record<Counted['state'], readonly Counted['state'][]>

class Model {
  readonly setting = threeCounters()
  readonly threads: Thread[] = [this.setting.ada, this.setting.ben, this.setting.cem]
  readonly objects: Known[] = []
  /** Threads that have not exited. */
  living = [0, 1, 2]

  constructor() {
    this.setting.finalizers.set(1, (thread, address) => {
      const object = this.objects.findLast((object) => object.address === address) as Known
      object.finalized += 1
      if (!object.comesBack) return
      object.comesBack = false
      incref(thread, address)
      this.hold(object, this.living[0] as number, 1)
    })
  }

  hold(object: Known, thread: number, change: number): void {
    object.held[thread] = (object.held[thread] as number) + change
  }

  waiting(object: Known): number {
    const queues = this.living.map((thread) => (this.threads[thread] as Thread).record.mergeQueue)
    return queues.flatMap((queue) => [...queued(this.setting.memory, queue)]).filter((at) => at === object.address).length
  }

  /** Runs an action of one thread while the others are detached. */
  alone(thread: number, act: () => void): void {
    const others = this.living.filter((other) => other !== thread).map((other) => this.threads[other] as Thread)
    for (const other of others) other.detach()
    act()
    for (const other of others) other.attach()
  }

  /** Performs a step, if it is allowed at all, and checks what came of it. */
  take({ do: operation, by, to, object: which }: Step): void {
    const me = this.living[by % this.living.length] as number
    const you = this.living[to % this.living.length] as number
    const thread = this.threads[me] as Thread
    const object = this.objects.filter(({ dead }) => !dead)[which]
    if (isForThreads(operation)) FOR_THREADS[operation](this, me)
    else if (
      object &&
      (operation === 'try' || object.held.some((count, holder) => count > 0 && (holder === me || operation === 'incref under a lock')))
    ) {
      FOR_OBJECTS[operation]({ model: this, object, thread, me, you })
    }
    this.check(thread)
  }

  create(me: number, comesBack: boolean): void {
    const { look } = this.setting
    const address = (this.threads[me] as Thread).createObject(1, false)
    const held = [0, 0, 0]
    held[me] = 1
    this.objects.push({ address, held, immortal: false, dead: false, comesBack, finalized: 0, before: look(address) })
  }

  exit(me: number): void {
    if (this.living.length === 1) return
    this.living = this.living.filter((thread) => thread !== me)
    for (const object of this.objects) {
      this.hold(object, this.living[0] as number, object.held[me] as number)
      object.held[me] = 0
    }
    const thread = this.threads[me] as Thread
    clearThread(thread)
    deleteThread(thread)
  }

  /** Lets every thread drop what it holds, until nothing is held. */
  dropAll(): void {
    const holding = () => this.objects.find(({ dead, immortal, held }) => !dead && !immortal && held.some((count) => count > 0))
    for (let object = holding(); object; object = holding()) {
      const me = object.held.findIndex((count) => count > 0)
      this.hold(object, me, -1)
      decref(this.threads[me] as Thread, object.address)
      this.check(this.threads[me] as Thread)
    }
  }

  check(actor: Thread): void {
    for (const object of this.objects) if (!object.dead) this.checkObject(object, actor)
    this.checkTable()
  }

  checkObject(object: Known, actor: Thread): void {
    const { memory, look, alive, ada } = this.setting
    const { address, held, before } = object
    const entries = this.waiting(object)
    const total = held.reduce((sum, count) => sum + count, 0) + entries
    if (object.immortal) {
      expect([alive(address), isImmortal(memory, address)]).toEqual([true, true])
      return
    }
    expect(alive(address)).toBe(total > 0)
    if (total === 0) {
      object.dead = true
      expect(object.finalized).toBe(1)
      return
    }
    const now = look(address)
    expect(references(memory, address)).toBe(total)
    expect(entries).toBeLessThanOrEqual(1)
    if (now.state === 'queued') expect(entries).toBe(1)
    if (now.state === 'none' || now.state === 'maybe weakref') expect(entries).toBe(0)
    if (now.shared < 0) expect(now.state).toBe('queued')
    expect(now.state === 'merged').toBe(now.owner === NULL)
    if (now.state === 'merged') expect(now.local).toBe(0)
    // A finalizer's object begins anew.
    if (object.finalized === 0) expect(ARROWS[before.state]).toContain(now.state)
    if (now.owner !== NULL && now.owner === before.owner && now.owner !== actor.identity) expect(now.local).toBe(before.local)
    if (isUniquelyReferenced(ada, address)) expect(total).toBe(1)
    object.before = now
  }

  /** Every thread stands in the one bucket of its identity, and is asked if something waits there. */
  checkTable(): void {
    const { memory, interpreter } = this.setting
    const bytes = MergeTable.size / BUCKETS
    const registered = Array.from({ length: BUCKETS }, (_, index) => memory.get(interpreter.mergeTable.buckets + index * bytes + CELL))
    for (const thread of this.living.map((index) => this.threads[index] as Thread)) {
      const { mergeQueue, base } = thread.record
      const buckets = registered.flatMap((first, index) => (listed(memory, first, mergeQueue.address) ? [index] : []))
      expect(buckets).toEqual([thread.identity % BUCKETS])
      if (memory.get(mergeQueue.toMerge) !== NULL) expect(memory.get(base.requests) & MERGE).toBe(MERGE)
    }
  }
}

/** Whether a queue stands in the list of a bucket. */
function listed(memory: Memory, first: Address, wanted: Address): boolean {
  for (let at = first; at !== NULL; at = memory.get(at + MergeQueue.offset.next)) if (at === wanted) return true
  return false
}

/** What a thread does, whatever it holds. */
const FOR_THREADS = {
  create: (model: Model, me: number) => model.create(me, false),
  'create one that comes back': (model: Model, me: number) => model.create(me, true),
  'pass a safe point': (model: Model, me: number) => {
    safePoint(model.threads[me] as Thread)
  },
  collect: (model: Model, me: number) => model.alone(me, () => collect(model.threads[me] as Thread)),
  exit: (model: Model, me: number) => model.exit(me),
} as const

interface Doing {
  readonly model: Model
  readonly object: Known
  readonly thread: Thread
  readonly me: number
  readonly you: number
}

/** What a thread does to an object of which it holds a reference or, where it says so, need not. */
const FOR_OBJECTS = {
  incref: ({ model, object, thread, me }: Doing) => {
    incref(thread, object.address)
    model.hold(object, me, 1)
  },
  decref: ({ model, object, thread, me }: Doing) => {
    model.hold(object, me, -1)
    decref(thread, object.address)
  },
  'decref without memory': ({ model, object, thread, me }: Doing) => {
    const { arena } = model.setting.runtime
    model.hold(object, me, -1)
    model.alone(me, () => {
      arena.limit(0)
      decref(thread, object.address)
      arena.limit(null)
    })
  },
  give: ({ model, object, me, you }: Doing) => {
    model.hold(object, me, -1)
    model.hold(object, you, 1)
  },
  /** By anybody. */
  try: ({ model, object, thread, me }: Doing) => {
    if (tryIncref(thread, object.address)) model.hold(object, me, 1)
    else expect(object.before).toMatchObject({ shared: 0, state: 'none' })
  },
  /** By anybody, as long as somebody holds one: the container whose lock is held. */
  'incref under a lock': ({ model, object, thread, me }: Doing) => {
    increfAndAllow(thread, object.address)
    model.hold(object, me, 1)
  },
  allow: ({ model, object }: Doing) => allowTryIncref(model.setting.memory, object.address),
  immortalize: ({ model, object }: Doing) => {
    makeImmortal(model.setting.memory, object.address)
    object.immortal = true
  },
} as const

type Operation = keyof typeof FOR_THREADS | keyof typeof FOR_OBJECTS

const isForThreads = (operation: Operation): operation is keyof typeof FOR_THREADS => Object.hasOwn(FOR_THREADS, operation)

/** The first few are likelier, so that most objects come to an end. */
const LIKELY: readonly Operation[] = ['decref', 'decref', 'incref', 'give', 'try']
const OPERATIONS: readonly Operation[] = [...LIKELY, ...(Object.keys({ ...FOR_THREADS, ...FOR_OBJECTS }) as Operation[])]

const step: fc.Arbitrary<Step> = fc.record({ do: fc.constantFrom(...OPERATIONS), by: fc.nat(2), to: fc.nat(2), object: fc.nat(2) })

test('whatever three threads do, both counts add up to what is held, and each object ends once, when nobody holds it', () => {
  const seen = new Set<string>()
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const model = new Model()
      model.create(0, false)
      model.create(1, true)
      for (const next of steps) {
        model.take(next)
        for (const { before, dead } of model.objects) seen.add(dead ? 'dead' : before.state)
      }
      // A second round for the objects that come back.
      for (const _ of [1, 2]) {
        model.dropAll()
        for (const me of model.living) safePoint(model.threads[me] as Thread)
        model.check(model.threads[model.living[0] as number] as Thread)
      }
      const immortal = model.objects.filter((object) => object.immortal).length
      expect(model.objects.filter(({ dead }) => dead).length).toBe(model.objects.length - immortal)
      expect(model.setting.runtime.inUse().objects).toBe(immortal)
    }),
    { ...SEEDED, numRuns: 150 },
  )
  expect([...seen].sort()).toEqual(['dead', 'maybe weakref', 'merged', 'none', 'queued'])
})

describe('between two real threads', { timeout: 60_000 }, () => {
  const BODIES = new URL('../../testing/contention/counting.ts', import.meta.url)
  const COUNT = 3000
  let crew: Crew
  beforeAll(() => {
    crew = new Crew(2)
  })
  afterAll(() => crew.end())

  test.for([
    ['that lives on', false],
    ['that exits meanwhile', true],
  ] as const)('each object of an owner %s ends exactly once', async ([, early]) => {
    const setting = begin()
    const { memory, runtime } = setting
    const [gate, done] = [cells(setting), cells(setting)]
    const [objects, ends] = [cells(setting, COUNT), cells(setting, COUNT)]
    await crew.run(BODIES, memory.buffer, [
      { body: 'own', args: [gate, objects, ends, done, COUNT, early] },
      { body: 'share', args: [gate, objects, ends, done, COUNT] },
    ])
    const times = Array.from({ length: COUNT }, (_, index) => memory.get(ends + index * CELL))
    expect(times.filter((time) => time !== 1)).toEqual([])
    expect(runtime.inUse().objects).toBe(0)
  })

  test('no count of two threads that are not the owner is lost', async () => {
    const setting = begin()
    const { memory } = setting
    const owner = enter(setting)
    const object = owner.createObject(0, false)
    owner.detach()
    const part = { body: 'countOn', args: [cells(setting), object, 10_000] }
    await crew.run(BODIES, memory.buffer, [part, part])
    expect(counted(memory, object)).toEqual({ owner: owner.identity, local: 1, shared: 0, state: 'none' })
  })

  test('who takes an object from a place without a lock never holds a dead one, and each ends exactly once', async () => {
    const setting = begin()
    const { memory, runtime } = setting
    const [gate, done, place] = [cells(setting), cells(setting), runtime.allocate(MEMORY, Place.size, Place.name)]
    const ends = cells(setting, COUNT)
    const [, dead] = await crew.run(BODIES, memory.buffer, [
      { body: 'replace', args: [gate, place, ends, done, COUNT] },
      { body: 'takeAndLook', args: [gate, place, ends, done, COUNT] },
    ])
    expect(dead).toBe(0)
    const times = Array.from({ length: COUNT }, (_, index) => memory.get(ends + index * CELL))
    expect(times.filter((time) => time !== 1)).toEqual([])
    expect(runtime.inUse().objects).toBe(0)
  })
})
