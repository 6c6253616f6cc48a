/**
 * What the actors of a race hold, and who is in the middle of an operation, written beside the runtime into the same
 * memory. The rules of a race compare it with what the runtime counts.
 *
 * A reference is given up when the operation that drops it begins, and held when the operation that takes it has
 * ended: in between, the runtime may count it or not. Each actor writes cells of its own, so nobody races for them, and
 * what they hold follows from what the actors did, so they tell no two states apart.
 */
import type { OperationName } from '../../protocol/operations.ts'
import type { Program } from '../../protocol/vocabulary.ts'
import { type Address, CELL, type Memory } from '../../runtime/memory/memory.ts'
import { numbered } from './operations/objects.ts'

type Args = Readonly<Record<string, unknown>>

/** An operation of a scenario or of a program. */
interface Asked {
  readonly op: string
  readonly args?: Args | undefined
}

/** Everything that may be held, and by whom. */
export interface Holdable {
  readonly actors: readonly string[]
  readonly objects: readonly string[]
  /** Mutexes, and locks for many readers or one writer. */
  readonly locks: readonly string[]
}

/** How much of what, by name. */
type Amounts = readonly (readonly [name: string, amount: number])[]

/** What holding a lock for writing counts as; for reading, and holding a mutex, it is one. */
export const WRITER = 1 << 16

/** What stands in front of the amounts, for each actor. */
const BUSY = 0
const IDENTITY = 1
const AMOUNTS = 2

/** What holding nothing that can be told counts as: the object's count was set outright. */
const UNKNOWN = -(1 << 24)

/** @returns what the operations, and the programs in them, name. */
export function holdableIn(actors: readonly string[], operations: readonly Asked[]): Holdable {
  const objects = new Set<string>()
  const locks = new Set<string>()
  const read = ({ args = {} }: Asked): void => {
    if (typeof args.object === 'string') objects.add(args.object)
    for (const lock of [args.mutex, args.rwlock]) if (typeof lock === 'string') locks.add(lock)
    for (const program of [args.finalizer, args.program, args.during]) for (const one of (program ?? []) as Program) read(one)
  }
  for (const operation of operations) read(operation)
  return { actors, objects: [...objects], locks: [...locks] }
}

export class Holdings {
  readonly #memory: Memory
  readonly #at: Address
  readonly #indices: ReadonlyMap<string, number>
  readonly #things: ReadonlyMap<string, number>
  readonly actors: readonly string[]
  readonly objects: readonly string[]
  readonly locks: readonly string[]

  /** @param at where the cells lie, `bytes` of them, which hold zeros. */
  constructor(memory: Memory, at: Address, { actors, objects, locks }: Holdable) {
    this.#memory = memory
    this.#at = at
    this.actors = actors
    this.objects = objects
    this.locks = locks
    this.#indices = indexed(actors)
    this.#things = indexed([...objects.map((name) => `object ${name}`), ...locks.map((name) => `lock ${name}`)])
  }

  /** How many bytes they take. */
  static bytes({ actors, objects, locks }: Holdable): number {
    return (actors.length * (AMOUNTS + objects.length + locks.length) + objects.length) * CELL
  }

  /** Performs an operation of an actor, and writes down what that changes. */
  around<T extends Args>(actor: string, op: OperationName, args: Args, perform: () => T): T {
    const given = givenUp(op, args)
    const busy = this.#cell(actor, BUSY)
    this.#add(busy, 1)
    for (const [thing, amount] of given) this.#change(actor, thing, -amount)
    try {
      const facts = perform()
      for (const [thing, amount] of taken(op, args, facts)) this.#change(actor, thing, amount)
      return facts
    } catch (error) {
      for (const [thing, amount] of given) this.#change(actor, thing, amount)
      throw error
    } finally {
      this.#add(busy, -1)
    }
  }

  /** Notes where a thing lies that was just given a name. */
  named(kind: string, name: string, address: Address): void {
    if (kind === 'actor') this.#memory.set(this.#cell(name, IDENTITY), address)
    const index = kind === 'object' ? this.objects.indexOf(name) : -1
    if (index >= 0) this.#memory.set(this.#addressCell(index), address)
  }

  /** Where an object lies, or lay; NULL if it was not made yet. @param memory to look with. */
  addressOf(memory: Memory, object: string): Address {
    return memory.get(this.#addressCell(this.objects.indexOf(object)))
  }

  /**
   * How many references to an object the actors hold; undefined if that cannot be told. One actor alone may hold less
   * than none: references are handed on.
   */
  references(memory: Memory, object: string): number | undefined {
    const sum = this.#sum(memory, `object ${object}`)
    return sum < UNKNOWN / 2 ? undefined : sum
  }

  /** How often a lock is held, see `WRITER`. */
  held(memory: Memory, lock: string): number {
    return this.#sum(memory, `lock ${lock}`)
  }

  /** The identity of the thread that an actor is. */
  identityOf(memory: Memory, actor: string): Address {
    return memory.get(this.#cell(actor, IDENTITY))
  }

  /** Whether a thread of that identity is in the middle of an operation; of any, without one. */
  isBusy(memory: Memory, identity?: Address): boolean {
    for (const actor of this.actors) {
      if (identity !== undefined && this.identityOf(memory, actor) !== identity) continue
      if (memory.get(this.#cell(actor, BUSY)) !== 0) return true
    }
    return false
  }

  #sum(memory: Memory, thing: string): number {
    const column = this.#things.get(thing) as number
    let sum = 0
    for (const actor of this.actors) sum += memory.get(this.#cell(actor, AMOUNTS + column))
    return sum
  }

  #change(actor: string, thing: string, amount: number): void {
    const column = this.#things.get(thing)
    // Nobody asks about what no operation names by itself, as one of many objects.
    if (column !== undefined) this.#add(this.#cell(actor, AMOUNTS + column), amount)
  }

  #add(cell: Address, amount: number): void {
    this.#memory.set(cell, this.#memory.get(cell) + amount)
  }

  #cell(actor: string, column: number): Address {
    return this.#at + ((this.#indices.get(actor) as number) * (AMOUNTS + this.#things.size) + column) * CELL
  }

  #addressCell(object: number): Address {
    return this.#at + (this.actors.length * (AMOUNTS + this.#things.size) + object) * CELL
  }
}

const indexed = (names: readonly string[]): ReadonlyMap<string, number> => new Map(names.map((name, index) => [name, index]))

const mode = (args: Args): number => (args.mode === 'write' ? WRITER : 1)
const times = (args: Args): number => (args.times as number | undefined) ?? 1
const many = (args: Args): Amounts => numbered(args.prefix as string, args.count as number).map((name) => [`object ${name}`, 1])

/** What an actor gives up by beginning an operation. */
function givenUp(op: OperationName, args: Args): Amounts {
  if (op === 'object.decref') return [[`object ${args.object}`, times(args)]]
  if (op === 'object.decref-many') return many(args)
  if (op === 'slot.publish' && args.object !== undefined) return [[`object ${args.object}`, 1]]
  if (op === 'mutex.unlock') return [[`lock ${args.mutex}`, 1]]
  return op === 'rwlock.unlock' ? [[`lock ${args.rwlock}`, mode(args)]] : []
}

/** What an actor has by having ended one. */
function taken(op: OperationName, args: Args, facts: Args): Amounts {
  const object = `object ${args.object}`
  switch (op) {
    case 'object.create':
      return [[object, (args.references as number | undefined) ?? 1]]
    case 'object.create-many':
      return many(args)
    case 'object.incref':
      return [[object, times(args)]]
    case 'object.locked-incref':
      return [[object, 1]]
    case 'object.try-incref':
      return facts.granted ? [[object, 1]] : []
    case 'object.set-count':
    case 'object.add-count':
    case 'object.make-mortal':
      return [[object, UNKNOWN]]
    case 'slot.take':
      return facts.taken === null ? [] : [[`object ${facts.taken}`, 1]]
    case 'slot.publish':
    case 'slot.clear':
      return facts.replaced === null ? [] : [[`object ${facts.replaced}`, 1]]
    case 'mutex.lock':
      return facts.outcome === 'acquired' || facts.outcome === 'handed off' ? [[`lock ${args.mutex}`, 1]] : []
    case 'rwlock.lock':
      return [[`lock ${args.rwlock}`, mode(args)]]
    default:
      return []
  }
}
