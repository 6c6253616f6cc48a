/**
 * An event: something that happens once. Threads wait for it; whoever sets it wakes them all, and
 * from then on nobody waits.
 *
 * @see CPython Python/lock.c, PyEvent
 */
import type { Address, Memory } from '../memory/memory.ts'
import { type Parker, type ParkingLot, park, unparkAll } from './parking-lot.ts'

const UNSET = 0
const SET = 1
const AWAITED = 2

/** Makes an event that has happened one that has not, while nobody waits for it. */
export function reset(memory: Memory, event: Address): void {
  memory.store(event, UNSET)
}

/** Sets the event for good. Setting it again does nothing. */
export function set(memory: Memory, lot: ParkingLot, event: Address): void {
  if (memory.exchange(event, SET) === AWAITED) unparkAll(memory, lot, event)
}

export const isSet = (memory: Memory, event: Address): boolean => memory.load(event) === SET

/** Waits until the event is set. @param timeout in microseconds. @returns whether it is set. */
export function wait(parker: Parker, event: Address, timeout?: number): boolean {
  const { memory } = parker
  const started = memory.now()
  for (;;) {
    const seen = memory.load(event)
    if (seen === SET) return true
    // Whoever sets it looks for sleepers only if it was awaited.
    if (seen === UNSET && memory.compareExchange(event, UNSET, AWAITED) !== UNSET) continue
    const left = timeout === undefined ? undefined : timeout - ((memory.now() - started) | 0)
    if (left !== undefined && left <= 0) return isSet(memory, event)
    if (park(parker, event, AWAITED, left) === 'timed out') return isSet(memory, event)
  }
}
