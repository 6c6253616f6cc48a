/**
 * One place of a code object: who is told of what there, and which instruction stands there for that in all copies.
 *
 * Three things may be reported from one place, and what reports them is stacked:
 *
 *     INSTRUMENTED_LINE          if somebody is told of the line,
 *     INSTRUMENTED_INSTRUCTION   if somebody is told of each instruction,
 *     INSTRUMENTED_CALL, ...     if somebody is told of the event that the instruction is,
 *     CALL, ...                  else
 *
 * The uppermost one stands in the copies, and what is under each is kept beside the code. All of it
 * follows from the three sets of tools alone. So the decision is made once and every copy is given
 * the same, and what is kept is right for whoever has fetched an instruction just before it was
 * exchanged: it goes on with what stands underneath now.
 *
 * A copy may be running, or be specialized by its owner, while it is changed. The opcode is the only part
 * of a unit that ever changes, so a whole unit is stored: the owner executes either what was there
 * or what is there now. A specialized form is overwritten. It is never written over an instrumented one
 * (see change-opcode.ts), so nothing that was placed is lost.
 *
 * @see CPython Python/instrumentation.c
 */
import { type Address, CELL, type Memory } from '../../memory/memory.ts'
import { copiesOf } from '../code/copy-array.ts'
import { Place, placeOf, Reported } from '../code/monitoring.ts'
import { OP, withOpcode } from '../compile/opcodes.ts'
import { backoffOf, setCounter, UNREACHABLE, UNREACHABLE_BACKOFF, WARM_UP } from '../specialize/counter.ts'
import { hasCounter, instrumentedOf } from './forms.ts'

const {
  generic: GENERIC,
  eventTools,
  lineTools,
  instructionTools,
  underLine: UNDER_LINE,
  underInstruction: UNDER_INSTRUCTION,
} = Place.offset

const TOOLS: Readonly<Record<Reported, number>> = {
  [Reported.EVENT]: eventTools,
  [Reported.LINE]: lineTools,
  [Reported.INSTRUCTION]: instructionTools,
}
/** What may be reported, in the order in which it is decided. */
export const KINDS = [Reported.EVENT, Reported.LINE, Reported.INSTRUCTION] as const

/** The tools that are told of one kind of thing at a place, one bit each. */
export const toolsAt = (memory: Memory, place: Address, kind: Reported): number => memory.loadRelaxed(place + TOOLS[kind])

/** What stands under the instruction that reports lines, or instructions. */
export const underneath = (memory: Memory, place: Address, kind: typeof Reported.LINE | typeof Reported.INSTRUCTION): number =>
  memory.loadRelaxed(place + (kind === Reported.LINE ? UNDER_LINE : UNDER_INSTRUCTION))

/** Says which tools are told of one kind of thing at an offset. The caller holds the lock of the code object, or is in a pause. */
export function setTools(memory: Memory, code: Address, offset: number, kind: Reported, tools: number): void {
  const place = placeOf(memory, code, offset)
  const before = toolsAt(memory, place, kind)
  memory.storeRelaxed(place + TOOLS[kind], tools)
  if ((before === 0) === (tools === 0)) return
  const form = stack(memory, place)
  // What was covered starts again; so does what is about to be executed by another instruction of its own.
  const again = hasCounter(memory.get(place + GENERIC)) && (tools === 0 || kind === Reported.EVENT)
  for (const copy of copiesOf(memory, code)) {
    const unit = copy + offset * CELL
    // Release: whoever comes to an instruction that reports finds what is kept of it.
    memory.storeRelease(unit, withOpcode(memory.loadRelaxed(unit), form))
    if (again) startAgain(memory, unit)
  }
}

/** Keeps what stands under what. @returns the uppermost. */
function stack(memory: Memory, place: Address): number {
  const [event, line, instruction] = KINDS.map((kind) => toolsAt(memory, place, kind) !== 0)
  const generic = memory.get(place + GENERIC)
  const executed = event ? (instrumentedOf(generic) as number) : generic
  const underLine = instruction ? OP.INSTRUMENTED_INSTRUCTION : executed
  memory.storeRelaxed(place + UNDER_INSTRUCTION, executed)
  memory.storeRelaxed(place + UNDER_LINE, underLine)
  return line ? OP.INSTRUMENTED_LINE : underLine
}

/** A counter that can never fire stays one: then several threads run this copy. */
function startAgain(memory: Memory, unit: Address): void {
  const unreachable = backoffOf(memory.loadRelaxed(unit + CELL)) === UNREACHABLE_BACKOFF
  setCounter(memory, unit, unreachable ? UNREACHABLE : WARM_UP)
}
