/**
 * A process: one memory with its runtime, and the names that the scenario gave to what lies in it.
 * A fork makes a second one.
 */
import type { Domain } from '../../protocol/operations.ts'
import { OBJECTS } from '../../runtime/heap/allocators.ts'
import { Runtime } from '../../runtime/interpreter/runtime.ts'
import { type Address, CELL, NULL } from '../../runtime/memory/memory.ts'
import { SharedMemory } from '../../runtime/memory/shared-memory.ts'
import type { Kind, Names } from './actor.ts'
import type { ProcessMemory } from './desk.ts'
import type { Location } from './locate.ts'
import { STATES } from './stepped-memory.ts'

/** Bytes of a scenario's memory: many times what any scenario uses, and quickly emptied. */
const BYTES = 512 * 1024

/** Names that stand for a single cell, anywhere in a block. All others stand for a whole block. */
export const CELL_KINDS: ReadonlySet<Kind> = new Set(['mutex', 'event', 'once', 'rwlock', 'cell'])

interface Named {
  readonly kind: Kind
  readonly name: string
}

/** @param index which of a scenario's processes it is for. */
export const emptyMemory = (index: number): ProcessMemory => ({
  index,
  buffer: new SharedArrayBuffer(BYTES),
  states: new SharedArrayBuffer(BYTES / CELL),
})

export class Process {
  /** What it shares with its workers. */
  readonly shared: ProcessMemory
  /** For looking, from the host. */
  readonly memory: SharedMemory
  readonly runtime: Runtime
  /** Everything that was named, as the workers want it. */
  readonly names: Names = {}
  /** The same, in the order in which it was named. */
  readonly namings: (readonly [key: string, address: Address])[] = []
  /** Objects and blocks that were freed, by kind and name. */
  readonly freed = new Set<string>()
  /** How often each object was finalized. */
  readonly finalizations = new Map<string, number>()
  /** Which allocator each block came from. */
  readonly domains = new Map<string, Domain>()
  /** What was found out about addresses, see `locate`. Only until something else is named there. */
  readonly located = new Map<Address, Location | undefined>()
  readonly #byName = new Map<Kind, Map<string, Address>>()
  /** What each address was last given to: memory is used again. */
  readonly #byAddress = new Map<Address, Named>()

  private constructor(shared: ProcessMemory, runtime: Runtime) {
    this.shared = shared
    this.runtime = runtime
    this.memory = runtime.memory as SharedMemory
  }

  /** A process with an empty runtime. @param shared holds nothing yet. */
  static begin(shared: ProcessMemory): Process {
    return new Process(shared, Runtime.create(new SharedMemory(shared.buffer), BYTES))
  }

  /** A copy of this process, as a fork makes it. @param shared where the copy goes. */
  fork(shared: ProcessMemory): Process {
    new Uint8Array(shared.buffer).set(new Uint8Array(this.shared.buffer))
    new Uint8Array(shared.states).set(new Uint8Array(this.shared.states))
    const child = new Process(shared, new Runtime(new SharedMemory(shared.buffer), BYTES))
    for (const [key, address] of Object.entries(this.names)) child.give(key, address)
    for (const key of this.freed) child.freed.add(key)
    for (const [name, times] of this.finalizations) child.finalizations.set(name, times)
    return child
  }

  /** Makes known to the workers what was allocated from the host, where accesses are not checked. */
  admitBlocks(): void {
    const states = new Uint8Array(this.shared.states)
    for (const { address, bytes } of this.runtime.arena.blocks()) states.fill(STATES.live, address / CELL, (address + bytes) / CELL)
  }

  /** Remembers a name. @param key kind and name, as in "object x". */
  give(key: string, address: Address): void {
    const space = key.indexOf(' ')
    const kind = key.slice(0, space) as Kind
    const name = key.slice(space + 1)
    this.names[key] = address
    this.namings.push([key, address])
    this.freed.delete(key)
    this.#named(kind).set(name, address)
    if (address !== NULL) this.#byAddress.set(address, { kind, name })
    this.#forget(kind, address)
    if (kind === 'block') this.domains.set(name, this.runtime.arena.tagAt(address) === OBJECTS ? 'objects' : 'memory')
  }

  address(kind: Kind, name: string): Address | undefined {
    return this.#byName.get(kind)?.get(name)
  }

  /** All names of a kind, with their addresses. */
  all(kind: Kind): Iterable<readonly [name: string, address: Address]> {
    return this.#byName.get(kind) ?? []
  }

  /** The name of what lies at an address now, or lay there last, if it is of that kind. */
  nameAt(kind: Kind, address: Address): string | null {
    const named = this.#byAddress.get(address)
    return named?.kind === kind ? named.name : null
  }

  /** What lies at an address now, or lay there last. */
  namedAt(address: Address): Named | undefined {
    return this.#byAddress.get(address)
  }

  /** Forgets what was found out about the memory that was given a name. */
  #forget(kind: Kind, address: Address): void {
    if (address === NULL) {
      this.located.clear()
      return
    }
    const bytes = CELL_KINDS.has(kind) ? CELL : this.runtime.arena.sizeAt(address)
    for (let at = address; at < address + bytes; at += CELL) this.located.delete(at)
  }

  #named(kind: Kind): Map<string, Address> {
    return this.#byName.get(kind) ?? (this.#byName.set(kind, new Map()).get(kind) as Map<string, Address>)
  }
}
