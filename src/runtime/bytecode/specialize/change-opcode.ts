/**
 * Changing the opcode of an instruction in place, against whoever instruments it.
 *
 * A thread specializes only its own copy, but a tool that begins or stops to watch the code changes all
 * copies, also while their threads run. An instrumented instruction belongs to the tools: were a
 * specialized form written over it, its events would be lost. So the change is one atomic operation,
 * which succeeds only if the instruction is still what it was when it was looked at; and if it
 * does not succeed, nothing is done at all. There is no second try: the next attempt comes when
 * the counter fires again.
 *
 * The counter is written only after the opcode was changed. Between the two a tool may change both again; the
 * counter is then either's, and both are right.
 *
 * @see CPython Python/specialize.c, specialize and unspecialize
 */
import type { Address, Memory } from '../../memory/memory.ts'
import { baseOf, isInstrumented, opcodeOf, withOpcode } from '../compile/opcodes.ts'
import { COOL_DOWN, restart, setCounter } from './counter.ts'

/** Makes the instruction at an address a specialized form of what it is, unless it is instrumented or was changed meanwhile. */
export function specialize(memory: Memory, unit: Address, opcode: number): void {
  const before = memory.loadRelaxed(unit)
  if (exchange(memory, unit, before, opcode)) setCounter(memory, unit, COOL_DOWN)
}

/** Makes the instruction at an address generic after an attempt that failed, under the same conditions. */
export function deoptimize(memory: Memory, unit: Address): void {
  const before = memory.loadRelaxed(unit)
  // Also if it is generic already: a tool that came meanwhile must not find its counter changed.
  if (exchange(memory, unit, before, baseOf(opcodeOf(before)))) restart(memory, unit)
}

function exchange(memory: Memory, unit: Address, before: number, opcode: number): boolean {
  if (isInstrumented(opcodeOf(before))) return false
  return memory.compareExchange(unit, before, withOpcode(before, opcode)) === before
}
