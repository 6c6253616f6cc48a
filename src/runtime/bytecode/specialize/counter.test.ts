import { expect, test } from 'vitest'
import { SharedMemory } from '../../memory/shared-memory.ts'
import {
  advance,
  backoffOf,
  COOL_DOWN,
  counter,
  fires,
  JUMP,
  MAX_BACKOFF,
  pause,
  remaining,
  restart,
  setCounter,
  UNREACHABLE,
  UNREACHABLE_BACKOFF,
  WARM_UP,
} from './counter.ts'

const UNIT = 64

function site(word: number) {
  const memory = new SharedMemory(new SharedArrayBuffer(128))
  setCounter(memory, UNIT, word)
  const look = (): [value: number, backoff: number] => [remaining(memory.get(UNIT + 4)), backoffOf(memory.get(UNIT + 4))]
  return { memory, look }
}

test('counters begin with the documented values', () => {
  expect([WARM_UP, COOL_DOWN, JUMP].map((word) => [remaining(word), backoffOf(word)])).toEqual([
    [1, 1],
    [52, 0],
    [4095, 12],
  ])
  expect([WARM_UP, COOL_DOWN, UNREACHABLE]).toEqual([17, 832, 15])
})

test('a counter fires at a value of zero, whatever the backoff, unless that is the unreachable one', () => {
  for (let backoff = 0; backoff <= UNREACHABLE_BACKOFF; backoff++) {
    expect(fires(site(counter(0, backoff)).memory, UNIT)).toBe(backoff !== UNREACHABLE_BACKOFF)
    expect(fires(site(counter(1, backoff)).memory, UNIT)).toBe(false)
    expect(fires(site(counter(4095, backoff)).memory, UNIT)).toBe(false)
  }
})

test('advancing takes one from the value and leaves the backoff', () => {
  const { memory, look } = site(counter(2, 7))
  advance(memory, UNIT)
  expect(look()).toEqual([1, 7])
})

test('a counter that never fires goes round and stays one that never fires', () => {
  const { memory, look } = site(UNREACHABLE)
  advance(memory, UNIT)
  expect(look()).toEqual([4095, UNREACHABLE_BACKOFF])
  for (let run = 1; run < 5000; run++) {
    advance(memory, UNIT)
    expect(backoffOf(memory.get(UNIT + 4))).toBe(UNREACHABLE_BACKOFF)
    expect(fires(memory, UNIT)).toBe(false)
  }
  expect(look()).toEqual([4096 - (5000 - 4096), UNREACHABLE_BACKOFF])
})

test('a paused counter does not fire, and one that would not have fired stays as it is', () => {
  const due = site(counter(0, 3))
  pause(due.memory, UNIT)
  expect(due.look()).toEqual([1, 3])
  const other = site(counter(5, 3))
  pause(other.memory, UNIT)
  expect(other.look()).toEqual([5, 3])
})

test('each restart waits twice as long and one more, up to the highest backoff', () => {
  const { memory, look } = site(counter(0, 0))
  for (let backoff = 1; backoff <= MAX_BACKOFF; backoff++) {
    restart(memory, UNIT)
    expect(look()).toEqual([2 ** backoff - 1, backoff])
  }
  restart(memory, UNIT)
  expect(look()).toEqual([4095, MAX_BACKOFF])
})
