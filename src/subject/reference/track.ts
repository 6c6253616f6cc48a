/**
 * The track: how the host calls those who race, how they set off together, and how it learns that they have
 * ended. It lies beside the memory that they race in, and orders what is done there.
 */
import type { Address } from '../../runtime/memory/memory.ts'
import { alone, array, cell, type Opened, record } from '../../runtime/memory/record.ts'
import type { SharedMemory } from '../../runtime/memory/shared-memory.ts'

/** How many can race. */
export const LANES = 16

const Lane = record('lane', {
  /** Not zero from the host's call until it is heard. */
  called: alone(cell),
  /** Not zero once what it was called for is done. */
  done: cell,
})
type Lane = Opened<typeof Lane>

const TrackRecord = record('track', {
  /** How many have come to the start. */
  here: alone(cell),
  /** How many have done what they were called for. What the host sleeps on. */
  done: alone(cell),
  /** Not zero once somebody cannot go on: nobody needs to wait for the others then. */
  broken: alone(cell),
  lanes: array(Lane, LANES),
})

export const TRACK_BYTES = TrackRecord.size

/** How often a racer looks whether the others have come before it sleeps: some tens of microseconds. */
const SPINS = 2000

export class Track {
  readonly #memory: SharedMemory
  readonly #at = TrackRecord.at(0)

  constructor(memory: SharedMemory) {
    this.#memory = memory
  }

  /** Calls the first `count` racers. What they find in memory is what the host has written before. */
  call(count: number): void {
    const memory = this.#memory
    for (const cell of [this.#at.here, this.#at.done, this.#at.broken]) memory.store(cell, 0)
    for (let lane = 0; lane < count; lane++) memory.store(this.#lane(lane).done, 0)
    for (let lane = 0; lane < count; lane++) {
      const { called } = this.#lane(lane)
      memory.store(called, 1)
      memory.notify(called, 1)
    }
  }

  /** Waits until `count` racers have done what they were called for, somebody is broken, or `enough` says so, see `wake`. */
  async ended(count: number, enough: () => boolean): Promise<void> {
    const memory = this.#memory
    const { done, broken } = this.#at
    for (let seen = memory.load(done); seen < count && memory.load(broken) === 0 && !enough(); seen = memory.load(done)) {
      await memory.waitAsync(done, seen)
    }
  }

  /** Lets the host look again. */
  wake(): void {
    this.#memory.notify(this.#at.done, 1)
  }

  /** Whether a racer has done what it was called for. */
  hasDone(lane: number): boolean {
    return this.#memory.load(this.#lane(lane).done) !== 0
  }

  /** Waits until the host calls. */
  heed(lane: number): void {
    const memory = this.#memory
    const { called } = this.#lane(lane)
    while (memory.load(called) === 0) memory.wait(called, 0)
    memory.store(called, 0)
  }

  /** Waits until `count` racers have come here. The last one does not wait, so all of them set off at once. */
  start(count: number): void {
    const memory = this.#memory
    const { here } = this.#at
    if (memory.add(here, 1) + 1 === count) {
      memory.notify(here, count)
      return
    }
    let spins = 0
    for (let seen = memory.load(here); seen < count; seen = memory.load(here)) {
      if (spins < SPINS) memory.pause()
      else memory.wait(here, seen)
      spins += 1
    }
  }

  /** Lets some time pass that nobody can tell from running slowly. */
  dawdle(pauses: number): void {
    for (let left = pauses; left > 0; left--) this.#memory.pause()
  }

  /** Says that a racer has done what it was called for. */
  done(lane: number, count: number): void {
    this.#memory.store(this.#lane(lane).done, 1)
    if (this.#memory.add(this.#at.done, 1) + 1 === count) this.wake()
  }

  /** Says that somebody cannot go on. */
  break(): void {
    this.#memory.store(this.#at.broken, 1)
    this.wake()
  }

  #lane(index: number): Lane {
    return Lane.at((this.#at.lanes as Address) + index * Lane.size)
  }
}
