/**
 * The workers, reused from scenario to scenario: starting one takes far longer than a scenario.
 */
import { inspect } from 'node:util'
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads'
import { SharedMemory } from '../../runtime/memory/shared-memory.ts'
import { BOARD_BYTES, Board, HOST, SEATS, WORKER } from './board.ts'
import type { FromWorker, Seated, ToWorker } from './messages.ts'

/** How many are started before anybody asks: most scenarios need no more. */
const READY = 3

/**
 * How often the host looks whether the turn has come back before it sleeps: some 200 microseconds. Waking a
 * thread takes a quarter of that, and most of what an actor does takes less.
 */
const SPINS = 4000

/** One worker at its seat. */
export class Seat {
  readonly index: number
  readonly #board: Board
  readonly #worker: Worker
  readonly #port: MessagePort
  #dead: string | undefined

  constructor(board: Board, buffer: SharedArrayBuffer, index: number) {
    this.index = index
    this.#board = board
    const { port1, port2 } = new MessageChannel()
    this.#port = port1
    board.memory.store(board.seat(index).turn, WORKER)
    board.admit(index)
    const seated: Seated = { board: buffer, seat: index }
    this.#worker = new Worker(new URL('./begin.js', import.meta.url), {
      workerData: { ...seated, port: port2 },
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

  /** Posts a message that the worker sees when it next has the turn. */
  post(message: ToWorker): void {
    this.#port.postMessage(message)
  }

  /** Gives the worker the turn and waits until it comes back. @returns what the worker says, nothing if it died or had nothing to say. */
  async turn(): Promise<FromWorker | undefined> {
    this.#pass()
    await this.settled()
    return receiveMessageOnPort(this.#port)?.message as FromWorker | undefined
  }

  /** Waits until the turn is the host's. */
  async settled(): Promise<void> {
    const { memory } = this.#board
    const { turn } = this.#board.seat(this.index)
    // Most turns are shorter than falling asleep and being woken takes.
    for (let spins = 0; spins < SPINS && memory.load(turn) !== HOST; spins++) memory.pause()
    // Referenced while somebody waits for it, so that the process does not end meanwhile.
    this.#worker.ref()
    while (memory.load(turn) !== HOST) await memory.waitAsync(turn, WORKER)
    this.#worker.unref()
  }

  async end(): Promise<void> {
    this.#dead ??= 'ended'
    this.#port.close()
    await this.#worker.terminate()
  }

  #pass(): void {
    if (this.#dead !== undefined) return
    const { memory } = this.#board
    const { turn } = this.#board.seat(this.index)
    this.#board.latest = this.index
    memory.store(turn, WORKER)
    memory.notify(turn, 1)
  }

  #dies(reason: string): void {
    this.#dead ??= reason
    const { memory } = this.#board
    const { turn } = this.#board.seat(this.index)
    memory.store(turn, HOST)
    memory.notify(turn, 1)
  }
}

export class Pool {
  readonly board: Board
  readonly #buffer = new SharedArrayBuffer(BOARD_BYTES)
  readonly #seats: Seat[] = []

  constructor() {
    this.board = new Board(new SharedMemory(this.#buffer))
    for (let index = 0; index < READY; index++) this.#add(index)
  }

  /** The first `count` seats, with living workers that wait for a turn. */
  async seats(count: number): Promise<Seat[]> {
    if (count > SEATS) throw new RangeError(`more than ${SEATS} actors`)
    for (let index = 0; index < count; index++) {
      if (this.#seats[index] === undefined || this.#seats[index]?.dead !== undefined) this.#add(index)
    }
    const seats = this.#seats.slice(0, count)
    for (const seat of seats) await seat.settled()
    return seats
  }

  async end(): Promise<void> {
    await Promise.all(this.#seats.map((seat) => seat.end()))
  }

  #add(index: number): void {
    this.#seats[index] = new Seat(this.board, this.#buffer, index)
  }
}
