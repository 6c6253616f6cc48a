/**
 * A process: a memory that it shares with its workers. A fork makes a second one.
 */
import { DEFAULT_SETTINGS } from '../../runtime/bytecode/copies/settings.ts'
import { Runtime } from '../../runtime/interpreter/runtime.ts'
import { CELL } from '../../runtime/memory/memory.ts'
import { SharedMemory } from '../../runtime/memory/shared-memory.ts'
import type { ProcessMemory } from './desk.ts'
import { NamedMemory } from './named-memory.ts'
import { STATES } from './stepped-memory.ts'

/** Bytes of a scenario's memory: many times what any scenario uses, and quickly emptied. */
const BYTES = 2 * 1024 * 1024

/** @param index which of a scenario's processes it is for. */
export const emptyMemory = (index: number): ProcessMemory => ({
  index,
  buffer: new SharedArrayBuffer(BYTES),
  states: new SharedArrayBuffer(BYTES / CELL),
})

export class Process extends NamedMemory {
  /** What it shares with its workers. */
  readonly shared: ProcessMemory

  private constructor(shared: ProcessMemory, runtime: Runtime) {
    super(runtime)
    this.shared = shared
  }

  /** A process with an empty runtime. @param shared holds nothing yet. @param settings that it was started with. */
  static begin(shared: ProcessMemory, settings = DEFAULT_SETTINGS): Process {
    return new Process(shared, Runtime.create(new SharedMemory(shared.buffer), BYTES, settings))
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
}
