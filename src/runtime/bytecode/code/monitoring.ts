/**
 * What tools have asked for in one code object, and what stands under the instructions that report to them.
 *
 * It is kept once per code object, whatever copies there are: all copies are instrumented alike. So the generic form
 * of an instruction is kept too, because an instruction that reports lines or instructions says nothing of it.
 *
 * Tables are changed under the lock of the code object or in a pause. Whoever reports an event reads
 * them without either, so those cells are relaxed: an event that happens while its tool gives it up may
 * still be reported, or not.
 *
 * @see CPython Include/cpython/code.h, _PyCoMonitoringData
 */
import { type Address, CELL, type Memory, NULL } from '../../memory/memory.ts'
import { array, cell, type Opened, record } from '../../memory/record.ts'
import { baseOf, cachesOf, isInstrumented, opcodeOf, withOpcode } from '../compile/opcodes.ts'
import { MONITORING, mainCopy, unitCountOf } from './code-object.ts'
import { LOCAL_EVENTS, TOOLS } from './events.ts'

/** What is kept of one unit. All of it is zero for a unit of an inline cache. */
export const Place = record('place', {
  /** The generic form of the instruction. Never changes. */
  generic: cell,
  /** What may be reported from here, see `Reported`; one bit each. Never changes. */
  kinds: cell,
  /** Tools that are told of the event that the instruction itself is, one bit each. */
  eventTools: cell,
  /** Tools that are told that the line is reached. */
  lineTools: cell,
  /** Tools that are told of the instruction. */
  instructionTools: cell,
  /** What runs under an instruction that reports the line: always what would stand here without it. */
  underLine: cell,
  /** The same for one that reports the instruction. */
  underInstruction: cell,
})

/** What an instruction may report: an event that it is itself, that it is the first of a line, that it is an instruction. */
export const Reported = { EVENT: 1, LINE: 2, INSTRUCTION: 4 } as const
export type Reported = (typeof Reported)[keyof typeof Reported]

export const Monitoring = record('monitors', {
  /** By local event: tools that asked for it in this code object alone, one bit each. */
  here: array(cell, LOCAL_EVENTS),
  /** By local event: tools that its copies are instrumented for. */
  active: array(cell, LOCAL_EVENTS),
  /** By tool: when it was last given back, as far as `here` takes account of it. */
  cleared: array(cell, TOOLS),
  /** One place per unit. */
  places: Place,
})
export type Monitoring = Opened<typeof Monitoring>

/** Bytes of all that is kept of a code object with that many units. */
export const monitoringBytes = (units: number): number => Monitoring.offset.places + units * Place.size

/**
 * What is kept of the unit at an offset, of a code object that has monitoring data. Where the data lie is read plainly: the caller
 * has come to an instruction that was put there afterwards, or holds the code's lock, or is in a pause.
 */
export const placeOf = (memory: Memory, code: Address, offset: number): Address =>
  memory.get(code + MONITORING) + Monitoring.offset.places + offset * Place.size

/**
 * The generic form of the instruction that begins at an offset, whatever its copies hold. Its argument is that of any copy.
 * Where the monitoring data lie is read plainly, by the same callers as in `placeOf`.
 */
export function genericAt(memory: Memory, code: Address, offset: number): number {
  if (memory.get(code + MONITORING) !== NULL) return memory.get(placeOf(memory, code, offset) + Place.offset.generic)
  // The main copy may be specialized meanwhile: the generic form is the same either way.
  return baseOf(opcodeOf(memory.loadRelaxed(mainCopy(code) + offset * CELL)))
}

/** Offsets of the instructions of a code object, passing over inline caches. For the same callers. */
export function* instructionsOf(memory: Memory, code: Address): Generator<number> {
  const units = unitCountOf(memory, code)
  for (let offset = 0; offset < units; offset += 1 + cachesOf(genericAt(memory, code, offset))) yield offset
}

/**
 * Makes a copy that was made of generic instructions report what the other copies report. For a new copy,
 * before anybody knows it. The caller holds the lock of the code object, so the two cannot fall apart.
 */
export function carryInstrumentation(memory: Memory, code: Address, copy: Address): void {
  // Without monitoring data nothing was ever instrumented.
  if (memory.get(code + MONITORING) === NULL) return
  for (const offset of instructionsOf(memory, code)) {
    const opcode = opcodeOf(memory.loadRelaxed(mainCopy(code) + offset * CELL))
    const unit = copy + offset * CELL
    if (isInstrumented(opcode)) memory.set(unit, withOpcode(memory.get(unit), opcode))
  }
}
