/**
 * Specializing `in`: CONTAINS_OP for a dictionary, or for a set or frozen set.
 *
 * @see CPython Python/specialize.c, _Py_Specialize_ContainsOp
 */
import type { Address, Memory } from '../../memory/memory.ts'
import { OP } from '../compile/opcodes.ts'
import { Kind, kindOf } from '../objects/kinds.ts'
import { objectOf, type Reference } from '../objects/reference.ts'
import { deoptimize, specialize } from './change-opcode.ts'

const FORMS: Readonly<Record<number, number>> = {
  [Kind.DICT]: OP.CONTAINS_OP_DICT,
  [Kind.SET]: OP.CONTAINS_OP_SET,
  [Kind.FROZENSET]: OP.CONTAINS_OP_SET,
}

/** Tries to specialize the CONTAINS_OP at an address for the container that it is about to search. */
export function specializeContainsOp(memory: Memory, unit: Address, container: Reference): void {
  const form = FORMS[kindOf(memory, objectOf(container))]
  if (form === undefined) deoptimize(memory, unit)
  else specialize(memory, unit, form)
}
