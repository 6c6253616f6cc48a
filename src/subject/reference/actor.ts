/**
 * An actor: performs a scenario's operations on the runtime, in its own worker.
 *
 * It knows the scenario's names, and stands in for the embedder: what a finalizer or a request
 * handler does is a program of further operations.
 */
// Types only: the schemas behind them take a worker longer to load than all the rest.
import type { OperationName } from '../../protocol/operations.ts'
import type { Program, Request } from '../../protocol/vocabulary.ts'
import type { News } from '../../runtime/bytecode/instrument/watched.ts'
import type { InterpreterRecord } from '../../runtime/interpreter/records.ts'
import type { Runtime } from '../../runtime/interpreter/runtime.ts'
import { type Embedder, sleeper, Thread } from '../../runtime/interpreter/thread.ts'
import { type Address, type Memory, NULL } from '../../runtime/memory/memory.ts'
import type { Parker } from '../../runtime/sync/parking-lot.ts'
import { type OsThread, ThreadMisuse } from '../../runtime/thread/thread-state.ts'
import { FOR_ATTACHED } from './operations/attachment.ts'
import { OPERATIONS } from './operations/index.ts'
import { tell } from './operations/tools.ts'
import { nameOf } from './requests.ts'
import type { Note, NotedEvent } from './trace.ts'

/** What a name may stand for. */
export type Kind =
  | 'actor'
  | 'thread'
  | 'interpreter'
  | 'object'
  | 'block'
  | 'mutex'
  | 'event'
  | 'once'
  | 'rwlock'
  | 'cell'
  | 'slot'
  | 'list'
  | 'module'

/** Addresses by kind and name, as in "object x". A name stays what it was when its thing is freed. */
export type Names = Record<string, Address>

export class UnknownName extends Error {
  override readonly name = 'UnknownName'
}

export class Unsupported extends Error {
  override readonly name = 'Unsupported'
}

/** What an actor needs besides the runtime. */
export interface Surroundings {
  /** Told of what the memory alone does not tell. */
  note(note: Note): void
  /** The memory, past all checks. */
  readonly unchecked: Memory
  /** Moves the clock, where actors may: in a race. @param microseconds by how much. */
  readonly elapse?: (microseconds: number) => void
  /** Performs an operation and watches; without it, it is only performed. */
  readonly around?: (op: OperationName, args: Record<string, unknown>, perform: () => Record<string, unknown>) => Record<string, unknown>
}

export class Actor implements Embedder {
  readonly name: string
  readonly runtime: Runtime
  readonly memory: Memory
  readonly #surroundings: Surroundings
  os: OsThread
  /** Thread states bound to this actor; the last one is meant unless another is named. */
  readonly threads: Thread[] = []
  names: Names = {}
  /** What finalizers do, by number. */
  readonly programs: Program[] = []
  readonly #handlers = new Map<string, { program: Program; fails: boolean }>()

  constructor(name: string, runtime: Runtime, os: OsThread, surroundings: Surroundings) {
    this.name = name
    this.runtime = runtime
    this.memory = runtime.memory
    this.os = os
    this.#surroundings = surroundings
  }

  /**
   * Another one that knows and has what this one does now, and goes its own way from here.
   *
   * @param runtime in which it does: this one's, or another in the same state.
   */
  again(surroundings: Surroundings, runtime: Runtime = this.runtime): Actor {
    const twin = new Actor(this.name, runtime, this.os, surroundings)
    twin.names = { ...this.names }
    twin.programs.push(...this.programs)
    twin.threads.push(...this.threads.map(({ os, record }) => new Thread(runtime, os, record, twin)))
    for (const [request, handler] of this.#handlers) twin.#handlers.set(request, handler)
    return twin
  }

  /** Performs an operation. @returns its facts. @throws ThreadMisuse if it is for attached threads, and the actor's is not. */
  perform(op: OperationName, args: Record<string, unknown>): Record<string, unknown> {
    if (FOR_ATTACHED.has(op) && this.threads.length > 0 && this.memory.get(this.os.current) === NULL) {
      throw new ThreadMisuse(`${op} is for attached threads, and ${this.name} is detached`)
    }
    const perform = OPERATIONS[op] as (actor: Actor, args: Record<string, unknown>) => Record<string, unknown>
    const { around } = this.#surroundings
    return around ? around(op, args, () => perform(this, args)) : perform(this, args)
  }

  /** The memory, past all checks: for what looks at it as a reader would that knows no better. */
  get unchecked(): Memory {
    return this.#surroundings.unchecked
  }

  /** Lets time pass. @throws Unsupported where the clock is somebody else's. */
  elapse(microseconds: number): void {
    const { elapse } = this.#surroundings
    if (!elapse) throw new Unsupported('only the host lets time pass')
    elapse(microseconds)
  }

  /** The actor's thread state. @throws UnknownName if it has none. */
  get thread(): Thread {
    const thread = this.threads.at(-1)
    if (!thread) throw new UnknownName(`${this.name} has no thread state`)
    return thread
  }

  /** How the actor sleeps: detaching if it is attached. */
  get parker(): Parker {
    return this.threads.at(-1)?.detaching ?? sleeper(this.runtime, this.os)
  }

  address(kind: Kind, name: string): Address {
    const address = this.names[`${kind} ${name}`]
    if (address === undefined) throw new UnknownName(`there is no ${kind} named "${name}"`)
    return address
  }

  interpreter(name = 'main'): InterpreterRecord {
    const address = this.address('interpreter', name)
    const interpreter = [...this.runtime.interpreters()].find((each) => each.address === address)
    if (!interpreter) throw new UnknownName(`the interpreter "${name}" has ended`)
    return interpreter
  }

  give(kind: Kind, name: string, address: Address): void {
    const key = `${kind} ${name}`
    this.names[key] = address
    this.#surroundings.note({ did: 'name', key, at: address })
  }

  /** The name last given to something of these kinds at an address. */
  nameAt(kinds: readonly Kind[], address: Address): string | null {
    const found = Object.entries(this.names).findLast(([key, at]) => at === address && kinds.some((kind) => key.startsWith(`${kind} `)))
    return found ? found[0].slice(found[0].indexOf(' ') + 1) : null
  }

  note(event: NotedEvent): void {
    this.#surroundings.note({ did: 'event', event })
  }

  handle(request: Request, program: Program, fails: boolean): void {
    this.#handlers.set(request, { program, fails })
  }

  finalize(_thread: Thread, object: Address, which: number): void {
    this.note({ event: 'finalized', address: object })
    this.run(this.programs[which - 1] ?? [])
  }

  tell(_thread: Thread, callback: number, news: News): boolean {
    return tell(this, callback, news)
  }

  wait(_thread: Thread, name: string): void {
    this.perform('event.wait', { event: name })
  }

  serve(_thread: Thread, bit: number): boolean {
    const handler = this.#handlers.get(nameOf(bit))
    this.run(handler?.program ?? [])
    return !handler?.fails
  }

  /** Performs a program, on this very thread. */
  run(program: Program): void {
    for (const { op, args } of program) {
      if (!Object.hasOwn(OPERATIONS, op)) throw new Unsupported(`a program asks for "${op}", which is no operation`)
      this.perform(op as OperationName, args ?? {})
    }
  }
}
