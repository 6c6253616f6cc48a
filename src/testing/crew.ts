/**
 * Real threads for tests in which threads really contend: a few workers over one memory.
 *
 * The test's own thread never blocks. A worker may, for ever if the runtime is wrong; the test then
 * fails at its time limit, and ending the crew ends the worker.
 */
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Task, Told } from './crew-worker.ts'

/** What a worker is to do: a function that a module exports, and its arguments after the memory. */
export interface Part {
  readonly body: string
  readonly args: readonly unknown[]
}

export class Crew {
  readonly #workers: readonly Worker[]

  constructor(count: number) {
    this.#workers = Array.from({ length: count }, () => new Worker(new URL('./crew-worker.ts', import.meta.url)))
  }

  /**
   * Runs the parts at the same time, each on a worker of its own.
   * @param module that exports their bodies.
   * @returns what each answered.
   */
  async run(module: URL, buffer: SharedArrayBuffer, parts: readonly Part[]): Promise<unknown[]> {
    return Promise.all(parts.map((part, index) => this.#perform(index, { module: module.href, buffer, ...part })))
  }

  async end(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()))
  }

  async #perform(index: number, task: Task): Promise<unknown> {
    const worker = this.#workers[index]
    if (!worker) throw new RangeError(`the crew has ${this.#workers.length} workers`)
    const answer = once(worker, 'message')
    worker.postMessage(task)
    const [told] = (await answer) as [Told]
    if ('error' in told) throw new Error(`${task.body} failed: ${told.error}`)
    return told.result
  }
}
