/**
 * The calling thread, as what tools are told on.
 *
 * Callbacks are the embedder's. What they are told is said here once: which event, and where.
 */
import type { Address } from '../../memory/memory.ts'
import type { Event } from '../code/events.ts'
import type { Mutator } from '../objects/mutator.ts'

/** What an event says besides what happened and where. All objects are borrowed. */
export interface Details {
  /** What is returned, yielded, or on its way as an exception. */
  readonly value?: Address
  /** What is called, was called, or failed. */
  readonly callable?: Address
  /** Its first argument; absent if it has none. */
  readonly argument?: Address
  /** Of a jump or branch: the offset that it leads to. */
  readonly target?: number
}

/** What a tool is told. */
export interface News extends Details {
  readonly tool: number
  readonly event: Event
  /** The code object; borrowed. */
  readonly code: Address
  /** Units before the instruction, in any copy. */
  readonly offset: number
  /** The line that the instruction belongs to, if it belongs to one. */
  readonly line: number | undefined
}

/** A thread on which callbacks can be run. */
export interface Watched extends Mutator {
  /**
   * Runs a callback of a tool. It may run code, which reports nothing.
   * @param callback in the embedder's terms, as it was registered.
   * @returns whether the tool has had enough of that event from that place.
   * @throws whatever the callback raises: the program goes on with that exception.
   */
  tell(callback: number, news: News): boolean
}
