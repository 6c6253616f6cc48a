/**
 * How frames come to run a thread's own copy.
 *
 * A frame begins in the copy of the thread that makes it. If that thread has none yet it begins in the main copy, and no
 * copy is made: the code may never come to run, or another thread may be the first to run it. What stands before the
 * first RESUME has no other forms, so it does not matter which copy that is run from. At every RESUME
 * a frame of another copy than the thread's is moved to the thread's: so also a generator that another thread has run.
 *
 * @see CPython Python/bytecodes.c, _LOAD_BYTECODE; Python/frame.c, _PyFrame_Initialize
 */
import { type Address, NULL } from '../../memory/memory.ts'
import { mainCopy } from '../code/code-object.ts'
import { copyAt } from '../code/copy-array.ts'
import { INDEX, INSTRUCTION } from '../code/frame.ts'
import { codeOf } from '../code/places.ts'
import type { Mutator } from '../objects/mutator.ts'
import { obtainCopy, ownCopy } from './copies.ts'

/** Index of the main copy. */
const MAIN = 0

/** Puts a frame that is being made at the begin of its code, in the thread's own copy or else in the main one. Takes no lock. */
export function startFrame(m: Mutator, frame: Address): void {
  const { memory, own } = m
  const code = codeOf(memory, frame)
  const copy = ownCopy(m, code)
  memory.set(frame + INDEX, copy === NULL ? MAIN : memory.get(own.index))
  memory.set(frame + INSTRUCTION, copy === NULL ? mainCopy(code) : copy)
}

/** Whether a frame runs in the calling thread's own copy. */
export const isInOwnCopy = ({ memory, own }: Mutator, frame: Address): boolean => memory.get(frame + INDEX) === memory.get(own.index)

/**
 * Moves a frame to the calling thread's own copy, which is made if there is none yet. It stays where it is in its code.
 * @returns whether it was moved, and its instruction must be looked at again.
 * @throws OutOfMemory, and the frame stays in the copy that it is in.
 */
export function enterOwnCopy(m: Mutator, frame: Address): boolean {
  if (isInOwnCopy(m, frame)) return false
  const { memory, own } = m
  const code = codeOf(memory, frame)
  const copy = obtainCopy(m, code)
  const before = copyAt(memory, code, memory.get(frame + INDEX))
  memory.set(frame + INSTRUCTION, copy + (memory.get(frame + INSTRUCTION) - before))
  memory.set(frame + INDEX, memory.get(own.index))
  return true
}
