/**
 * Where a frame is: places in code as numbers that mean the same in every copy.
 *
 * A frame's instruction is an address inside the copy that it runs. Everything that is told of it, its
 * line, its handler, how far it is, goes by the offset from where that copy begins, counted in units.
 *
 * @see CPython Include/internal/pycore_frame.h, _PyInterpreterFrame_LASTI
 */
import { type Address, CELL, type Memory, NULL } from '../../memory/memory.ts'
import { objectOf } from '../objects/reference.ts'
import { HANDLERS, Handler, LINES } from './code-object.ts'
import { copyAt } from './copy-array.ts'
import { FRAME_CODE, INDEX, INSTRUCTION } from './frame.ts'

/** The code that a frame runs. Borrowed. */
export const codeOf = (memory: Memory, frame: Address): Address => objectOf(memory.get(frame + FRAME_CODE))

/** The unit that a frame executes, or executed last, as an offset. The frame is the caller's, or at rest. */
export function lastInstruction(memory: Memory, frame: Address): number {
  const begin = copyAt(memory, codeOf(memory, frame), memory.get(frame + INDEX))
  return (memory.get(frame + INSTRUCTION) - begin) / CELL
}

/** The line that a unit belongs to; undefined if it belongs to none. */
export function lineOf(memory: Memory, code: Address, offset: number): number | undefined {
  return memory.get(memory.get(code + LINES) + offset * CELL) || undefined
}

/** The handlers of a code object, in the order in which they are looked at; see `Handler`. */
export function* handlersOf(memory: Memory, code: Address): Generator<Address> {
  const handlers = memory.get(code + HANDLERS)
  if (handlers === NULL) return
  const first = handlers + CELL
  const end = first + memory.get(handlers) * Handler.size
  for (let at = first; at < end; at += Handler.size) yield at
}

/** The handler that covers a unit; NULL if none does. */
export function handlerOf(memory: Memory, code: Address, offset: number): Address {
  for (const at of handlersOf(memory, code)) {
    if (memory.get(at + Handler.offset.start) <= offset && offset < memory.get(at + Handler.offset.end)) return at
  }
  return NULL
}
