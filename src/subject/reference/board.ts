/**
 * The board: how the host and its workers take turns.
 *
 * In a scripted scenario exactly one actor runs at a time, so that the same script gives the same
 * result every time. The workers are real and really sleep; what is scripted is who runs next. An
 * actor that would sleep in the runtime gives its turn back instead and says so on the board; one
 * that wakes others only notes on the board that they may go on.
 *
 * The turns order everything else here: only whoever has the turn touches the rest of the board.
 */
import type { Address } from '../../runtime/memory/memory.ts'
import { alone, array, cell, type Opened, record } from '../../runtime/memory/record.ts'
import type { SharedMemory } from '../../runtime/memory/shared-memory.ts'

/** Whose move it is at a seat. */
export const HOST = 0
export const WORKER = 1

/** What an actor is doing while it does not run. */
export const READY = 0
export const ASLEEP = 1
export const WOKEN = 2
/** As woken, because its time was up. */
export const TIMED_OUT = 3
/** Its scenario is over: it is to give up whatever it sleeps on. */
export const DISMISSED = 4

export const SEATS = 256

const Seat = record('seat', {
  /** HOST or WORKER. What both sides really sleep on. */
  turn: alone(cell),
  /** Ready, asleep, woken, timed out or dismissed. */
  status: cell,
  /** The process it lives in: a cell's address means something only there. */
  process: cell,
  /** The cell it sleeps on. */
  on: cell,
  /** When it fell asleep, and when it was woken, in the order of all such moments. */
  asleepAt: cell,
  wokenAt: cell,
  /** On the clock below; meant only if `timed` is not zero. */
  deadline: cell,
  timed: cell,
})
export type Seat = Opened<typeof Seat>

const BoardRecord = record('board', {
  /** Microseconds. Moves only when the scenario says that time passes. */
  clock: cell,
  /** Seats in use: the first so many. */
  inUse: cell,
  /** The seat that has or had the turn last. */
  latest: cell,
  /** Counts the moments at which somebody fell asleep or was woken. */
  moments: cell,
  seats: array(Seat, SEATS),
})

export const BOARD_BYTES = BoardRecord.size

export class Board {
  readonly memory: SharedMemory
  readonly #at = BoardRecord.at(0)

  constructor(memory: SharedMemory) {
    this.memory = memory
  }

  seat(index: number): Seat {
    return Seat.at(this.#at.seats + index * Seat.size)
  }

  get clock(): number {
    return this.memory.get(this.#at.clock)
  }

  set clock(microseconds: number) {
    this.memory.set(this.#at.clock, microseconds)
  }

  get latest(): number {
    return this.memory.load(this.#at.latest)
  }

  set latest(index: number) {
    this.memory.store(this.#at.latest, index)
  }

  /** Makes a seat known. */
  admit(index: number): void {
    this.memory.set(this.#at.inUse, Math.max(this.memory.get(this.#at.inUse), index + 1))
  }

  /** The seats in use whose actors are asleep or woken, as `status` says. */
  *waiting(status: number): Generator<number> {
    const end = this.memory.get(this.#at.inUse)
    for (let index = 0; index < end; index++) if (this.memory.get(this.seat(index).status) === status) yield index
  }

  /** Notes that an actor sleeps on a cell. */
  sleep(index: number, process: number, on: Address, timeout: number | undefined): void {
    const seat = this.seat(index)
    this.memory.set(seat.process, process)
    this.memory.set(seat.on, on)
    this.memory.set(seat.asleepAt, this.#moment())
    this.memory.set(seat.timed, timeout === undefined ? 0 : 1)
    this.memory.set(seat.deadline, (this.clock + (timeout ?? 0)) | 0)
    this.memory.set(seat.status, ASLEEP)
  }

  /** Notes that the first `count` actors of a process that sleep on a cell may go on. @returns their seats. */
  wake(process: number, on: Address, count: number): number[] {
    const { memory } = this
    return [...this.waiting(ASLEEP)]
      .filter((index) => memory.get(this.seat(index).on) === on && memory.get(this.seat(index).process) === process)
      .sort((one, other) => memory.get(this.seat(one).asleepAt) - memory.get(this.seat(other).asleepAt))
      .slice(0, count)
      .map((index) => this.#mark(index, WOKEN))
  }

  /** The actor to go on next: of those that may, the one that was told first. */
  next(): number | undefined {
    const { memory } = this
    const able = [...this.waiting(WOKEN), ...this.waiting(TIMED_OUT)]
    return able.sort((one, other) => memory.get(this.seat(one).wokenAt) - memory.get(this.seat(other).wokenAt))[0]
  }

  /** The earliest time at which an actor's sleep ends by itself, and its seat. */
  earliest(): { index: number; at: number } | undefined {
    const { memory } = this
    return [...this.waiting(ASLEEP)]
      .filter((index) => memory.get(this.seat(index).timed) !== 0)
      .map((index) => ({ index, at: memory.get(this.seat(index).deadline) }))
      .sort((one, other) => one.at - other.at || memory.get(this.seat(one.index).asleepAt) - memory.get(this.seat(other.index).asleepAt))[0]
  }

  /** Ends a sleep whose time is up. */
  expire(index: number): void {
    this.#mark(index, TIMED_OUT)
  }

  /** Takes an actor's place off the board: it runs, or its scenario is over. @returns what its status was. */
  take(index: number): number {
    const { status } = this.seat(index)
    const before = this.memory.get(status)
    this.memory.set(status, READY)
    return before
  }

  #mark(index: number, status: number): number {
    this.memory.set(this.seat(index).status, status)
    this.memory.set(this.seat(index).wokenAt, this.#moment())
    return index
  }

  #moment(): number {
    const moment = this.memory.get(this.#at.moments) + 1
    this.memory.set(this.#at.moments, moment)
    return moment
  }
}
