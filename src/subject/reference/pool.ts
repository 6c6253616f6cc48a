/**
 * The workers, reused from scenario to scenario: starting one takes far longer than a scenario.
 */
import { SharedMemory } from '../../runtime/memory/shared-memory.ts'
import { BOARD_BYTES, Board, HOST, SEATS, WORKER } from './board.ts'
import type { ProcessMemory } from './desk.ts'
import { DeskWorker } from './desk-worker.ts'
import type { Answer, FromWorker, Seated, ToWorker } from './messages.ts'
import { emptyMemory } from './process.ts'
import { unpack } from './trace.ts'

/** How many are started before anybody asks: one is needed by nearly every scenario, and more take longer than they save. */
const READY = 1

/**
 * How often the host looks whether the turn has come back before it sleeps: some 50 microseconds, which is what most
 * turns take if the worker has a processor. If it has none, looking longer only keeps it from getting this one.
 */
const SPINS = 1000

/**
 * How long the host then sleeps at most with its event loop standing still, in microseconds: falling asleep and being
 * woken is much quicker so. A worker that has died is only heard of once the loop runs again.
 */
const STANDING_STILL = 20_000

/** One worker at its seat. */
export class Seat {
  readonly index: number
  readonly #board: Board
  readonly #worker: DeskWorker<FromWorker, readonly ToWorker[]>
  readonly #posted: ToWorker[] = []

  constructor(board: Board, buffer: SharedArrayBuffer, index: number) {
    this.index = index
    this.#board = board
    board.memory.store(board.seat(index).turn, WORKER)
    board.admit(index)
    const seated: Omit<Seated, 'desk'> = { board: buffer, seat: index }
    this.#worker = new DeskWorker('./worker.ts', seated, () => this.#hand(HOST))
  }

  /** Why the worker is dead, if it is. */
  get dead(): string | undefined {
    return this.#worker.dead
  }

  /** Lets the worker have a memory, of which a message will speak. */
  lend(memory: ProcessMemory): void {
    this.#worker.desk.lend(memory)
  }

  /** Posts a message that the worker sees when it next has the turn. */
  post(message: ToWorker): void {
    this.#posted.push(message)
  }

  /** Gives the worker the turn and waits until it comes back. @returns what the worker says, nothing if it died or had nothing to say. */
  async turn(): Promise<Answer | undefined> {
    const { desk } = this.#worker
    if (this.#posted.length > 0) desk.put(this.#posted.splice(0))
    this.#pass()
    await this.settled()
    const said = this.dead === undefined ? desk.take() : undefined
    return said && { ...said, trace: unpack(desk.trace, said.trace) }
  }

  /** Waits until the turn is the host's. */
  async settled(): Promise<void> {
    const { memory } = this.#board
    const { turn } = this.#board.seat(this.index)
    for (let spins = 0; spins < SPINS && memory.load(turn) !== HOST; spins++) memory.pause()
    memory.wait(turn, WORKER, STANDING_STILL)
    // Being woken proves nothing: the wake-up may belong to the turn before, which was seen without it.
    if (memory.load(turn) === HOST) return
    // Referenced while somebody waits for it, so that the process does not end meanwhile.
    this.#worker.awaited = true
    while (memory.load(turn) !== HOST) await memory.waitAsync(turn, WORKER)
    this.#worker.awaited = false
  }

  async end(): Promise<void> {
    this.#worker.dies('ended')
    await this.#worker.end()
  }

  #pass(): void {
    if (this.dead !== undefined) return
    this.#board.latest = this.index
    this.#hand(WORKER)
  }

  /** Gives the turn to the worker or to the host. */
  #hand(whose: number): void {
    const { memory } = this.#board
    const { turn } = this.#board.seat(this.index)
    memory.store(turn, whose)
    memory.notify(turn, 1)
  }
}

export class Pool {
  readonly board: Board
  readonly #memories: ProcessMemory[] = []
  readonly #buffer = new SharedArrayBuffer(BOARD_BYTES)
  readonly #seats: Seat[] = []

  constructor() {
    this.board = new Board(new SharedMemory(this.#buffer))
    for (let index = 0; index < READY; index++) this.#add(index)
  }

  /** A memory that holds nothing. What it held before is gone: a scenario is over when the next one asks. */
  memory(index: number): ProcessMemory {
    const memory = this.#memories[index] ?? emptyMemory(index)
    this.#memories[index] = memory
    new Uint8Array(memory.buffer).fill(0)
    new Uint8Array(memory.states).fill(0)
    return memory
  }

  /** The seat of that number, with a living worker that waits for a turn. All before it have been asked for. */
  async seat(index: number): Promise<Seat> {
    if (index >= SEATS) throw new RangeError(`more than ${SEATS} actors`)
    if (this.#seats[index] === undefined || this.#seats[index]?.dead !== undefined) this.#add(index)
    const seat = this.#seats[index] as Seat
    await seat.settled()
    return seat
  }

  async end(): Promise<void> {
    await Promise.all(this.#seats.map((seat) => seat.end()))
  }

  #add(index: number): void {
    this.#seats[index] = new Seat(this.board, this.#buffer, index)
  }
}
