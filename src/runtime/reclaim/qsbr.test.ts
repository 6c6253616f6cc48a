import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { Crew } from '../../testing/crew.ts'
import { scripted } from '../../testing/scripted.ts'
import { SEEDED } from '../../testing/seeded.ts'
import { begin, cells, enter } from '../../testing/setting.ts'
import { collect } from '../interpreter/collect.ts'
import { type Address, CACHE_LINE } from '../memory/memory.ts'
import {
  advance,
  atMost,
  attach,
  DEFERRAL_LIMIT,
  DETACHED,
  deferredAdvance,
  detach,
  FIRST,
  isReached,
  poll,
  Qsbr,
  QsbrMisuse,
  QsbrSlot,
  quiescentState,
  type Sequence,
  STEP,
} from './qsbr.ts'
import { initialise } from './qsbr-slots.ts'

const TABLE = 2 * CACHE_LINE + Qsbr.size
const SLOTS = 4

/** A table of four slots, none of them attached. @param start of both sequences. */
function aTable(start: Sequence = FIRST) {
  const memory = scripted(TABLE + SLOTS * QsbrSlot.size)
  const qsbr = Qsbr.at(CACHE_LINE)
  initialise(memory, qsbr)
  memory.set(qsbr.slots, TABLE)
  memory.set(qsbr.size, SLOTS)
  memory.store(qsbr.writeSequence, start)
  memory.store(qsbr.readSequence, start)
  const slots = Array.from({ length: SLOTS }, (_, index) => TABLE + index * QsbrSlot.size) as [Address, Address, Address, Address]
  return {
    memory,
    qsbr,
    slots,
    attach: (slot: Address) => attach(memory, qsbr, slot),
    detach: (slot: Address) => detach(memory, slot),
    quiescent: (slot: Address) => quiescentState(memory, qsbr, slot),
    advance: () => advance(memory, qsbr),
    defer: (slot: Address) => deferredAdvance(memory, qsbr, slot),
    poll: (slot: Address, goal: Sequence) => poll(memory, qsbr, slot, goal),
    reached: (goal: Sequence) => isReached(memory, qsbr, goal),
    write: () => memory.get(qsbr.writeSequence),
    read: () => memory.get(qsbr.readSequence),
    sequenceOf: (slot: Address) => memory.get(slot + QsbrSlot.offset.sequence),
  }
}

/** Just before the sequence wraps around, and just before it changes its sign. */
const STARTS = [FIRST, -1, -3, 2 ** 31 - 1, 2 ** 31 - 3].map((start) => start | 0)

describe.for(STARTS)('from sequence %i on', (start) => {
  test('a goal is reached once every attached thread has reported it, also at exactly the goal', () => {
    const { slots, attach, advance, poll, quiescent, read } = aTable(start)
    const [ada, ben, cem] = slots
    for (const slot of [ada, ben, cem]) attach(slot)
    const goal = advance()
    for (const slot of [cem, ada, ben]) {
      expect(poll(ada, goal)).toBe(false)
      quiescent(slot)
    }
    expect([poll(ada, goal), read()]).toEqual([true, goal])
  })

  test('a thread that detaches, or attaches later, holds back no earlier goal', () => {
    const { slots, attach, detach, advance, poll, quiescent } = aTable(start)
    const [ada, ben, cem] = slots
    attach(ada)
    attach(ben)
    const goal = advance()
    quiescent(ada)
    attach(cem)
    expect(poll(ada, goal)).toBe(false)
    detach(ben)
    expect(poll(ada, goal)).toBe(true)
    attach(ben)
    expect(poll(ada, goal)).toBe(true)
  })

  test('twenty-one deferred advances advance twice, and each goal is what will be advanced to', () => {
    const { slots, attach, defer, write } = aTable(start)
    attach(slots[0])
    const goals = Array.from({ length: 2 * DEFERRAL_LIMIT + 1 }, () => (defer(slots[0]) - start) | 0)
    expect(goals).toEqual([...Array(10).fill(STEP), ...Array(10).fill(2 * STEP), 3 * STEP])
    expect((write() - start) | 0).toBe(2 * STEP)
  })

  test('a goal that was not advanced to is never reached', () => {
    const { slots, attach, defer, poll, quiescent, detach } = aTable(start)
    const [ada, ben] = slots
    attach(ada)
    attach(ben)
    const goal = defer(ada)
    quiescent(ada)
    detach(ben)
    expect(poll(ada, goal)).toBe(false)
  })

  test('the sequence is never that of a detached thread', () => {
    const { advance } = aTable(start)
    for (let i = 0; i < 4; i++) expect(advance()).not.toBe(DETACHED)
  })
})

test('a thread that never reports holds back even its own goals', () => {
  const { slots, attach, advance, poll } = aTable()
  attach(slots[0])
  expect(poll(slots[0], advance())).toBe(false)
})

test('asking without looking at the threads says what the last look said', () => {
  const { slots, attach, advance, quiescent, reached, poll } = aTable()
  attach(slots[0])
  const goal = advance()
  quiescent(slots[0])
  expect(reached(goal)).toBe(false)
  poll(slots[0], goal)
  expect(reached(goal)).toBe(true)
})

test('a goal that the last look has answered is not looked for again', () => {
  const { memory, slots, attach, advance, quiescent, poll } = aTable()
  for (const slot of slots) attach(slot)
  const goal = advance()
  for (const slot of slots) quiescent(slot)
  expect(poll(slots[0], goal)).toBe(true)
  const looks = vi.spyOn(memory, 'load')
  expect(poll(slots[0], goal)).toBe(true)
  expect(looks).not.toHaveBeenCalled()
  expect(poll(slots[0], advance())).toBe(false)
  for (const slot of slots) expect(looks).toHaveBeenCalledWith(slot + QsbrSlot.offset.sequence)
})

test('deferrals are counted on while the thread is detached', () => {
  const { slots, attach, detach, defer, write } = aTable()
  for (let i = 1; i <= DEFERRAL_LIMIT; i++) {
    expect(write()).toBe(FIRST)
    attach(slots[0])
    defer(slots[0])
    detach(slots[0])
  }
  expect(write()).toBe(FIRST + STEP)
})

test('deferrals are counted per thread', () => {
  const { slots, attach, defer, write } = aTable()
  for (const slot of slots) {
    attach(slot)
    for (let i = 1; i < DEFERRAL_LIMIT; i++) defer(slot)
  }
  expect(write()).toBe(FIRST)
  defer(slots[3])
  expect(write()).toBe(FIRST + STEP)
})

describe('misuse is reported, and changes nothing:', () => {
  test('attaching twice', () => {
    const { slots, attach, sequenceOf, advance } = aTable()
    attach(slots[0])
    advance()
    expect(() => attach(slots[0])).toThrow(QsbrMisuse)
    expect(sequenceOf(slots[0])).toBe(FIRST)
  })

  test('detaching, reporting or polling while detached', () => {
    const { slots, detach, quiescent, poll, sequenceOf } = aTable()
    expect(() => detach(slots[0])).toThrow(QsbrMisuse)
    expect(() => quiescent(slots[0])).toThrow(QsbrMisuse)
    expect(() => poll(slots[0], FIRST)).toThrow(QsbrMisuse)
    expect(sequenceOf(slots[0])).toBe(DETACHED)
  })
})

describe('between two accesses of another thread', () => {
  test('a thread that attaches with an old sequence holds back what is newer, and the read sequence does not go back', () => {
    const { memory, slots, attach, advance, poll, quiescent, read, sequenceOf } = aTable()
    const [ada, ben] = slots
    attach(ada)
    const goals: Sequence[] = []
    memory.before('store', ben + QsbrSlot.offset.sequence, () => {
      for (let i = 0; i < 3; i++) goals.push(advance())
      quiescent(ada)
      expect(poll(ada, goals[2] as Sequence)).toBe(true)
    })
    attach(ben)
    expect([sequenceOf(ben), read()]).toEqual([FIRST, goals[2]])
    const later = advance()
    quiescent(ada)
    expect([poll(ada, later), read()]).toEqual([false, goals[2]])
    quiescent(ben)
    expect(poll(ada, later)).toBe(true)
  })

  test('of two polls at a time, the one that loses may answer yes though the cache says less', () => {
    const { memory, qsbr, slots, attach, advance, quiescent, poll, read, reached } = aTable()
    const [ada, ben] = slots
    attach(ada)
    attach(ben)
    const [first, second] = [advance(), advance()]
    quiescent(ada)
    quiescent(ben)
    memory.before('compareExchange', qsbr.readSequence, () => memory.store(qsbr.readSequence, first))
    expect(poll(ada, second)).toBe(true)
    expect([read(), reached(second)]).toEqual([first, false])
    expect(poll(ada, second)).toBe(true)
    expect(read()).toBe(second)
  })

  test('a poll believes a newer look than its own', () => {
    const { memory, qsbr, slots, attach, advance, quiescent, poll } = aTable()
    const [ada, ben] = slots
    attach(ada)
    attach(ben)
    const goal = advance()
    // She has looked at everybody; before she writes it down, he has reported and looked again.
    memory.before('load', qsbr.readSequence, () => {
      quiescent(ada)
      quiescent(ben)
      memory.store(qsbr.readSequence, goal)
    })
    expect(poll(ada, goal)).toBe(true)
  })
})

/** Every order in which the steps of two threads can interleave. */
function* interleavings<Step>(one: readonly Step[], other: readonly Step[]): Generator<readonly Step[]> {
  const [[first, ...rest], [second, ...remains]] = [one, other]
  if (first === undefined || second === undefined) return yield [...one, ...other]
  for (const tail of interleavings(rest, other)) yield [first, ...tail]
  for (const tail of interleavings(one, remains)) yield [second, ...tail]
}

test('memory is never freed while a reader holds it, in any order of whole operations', () => {
  const reader = ['attach', 'read', 'drop', 'report'] as const
  const writer = ['unlink', 'advance', 'poll', 'poll'] as const
  const orders = [...interleavings<(typeof reader | typeof writer)[number]>(reader, writer)]
  expect(orders.length).toBe(70)
  for (const order of orders) {
    const table = aTable()
    const [ada, ben] = table.slots
    table.attach(ada)
    let [linked, held, freed, goal] = [true, false, false, FIRST]
    const steps = {
      attach: () => table.attach(ben),
      read: () => {
        held = linked
      },
      drop: () => {
        held = false
      },
      report: () => table.quiescent(ben),
      unlink: () => {
        linked = false
      },
      advance: () => {
        goal = table.advance()
        table.quiescent(ada)
      },
      poll: () => {
        freed ||= table.poll(ada, goal)
        expect(freed && held, order.join(' ')).toBe(false)
      },
    }
    for (const step of order) steps[step]()
  }
})

type Step =
  | { readonly do: 'attach' | 'detach' | 'report' | 'defer' | 'advance'; readonly by: number }
  | { readonly do: 'poll'; readonly by: number; readonly goal: number }

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constantFrom('attach' as const, 'detach' as const, 'report' as const, 'defer' as const, 'advance' as const),
    by: fc.nat(3),
  }),
  fc.record({ do: fc.constant('poll' as const), by: fc.nat(3), goal: fc.nat(9) }),
)

test('in any order of operations, a poll says yes exactly if nobody is missing who was attached at the advance', () => {
  fc.assert(
    fc.property(fc.integer({ min: -(2 ** 30), max: 2 ** 30 - 1 }), fc.boolean(), fc.array(step, { maxLength: 80 }), (half, near, steps) => {
      const start = near ? (2 ** 31 - 9 + 2 * (half & 7)) | 0 : (2 * half + 1) | 0
      const { slots, attach, detach, quiescent, advance, defer, poll, write, read, reached, sequenceOf } = aTable(start)
      const attached = new Set<number>()
      /** Who has yet to report, by goal, as a number of advances. */
      const missing: Set<number>[] = [new Set()]
      const deferrals = [0, 0, 0, 0]
      /** What each attached thread has reported last. */
      const reported = [0, 0, 0, 0]
      const goalOf = (advances: number) => (start + advances * STEP) | 0
      let lastRead = 0
      const advances = () => {
        missing.push(new Set(attached))
        return missing.length - 1
      }
      for (const { do: what, by, ...rest } of steps) {
        const slot = slots[by] as Address
        if (what === 'attach') {
          if (attached.has(by)) continue
          attach(slot)
          attached.add(by)
          reported[by] = missing.length - 1
        } else if (!attached.has(by)) {
          continue
        } else if (what === 'detach') {
          detach(slot)
          attached.delete(by)
          for (const goal of missing) goal.delete(by)
        } else if (what === 'report') {
          quiescent(slot)
          reported[by] = missing.length - 1
          for (const goal of missing) goal.delete(by)
        } else if (what === 'advance') {
          expect(advance()).toBe(goalOf(advances()))
        } else if (what === 'defer') {
          deferrals[by] = ((deferrals[by] as number) + 1) % DEFERRAL_LIMIT
          const promised = goalOf(missing.length)
          if (deferrals[by] === 0) advances()
          expect(defer(slot)).toBe(promised)
        } else {
          const goal = missing.length - ('goal' in rest ? rest.goal : 0)
          if (goal < 0) continue
          const known = reached(goalOf(goal))
          const nobody = goal < missing.length && (missing[goal] as Set<number>).size === 0
          expect(poll(slot, goalOf(goal))).toBe(nobody)
          if (known) expect(nobody).toBe(true)
          // What a look finds out is kept for the next.
          else expect(read()).toBe(goalOf(Math.max(lastRead, Math.min(...[...attached].map((thread) => reported[thread] as number)))))
        }
        expect(write()).toBe(goalOf(missing.length - 1))
        const now = ((read() - start) | 0) / STEP
        expect(now).toBeGreaterThanOrEqual(lastRead)
        expect(now).toBeLessThan(missing.length)
        lastRead = now
        for (const [index, slot] of slots.entries()) {
          expect(sequenceOf(slot) === DETACHED).toBe(!attached.has(index))
          if (attached.has(index)) expect(atMost(sequenceOf(slot), write())).toBe(true)
        }
      }
    }),
    { ...SEEDED, numRuns: 200 },
  )
})

test('comparing is right across the wrap-around, up to half the numbers apart', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 0, max: 2 ** 31 - 1 }), (sequence, distance) => {
      expect(atMost(sequence, (sequence + distance) | 0)).toBe(true)
      if (distance > 0) expect(atMost((sequence + distance) | 0, sequence)).toBe(false)
    }),
    SEEDED,
  )
})

describe('between two real threads', { timeout: 60_000 }, () => {
  const BODIES = new URL('../../testing/contention/reclaim.ts', import.meta.url)
  let crew: Crew
  beforeAll(() => {
    crew = new Crew(2)
  })
  afterAll(() => crew.end())

  test('a reader never sees memory that was freed, or used again, under it', async () => {
    const setting = begin()
    const { memory, runtime } = setting
    const [gate, place, done] = [cells(setting), cells(setting), cells(setting)]
    const [published, wrong] = await crew.run(BODIES, memory.buffer, [
      { body: 'publish', args: [gate, place, done, 4000] },
      { body: 'readAll', args: [gate, place, done] },
    ])
    expect(wrong).toBe(0)
    expect(published).toBe(4000)
    // What they left behind is freed by whoever collects next.
    collect(enter(setting))
    expect([...runtime.arena.blocks()].filter(({ name }) => name === 'block')).toEqual([])
  })
})
