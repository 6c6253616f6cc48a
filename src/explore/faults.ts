/**
 * What one step of a thread can do wrong, as a number: the first of them stops the schedule.
 */

export const SOUND = 0
/** The body threw. */
export const THREW = 1
/** Nothing orders an access with another thread's. */
export const RACED = 2
/** Memory that was freed was read or written, or dead memory was written. */
export const USED_AFTER_FREE = 3
export const FREED_TWICE = 4
/** There is no such cell. */
export const STRAYED = 5
/** A thread does plain accesses, or pauses, without end. */
export const RAN_ON = 6

/** The latest fault of an exploration, if there is one. */
export class Fault {
  kind = SOUND
  thread = 0
  /** The history whose operation it was. */
  node = 0
  /** The cell, and for a race the other thread. */
  cell = 0
  other = 0

  /** Keeps the first: later ones only follow from it. */
  note(kind: number, thread: number, node: number, cell = 0, other = 0): void {
    if (this.kind !== SOUND) return
    this.kind = kind
    this.thread = thread
    this.node = node
    this.cell = cell
    this.other = other
  }

  clear(): void {
    this.kind = SOUND
  }
}
