import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { Address, Wake } from '../../runtime/memory/memory.ts'
import { SharedMemory } from '../../runtime/memory/shared-memory.ts'
import { TRACK_BYTES, Track } from './track.ts'

const buffer = () => new SharedArrayBuffer(TRACK_BYTES)

/** Memory in which whoever sleeps is woken by somebody who adds one to the cell. */
class Company extends SharedMemory {
  readonly slept: Address[] = []

  override wait(at: Address): Wake {
    this.slept.push(at)
    this.add(at, 1)
    return 'woken'
  }
}

test('a racer heeds one call once', () => {
  const memory = new Company(buffer())
  const track = new Track(memory)
  track.call(2)
  track.heed(0)
  track.heed(1)
  expect(memory.slept).toEqual([])
  // There is no other call, so it sleeps until one comes.
  track.heed(1)
  expect(memory.slept).toHaveLength(1)
})

test('the last one at the start does not wait, and whoever is early sleeps in the end', () => {
  const memory = new Company(buffer())
  const track = new Track(memory)
  track.call(1)
  track.start(1)
  expect(memory.slept).toEqual([])
  track.call(3)
  track.start(3)
  expect(memory.slept).toHaveLength(2)
})

test('the host goes on when all have done what they were called for', async () => {
  const track = new Track(new SharedMemory(buffer()))
  track.call(2)
  let over = false
  const ended = track
    .ended(2, () => false)
    .then(() => {
      over = true
    })
  track.done(1, 2)
  await setImmediate()
  expect([over, track.hasDone(0), track.hasDone(1)]).toEqual([false, false, true])
  track.done(0, 2)
  await ended
  track.call(2)
  expect([track.hasDone(0), track.hasDone(1)]).toEqual([false, false])
})

test('the host goes on when somebody cannot, or when it is enough', async () => {
  const track = new Track(new SharedMemory(buffer()))
  track.call(2)
  const over: string[] = []
  const broken = track.ended(2, () => false).then(() => over.push('broken'))
  await setImmediate()
  expect(over).toEqual([])
  track.break()
  await broken
  track.call(2)
  let late = false
  const given = track.ended(2, () => late).then(() => over.push('late'))
  await setImmediate()
  expect(over).toEqual(['broken'])
  late = true
  track.wake()
  await given
  expect(over).toEqual(['broken', 'late'])
})
