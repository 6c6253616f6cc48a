/** A runtime for tests: one interpreter, and as many threads as a test enters. */

import { bind, createThread } from '../runtime/interpreter/lifecycle.ts'
import type { InterpreterRecord } from '../runtime/interpreter/records.ts'
import { Runtime } from '../runtime/interpreter/runtime.ts'
import { type Embedder, sleeper, type Thread } from '../runtime/interpreter/thread.ts'
import type { Address } from '../runtime/memory/memory.ts'
import type { SharedMemory } from '../runtime/memory/shared-memory.ts'
import type { Parker } from '../runtime/sync/parking-lot.ts'
import type { OsThread } from '../runtime/thread/thread-state.ts'
import { Unshared } from '../subject/reference/unshared.ts'

export const BYTES = 1 << 20

/** An embedder whose finalizers do nothing and whose handlers succeed. */
export const QUIET: Embedder = { finalize: () => {}, serve: () => true }

export interface Setting<M extends SharedMemory = SharedMemory> {
  readonly memory: M
  readonly runtime: Runtime
  readonly interpreter: InterpreterRecord
  /** An operating-system thread without a thread state, and how it sleeps. */
  readonly os: OsThread
  readonly parker: Parker
}

/**
 * Begins a runtime in a memory of zeros, unless told otherwise of `BYTES` bytes, in which all threads run on the caller. There
 * a thread that would have to wait for another is refused, since nobody would end that.
 */
export function begin(): Setting
export function begin<M extends SharedMemory>(memory: M): Setting<M>
export function begin(memory: SharedMemory = new Unshared(new SharedArrayBuffer(BYTES))): Setting {
  const runtime = Runtime.create(memory, memory.buffer.byteLength)
  const os = runtime.createOsThread()
  const parker = sleeper(runtime, os)
  return { memory, runtime, interpreter: runtime.createInterpreter(parker), os, parker }
}

/** Opens, on another thread, the setting that lies in a memory. */
export function open(memory: SharedMemory): Setting {
  const runtime = new Runtime(memory, memory.buffer.byteLength)
  const os = runtime.createOsThread()
  const [interpreter] = runtime.interpreters()
  return { memory, runtime, interpreter: interpreter as InterpreterRecord, os, parker: sleeper(runtime, os) }
}

/** A new thread, bound and attached. */
export function enter({ runtime, interpreter }: Pick<Setting, 'runtime' | 'interpreter'>, embedder: Embedder = QUIET): Thread {
  const os = runtime.createOsThread()
  const thread = bind(runtime, os, createThread({ runtime, os }, interpreter), embedder)
  thread.attach()
  return thread
}

/** Room for `count` cells, for a test's own use. @returns the first. */
export function cells({ runtime }: Pick<Setting, 'runtime'>, count = 1): Address {
  return runtime.allocate(1, count * 4, 'cells')
}
