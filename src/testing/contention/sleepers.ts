/** What two threads do with one parking lot. */
import type { Address, Memory } from '../../runtime/memory/memory.ts'
import { park, unpark, unparkAll } from '../../runtime/sync/parking-lot.ts'
import { LOT, parkerOf } from '../sleepers.ts'
import { meet } from './meet.ts'

/** Adds to a cell whenever it is its turn, and sleeps meanwhile. */
export function takeTurns(memory: Memory, thread: number, gate: Address, target: Address, turns: number): void {
  const parker = parkerOf(memory, thread)
  meet(memory, gate, 2)
  for (let turn = 0; turn < turns; turn++) {
    for (let seen = memory.load(target); seen % 2 !== thread; seen = memory.load(target)) park(parker, target, seen)
    memory.add(target, 1)
    unparkAll(memory, parker.lot, target)
  }
}

/** Sleeps again and again, for hardly any time. @returns how often it was woken. */
export function parkBriefly(memory: Memory, thread: number, gate: Address, target: Address, done: Address, times: number): number {
  const parker = parkerOf(memory, thread)
  let woken = 0
  meet(memory, gate, 2)
  for (let i = 0; i < times; i++) woken += Number(park(parker, target, 0, 1 + (i % 40)) === 'woken')
  memory.store(done, 1)
  return woken
}

/** Wakes whoever sleeps, until the other thread is done. @returns how often it woke somebody. */
export function unparkUntilDone(memory: Memory, gate: Address, target: Address, done: Address): number {
  let woken = 0
  meet(memory, gate, 2)
  while (memory.load(done) === 0) woken += Number(unpark(memory, LOT, target, () => {}) !== undefined)
  return woken
}
