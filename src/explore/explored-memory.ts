/**
 * The memory that bodies see while they are explored.
 *
 * It passes every operation on, as numbers, to whoever is in charge: while the setup or an
 * observer runs, to the cells themselves; while a body runs, to the runner, which answers from the
 * body's history and stops it where the history ends.
 */
import type { Access, Address, Memory, Wake } from '../runtime/memory/memory.ts'
import {
  ACCESSES,
  ADD,
  AND,
  COMPARE_EXCHANGE,
  ELAPSE,
  EXCHANGE,
  EXPECT,
  FILL,
  FOR_EVER,
  GET,
  LOAD,
  LOAD_ACQUIRE,
  LOAD_RELAXED,
  NOTIFY,
  NOW,
  OR,
  PAUSE,
  SET,
  STORE,
  STORE_RELAXED,
  STORE_RELEASE,
  WAIT,
  WAKES,
} from './operations.ts'

/** Who performs operations. */
export interface Operator {
  /** @param cell the first, or zero for an operation without one. @returns the result, zero if it has none. */
  operate(operation: number, cell: number, first: number, second: number): number
}

/** A sleep of this many microseconds or more is one for ever. */
const LONGEST = 0x7fffffff

export class ExploredMemory implements Memory {
  /** Who is in charge. */
  operator: Operator

  constructor(operator: Operator) {
    this.operator = operator
  }

  load(at: Address): number {
    return this.operator.operate(LOAD, at >> 2, 0, 0)
  }

  loadAcquire(at: Address): number {
    return this.operator.operate(LOAD_ACQUIRE, at >> 2, 0, 0)
  }

  loadRelaxed(at: Address): number {
    return this.operator.operate(LOAD_RELAXED, at >> 2, 0, 0)
  }

  get(at: Address): number {
    return this.operator.operate(GET, at >> 2, 0, 0)
  }

  store(at: Address, value: number): void {
    this.operator.operate(STORE, at >> 2, value | 0, 0)
  }

  storeRelease(at: Address, value: number): void {
    this.operator.operate(STORE_RELEASE, at >> 2, value | 0, 0)
  }

  storeRelaxed(at: Address, value: number): void {
    this.operator.operate(STORE_RELAXED, at >> 2, value | 0, 0)
  }

  set(at: Address, value: number): void {
    this.operator.operate(SET, at >> 2, value | 0, 0)
  }

  add(at: Address, value: number): number {
    return this.operator.operate(ADD, at >> 2, value | 0, 0)
  }

  or(at: Address, bits: number): number {
    return this.operator.operate(OR, at >> 2, bits | 0, 0)
  }

  and(at: Address, bits: number): number {
    return this.operator.operate(AND, at >> 2, bits | 0, 0)
  }

  exchange(at: Address, value: number): number {
    return this.operator.operate(EXCHANGE, at >> 2, value | 0, 0)
  }

  compareExchange(at: Address, expected: number, value: number): number {
    return this.operator.operate(COMPARE_EXCHANGE, at >> 2, expected | 0, value | 0)
  }

  fill(at: Address, bytes: number, value: number): void {
    this.operator.operate(FILL, at >> 2, bytes >> 2, value | 0)
  }

  wait(at: Address, expected: number, timeout?: number): Wake {
    const ends = timeout !== undefined && timeout < LONGEST
    return WAKES[this.operator.operate(WAIT, at >> 2, expected | 0, ends ? Math.max(0, Math.ceil(timeout)) : FOR_EVER)] as Wake
  }

  notify(at: Address, count: number): void {
    this.operator.operate(NOTIFY, at >> 2, Math.min(count, LONGEST), 0)
  }

  pause(): void {
    this.operator.operate(PAUSE, 0, 0, 0)
  }

  now(): number {
    return this.operator.operate(NOW, 0, 0, 0)
  }

  expect(at: Address, bytes: number, access: Access): void {
    this.operator.operate(EXPECT, at >> 2, bytes >> 2, ACCESSES[access])
  }

  /** Lets time pass, as an operation of its own. Only where `movingClock` is asked for. @param microseconds at least zero. */
  elapse(microseconds: number): void {
    this.operator.operate(ELAPSE, 0, microseconds | 0, 0)
  }
}
