/**
 * The runtime: one memory, its arena, and the records that everything else hangs on.
 *
 * A `Runtime` is a view and keeps nothing of its own, so every worker opens one on the same memory.
 */
import { type CodeSettings, DEFAULT_SETTINGS } from '../bytecode/copies/settings.ts'
import { allocate, type Domain, free, inUse, MEMORY, OBJECTS } from '../heap/allocators.ts'
import { keptBlocks } from '../heap/object-cache.ts'
import { BlockArena, FIRST_BLOCK } from '../memory/arena.ts'
import { type Address, type Memory, NULL } from '../memory/memory.ts'
import { OutOfMemory } from '../memory/out-of-memory.ts'
import { initialise as initialiseQsbr } from '../reclaim/qsbr-slots.ts'
import { lock, unlock } from '../sync/mutex.ts'
import type { Parker } from '../sync/parking-lot.ts'
import type { Scope } from '../thread/stop-the-world.ts'
import { each, OsThread, type ThreadState } from '../thread/thread-state.ts'
import { InterpreterRecord, RuntimeRecord, ThreadRecord } from './records.ts'

export class Runtime {
  readonly memory: Memory
  readonly arena: BlockArena
  readonly record: RuntimeRecord

  /** Opens the runtime that lies in a memory. @param bytes of the whole memory. */
  constructor(memory: Memory, bytes: number) {
    this.memory = memory
    this.arena = new BlockArena(memory, bytes)
    this.record = RuntimeRecord.at(FIRST_BLOCK)
  }

  /** Makes a runtime, without any interpreter, in a memory that holds zeros. @param settings for all of its interpreters. */
  static create(memory: Memory, bytes: number, settings: CodeSettings = DEFAULT_SETTINGS): Runtime {
    const { address } = new Runtime(memory, bytes).record
    const arena = BlockArena.create(memory, bytes)
    if (arena.allocate(RuntimeRecord.size, RuntimeRecord.name) !== address) throw new OutOfMemory('no memory for a runtime')
    const runtime = new Runtime(memory, bytes)
    memory.set(runtime.record.freeThreaded, settings.freeThreaded ? 1 : 0)
    memory.set(runtime.record.copying, settings.copying ? 1 : 0)
    return runtime
  }

  /** @returns zeroed memory, or NULL. */
  allocate(domain: Domain, bytes: number, name: string): Address {
    return allocate(this.arena, this.record.allocators, domain, bytes, name)
  }

  free(domain: Domain, address: Address): void {
    free(this.arena, this.record.allocators, domain, address)
  }

  /** Blocks in use, by domain. Nobody makes or ends thread states meanwhile. */
  inUse(): { memory: number; objects: number } {
    const { memory, record } = this
    let kept = 0
    for (const { address } of this.#threads()) kept += keptBlocks(memory, ThreadRecord.at(address).objectCache.address)
    return { memory: inUse(memory, record.allocators, MEMORY), objects: inUse(memory, record.allocators, OBJECTS) - kept }
  }

  /** Makes an interpreter without threads. @throws OutOfMemory */
  createInterpreter(parker: Parker): InterpreterRecord {
    const { memory, record } = this
    const interpreter = InterpreterRecord.at(this.#obtain(InterpreterRecord.size, InterpreterRecord.name))
    initialiseQsbr(memory, interpreter.qsbr)
    memory.set(interpreter.code.freeThreaded, memory.get(record.freeThreaded))
    memory.set(interpreter.code.copying, memory.get(record.copying))
    this.locked(parker, () => {
      memory.set(interpreter.next, memory.get(record.interpreters))
      memory.set(record.interpreters, interpreter.address)
    })
    return interpreter
  }

  /** Makes what an operating-system thread has; its address is the thread's identity. @throws OutOfMemory */
  createOsThread(): OsThread {
    return OsThread.at(this.#obtain(OsThread.size, OsThread.name))
  }

  /** The interpreters, the newest first. The caller holds the list lock, or nobody else runs. */
  *interpreters(): Generator<InterpreterRecord> {
    const { memory, record } = this
    for (let at = memory.get(record.interpreters); at !== NULL; at = memory.get(at + InterpreterRecord.offset.next)) {
      yield InterpreterRecord.at(at)
    }
  }

  /** What a pause of one interpreter concerns. */
  scopeOf(interpreter: InterpreterRecord): Scope {
    const { memory, record } = this
    return {
      pause: interpreter.pause,
      global: false,
      kinds: record.pauseKinds,
      listLock: record.listLock,
      threads: () => each(memory, interpreter.threads),
    }
  }

  /** What a pause of all interpreters concerns. */
  scopeOfAll(): Scope {
    const { record } = this
    return {
      pause: record.pauseOfAll,
      global: true,
      kinds: record.pauseKinds,
      listLock: record.listLock,
      threads: () => this.#threads(),
    }
  }

  /** Runs an action under the list lock. Whoever waits for it stays attached: it is held for moments only. */
  locked<T>(attached: Parker, action: () => T): T {
    const { memory, record } = this
    lock(attached, record.listLock)
    try {
      return action()
    } finally {
      unlock(memory, attached.lot, record.listLock)
    }
  }

  *#threads(): Generator<ThreadState> {
    for (const interpreter of this.interpreters()) yield* each(this.memory, interpreter.threads)
  }

  #obtain(bytes: number, name: string): Address {
    const address = this.allocate(MEMORY, bytes, name)
    if (address === NULL) throw new OutOfMemory(`no memory for: ${name}`)
    return address
  }
}
