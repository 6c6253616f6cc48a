/** Unary operations. */
import { type Address, NULL } from '../../../memory/memory.ts'
import type { Caller } from '../mutator.ts'
import { raise } from '../raise.ts'
import { typeName } from '../type-name.ts'
import { UNARY_SIGNS } from './operation.ts'
import { protocolOf } from './protocol-of.ts'

/** @param operation as in `operation.ts`. @throws Raised if the operand does not support it. */
export function unary(m: Caller, operation: number, operand: Address): Address {
  const result = protocolOf(m, operand).unary?.(m, operation, operand) ?? NULL
  if (result !== NULL) return result
  raise(m, 'TypeError', `bad operand type for unary ${UNARY_SIGNS[operation]}: '${typeName(m, operand)}'`)
}
