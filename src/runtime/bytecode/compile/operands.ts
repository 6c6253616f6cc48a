/**
 * What the arguments of instructions mean that are neither an index, a count nor a distance.
 *
 * @see CPython Include/opcode.h, Include/internal/pycore_opcode_utils.h, pycore_intrinsics.h and pycore_code.h
 */
import type { BinaryOperator, ComparisonOperator } from './ast.ts'

/** Of BINARY_OP. */
export const BINARY: Readonly<Record<BinaryOperator, number>> = {
  '+': 0,
  '&': 1,
  '//': 2,
  '<<': 3,
  '@': 4,
  '*': 5,
  '%': 6,
  '|': 7,
  '**': 8,
  '>>': 9,
  '-': 10,
  '/': 11,
  '^': 12,
}
/** Added to the argument of BINARY_OP if the left operand may be changed: `+=` instead of `+`. */
export const IN_PLACE = 13

type RichComparison = Exclude<ComparisonOperator, 'is' | 'is not' | 'in' | 'not in'>

/** Which outcomes of a comparison make an operator true. */
const [UNORDERED, LESS, GREATER, EQUAL] = [1, 2, 4, 8]
const OUTCOMES: readonly (readonly [RichComparison, number])[] = [
  ['<', LESS],
  ['<=', LESS | EQUAL],
  ['==', EQUAL],
  ['!=', UNORDERED | LESS | GREATER],
  ['>', GREATER],
  ['>=', GREATER | EQUAL],
]

/** Of COMPARE_OP: the operator from bit COMPARISON_SHIFT on, the outcomes that make it true in the low four bits. */
export const COMPARISON_SHIFT = 5
/** The bit of COMPARE_OP that asks for a truth value, whatever the comparison answers. */
export const COMPARE_TO_BOOL = 16
export const COMPARE: ReadonlyMap<ComparisonOperator, number> = new Map(
  OUTCOMES.map(([operator, outcomes], index) => [operator, (index << COMPARISON_SHIFT) | outcomes]),
)

/** Of CALL_INTRINSIC_1. */
export const INTRINSIC = { STOPITERATION_ERROR: 3, UNARY_POSITIVE: 5, LIST_TO_TUPLE: 6 } as const

/** Of LOAD_COMMON_CONSTANT. */
export const COMMON_CONSTANT = { ASSERTION_ERROR: 0 } as const

/** Of SET_FUNCTION_ATTRIBUTE. */
export const FUNCTION_ATTRIBUTE = { DEFAULTS: 1, KEYWORD_DEFAULTS: 2, CLOSURE: 8 } as const

/** The low bits in the argument of LOAD_SUPER_ATTR: whether a method is called, and whether `super` got arguments. */
export const SUPER_ATTRIBUTE = { METHOD: 1, GIVEN: 2 } as const

/** Of RESUME: where the frame goes on. */
export const RESUME_AT = { START: 0, AFTER_YIELD: 1, AFTER_YIELD_FROM: 2 } as const
/** Added to the argument of RESUME after a yield with no exception handler around it but the generator's own. */
export const RESUME_OUTERMOST = 4
