/**
 * One who races: a worker that performs an actor's program, seen from the host.
 */
import type { Program } from '../../protocol/vocabulary.ts'
import { DeskWorker } from './desk-worker.ts'
import type { Played, Standing } from './staging.ts'
import type { Track } from './track.ts'

/** What a racer is to do each time it is called, from now on. */
export interface Part {
  readonly actor: string
  readonly program: Program
  readonly standing: Standing
  /** How many race. */
  readonly racers: number
  /** For how much later than the others it sets off. */
  readonly seed: number
}

/** What came of one time: how it ended, or what broke. */
export type Came = { readonly played: Played } | { readonly failed: string }

/** What a racer's worker is started with. */
export interface Raced {
  /** The memory that all of them share. */
  readonly memory: SharedArrayBuffer
  readonly track: SharedArrayBuffer
  readonly desk: SharedArrayBuffer
  readonly lane: number
}

export class Racer {
  readonly lane: number
  readonly #track: Track
  readonly #worker: DeskWorker<Came, Part>

  constructor(track: Track, shared: Pick<Raced, 'memory' | 'track'>, lane: number) {
    this.lane = lane
    this.#track = track
    const raced: Omit<Raced, 'desk'> = { ...shared, lane }
    this.#worker = new DeskWorker('./race-worker.ts', raced, () => track.break())
  }

  /** Why the worker is dead, if it is. */
  get dead(): string | undefined {
    return this.#worker.dead
  }

  /** Lays down what it is to do. It takes that up when it is called next, and does nothing else then. */
  give(part: Part): void {
    this.#worker.desk.put(part)
  }

  /** What came of the last time; nothing if it has not ended. */
  take(): Came | undefined {
    return this.#track.hasDone(this.lane) ? this.#worker.desk.take() : undefined
  }

  /** Whether the process stays alive for its sake. */
  set awaited(awaited: boolean) {
    this.#worker.awaited = awaited
  }

  async end(): Promise<void> {
    await this.#worker.end()
  }
}
