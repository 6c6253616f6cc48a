/**
 * Memory for real worker threads: 32-bit cells of one SharedArrayBuffer.
 *
 * Relaxed and plain accesses are ordinary typed-array accesses: the language never tears an
 * aligned 32-bit element, and promises no more, which is what relaxed means.
 */
import { type Access, type Address, CELL, type Memory, type Wake } from './memory.ts'

const MICROSECONDS = 1000
const FEW_CELLS = 128

export class SharedMemory implements Memory {
  readonly buffer: SharedArrayBuffer
  // A view of fixed length: one that tracks a growing buffer is far slower.
  readonly #cells: Int32Array<SharedArrayBuffer>

  constructor(buffer: SharedArrayBuffer) {
    this.buffer = buffer
    this.#cells = new Int32Array(buffer, 0, buffer.byteLength / CELL)
  }

  load(at: Address): number {
    return Atomics.load(this.#cells, at >> 2)
  }

  loadAcquire(at: Address): number {
    return Atomics.load(this.#cells, at >> 2)
  }

  loadRelaxed(at: Address): number {
    return this.#cells[at >> 2] as number
  }

  get(at: Address): number {
    return this.#cells[at >> 2] as number
  }

  store(at: Address, value: number): void {
    Atomics.store(this.#cells, at >> 2, value)
  }

  storeRelease(at: Address, value: number): void {
    Atomics.store(this.#cells, at >> 2, value)
  }

  storeRelaxed(at: Address, value: number): void {
    this.#cells[at >> 2] = value
  }

  set(at: Address, value: number): void {
    this.#cells[at >> 2] = value
  }

  add(at: Address, value: number): number {
    return Atomics.add(this.#cells, at >> 2, value)
  }

  or(at: Address, bits: number): number {
    return Atomics.or(this.#cells, at >> 2, bits)
  }

  and(at: Address, bits: number): number {
    return Atomics.and(this.#cells, at >> 2, bits)
  }

  exchange(at: Address, value: number): number {
    return Atomics.exchange(this.#cells, at >> 2, value)
  }

  compareExchange(at: Address, expected: number, value: number): number {
    return Atomics.compareExchange(this.#cells, at >> 2, expected, value)
  }

  fill(at: Address, bytes: number, value: number): void {
    const end = (at + bytes) >> 2
    // For a few cells the call takes longer than the loop.
    if (bytes > FEW_CELLS) this.#cells.fill(value, at >> 2, end)
    else for (let index = at >> 2; index < end; index++) this.#cells[index] = value
  }

  wait(at: Address, expected: number, timeout?: number): Wake {
    const outcome = Atomics.wait(this.#cells, at >> 2, expected, timeout === undefined ? Infinity : timeout / MICROSECONDS)
    return outcome === 'ok' ? 'woken' : outcome === 'not-equal' ? 'changed' : 'timed out'
  }

  /** As `wait`, for a thread that must not block. */
  async waitAsync(at: Address, expected: number): Promise<void> {
    await Atomics.waitAsync(this.#cells, at >> 2, expected).value
  }

  notify(at: Address, count: number): void {
    Atomics.notify(this.#cells, at >> 2, count)
  }

  pause(): void {
    Atomics.pause()
  }

  now(): number {
    // The origin differs between workers, the sum does not.
    return ((performance.timeOrigin + performance.now()) * MICROSECONDS) | 0
  }

  expect(_at: Address, _bytes: number, _access: Access): void {}
}
