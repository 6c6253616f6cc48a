/**
 * Quickening: what a copy of generic instructions gets before it runs for the first time.
 *
 * Counters start, the history of each conditional jump begins as if it had been taken every other time, and a constant
 * that is immortal by now is loaded by the form that does not count.
 *
 * @see CPython Python/specialize.c, _PyCode_Quicken
 */
import { type Address, CELL, type Memory } from '../../memory/memory.ts'
import { isImmortal } from '../../refcount/object-header.ts'
import { CONSTANTS, mainCopy, unitCountOf } from '../code/code-object.ts'
import { argumentOf, cachesOf, isConditionalJump, OP, opcodeOf, withOpcode } from '../compile/opcodes.ts'
import type { Mutator } from '../objects/mutator.ts'
import { tupleItem } from '../objects/tuple.ts'
import { JUMP, UNREACHABLE, WARM_UP } from '../specialize/counter.ts'

/** Taken and not taken by turns, sixteen times. */
export const BRANCH_HISTORY = 0x5555

/**
 * Quickens a copy that nobody else knows yet.
 * @param units where it begins. It holds generic instructions.
 * @param constants the tuple that its instructions load from.
 * @param adaptive whether its instructions may be specialized: not where several threads run one copy.
 */
export function quicken(memory: Memory, units: Address, count: number, constants: Address, adaptive: boolean): void {
  let extended = 0
  for (let offset = 0; offset < count; ) {
    const at = units + offset * CELL
    const unit = memory.get(at)
    const opcode = opcodeOf(unit)
    const argument = (extended << 8) | argumentOf(unit)
    const caches = cachesOf(opcode)
    if (caches > 0) memory.set(at + CELL, initial(opcode, adaptive))
    else if (opcode === OP.LOAD_CONST && isImmortal(memory, tupleItem(memory, constants, argument))) {
      memory.set(at, withOpcode(unit, OP.LOAD_CONST_IMMORTAL))
    }
    extended = opcode === OP.EXTENDED_ARG ? argument : 0
    offset += 1 + caches
  }
}

/** What the first unit of an instruction's inline cache starts with. */
function initial(opcode: number, adaptive: boolean): number {
  if (isConditionalJump(opcode)) return BRANCH_HISTORY
  if (!adaptive) return UNREACHABLE
  return opcode === OP.JUMP_BACKWARD ? JUMP : WARM_UP
}

/** Quickens the main copy of a code object that nobody else knows yet. */
export function quickenMain(m: Mutator, code: Address): void {
  const { memory } = m
  quicken(memory, mainCopy(code), unitCountOf(memory, code), memory.get(code + CONSTANTS), isAdaptive(m))
}

/** Whether a main copy may be specialized: others run copies of their own, or never run at the same time. */
export const isAdaptive = ({ memory, shared }: Mutator): boolean =>
  memory.get(shared.copying) !== 0 || memory.get(shared.freeThreaded) === 0
