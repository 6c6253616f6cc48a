/**
 * A thread: a thread state, seen from the operating-system thread that it is bound to.
 *
 * This is what the mechanisms' interfaces are implemented by: it knows the thread's identity, how
 * it sleeps, and where each mechanism's part of its record lies. It keeps nothing of its own, so
 * any number of them may be open on one record.
 */
import { BUILTINS } from '../bytecode/builtins/table.ts'
import type { InterpreterCode } from '../bytecode/code/interpreter-code.ts'
import type { ThreadCode } from '../bytecode/code/thread-code.ts'
import { call } from '../bytecode/evaluate/call.ts'
import { evaluate } from '../bytecode/evaluate/evaluate.ts'
import type { Outcome, Runner } from '../bytecode/evaluate/execution.ts'
import type { News } from '../bytecode/instrument/watched.ts'
import { dispose } from '../bytecode/layouts.ts'
import type { AtRest } from '../bytecode/objects/mutator.ts'
import { type Allocators, type Domain, MEMORY, OBJECTS } from '../heap/allocators.ts'
import { allocateObject, freeObject } from '../heap/object-cache.ts'
import { type Address, type Memory, NULL } from '../memory/memory.ts'
import { OutOfMemory } from '../memory/out-of-memory.ts'
import { type AbandonedFrees, freeDelayed, type Retirer } from '../reclaim/delayed-free.ts'
import type { FreeQueue } from '../reclaim/free-queue.ts'
import { attach as attachToQsbr, detach as detachFromQsbr, type Qsbr } from '../reclaim/qsbr.ts'
import type { Growth } from '../reclaim/qsbr-slots.ts'
import type { ListUser } from '../reclaim/shared-list.ts'
import { finalize } from '../refcount/finalize.ts'
import { askOwnerToMerge, type Merger, type MergeTable } from '../refcount/merge-queue.ts'
import { FINALIZER, KIND, LOCAL, MARKS, ObjectHeader, OWNER, TRACKED } from '../refcount/object-header.ts'
import type { Parker } from '../sync/parking-lot.ts'
import { type CriticalSections, suspendAll, takeUp } from '../thread/critical-section.ts'
import { isStopped, isStoppedBy, type Scope, type Stopper, start, stop, whileStopped } from '../thread/stop-the-world.ts'
import { ATTACHED, attach, DETACHED, each, leave, type OsThread, SUSPENDED, ThreadMisuse } from '../thread/thread-state.ts'
import { InterpreterRecord, ThreadRecord } from './records.ts'
import type { Runtime } from './runtime.ts'
import { safePoint } from './safe-point.ts'

/** What the runtime leaves to whoever embeds it. */
export interface Embedder {
  /** Runs a finalizer on the calling thread. @param which as given when the object was made. */
  finalize(thread: Thread, object: Address, which: number): void
  /** Serves a request bit that is the embedder's business. @returns false if that failed. */
  serve(thread: Thread, request: number): boolean
  /**
   * Runs a tool's callback on the calling thread. Left out by an embedder without tools.
   * @param callback as given when it was registered.
   * @returns whether the tool has had enough of that event from that place.
   */
  tell?(thread: Thread, callback: number, news: News): boolean
  /** Waits until a program may go on that asked to wait. Left out where nobody waits. @param name as the program gave it. */
  wait?(thread: Thread, name: string): void
}

/** An operating-system thread, with or without a thread state, as somebody who may sleep. */
export function sleeper(runtime: Runtime, os: OsThread): Parker {
  return { memory: runtime.memory, lot: runtime.record.parkingLot, waiter: os.waiter }
}

/** An operating-system thread without a thread state, as somebody who may stop the world. */
export function stopperWithoutThread(runtime: Runtime, os: OsThread): Stopper {
  const parker = sleeper(runtime, os)
  return { memory: runtime.memory, os, thread: NULL, detaching: parker, attached: parker }
}

export class Thread implements Merger, Retirer, Stopper, Growth, ListUser, Runner {
  readonly runtime: Runtime
  readonly memory: Memory
  readonly os: OsThread
  readonly record: ThreadRecord
  readonly interpreter: InterpreterRecord
  readonly embedder: Embedder
  readonly identity: Address
  readonly qsbr: Qsbr
  readonly table: MergeTable
  readonly queue: FreeQueue
  readonly abandoned: AbandonedFrees
  readonly shared: InterpreterCode
  readonly singletons: Address
  readonly classes: Address
  readonly builtins = BUILTINS
  readonly own: ThreadCode
  readonly requests: Address
  readonly allocators: Allocators
  readonly objectCache: Address
  readonly sections: CriticalSections
  /** Sleeps without detaching: for locks that are held for moments, and by the thread that stops the world. */
  readonly attached: Parker
  /** Detaches while it sleeps, so that the thread holds up no pause. */
  readonly detaching: Parker
  /** Address of the interpreter, for the objects that belong to it. */
  readonly home: Address

  /** @param record of a thread state that is bound to `os`, or is being bound. */
  constructor(runtime: Runtime, os: OsThread, record: ThreadRecord, embedder: Embedder) {
    this.runtime = runtime
    this.memory = runtime.memory
    this.os = os
    this.record = record
    this.interpreter = InterpreterRecord.at(this.memory.get(record.base.interpreter))
    this.embedder = embedder
    this.home = this.interpreter.address
    this.identity = os.address
    this.qsbr = this.interpreter.qsbr
    this.table = this.interpreter.mergeTable
    this.queue = record.freeQueue
    this.abandoned = this.interpreter.abandonedFrees
    this.shared = this.interpreter.code
    this.singletons = this.shared.singletons.address
    this.classes = this.shared.classes
    this.own = record.code
    this.requests = record.base.requests
    this.allocators = runtime.record.allocators
    this.objectCache = record.objectCache.address
    this.sections = record.sections
    this.attached = sleeper(runtime, os)
    this.detaching = { ...this.attached, whileDetached: (action) => this.#whileDetached(action) }
  }

  // Who am I?

  /** Address of the thread state. */
  get thread(): Address {
    return this.record.address
  }

  get isAttached(): boolean {
    return this.memory.loadRelaxed(this.record.base.state) === ATTACHED
  }

  /** Address of the thread's slot at this moment. */
  slot(): Address {
    return this.memory.get(this.record.slot)
  }

  /** Where chunks of queues come from. */
  get chunks(): this {
    return this
  }

  // Coming and going

  /**
   * Makes the thread attached: from now on it may touch objects, and holds reclamation back. Sleeps while it is suspended.
   * @throws ThreadMisuse if the thread holds it suspended itself: nobody would wake it.
   */
  attach(): void {
    const { memory, record, os } = this
    const current = memory.get(os.current)
    if (current !== NULL) throw new ThreadMisuse('a thread state is attached on this thread already')
    if (this.isInOwnPause && memory.loadRelaxed(record.base.state) === SUSPENDED) {
      throw new ThreadMisuse('the thread state is suspended until this very thread starts the world')
    }
    attach(this.attached, record.base)
    memory.set(os.current, record.address)
    attachToQsbr(memory, this.qsbr, this.slot())
    takeUp(this.detaching, record.sections)
  }

  /** Makes the thread detached. It keeps no unprotected pointer. */
  detach(): void {
    this.#leave(DETACHED)
  }

  /** Makes the thread suspended: its answer to a pause. */
  suspend(): void {
    this.#leave(SUSPENDED)
  }

  // Pauses

  /** Whether this thread has stopped the world that it belongs to: its interpreter's, or that of all. */
  get isInOwnPause(): boolean {
    const { memory, os, interpreter, runtime } = this
    return isStoppedBy(memory, os, interpreter.pause) || isStoppedBy(memory, os, runtime.record.pauseOfAll)
  }

  /** Stops the other threads of this interpreter, or of all. */
  stop(scope: Scope): void {
    stop(this, scope)
  }

  /** Starts what `stop` stopped. */
  start(scope: Scope): void {
    start(this, scope)
  }

  /** Runs an action while the other threads of this interpreter are at rest. In a pause of its own they are. */
  whileStopped<T>(action: () => T): T {
    return this.isInOwnPause ? action() : whileStopped(this, this.runtime.scopeOf(this.interpreter), action)
  }

  threads(): readonly AtRest[] {
    const { runtime, memory, interpreter, attached } = this
    return runtime.locked(attached, () =>
      [...each(memory, interpreter.threads)].map(({ address, requests }) => ({ requests, own: ThreadRecord.at(address).code })),
    )
  }

  passSafePoint(): boolean {
    return safePoint(this).failed === 0
  }

  /** Whether no thread of the interpreter can be reading: it is ending, or stopped by a pause of its own. */
  nobodyReads(): boolean {
    const { memory, interpreter } = this
    return memory.load(interpreter.finalizing) !== 0 || isStopped(memory, interpreter.pause)
  }

  // Memory and objects

  /** @returns zeroed raw memory, or NULL. */
  allocate(bytes: number, name: string): Address {
    return this.runtime.allocate(MEMORY, bytes, name)
  }

  /** Frees at once. Of one argument: raw memory. */
  free(address: Address): void
  free(domain: Domain, address: Address): void
  free(first: Address | Domain, second?: Address): void {
    if (second === undefined) this.runtime.free(MEMORY, first)
    else this.runtime.free(first as Domain, second)
  }

  freeDelayed(domain: Domain, address: Address): void {
    freeDelayed(this, domain, address)
  }

  retire(address: Address): void {
    freeDelayed(this, MEMORY, address)
  }

  /**
   * Makes an object that this thread owns, with one reference.
   * @param finalizer in the embedder's terms; zero for none.
   * @throws OutOfMemory
   */
  createObject(finalizer: number, tracked: boolean): Address {
    const { memory } = this
    const object = this.newObject(0, ObjectHeader.size, ObjectHeader.name)
    memory.storeRelaxed(object + MARKS, tracked ? TRACKED : 0)
    memory.set(object + FINALIZER, finalizer)
    return object
  }

  newObject(kind: number, bytes: number, name: string): Address {
    const { memory, runtime, allocators, objectCache } = this
    // What holds nothing is left out of the cache: it comes from the arena itself, and goes back there.
    const object =
      kind === 0 ? runtime.allocate(OBJECTS, bytes, name) : allocateObject(runtime.arena, allocators, objectCache, kind, bytes, name)
    if (object === NULL) throw new OutOfMemory(`no memory for: ${name}`)
    memory.storeRelaxed(object + OWNER, this.identity)
    memory.storeRelaxed(object + LOCAL, 1)
    memory.set(object + KIND, kind)
    if (kind !== 0) memory.storeRelaxed(object + MARKS, this.home)
    return object
  }

  freeObject(object: Address): void {
    freeObject(this.runtime.arena, this.allocators, this.objectCache, object)
  }

  /** Ends an object without references: runs its finalizer and, unless that brought it back, frees it. */
  deallocate(object: Address): void {
    const { memory } = this
    // What running code makes has no finalizer.
    if (memory.get(object + KIND) !== 0) {
      dispose(this, object)
      return
    }
    const which = memory.get(object + FINALIZER)
    const dead = finalize(this, object, () => this.embedder.finalize(this, object, which))
    if (dead) this.runtime.free(OBJECTS, object)
  }

  tell(callback: number, news: News): boolean {
    return this.embedder.tell?.(this, callback, news) ?? false
  }

  call(callable: Address, values: readonly Address[], names: readonly Address[] = []): Address {
    return call(this, callable, values, names)
  }

  evaluate(frame: Address, thrown?: Address): Outcome {
    return evaluate(this, frame, thrown)
  }

  wait(name: string): void {
    this.embedder.wait?.(this, name)
  }

  askOwnerToMerge(object: Address): void {
    askOwnerToMerge(this, object)
  }

  #leave(to: typeof DETACHED | typeof SUSPENDED): void {
    const { memory, record, os } = this
    if (!this.isAttached) throw new ThreadMisuse('the thread is not attached')
    suspendAll(memory, this.attached.lot, record.sections)
    detachFromQsbr(memory, this.slot())
    memory.set(os.current, NULL)
    leave(memory, record.base, to)
  }

  #whileDetached<T>(action: () => T): T {
    if (!this.isAttached) return action()
    this.detach()
    const result = action()
    this.attach()
    return result
  }
}
