/**
 * The end of what programs leave to their interpreter: built-in classes and functions, interned strings, immortal constants.
 *
 * They live as long as the interpreter does, so a census that comes before its end would find them. Here they end as
 * they would with it, on a thread that is made for that. What is left then was lost.
 */
import { endCode } from '../../runtime/bytecode/end-code.ts'
import { endSingletons } from '../../runtime/bytecode/objects/singletons.ts'
import { MEMORY } from '../../runtime/heap/allocators.ts'
import { bind, clearThread, createThread, deleteThread, finalizeInterpreter } from '../../runtime/interpreter/lifecycle.ts'
import type { InterpreterRecord } from '../../runtime/interpreter/records.ts'
import type { Runtime } from '../../runtime/interpreter/runtime.ts'
import { NULL } from '../../runtime/memory/memory.ts'
import { SILENT } from './silent.ts'

/** Ends it in every interpreter that has no thread left. */
export function endPrograms(runtime: Runtime): void {
  for (const interpreter of [...runtime.interpreters()]) if (isAtRest(runtime, interpreter)) endIn(runtime, interpreter)
}

function isAtRest({ memory }: Runtime, { threads, code }: InterpreterRecord): boolean {
  return memory.get(threads) === NULL && memory.get(code.singletons.block) !== NULL
}

function endIn(runtime: Runtime, interpreter: InterpreterRecord): void {
  const { memory } = runtime
  const os = runtime.createOsThread()
  const thread = bind(runtime, os, createThread({ runtime, os }, interpreter), SILENT)
  thread.attach()
  // From here on nobody reads, so nothing waits to be freed.
  finalizeInterpreter(thread)
  endCode(thread)
  clearThread(thread)
  deleteThread(thread)
  endSingletons(memory, interpreter.code.singletons.address, (block) => runtime.free(MEMORY, block))
}
