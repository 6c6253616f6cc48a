/**
 * Specializing arithmetic: BINARY_OP for two operands of one exact type.
 *
 *     operation   int, int       float, float     str, str
 *     add         ADD_INT        ADD_FLOAT        ADD_UNICODE or INPLACE_ADD_UNICODE
 *     subtract    SUBTRACT_INT   SUBTRACT_FLOAT
 *     multiply    MULTIPLY_INT   MULTIPLY_FLOAT
 *
 * An operator and its in-place form are one row. What is not in the table stays generic. Truth values and
 * instances of classes that inherit from these types are kinds of their own, so they are no exception.
 *
 * @see CPython Python/specialize.c, _Py_Specialize_BinaryOp
 */
import { type Address, CELL, type Memory } from '../../memory/memory.ts'
import { argumentOf, cachesOf, OP, opcodeOf } from '../compile/opcodes.ts'
import { Kind, kindOf } from '../objects/kinds.ts'
import { objectOf, type Reference } from '../objects/reference.ts'
import { deoptimize, specialize } from './change-opcode.ts'

const ADD = 0
const MULTIPLY = 5
const SUBTRACT = 10
/** What an in-place operation's number is above that of the operator. */
const IN_PLACE = 13

const FORMS: Readonly<Record<number, Readonly<Record<number, number>>>> = {
  [ADD]: { [Kind.INT]: OP.BINARY_OP_ADD_INT, [Kind.FLOAT]: OP.BINARY_OP_ADD_FLOAT, [Kind.STR]: OP.BINARY_OP_ADD_UNICODE },
  [MULTIPLY]: { [Kind.INT]: OP.BINARY_OP_MULTIPLY_INT, [Kind.FLOAT]: OP.BINARY_OP_MULTIPLY_FLOAT },
  [SUBTRACT]: { [Kind.INT]: OP.BINARY_OP_SUBTRACT_INT, [Kind.FLOAT]: OP.BINARY_OP_SUBTRACT_FLOAT },
}

/** Bytes from a BINARY_OP to the next instruction. */
const LENGTH = (1 + cachesOf(OP.BINARY_OP)) * CELL

/**
 * Tries to specialize the BINARY_OP at an address for the operands that it is about to be run with.
 * @param left and the right operand, as they lie on the stack.
 * @param operation the instruction's argument.
 * @param locals where the frame's local variables begin.
 */
export function specializeBinaryOp(
  memory: Memory,
  unit: Address,
  left: Reference,
  right: Reference,
  operation: number,
  locals: Address,
): void {
  const form = formFor(memory, objectOf(left), objectOf(right), operation)
  if (form === undefined) deoptimize(memory, unit)
  else if (form === OP.BINARY_OP_ADD_UNICODE && storesBack(memory, unit, objectOf(left), locals)) {
    specialize(memory, unit, OP.BINARY_OP_INPLACE_ADD_UNICODE)
  } else specialize(memory, unit, form)
}

function formFor(memory: Memory, left: Address, right: Address, operation: number): number | undefined {
  const kind = kindOf(memory, left)
  if (kindOf(memory, right) !== kind) return undefined
  return FORMS[operation < IN_PLACE ? operation : operation - IN_PLACE]?.[kind]
}

/** Whether the sum goes straight back to the variable that holds the left operand: then it may be appended to in place. */
function storesBack(memory: Memory, unit: Address, left: Address, locals: Address): boolean {
  // Relaxed: a tool may be instrumenting the next instruction.
  const next = memory.loadRelaxed(unit + LENGTH)
  return opcodeOf(next) === OP.STORE_FAST && objectOf(memory.get(locals + argumentOf(next) * CELL)) === left
}
