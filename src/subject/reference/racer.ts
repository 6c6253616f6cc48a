/**
 * One who races: a worker that performs an actor's program, seen from the host.
 */

import { inspect } from 'node:util'
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads'
import type { Program } from '../../protocol/vocabulary.ts'
import { compileCache } from '../compile-cache.ts'
import { DESK_BYTES, Desk } from './desk.ts'
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
  readonly #worker: Worker
  readonly #port: MessagePort
  readonly #desk: Desk<Came, Part>
  #dead: string | undefined

  constructor(track: Track, shared: Pick<Raced, 'memory' | 'track'>, lane: number) {
    this.lane = lane
    this.#track = track
    const { port1, port2 } = new MessageChannel()
    const desk = new SharedArrayBuffer(DESK_BYTES)
    this.#port = port1
    this.#desk = new Desk(desk, port1)
    const raced: Raced = { ...shared, desk, lane }
    this.#worker = new Worker(new URL('./begin.js', import.meta.url), {
      workerData: { ...raced, compileCache, port: port2, script: './race-worker.ts' },
      transferList: [port2],
    })
    this.#worker.unref()
    this.#port.unref()
    this.#worker.on('error', (error: unknown) => this.#dies(inspect(error)))
    this.#worker.on('exit', (code) => this.#dies(`the worker ended with code ${code}`))
  }

  /** Why the worker is dead, if it is. */
  get dead(): string | undefined {
    return this.#dead
  }

  /** Lays down what it is to do. It takes that up when it is called next, and does nothing else then. */
  give(part: Part): void {
    this.#desk.put(part)
  }

  /** What came of the last time; nothing if it has not ended. */
  take(): Came | undefined {
    return this.#track.hasDone(this.lane) ? this.#desk.take() : undefined
  }

  /** Whether the process stays alive for its sake. */
  set awaited(awaited: boolean) {
    if (awaited) this.#worker.ref()
    else this.#worker.unref()
  }

  async end(): Promise<void> {
    this.#dead ??= 'ended'
    this.#port.close()
    await this.#worker.terminate()
  }

  #dies(reason: string): void {
    if (this.#dead !== undefined) return
    this.#dead = reason
    this.#track.break()
  }
}
