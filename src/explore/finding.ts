/**
 * What can be wrong with a schedule.
 */

export type FindingKind =
  /** A body or the observer threw. */
  | 'assertion'
  | 'invariant'
  | 'race'
  | 'use after free'
  | 'freed twice'
  /** There is no memory at the address. */
  | 'stray access'
  /** Everybody who has not ended sleeps. */
  | 'deadlock'
  /** Everybody who has not ended sleeps, or spins until another changes something. */
  | 'livelock'
  /** The schedule did not end within the steps allowed. */
  | 'endless'
  | 'forbidden outcome'

/** Why nobody can go on: a thread that waits, and for what. */
export interface Waiting {
  readonly thread: number
  /** It sleeps, or it spins. */
  readonly how: 'asleep' | 'spinning'
  /** The cells that could let it go on. */
  readonly cells: readonly number[]
}

export interface Finding {
  readonly kind: FindingKind
  /** What it is about: findings of one kind about the same are the same failure. */
  readonly about: string
  readonly message: string
  /** Whose step it was, if it was one's. */
  readonly thread?: number
  /** Whether it is not that thread's last operation but the one that it is about to do. */
  readonly next?: boolean
  /** The cell concerned. */
  readonly cell?: number
  /** Of a race: the other thread. */
  readonly other?: number
  /** Of an assertion: what was thrown. */
  readonly error?: unknown
  readonly waiting?: readonly Waiting[]
}

export const isSame = (one: Finding, other: Finding): boolean => one.kind === other.kind && one.about === other.about
