/** What the bench and its gated workers agree on. */

/** What a worker is given. */
export interface Gate {
  /** What the bodies work on. */
  readonly shared: SharedArrayBuffer
  /** A cell for each worker, on a cache line of its own: whose turn it is. */
  readonly gates: SharedArrayBuffer
  readonly thread: number
  readonly threads: number
}

/** The worker may go on. */
export const GO = 1
/** It stands before its next operation. */
export const ARRIVED = 2
/** Its body has ended. */
export const LEFT = 3
