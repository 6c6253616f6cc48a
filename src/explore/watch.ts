/**
 * What the invariants looked at when they held last.
 *
 * Most steps change nothing that an invariant is about. An invariant depends on nothing but the cells that it reads and
 * on what it asks about the threads' next operations. So while all of that is as it was, however the machine came
 * there, the invariants hold still and need not be asked.
 */
import type { Address } from '../runtime/memory/memory.ts'
import { MOST_THREADS } from './layout.ts'
import type { Machine } from './machine.ts'
import type { NextOperation } from './program.ts'

const FIRST_CAPACITY = 256

/** Cells that were looked at; the machine tells it of each. */
export interface Onlooker {
  /** @param value that the cell holds, before anything is written there. */
  saw(cell: number, value: number): void
  /** The clock was looked at or moved. */
  sawTheClock(): void
}

export class Watch implements Onlooker {
  readonly #machine: Machine
  readonly #nextOf: (thread: number) => NextOperation | undefined
  /** By cell: the turn in which it was last read. */
  readonly #readIn: Uint32Array
  /** By cell: the turn in which it was last asked who is about to do something there. */
  readonly #askedIn: Uint32Array
  /** Counts the times that the invariants were asked. */
  #turn = 0
  #cells = new Int32Array(FIRST_CAPACITY)
  #values = new Int32Array(FIRST_CAPACITY)
  #count = 0
  /** By thread: what was told of its next operation; undefined if nobody asked about that cell. */
  readonly #told: (NextOperation | undefined)[] = new Array(MOST_THREADS).fill(undefined)
  #held = false

  /**
   * @param bytes of the memory.
   * @param nextOf a thread; undefined once it has ended.
   */
  constructor(machine: Machine, bytes: number, nextOf: (thread: number) => NextOperation | undefined) {
    this.#machine = machine
    this.#nextOf = nextOf
    this.#readIn = new Uint32Array(bytes >> 2)
    this.#askedIn = new Uint32Array(bytes >> 2)
  }

  /** Whether everything is as it was when the invariants held last. */
  holds(): boolean {
    if (!this.#held) return false
    const { cells, threads } = this.#machine
    for (let index = 0; index < this.#count; index++) {
      if (cells.get(this.#cells[index] as number) !== this.#values[index]) return false
    }
    for (let thread = 0; thread < threads; thread++) if (!alike(this.#asked(thread), this.#told[thread])) return false
    return true
  }

  /** The invariants are asked. */
  begin(): void {
    this.#turn += 1
    this.#count = 0
    this.#held = true
  }

  /** They have answered. @param held whether all hold. */
  end(held: boolean): void {
    this.#held &&= held
    for (let thread = 0; thread < this.#machine.threads; thread++) this.#told[thread] = this.#asked(thread)
  }

  /** What threads are about to do on a cell, in the order of the threads. */
  next(address: Address): NextOperation[] {
    this.#askedIn[address >> 2] = this.#turn
    this.#concerns(address >> 2)
    const found: NextOperation[] = []
    for (let thread = 0; thread < this.#machine.threads; thread++) {
      const next = this.#nextOf(thread)
      if (next?.address === address) found.push(next)
    }
    return found
  }

  saw(cell: number, value: number): void {
    if (this.#readIn[cell] === this.#turn) return
    this.#readIn[cell] = this.#turn
    this.#concerns(cell)
    if (this.#count === this.#cells.length) {
      this.#cells = longer(this.#cells)
      this.#values = longer(this.#values)
    }
    this.#cells[this.#count] = cell
    this.#values[this.#count] = value
    this.#count += 1
  }

  sawTheClock(): void {
    this.#held = false
  }

  /** If anybody writes a cell that the invariants are about, that is a step, so that they are asked before and after it. */
  #concerns(cell: number): void {
    const { cells, contention } = this.#machine
    contention.watched(cells.word(cell))
  }

  /** What a thread is about to do, if the invariants asked about that cell. */
  #asked(thread: number): NextOperation | undefined {
    const next = this.#nextOf(thread)
    return next && this.#askedIn[next.address >> 2] === this.#turn ? next : undefined
  }
}

function alike(one: NextOperation | undefined, other: NextOperation | undefined): boolean {
  return (
    one?.address === other?.address && one?.operation === other?.operation && one?.leaves === other?.leaves && one?.asleep === other?.asleep
  )
}

function longer(array: Int32Array): Int32Array<ArrayBuffer> {
  const copy = new Int32Array(2 * array.length)
  copy.set(array)
  return copy
}
