/**
 * Memory for tests on one thread: says what other threads do, and when.
 *
 * Races are decided by what happens between two accesses of one thread. Here that is written down:
 * right before a chosen access another thread acts. Time is a number that the test moves. A sleep
 * that nobody can end any more is an error, so that a test fails instead of hanging.
 */
import type { Address, Wake } from '../runtime/memory/memory.ts'
import { SharedMemory } from '../runtime/memory/shared-memory.ts'

/** The calls that others can forestall. */
export type Access =
  | 'load'
  | 'loadAcquire'
  | 'loadRelaxed'
  | 'get'
  | 'store'
  | 'storeRelease'
  | 'add'
  | 'exchange'
  | 'compareExchange'
  | 'fill'
  | 'wait'

/** The thread under test went to sleep, and nobody is left to wake it. */
export class EndlessSleep extends Error {
  override readonly name = 'EndlessSleep'
  readonly at: Address
  constructor(at: Address) {
    super(`nobody is left to wake the thread that sleeps on ${at}`)
    this.at = at
  }
}

export class ScriptedMemory extends SharedMemory {
  /** Microseconds. A sleep with a timeout lets it pass. */
  clock = 0
  /** Sleeps that were gone through, until they ended or their time was up. */
  sleeps = 0
  /** How often a thread said that it spins. */
  pauses = 0
  readonly #script: { readonly access: Access; readonly at: Address; readonly act: () => void }[] = []
  readonly #postponed = new Map<Address, (value: number) => void>()

  /**
   * Another thread acts right before such an access to the cell. Several scripts for one cell act one per access.
   * @param nth how many accesses from now: the next one is the first.
   */
  before(access: Access, at: Address, act: () => void, nth = 1): void {
    for (let passed = 1; passed < nth; passed++) this.#script.push({ access, at, act: () => {} })
    this.#script.push({ access, at, act })
  }

  /** Scripts that have not acted yet, in words. */
  get outstanding(): string[] {
    return this.#script.map(({ access, at }) => `before ${access} at ${at}`)
  }

  /** Holds the next store to a cell back, as if its thread had been interrupted there. @returns what lets it through. */
  postpone(at: Address): () => void {
    let held: number | undefined
    this.#postponed.set(at, (value) => {
      held = value
    })
    return () => {
      if (held !== undefined) super.store(at, held)
    }
  }

  override store(at: Address, value: number): void {
    this.#forestall('store', at)
    const hold = this.#postponed.get(at)
    this.#postponed.delete(at)
    if (hold) hold(value)
    else super.store(at, value)
  }

  override storeRelease(at: Address, value: number): void {
    this.#forestall('storeRelease', at)
    super.storeRelease(at, value)
  }

  override load(at: Address): number {
    this.#forestall('load', at)
    return super.load(at)
  }

  override loadAcquire(at: Address): number {
    this.#forestall('loadAcquire', at)
    return super.loadAcquire(at)
  }

  override loadRelaxed(at: Address): number {
    this.#forestall('loadRelaxed', at)
    return super.loadRelaxed(at)
  }

  override get(at: Address): number {
    this.#forestall('get', at)
    return super.get(at)
  }

  override add(at: Address, value: number): number {
    this.#forestall('add', at)
    return super.add(at, value)
  }

  override exchange(at: Address, value: number): number {
    this.#forestall('exchange', at)
    return super.exchange(at, value)
  }

  override compareExchange(at: Address, expected: number, value: number): number {
    this.#forestall('compareExchange', at)
    return super.compareExchange(at, expected, value)
  }

  override fill(at: Address, bytes: number, value: number): void {
    this.#forestall('fill', at)
    super.fill(at, bytes, value)
  }

  override wait(at: Address, expected: number, timeout?: number): Wake {
    this.#forestall('wait', at)
    if (super.load(at) !== expected) return 'changed'
    if (timeout === undefined) throw new EndlessSleep(at)
    this.sleeps += 1
    this.clock += timeout
    return 'timed out'
  }

  override pause(): void {
    this.pauses += 1
  }

  override now(): number {
    return this.clock | 0
  }

  #forestall(access: Access, at: Address): void {
    const index = this.#script.findIndex((script) => script.access === access && script.at === at)
    if (index >= 0) for (const { act } of this.#script.splice(index, 1)) act()
  }
}
