/**
 * Frames: one execution of a code object.
 *
 * A frame says in which copy of its code it runs: its instruction lies in that copy, and stays there
 * until the frame is moved to another. A generator's frame outlives each run of it, so between two
 * runs it may be taken up by a thread that runs another copy.
 *
 * Behind the frame follow its locals, and behind them its stack. All of them are references, see `reference.ts`.
 *
 * @see CPython Include/internal/pycore_frame.h
 */
import { type Address, CELL, type Memory } from '../../memory/memory.ts'
import { cell, type Opened, record } from '../../memory/record.ts'
import type { Reference } from '../objects/reference.ts'

export const Frame = record('frame', {
  /** The function, or NULL for the body of a module or class; a reference. */
  function: cell,
  /** The code; a reference. */
  code: cell,
  /** Dictionaries, borrowed from the function or held by whoever runs the frame. */
  globals: cell,
  builtins: cell,
  /** Where names of a module's or class's body live; a reference, or NULL where locals have places. */
  namespace: cell,
  /** The frame that called this one; NULL for the first. */
  previous: cell,
  /** Address of the unit being executed, in the copy that `index` names. */
  instruction: cell,
  /** Bytes from there to where the frame goes on when what it called returns. */
  returnOffset: cell,
  /** Index of the copy. */
  index: cell,
  /** Address behind the topmost value of the stack. */
  top: cell,
  /** The generator whose frame this is; NULL for a frame of a thread's stack. Borrowed: the frame lies in it. */
  generator: cell,
  /** Not zero: whoever runs this frame began with it, so its end ends that run. */
  entry: cell,
  /** Locals begin here. */
  locals: cell,
})
export type Frame = Opened<typeof Frame>

export const {
  function: FRAME_FUNCTION,
  code: FRAME_CODE,
  globals: GLOBALS,
  builtins: BUILTINS,
  namespace: NAMESPACE,
  previous: PREVIOUS,
  instruction: INSTRUCTION,
  returnOffset: RETURN_OFFSET,
  index: INDEX,
  top: TOP,
  generator: FRAME_GENERATOR,
  entry: ENTRY,
  locals: LOCALS,
} = Frame.offset

/** Bytes of a frame with that many locals and room for that many values. */
export const frameBytes = (locals: number, values: number): number => LOCALS + (locals + values) * CELL

/** The frames from one on, innermost first. Their thread is the caller, or at rest. */
export function* framesFrom(memory: Memory, frame: Address): Generator<Address> {
  for (let at = frame; at !== 0; at = memory.get(at + PREVIOUS)) yield at
}

/** Every reference that a frame holds: what it runs, its locals and its stack. NULLs are skipped. */
export function eachReference(memory: Memory, frame: Address, each: (reference: Reference) => void): void {
  const visit = (at: Address) => {
    const reference = memory.get(at)
    if (reference !== 0) each(reference)
  }
  for (const at of [frame + FRAME_FUNCTION, frame + FRAME_CODE, frame + NAMESPACE]) visit(at)
  const top = memory.get(frame + TOP)
  for (let at = frame + LOCALS; at < top; at += CELL) visit(at)
}
