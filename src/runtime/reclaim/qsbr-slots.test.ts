import { describe, expect, test } from 'vitest'
import { scripted } from '../../testing/scripted.ts'
import { EndlessSleep } from '../../testing/scripted-memory.ts'
import { BYTES, begin, cells } from '../../testing/setting.ts'
import { MEMORY } from '../heap/allocators.ts'
import { sleeper } from '../interpreter/thread.ts'
import { type Address, CELL, NULL } from '../memory/memory.ts'
import { isLocked, lock, unlock } from '../sync/mutex.ts'
import { attach, detach, FIRST, poll, QsbrMisuse, QsbrSlot, quiescentState } from './qsbr.ts'
import {
  afterFork,
  countFree,
  dispose,
  type Growth,
  initialise,
  numberOf,
  register,
  release,
  reserve,
  SMALLEST,
  unregister,
} from './qsbr-slots.ts'

function aTable() {
  const setting = begin(scripted(BYTES))
  const { memory, runtime, interpreter, parker } = setting
  const { qsbr } = interpreter
  const holders = cells(setting, 40)
  let pauses = 0
  const growth: Growth = {
    detaching: parker,
    allocate: (bytes, name) => runtime.allocate(MEMORY, bytes, name),
    free: (address) => runtime.free(MEMORY, address),
    whileStopped: (action) => {
      pauses += 1
      return action()
    },
  }
  const holderOf = (thread: number): Address => holders + thread * CELL
  const enterAs = (thread: number): number => {
    const number = reserve(growth, qsbr) as number
    register(parker, qsbr, number, holderOf(thread))
    return number
  }
  return {
    ...setting,
    qsbr,
    growth,
    holderOf,
    enterAs,
    leave: (thread: number) => unregister(parker, qsbr, holderOf(thread)),
    slotOf: (thread: number): Address => memory.get(holderOf(thread)),
    numberOf: (thread: number) => numberOf(memory, qsbr, memory.get(holderOf(thread))),
    free: () => countFree(memory, qsbr),
    size: () => memory.get(qsbr.size),
    pauses: () => pauses,
  }
}

test('an interpreter begins with both sequences at the first, and no table', () => {
  const { memory, qsbr, size, free } = aTable()
  initialise(memory, qsbr)
  expect([memory.get(qsbr.writeSequence), memory.get(qsbr.readSequence)]).toEqual([FIRST, FIRST])
  expect([memory.get(qsbr.slots), size(), free()]).toEqual([NULL, 0, 0])
})

test('of a fresh table the last slot is handed out first, in a pause that made it', () => {
  const { enterAs, size, free, pauses } = aTable()
  expect([0, 1, 2].map(enterAs)).toEqual([7, 6, 5])
  expect([size(), free(), pauses()]).toEqual([SMALLEST, SMALLEST - 3, 1])
})

test('the slot given back last is handed out first', () => {
  const { enterAs, leave } = aTable()
  for (const thread of [0, 1, 2]) enterAs(thread)
  leave(0)
  leave(2)
  expect([3, 4].map(enterAs)).toEqual([5, 7])
})

test('a slot that is given back belongs to nobody', () => {
  const { memory, enterAs, leave, slotOf, free } = aTable()
  enterAs(0)
  const slot = QsbrSlot.at(slotOf(0))
  expect([memory.get(slot.reserved), memory.get(slot.holder)]).not.toContain(0)
  leave(0)
  expect([memory.get(slot.reserved), memory.get(slot.holder), slotOf(0)]).toEqual([0, NULL, NULL])
  expect(free()).toBe(SMALLEST)
})

test('a slot that was reserved for nothing is free again', () => {
  const { memory, parker, qsbr, growth, enterAs, free, numberOf } = aTable()
  const number = reserve(growth, qsbr) as number
  expect([free(), memory.get(qsbr.mutex)]).toEqual([SMALLEST - 1, 0])
  release(parker, qsbr, number)
  expect([free(), memory.get(qsbr.mutex)]).toEqual([SMALLEST, 0])
  enterAs(0)
  expect(numberOf(0)).toBe(number)
})

test('the slot of an attached thread cannot be given back', () => {
  const { memory, qsbr, enterAs, leave, slotOf, free } = aTable()
  enterAs(0)
  attach(memory, qsbr, slotOf(0))
  expect(() => leave(0)).toThrow(QsbrMisuse)
  expect(free()).toBe(SMALLEST - 1)
})

describe('a table without a free slot', () => {
  const full = () => {
    const table = aTable()
    for (let thread = 0; thread < SMALLEST; thread++) table.enterAs(thread)
    return table
  }

  test('is replaced by one of twice the size, in which every slot is what it was', () => {
    const { memory, runtime, qsbr, enterAs, slotOf, numberOf, size, free, pauses } = full()
    const before = runtime.inUse()
    for (let thread = 0; thread < SMALLEST; thread++) {
      attach(memory, qsbr, slotOf(thread))
      memory.set(slotOf(thread) + QsbrSlot.offset.deferrals, thread)
    }
    const old = slotOf(0)
    expect(enterAs(8)).toBe(15)
    expect([size(), free(), pauses()]).toEqual([16, 7, 2])
    expect(slotOf(0)).not.toBe(old)
    for (let thread = 0; thread < SMALLEST; thread++) {
      const slot = QsbrSlot.at(slotOf(thread))
      expect([numberOf(thread), memory.get(slot.sequence), memory.get(slot.deferrals)]).toEqual([7 - thread, FIRST, thread])
    }
    // The old table was freed.
    expect(runtime.inUse()).toEqual(before)
  })

  test('has twice the size each time', () => {
    const { enterAs, size } = full()
    const sizes = Array.from({ length: 25 }, (_, index) => {
      enterAs(8 + index)
      return size()
    })
    expect([...new Set(sizes)]).toEqual([16, 32, 64])
  })

  test('keeps what was reserved and is not registered yet', () => {
    const { parker, qsbr, growth, leave, holderOf, slotOf, numberOf } = full()
    leave(0)
    const number = reserve(growth, qsbr) as number
    expect(reserve(growth, qsbr)).toBe(15)
    register(parker, qsbr, number, holderOf(0))
    expect([numberOf(0), slotOf(0) === NULL]).toEqual([number, false])
  })

  test('grows once for two who need a slot at a time', () => {
    const { memory, runtime, parker, qsbr, growth, size, pauses } = full()
    const other: Growth = { ...growth, detaching: sleeper(runtime, runtime.createOsThread()) }
    // The second waits for the mutex, and finds a free slot when it has it.
    memory.before('get', qsbr.free, () => expect(() => reserve(other, qsbr)).toThrow(EndlessSleep))
    expect(reserve(growth, qsbr)).toBe(15)
    expect(reserve(other, qsbr)).toBe(14)
    expect([size(), pauses(), isLocked(memory, qsbr.mutex)]).toEqual([16, 2, false])
    expect(parker.waiter.address).not.toBe(other.detaching.waiter.address)
  })

  test('stays as it is if there is no memory, and nobody waits for its mutex', () => {
    const { memory, runtime, qsbr, growth, size, slotOf } = full()
    const old = slotOf(0)
    runtime.arena.limit(0)
    expect(reserve(growth, qsbr)).toBeUndefined()
    expect([size(), slotOf(0), isLocked(memory, qsbr.mutex)]).toEqual([8, old, false])
  })

  test('gives its mutex back if the world cannot be stopped', () => {
    const { memory, qsbr, growth } = full()
    const whileStopped = () => {
      throw new Error('no pause')
    }
    expect(() => reserve({ ...growth, whileStopped }, qsbr)).toThrow('no pause')
    expect(isLocked(memory, qsbr.mutex)).toBe(false)
  })

  test('is left by a thread that waited for the mutex while it was replaced', () => {
    const { memory, runtime, qsbr, growth, holderOf, free, slotOf, parker } = full()
    const leaver = sleeper(runtime, runtime.createOsThread())
    lock(parker, qsbr.mutex)
    memory.before('wait', leaver.waiter.semaphore, () => {
      unlock(memory, parker.lot, qsbr.mutex)
      reserve(growth, qsbr)
    })
    unregister(leaver, qsbr, holderOf(0))
    expect([slotOf(0), free()]).toEqual([NULL, 8])
  })
})

test("in a fork's child only the survivor has a slot, also if others had only reserved theirs", () => {
  const { memory, parker, qsbr, growth, enterAs, slotOf, free, numberOf, size } = aTable()
  for (let thread = 0; thread < 9; thread++) enterAs(thread)
  reserve(growth, qsbr)
  attach(memory, qsbr, slotOf(3))
  const survivor = slotOf(3)
  lock(parker, qsbr.mutex)
  afterFork(memory, qsbr, survivor)
  expect([slotOf(3), numberOf(3), free(), size()]).toEqual([survivor, 4, 15, 16])
  expect([0, 1, 2, 4, 5, 6, 7, 8].map(slotOf)).toEqual(Array(8).fill(NULL))
  quiescentState(memory, qsbr, survivor)
  expect(poll(memory, qsbr, survivor, FIRST)).toBe(true)
  // The lowest is handed out next.
  expect(enterAs(20)).toBe(0)
})

test("in a fork's child a slot that was being given back at the time is not lost", () => {
  const { memory, qsbr, enterAs, slotOf, free, holderOf } = aTable()
  for (const thread of [0, 1]) enterAs(thread)
  // Out of its thread's record, and not in the list yet.
  memory.set(holderOf(1), NULL)
  afterFork(memory, qsbr, slotOf(0))
  expect(free()).toBe(SMALLEST - 1)
})

test('a disposed table leaves nothing, also if there never was one', () => {
  const { memory, runtime, qsbr, growth, enterAs, leave, size, free } = aTable()
  const before = runtime.inUse()
  dispose(memory, qsbr, growth.free)
  enterAs(0)
  attach(memory, qsbr, memory.get(qsbr.slots) + 7 * QsbrSlot.size)
  detach(memory, memory.get(qsbr.slots) + 7 * QsbrSlot.size)
  leave(0)
  dispose(memory, qsbr, growth.free)
  expect([runtime.inUse(), memory.get(qsbr.slots), size(), free()]).toEqual([before, NULL, 0, 0])
})
