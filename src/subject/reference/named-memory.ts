/**
 * A memory with its runtime, and the names that the scenario gave to what lies in it.
 */
import type { Domain } from '../../protocol/vocabulary.ts'
import { OBJECTS } from '../../runtime/heap/allocators.ts'
import type { Runtime } from '../../runtime/interpreter/runtime.ts'
import { type Address, CELL, type Memory, NULL } from '../../runtime/memory/memory.ts'
import type { Kind, Names } from './actor.ts'
import { Located } from './located.ts'

/** Names that stand for a single cell, anywhere in a block. All others stand for a whole block. */
export const CELL_KINDS: ReadonlySet<Kind> = new Set(['mutex', 'event', 'once', 'rwlock', 'cell'])

interface Named {
  readonly kind: Kind
  readonly name: string
}

export class NamedMemory {
  /** For looking, without any check. */
  readonly memory: Memory
  readonly runtime: Runtime
  /** Everything that was named, as the actors want it. */
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
  readonly located = new Located()
  readonly #byName = new Map<Kind, Map<string, Address>>()
  readonly #tokens = new Map<Address, string>()
  #lastToken = 0
  /** What each address was last given to: memory is used again. */
  readonly #byAddress = new Map<Address, Named>()

  constructor(runtime: Runtime) {
    this.runtime = runtime
    this.memory = runtime.memory
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

  /** Every address that was given a name. */
  get addresses(): Iterable<Address> {
    return this.#byAddress.keys()
  }

  /** What stands for something that has no name: the same as long as it is the same. */
  token(address: Address): string {
    const token = this.#tokens.get(address) ?? String(++this.#lastToken)
    this.#tokens.set(address, token)
    return token
  }

  /** From here on something else lies at an address. */
  renew(address: Address): void {
    this.#tokens.delete(address)
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
    this.located.forget(address, CELL_KINDS.has(kind) ? CELL : this.runtime.arena.sizeAt(address))
  }

  #named(kind: Kind): Map<string, Address> {
    return this.#byName.get(kind) ?? (this.#byName.set(kind, new Map()).get(kind) as Map<string, Address>)
  }
}
