/**
 * What the rules of a race look at: one state, read once for all of them.
 */
import type { Broken, NextOperation, Situation } from '../../../explore/program.ts'
import { type InterpreterRecord, ThreadRecord } from '../../../runtime/interpreter/records.ts'
import { type Address, type Memory, NULL } from '../../../runtime/memory/memory.ts'
import { items, type Retired } from '../../../runtime/reclaim/free-queue.ts'
import { QsbrSlot, type Sequence } from '../../../runtime/reclaim/qsbr.ts'
import { queued } from '../../../runtime/refcount/merge-queue.ts'
import { LOCAL, OWNER, SHARED } from '../../../runtime/refcount/object-header.ts'
import { LOCKED } from '../../../runtime/sync/mutex.ts'
import { OsThread, ThreadState } from '../../../runtime/thread/thread-state.ts'
import type { Holdings } from '../holdings.ts'
import type { NamedMemory } from '../named-memory.ts'

/** What a race starts from. */
export interface Scene {
  /** The names that were given before the race. */
  readonly named: NamedMemory
  readonly holdings: Holdings
}

/** A rule: what it says, and what is seen that breaks it, if anything is. */
export interface Rule {
  readonly name: string
  broken(view: View): Broken | undefined
}

/** An object that lives, and what its header says. */
export interface LiveObject {
  readonly name: string
  readonly at: Address
  readonly owner: Address
  readonly local: number
  readonly shared: number
}

export interface LiveThread {
  readonly record: ThreadRecord
  readonly interpreter: InterpreterRecord
  /** Detached, attached or suspended. */
  readonly state: number
  /** The thread that it is bound to; NULL for none. */
  readonly os: Address
  /** Whether that is in the middle of an operation; whether any is, if it is bound to none. */
  readonly busy: boolean
  /** Under which it can be asked to merge; NULL if it cannot. */
  readonly identity: Address
}

export interface Slot {
  readonly number: number
  readonly at: Address
  readonly sequence: Sequence
  readonly reserved: boolean
  readonly holder: Address
  readonly interpreter: InterpreterRecord
}

/** A thread state that is attached, and the thread that it runs on. */
export interface Attached {
  readonly thread: Address
  readonly os: Address
}

export class View {
  readonly memory: Memory
  readonly situation: Situation
  readonly named: NamedMemory
  readonly holdings: Holdings
  readonly interpreters: readonly InterpreterRecord[]
  readonly threads: readonly LiveThread[]
  readonly slots: readonly Slot[]
  /** The objects that the scenario names and that live, those that are being made too. */
  readonly objects: readonly LiveObject[]
  /** The objects that wait for a merge, once for each time that they stand in a queue. */
  readonly queued: readonly Address[]
  /** Whether any actor is in the middle of an operation. */
  readonly busy: boolean
  #attached: readonly Attached[] | undefined

  constructor(memory: Memory, { named, holdings }: Scene, situation: Situation) {
    this.memory = memory
    this.situation = situation
    this.named = named
    this.holdings = holdings
    this.busy = holdings.isBusy(memory)
    this.interpreters = [...named.runtime.interpreters()]
    this.threads = this.interpreters.flatMap((interpreter) => threadsOf(memory, interpreter, holdings, this.busy))
    this.slots = this.interpreters.flatMap((interpreter) => slotsOf(memory, interpreter))
    this.objects = objectsIn(memory, named, holdings)
    this.queued = this.threads.flatMap(({ record }) => [...queued(memory, record.mergeQueue)])
  }

  get(address: Address): number {
    return this.memory.get(address)
  }

  /** What the actors do next on one cell. */
  next(address: Address): readonly NextOperation[] {
    return this.situation.next(address)
  }

  /** Whether an actor's next operation is on that cell. */
  isNext(address: Address): boolean {
    return this.next(address).length > 0
  }

  isTaken(mutex: Address): boolean {
    return (this.memory.get(mutex) & LOCKED) !== 0
  }

  isInUse(address: Address): boolean {
    return this.named.runtime.arena.isInUse(address)
  }

  /** The identity of the thread that an actor is. */
  identityOf(actor: string): Address {
    return this.holdings.identityOf(this.memory, actor)
  }

  /** What waits to be freed in a queue. */
  items(queue: Parameters<typeof items>[1]): Retired[] {
    return [...items(this.memory, queue)]
  }

  /** The thread states that are attached, and on which thread. */
  get attached(): readonly Attached[] {
    this.#attached ??= attachedIn(this)
    return this.#attached
  }
}

function attachedIn(view: View): Attached[] {
  const found: Attached[] = []
  for (const actor of view.holdings.actors) {
    const os = view.identityOf(actor)
    const thread = view.memory.get(os + OsThread.offset.current)
    if (thread !== NULL && found.every((other) => other.os !== os)) found.push({ thread, os })
  }
  return found
}

function threadsOf(memory: Memory, interpreter: InterpreterRecord, holdings: Holdings, anyBusy: boolean): LiveThread[] {
  const threads: LiveThread[] = []
  for (let at = memory.get(interpreter.threads); at !== NULL; at = memory.get(at + ThreadState.offset.next)) {
    const record = ThreadRecord.at(at)
    const os = memory.get(at + ThreadState.offset.osThread)
    threads.push({
      record,
      interpreter,
      state: memory.get(at + ThreadState.offset.state),
      os,
      busy: os === NULL ? anyBusy : anyBusy && holdings.isBusy(memory, os),
      identity: memory.get(record.mergeQueue.identity),
    })
  }
  return threads
}

function slotsOf(memory: Memory, interpreter: InterpreterRecord): Slot[] {
  const [table, size] = [memory.get(interpreter.qsbr.slots), memory.get(interpreter.qsbr.size)]
  const { sequence, reserved, holder } = QsbrSlot.offset
  const slots: Slot[] = []
  for (let number = 0; number < size; number++) {
    const at = table + number * QsbrSlot.size
    slots.push({
      number,
      at,
      sequence: memory.get(at + sequence),
      reserved: memory.get(at + reserved) !== 0,
      holder: memory.get(at + holder),
      interpreter,
    })
  }
  return slots
}

function objectsIn(memory: Memory, { runtime }: NamedMemory, holdings: Holdings): LiveObject[] {
  const objects: LiveObject[] = []
  // The last one made at an address is the one that lies there.
  for (let index = holdings.objects.length - 1; index >= 0; index--) {
    const name = holdings.objects[index] as string
    const at = holdings.addressOf(memory, name)
    if (at === NULL || objects.some((object) => object.at === at) || !runtime.arena.isInUse(at) || runtime.arena.nameAt(at) !== 'object')
      continue
    objects.push({ name, at, owner: memory.get(at + OWNER), local: memory.get(at + LOCAL), shared: memory.get(at + SHARED) })
  }
  return objects
}

/** The first answer that is not undefined. */
export function first<T>(items: readonly T[], said: (item: T) => Broken | undefined): Broken | undefined {
  for (const item of items) {
    const words = said(item)
    if (words !== undefined) return words
  }
  return undefined
}
