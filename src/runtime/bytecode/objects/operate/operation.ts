/**
 * The numbers that operators have in the bytecode.
 *
 * @see CPython Include/opcode.h
 */

/** Binary operations. The same plus IN_PLACE is the form that may change the left operand. */
export const Operation = {
  ADD: 0,
  AND: 1,
  FLOOR_DIVIDE: 2,
  LEFT_SHIFT: 3,
  MATRIX_MULTIPLY: 4,
  MULTIPLY: 5,
  REMAINDER: 6,
  OR: 7,
  POWER: 8,
  RIGHT_SHIFT: 9,
  SUBTRACT: 10,
  TRUE_DIVIDE: 11,
  XOR: 12,
} as const
export const IN_PLACE = 13

/** How a binary operation is written, by its number. */
export const SIGNS = ['+', '&', '//', '<<', '@', '*', '%', '|', '**', '>>', '-', '/', '^'] as const

/** The plain form of an operation in place. */
export const plainOperation = (operation: number): number => (operation >= IN_PLACE ? operation - IN_PLACE : operation)

/** Comparisons. */
export const Comparison = { LT: 0, LE: 1, EQ: 2, NE: 3, GT: 4, GE: 5 } as const

/** How a comparison is written, by its number. */
export const COMPARISON_SIGNS = ['<', '<=', '==', '!=', '>', '>='] as const

/** The comparison that says the same with its operands exchanged, by its number. */
export const TURNED = [Comparison.GT, Comparison.GE, Comparison.EQ, Comparison.NE, Comparison.LT, Comparison.LE] as const

/** Whether a comparison holds between two things of which it is known how they stand: negative, zero, positive; NaN if they cannot be compared. */
export function holds(comparison: number, order: number): boolean {
  if (comparison === Comparison.LT) return order < 0
  if (comparison === Comparison.LE) return order <= 0
  if (comparison === Comparison.EQ) return order === 0
  if (comparison === Comparison.NE) return order !== 0
  if (comparison === Comparison.GT) return order > 0
  return order >= 0
}

/** Unary operations. */
export const Unary = { NEGATIVE: 0, POSITIVE: 1, INVERT: 2 } as const
/** How a unary operation is written, by its number. */
export const UNARY_SIGNS = ['-', '+', '~'] as const
