import { expect, test } from 'vitest'
import { scripted } from '../../testing/scripted.ts'
import { EndlessSleep } from '../../testing/scripted-memory.ts'
import { BYTES, begin as beginSetting, cells, enter } from '../../testing/setting.ts'
import type { Thread } from '../interpreter/thread.ts'
import { CELL, NULL } from '../memory/memory.ts'
import { OutOfMemory } from '../memory/out-of-memory.ts'
import { isLocked, lock, unlock } from '../sync/mutex.ts'
import { waiting } from '../sync/parking-lot.ts'
import { begin, end, suspendAll, takeUp } from './critical-section.ts'
import { ThreadMisuse } from './thread-state.ts'

function twoThreads() {
  const setting = beginSetting(scripted(BYTES))
  const { memory } = setting
  const [ada, ben] = [enter(setting), enter(setting)]
  const low = cells(setting, 3)
  const [mutex, high] = [low + CELL, low + 2 * CELL]
  const held = () => [low, mutex, high].map((at) => isLocked(memory, at))
  const lot = setting.parker.lot
  return { ...setting, lot, ada, ben, low, mutex, high, held }
}

const enterSection = (thread: Thread, one: number, other = NULL) => begin(thread, one, other)
const leaveSection = (thread: Thread) => end(thread)

test('a section holds its lock, from its beginning to its end', () => {
  const { ada, mutex, held } = twoThreads()
  enterSection(ada, mutex)
  expect(held()).toEqual([false, true, false])
  leaveSection(ada)
  expect(held()).toEqual([false, false, false])
})

test('a section of two locks holds both', () => {
  const { ada, low, high, held } = twoThreads()
  enterSection(ada, low, high)
  expect(held()).toEqual([true, false, true])
  leaveSection(ada)
  expect(held()).toEqual([false, false, false])
})

test.for(['named in order', 'named the other way round'])('two locks are taken in order of address: %s', (how) => {
  const { memory, lot, ada, ben, low, high, held } = twoThreads()
  lock(ben.attached, high)
  expect(() => (how === 'named in order' ? enterSection(ada, low, high) : enterSection(ada, high, low))).toThrow(EndlessSleep)
  // She holds the lower one, and waits for the higher.
  expect(held()).toEqual([true, false, true])
  expect([...waiting(memory, lot, high)]).toEqual([ada.os.waiter.address])
})

test('a section that names one lock twice holds that one, and gives it back', () => {
  const { ada, mutex, held } = twoThreads()
  enterSection(ada, mutex, mutex)
  expect(held()).toEqual([false, true, false])
  leaveSection(ada)
  expect(held()).toEqual([false, false, false])
})

test('a thread that detaches gives up all its sections, the innermost first', () => {
  const { memory, ada, low, mutex, held, high } = twoThreads()
  enterSection(ada, low)
  enterSection(ada, mutex, high)
  const given: number[] = []
  for (const at of [low, mutex, high]) memory.before('compareExchange', at, () => given.push(at))
  ada.detach()
  expect(held()).toEqual([false, false, false])
  expect(given).toEqual([high, mutex, low])
})

test('a thread that attaches takes up only its innermost section, and each outer one when that ends', () => {
  const { ada, low, mutex, high, held } = twoThreads()
  enterSection(ada, low)
  enterSection(ada, mutex)
  enterSection(ada, high)
  ada.detach()
  ada.attach()
  expect(held()).toEqual([false, false, true])
  leaveSection(ada)
  expect(held()).toEqual([false, true, false])
  leaveSection(ada)
  expect(held()).toEqual([true, false, false])
  leaveSection(ada)
  expect(held()).toEqual([false, false, false])
})

test('a section that was never given up is not taken again when the one inside it ends', () => {
  const { ada, low, mutex, held } = twoThreads()
  enterSection(ada, low)
  enterSection(ada, mutex)
  leaveSection(ada)
  expect(held()).toEqual([true, false, false])
})

test('two threads that enter two sections the other way round do not wait for each other', () => {
  const { memory, lot, ada, ben, low, high, held } = twoThreads()
  enterSection(ada, low)
  lock(ben.attached, high)
  memory.before('wait', ada.os.waiter.semaphore, () => {
    // She sleeps, detached: what she held is free.
    expect(held()).toEqual([false, false, true])
    lock(ben.attached, low)
    unlock(memory, lot, low)
    unlock(memory, lot, high)
  })
  enterSection(ada, high)
  expect(held()).toEqual([false, false, true])
  leaveSection(ada)
  expect(held()).toEqual([true, false, false])
})

test('a section within one on the same lock gives the outer one up, and hands it back at its end', () => {
  const { ada, mutex, held } = twoThreads()
  enterSection(ada, mutex)
  enterSection(ada, mutex)
  expect(held()).toEqual([false, true, false])
  leaveSection(ada)
  expect(held()).toEqual([false, true, false])
  leaveSection(ada)
  expect(held()).toEqual([false, false, false])
})

test('giving up and taking up, without a section, does nothing', () => {
  const { memory, lot, ada, held } = twoThreads()
  suspendAll(memory, lot, ada.record.sections)
  takeUp(ada.detaching, ada.record.sections)
  expect(held()).toEqual([false, false, false])
})

test('leaving a section that nobody entered is reported', () => {
  const { ada } = twoThreads()
  expect(() => leaveSection(ada)).toThrow(ThreadMisuse)
})

test('sections may stand inside one another as deep as memory reaches', () => {
  const { memory, lot, ada, runtime } = twoThreads()
  const mutexes = Array.from({ length: 50 }, () => ada.allocate(CELL, 'mutex'))
  const before = runtime.inUse()
  const locked = () => mutexes.filter((mutex) => isLocked(memory, mutex)).length
  for (const mutex of mutexes) enterSection(ada, mutex)
  expect(locked()).toBe(50)
  suspendAll(memory, lot, ada.sections)
  expect(locked()).toBe(0)
  takeUp(ada.detaching, ada.sections)
  const left = mutexes.map(() => {
    leaveSection(ada)
    return locked()
  })
  // One after the other is taken up, outwards, and left.
  expect(left).toEqual([...Array.from({ length: 49 }, () => 1), 0])
  expect(runtime.inUse()).toEqual(before)
})

test('without memory for another section none is entered', () => {
  const { memory, ada, runtime } = twoThreads()
  const mutexes = Array.from({ length: 17 }, () => ada.allocate(CELL, 'mutex'))
  for (const mutex of mutexes.slice(0, 16)) enterSection(ada, mutex)
  runtime.arena.limit(0)
  const last = mutexes[16] as number
  expect(() => enterSection(ada, last)).toThrow(OutOfMemory)
  runtime.arena.limit(null)
  expect(isLocked(memory, last)).toBe(false)
  for (let left = 16; left > 0; left--) leaveSection(ada)
  expect(mutexes.some((mutex) => isLocked(memory, mutex))).toBe(false)
})
