/**
 * The index of a thread: where it finds its copy in every array of its interpreter.
 *
 * Where threads have no copies of their own, all of them have index zero, that of the main copy.
 *
 * @see CPython Python/pystate.c, new_threadstate and PyThreadState_Clear
 */
import type { Chunks } from '../../memory/chunks.ts'
import type { Memory } from '../../memory/memory.ts'
import type { Parker } from '../../sync/parking-lot.ts'
import type { InterpreterCode } from '../code/interpreter-code.ts'
import { giveBack, take } from './index-pool.ts'

/** @returns undefined if there is no memory for it, and then nothing has changed. */
export function reserveIndex(attached: Parker, chunks: Chunks, shared: InterpreterCode): number | undefined {
  return isCopying(attached.memory, shared) ? take(attached, chunks, shared.indices) : 0
}

/** Gives back the index of a thread that runs no code any more. Its copies stay, for whoever gets the index next. */
export function releaseIndex(attached: Parker, shared: InterpreterCode, index: number): void {
  if (isCopying(attached.memory, shared)) giveBack(attached, shared.indices, index)
}

/** Whether threads of an interpreter have copies of their own. */
export const isCopying = (memory: Memory, shared: InterpreterCode): boolean => memory.get(shared.copying) !== 0
