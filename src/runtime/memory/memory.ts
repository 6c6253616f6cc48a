/**
 * The one seam through which all shared state passes.
 *
 * Everything that two threads of the runtime share is a 32-bit cell in a `Memory`. A thread's
 * code is therefore a pure function of what it reads here: the same unmodified code runs on real
 * worker threads over a SharedArrayBuffer, and under an explorer that tries every interleaving.
 *
 * Three kinds of access, by what they promise:
 *
 * - Atomic (`load`, `store`, `add` …): sequentially consistent, one total order over all cells.
 *   `loadAcquire` and `storeRelease` do the same; their names record how much the algorithm needs,
 *   since JavaScript offers nothing between the strongest and no order at all.
 * - Relaxed (`loadRelaxed`, `storeRelaxed`): never torn, no order with other cells. For a cell
 *   that other threads may write meanwhile, where an old value does no harm.
 * - Plain (`get`, `set`): for cells that no other thread touches at that time, because a lock, a
 *   pause or ownership keeps them away. Breaking that promise is a data race, which an explorer
 *   reports.
 *
 * @see CPython Include/cpython/pyatomic.h, where the same distinctions have the same names
 */

/** Where a cell or a record lies, in bytes. A multiple of four, except where a tag bit is set on purpose. */
export type Address = number

/** The address of nothing. No record ever lies there. */
export const NULL: Address = 0

/** Bytes of a cell. */
export const CELL = 4

/** Bytes of a cache line: what two threads write often lies this far apart. */
export const CACHE_LINE = 64

/** What a sleep came to. `changed`: the cell did not hold the expected value, so nobody slept. */
export type Wake = 'woken' | 'changed' | 'timed out'

/** What may be done with a stretch of memory from now on. `dead` memory may still be read. */
export type Access = 'live' | 'dead' | 'freed'

export interface Memory {
  load(at: Address): number
  loadAcquire(at: Address): number
  loadRelaxed(at: Address): number
  get(at: Address): number

  store(at: Address, value: number): void
  storeRelease(at: Address, value: number): void
  storeRelaxed(at: Address, value: number): void
  set(at: Address, value: number): void

  /** Adds, modulo 2^32. @returns the value before. */
  add(at: Address, value: number): number
  /** @returns the value before. */
  or(at: Address, bits: number): number
  /** @returns the value before. */
  and(at: Address, bits: number): number
  /** @returns the value before. */
  exchange(at: Address, value: number): number
  /** Stores `value` if the cell holds `expected`. @returns the value before, so equal to `expected` if it stored. */
  compareExchange(at: Address, expected: number, value: number): number

  /** Plain writes of one value to `bytes` bytes. */
  fill(at: Address, bytes: number, value: number): void

  /** Sleeps until another thread notifies the cell, if it holds `expected`. @param timeout in microseconds; for ever if absent. */
  wait(at: Address, expected: number, timeout?: number): Wake
  /** Wakes up to `count` threads that sleep on the cell, the longest asleep first. */
  notify(at: Address, count: number): void
  /** Says that the calling thread spins until a cell it has read changes. */
  pause(): void
  /** Microseconds on a clock that only goes forward, modulo 2^32. Compare by signed difference. */
  now(): number

  /**
   * Says what may be done with a stretch of memory from now on. Means nothing to the memory
   * itself; a memory that checks accesses reports whoever breaks it.
   */
  expect(at: Address, bytes: number, access: Access): void
}
