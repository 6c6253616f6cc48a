/**
 * A worker with a desk, seen from the host: how it is started, how it is awaited, and what becomes of it.
 */
import { inspect } from 'node:util'
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads'
import { DESK_BYTES, Desk } from './desk.ts'

/** `Said` is what it lays on the desk, `Told` what it finds there. */
export class DeskWorker<Said, Told> {
  readonly desk: Desk<Said, Told>
  readonly #worker: Worker
  readonly #port: MessagePort
  readonly #died: () => void
  #dead: string | undefined

  /**
   * @param script that it runs, beside this one.
   * @param data that it is started with, besides its desk.
   * @param died is called once, when it has died.
   */
  constructor(script: string, data: object, died: () => void) {
    this.#died = died
    const { port1, port2 } = new MessageChannel()
    const desk = new SharedArrayBuffer(DESK_BYTES)
    this.#port = port1
    this.desk = new Desk(desk, port1)
    this.#worker = new Worker(new URL('./begin.js', import.meta.url), {
      workerData: { ...data, desk, port: port2, script },
      transferList: [port2],
    })
    this.#worker.unref()
    this.#port.unref()
    this.#worker.on('error', (error: unknown) => this.dies(inspect(error)))
    this.#worker.on('exit', (code) => this.dies(`the worker ended with code ${code}`))
  }

  /** Why it is dead, if it is. */
  get dead(): string | undefined {
    return this.#dead
  }

  /** Whether the process stays alive for its sake. */
  set awaited(awaited: boolean) {
    if (awaited) this.#worker.ref()
    else this.#worker.unref()
  }

  /** From now on it counts as dead. Whatever is told later is about a worker that is gone, whose place another may have. */
  dies(reason: string): void {
    if (this.#dead !== undefined) return
    this.#dead = reason
    this.#died()
  }

  /** Ends it. Nobody is told that it died. */
  async end(): Promise<void> {
    this.#dead ??= 'ended'
    this.#port.close()
    await this.#worker.terminate()
  }
}
