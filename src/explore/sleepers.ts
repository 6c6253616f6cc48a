/**
 * Who sleeps, in the order in which they fell asleep: one word.
 *
 * Four bits per sleeper hold a thread's number plus one, the longest asleep lowest. Sleepers on
 * different cells are in one order, which tells a few more states apart than need be.
 */

/** Nobody sleeps. */
export const NOBODY = 0

const BITS = 4
const ONE = (1 << BITS) - 1

export function isAsleep(sleepers: number, thread: number): boolean {
  for (let left = sleepers; left !== NOBODY; left >>>= BITS) if ((left & ONE) === thread + 1) return true
  return false
}

/** The thread that fell asleep first, of those that sleep at all. */
export const first = (sleepers: number): number => (sleepers & ONE) - 1

/** The sleepers after the first. */
export const rest = (sleepers: number): number => sleepers >>> BITS

/** Puts a thread behind those that sleep. */
export function append(sleepers: number, thread: number): number {
  let shift = 0
  while (sleepers >>> shift !== 0) shift += BITS
  return sleepers | ((thread + 1) << shift)
}

/** Takes a sleeping thread out. */
export function remove(sleepers: number, thread: number): number {
  let shift = 0
  while (((sleepers >>> shift) & ONE) !== thread + 1) shift += BITS
  const before = sleepers & ((1 << shift) - 1)
  return before | ((sleepers >>> (shift + BITS)) << shift)
}
