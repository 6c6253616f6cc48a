/** Attached threads that can make values, in any memory and any build; also in a memory that is being explored. */
import '../runtime/bytecode/layouts.ts'
import type { CodeSettings } from '../runtime/bytecode/copies/settings.ts'
import type { Caller } from '../runtime/bytecode/objects/mutator.ts'
import { prepareSingletons } from '../runtime/bytecode/objects/prepare-singletons.ts'
import type { InterpreterRecord } from '../runtime/interpreter/records.ts'
import { Runtime } from '../runtime/interpreter/runtime.ts'
import { sleeper, type Thread } from '../runtime/interpreter/thread.ts'
import type { Memory } from '../runtime/memory/memory.ts'
import { enter } from './setting.ts'

/** Threads here call nothing that a program defines. */
export type Maker = Thread & Caller

export interface Stage {
  readonly runtime: Runtime
  readonly interpreter: InterpreterRecord
  readonly threads: readonly [ada: Maker, ben: Maker]
}

/**
 * Begins a runtime with two threads.
 * @param bytes of the whole memory.
 * @param settings of a build with threads that run at once, unless given.
 */
export function stage(memory: Memory, bytes: number, settings?: CodeSettings): Stage {
  const runtime = Runtime.create(memory, bytes, settings)
  const interpreter = runtime.createInterpreter(sleeper(runtime, runtime.createOsThread()))
  const [ada, ben] = [enter({ runtime, interpreter }), enter({ runtime, interpreter })]
  prepareSingletons(ada)
  return { runtime, interpreter, threads: [ada as Maker, ben as Maker] }
}
