/**
 * Adaptive counters: when an instruction is worth another attempt to specialize it.
 *
 * A counter stands in the first unit of an instruction's inline cache:
 *
 *        15                              4 3       0
 *       ┌─────────────────────────────────┬─────────┐
 *       │              value              │ backoff │
 *       └─────────────────────────────────┴─────────┘
 *
 * Each execution that the counter is asked for takes one from the value. At zero it fires: the next
 * execution makes an attempt. When that fails the counter starts again, and each failure doubles the
 * wait until the next, so that an instruction that cannot be specialized soon costs nothing.
 *
 * Only the thread that runs a copy advances and pauses its counters, so that needs no atomic operation. Whoever
 * instruments the copy may set one meanwhile; then either value will do, and neither is torn. Where several threads run
 * one copy, their steps may be lost, which does no harm to counters that never fire.
 *
 * @see CPython Include/internal/pycore_backoff.h
 */
import { type Address, CELL, type Memory } from '../../memory/memory.ts'

/** Bits of the value. */
export const VALUE_BITS = 12
/** Bits of the backoff. */
export const BACKOFF_BITS = 4

/** The backoff does not grow beyond this, so an attempt is made at least once in 2^12 executions. */
export const MAX_BACKOFF = 12
/** The backoff of a counter that never fires. */
export const UNREACHABLE_BACKOFF = 15

const WORD = 2 ** (VALUE_BITS + BACKOFF_BITS) - 1
const ONE = 1 << BACKOFF_BITS

/** The word of a counter with that value and backoff. */
export const counter = (value: number, backoff: number): number => (value << BACKOFF_BITS) | backoff

/** What is left to count down. */
export const remaining = (word: number): number => word >>> BACKOFF_BITS
/** How often the wait has been doubled. */
export const backoffOf = (word: number): number => word & (ONE - 1)

/** Of an instruction that has not run yet. */
export const WARM_UP = counter(1, 1)
/** Of one that was specialized just now: so many misses until it is tried again. */
export const COOL_DOWN = counter(52, 0)
/** Of a backward jump. */
export const JUMP = counter(4095, 12)
/** Of one that is never to be specialized. */
export const UNREACHABLE = counter(0, UNREACHABLE_BACKOFF)

/** Where the counter of the instruction at an address lies. */
const of = (unit: Address): Address => unit + CELL

/** Whether an attempt is due: the value is zero, and the counter is not unreachable. */
export const fires = (memory: Memory, unit: Address): boolean => memory.loadRelaxed(of(unit)) < UNREACHABLE_BACKOFF

/** Counts an execution. Below zero the value begins again from above; the backoff stays. */
export function advance(memory: Memory, unit: Address): void {
  memory.storeRelaxed(of(unit), (memory.loadRelaxed(of(unit)) - ONE) & WORD)
}

/** Sees to it that the counter does not fire now: the instruction must not be specialized while something else stands in its place. */
export function pause(memory: Memory, unit: Address): void {
  memory.storeRelaxed(of(unit), memory.loadRelaxed(of(unit)) | ONE)
}

/** Sets the counter of the instruction at an address. */
export function setCounter(memory: Memory, unit: Address, word: number): void {
  memory.storeRelaxed(of(unit), word)
}

/** Starts the counter again after an attempt that failed, with a longer wait than before it. */
export function restart(memory: Memory, unit: Address): void {
  const backoff = Math.min(backoffOf(memory.loadRelaxed(of(unit))) + 1, MAX_BACKOFF)
  setCounter(memory, unit, counter(2 ** backoff - 1, backoff))
}
