/**
 * Memory for scripted scenarios: what an actor does to shared memory is noted, accesses to memory
 * that was freed are refused, and sleeping gives the turn back.
 *
 * The runtime above it is the same, unmodified, that runs on `SharedMemory`.
 */
import { BlockArena } from '../../runtime/memory/arena.ts'
import { type Access, type Address, CELL, type Wake } from '../../runtime/memory/memory.ts'
import { SharedMemory } from '../../runtime/memory/shared-memory.ts'
import { type Board, DISMISSED, HOST, TIMED_OUT, WORKER } from './board.ts'
import { TraceWriter } from './trace.ts'

/** The runtime used memory that it had given back. */
export class MemoryViolation extends Error {
  override readonly name = 'MemoryViolation'
}

/** The scenario is over, and with it whatever the actor slept in. */
export class Dismissed extends Error {
  override readonly name = 'Dismissed'
  constructor() {
    super('the scenario is over')
  }
}

const NEVER_HANDED_OUT = 0
/** What may be done with a cell, as a number. */
export const STATES: Record<Access, number> = { live: 1, dead: 2, freed: 3 }

/** What an actor needs to sit at the board. */
export interface Place {
  readonly board: Board
  readonly seat: number
  /** Which process's memory this is: a fork's child has a copy of its own. */
  readonly process: number
  /** Says what is noted when the turn is given back in the middle of a step. */
  readonly onSleep: () => void
  /** Where the arena counts requests that it refused. */
  readonly refusals: Address
  /** Where the trace is written. */
  readonly trace: Int32Array
}

export class SteppedMemory extends SharedMemory {
  readonly #place: Place
  readonly #states: Uint8Array
  readonly #refusals: Address
  readonly trace: TraceWriter

  /** @param states one byte per cell, shared by all memories of the process: what may be done with it. */
  constructor(buffer: SharedArrayBuffer, states: SharedArrayBuffer, place: Place) {
    super(buffer)
    this.#states = new Uint8Array(states)
    this.#place = place
    this.#refusals = place.refusals
    this.trace = new TraceWriter(place.trace)
  }

  override load(at: Address): number {
    this.#mayRead(at)
    if (this.#states[at / CELL] !== NEVER_HANDED_OUT) this.trace.read(at)
    return super.load(at)
  }

  override loadAcquire(at: Address): number {
    this.#mayRead(at)
    return super.loadAcquire(at)
  }

  override loadRelaxed(at: Address): number {
    this.#mayRead(at)
    return super.loadRelaxed(at)
  }

  override get(at: Address): number {
    this.#mayRead(at)
    return super.get(at)
  }

  override store(at: Address, value: number): void {
    this.#write(at, super.get(at), value)
    super.store(at, value)
  }

  override storeRelease(at: Address, value: number): void {
    this.#write(at, super.get(at), value)
    super.storeRelease(at, value)
  }

  override storeRelaxed(at: Address, value: number): void {
    this.#write(at, super.get(at), value)
    super.storeRelaxed(at, value)
  }

  override set(at: Address, value: number): void {
    this.#write(at, super.get(at), value)
    super.set(at, value)
  }

  override add(at: Address, value: number): number {
    const before = super.get(at)
    this.#write(at, before, (before + value) | 0)
    return super.add(at, value)
  }

  override or(at: Address, bits: number): number {
    const before = super.get(at)
    this.#write(at, before, before | bits)
    return super.or(at, bits)
  }

  override and(at: Address, bits: number): number {
    const before = super.get(at)
    this.#write(at, before, before & bits)
    return super.and(at, bits)
  }

  override exchange(at: Address, value: number): number {
    this.#write(at, super.get(at), value)
    return super.exchange(at, value)
  }

  override compareExchange(at: Address, expected: number, value: number): number {
    const before = super.get(at)
    this.#mayRead(at)
    if (before === expected) this.#write(at, before, value)
    return super.compareExchange(at, expected, value)
  }

  override fill(at: Address, bytes: number, value: number): void {
    for (let cell = at; cell < at + bytes; cell += CELL) this.#mayWrite(cell)
    super.fill(at, bytes, value)
  }

  override wait(at: Address, expected: number, timeout?: number): Wake {
    if (super.load(at) !== expected) return 'changed'
    const { board, seat, process, onSleep } = this.#place
    this.trace.slept()
    board.sleep(seat, process, at, timeout)
    onSleep()
    giveTurn(board, seat)
    const status = board.take(seat)
    if (status === DISMISSED) throw new Dismissed()
    return status === TIMED_OUT ? 'timed out' : 'woken'
  }

  override notify(at: Address, count: number): void {
    const { board, process } = this.#place
    for (const seat of board.wake(process, at, count)) this.trace.woke(seat)
  }

  override pause(): void {}

  override now(): number {
    return this.#place.board.clock
  }

  override expect(at: Address, bytes: number, access: Access): void {
    this.trace.expected(at, access)
    this.#states.fill(STATES[access], at / CELL, (at + bytes) / CELL)
  }

  #write(at: Address, from: number, to: number): void {
    const state = this.#states[at / CELL]
    // The arena's own bookkeeping. Of that, only a refusal is worth telling.
    if (state === NEVER_HANDED_OUT && at !== this.#refusals) return
    this.#mayWrite(at)
    // What is written over with the same tells nobody anything.
    if (from !== (to | 0)) this.trace.wrote(at, from, to | 0)
  }

  #mayWrite(at: Address): void {
    const state = this.#states[at / CELL]
    if (state === STATES.dead || state === STATES.freed) throw new MemoryViolation(`written after it was freed: ${this.#whatLiesAt(at)}`)
  }

  #mayRead(at: Address): void {
    if (this.#states[at / CELL] === STATES.freed) throw new MemoryViolation(`read after it was freed: ${this.#whatLiesAt(at)}`)
  }

  #whatLiesAt(at: Address): string {
    const { buffer } = this
    const block = new BlockArena(new SharedMemory(buffer), buffer.byteLength).around(at)
    return block ? `cell ${(at - block.address) / CELL} of the ${block.name} at ${block.address}` : `memory at ${at}`
  }
}

/** How often an actor looks whether the turn has come round before it sleeps: some 25 microseconds. */
const SPINS = 500

/** Gives the turn back to the host, and sleeps until it comes round again. */
export function giveTurn(board: Board, index: number): void {
  const { memory } = board
  const { turn } = board.seat(index)
  memory.store(turn, HOST)
  memory.notify(turn, 1)
  // The same actor is often the next. As soon as another one is, that one gets this processor.
  for (let spins = 0; spins < SPINS && board.latest === index && memory.load(turn) === HOST; spins++) memory.pause()
  while (memory.load(turn) !== WORKER) memory.wait(turn, HOST)
}
