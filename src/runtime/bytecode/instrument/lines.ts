/**
 * Which instructions begin a line.
 *
 * An instruction does if the one before it belongs to another line, and also if it can be reached other than from
 * the one before it: as the target of a jump, or as the beginning of a handler. In those cases whether the
 * line is a new one is known only when it is reached.
 *
 * @see CPython Python/instrumentation.c, initialize_lines
 */
import { type Address, CELL, type Memory } from '../../memory/memory.ts'
import { Handler, mainCopy } from '../code/code-object.ts'
import { genericAt, instructionsOf } from '../code/monitoring.ts'
import { handlersOf, lineOf } from '../code/places.ts'
import { argumentOf, cachesOf, isConditionalJump, OP } from '../compile/opcodes.ts'

/** Never the first of a line: the ends of loops are passed over by what ends them; RESUME must stay in sight, as it brings code up to date. */
const NEVER_FIRST: ReadonlySet<number> = new Set([OP.RESUME, OP.END_FOR, OP.END_SEND])

/** They lead behind the instruction that is their target. */
const PAST_TARGET: ReadonlySet<number> = new Set([OP.FOR_ITER, OP.SEND])
const BACKWARD: ReadonlySet<number> = new Set([OP.JUMP_BACKWARD, OP.JUMP_BACKWARD_NO_INTERRUPT])

/** Offsets of the instructions that may begin a line, in no order. @param first where events begin. */
export function beginningsOf(memory: Memory, code: Address, first: number): Set<number> {
  const beginnings = new Set<number>()
  let current: number | undefined
  for (const offset of instructionsOf(memory, code)) {
    if (offset < first || NEVER_FIRST.has(genericAt(memory, code, offset))) continue
    const line = lineOf(memory, code, offset)
    if (line !== undefined && line !== current) beginnings.add(offset)
    current = line
  }
  const handled = Array.from(handlersOf(memory, code), (handler) => memory.get(handler + Handler.offset.target))
  for (const target of [...jumpTargets(memory, code), ...handled]) {
    if (lineOf(memory, code, target) !== undefined) beginnings.add(target)
  }
  return beginnings
}

function* jumpTargets(memory: Memory, code: Address): Generator<number> {
  let argument = 0
  for (const offset of instructionsOf(memory, code)) {
    const generic = genericAt(memory, code, offset)
    argument = (argument << 8) | argumentOf(memory.loadRelaxed(mainCopy(code) + offset * CELL))
    if (generic === OP.EXTENDED_ARG) continue
    const next = offset + 1 + cachesOf(generic)
    if (generic === OP.JUMP_FORWARD || isConditionalJump(generic)) yield next + argument
    else if (PAST_TARGET.has(generic)) yield next + argument + 1
    else if (BACKWARD.has(generic)) yield next - argument
    argument = 0
  }
}
