/**
 * What depends on truth: conditions, `and` and `or`, comparisons, conditional expressions.
 *
 * @see CPython Python/codegen.c (codegen_jump_if, codegen_compare)
 */
import type { BooleanExpression, Comparison, ComparisonOperator, Conditional, Expression } from '../ast.ts'
import { type Label, NO_LINE } from '../instruction.ts'
import { OP } from '../opcodes.ts'
import { COMPARE } from '../operands.ts'
import { PSEUDO } from '../pseudo.ts'
import { load } from './expressions.ts'
import { emit, emitJump, newLabel, place, type Unit } from './unit.ts'

const popJump = (condition: boolean): number => (condition ? OP.POP_JUMP_IF_TRUE : OP.POP_JUMP_IF_FALSE)

/** Jumps to `target` if `node` is as true as `condition`, and falls through otherwise. */
export function jumpIf(unit: Unit, node: Expression, target: Label, condition: boolean): void {
  if (node.kind === 'unary' && node.operator === 'not') jumpIf(unit, node.operand, target, !condition)
  else if (node.kind === 'boolean') jumpIfBoolean(unit, node, target, condition)
  else if (node.kind === 'conditional') jumpIfConditional(unit, node, target, condition)
  else if (node.kind === 'comparison' && node.operators.length > 1) jumpIfChain(unit, node, target, condition)
  else {
    load(unit, node)
    emit(unit, OP.TO_BOOL, 0, node.line)
    emitJump(unit, popJump(condition), target, node.line)
  }
}

function jumpIfBoolean(unit: Unit, { operator, values }: BooleanExpression, target: Label, condition: boolean): void {
  const decides = operator === 'or'
  // The value that decides the whole may be the one that does not jump.
  const decided = decides === condition ? target : newLabel()
  for (const value of values.slice(0, -1)) jumpIf(unit, value, decided, decides)
  jumpIf(unit, values.at(-1) as Expression, target, condition)
  if (decided !== target) place(unit, decided)
}

function jumpIfConditional(unit: Unit, node: Conditional, target: Label, condition: boolean): void {
  const [end, otherwise] = [newLabel(), newLabel()]
  jumpIf(unit, node.test, otherwise, false)
  jumpIf(unit, node.body, target, condition)
  emitJump(unit, PSEUDO.JUMP_NO_INTERRUPT, end, NO_LINE)
  place(unit, otherwise)
  jumpIf(unit, node.otherwise, target, condition)
  place(unit, end)
}

function jumpIfChain(unit: Unit, node: Comparison, target: Label, condition: boolean): void {
  const { line, operators, comparators } = node
  const [cleanup, end] = [newLabel(), newLabel()]
  load(unit, node.left)
  operators.slice(0, -1).forEach((operator, index) => {
    compareAndKeep(unit, operator, comparators[index] as Expression, line)
    emit(unit, OP.TO_BOOL, 0, line)
    emitJump(unit, OP.POP_JUMP_IF_FALSE, cleanup, line)
  })
  load(unit, comparators.at(-1) as Expression)
  emitComparison(unit, operators.at(-1) as ComparisonOperator, line)
  emit(unit, OP.TO_BOOL, 0, line)
  emitJump(unit, popJump(condition), target, line)
  emitJump(unit, PSEUDO.JUMP_NO_INTERRUPT, end, NO_LINE)
  place(unit, cleanup)
  emit(unit, OP.POP_TOP, 0, line)
  if (!condition) emitJump(unit, PSEUDO.JUMP_NO_INTERRUPT, target, NO_LINE)
  place(unit, end)
}

/** Compares the value on the stack with another, and leaves the other under the result. */
function compareAndKeep(unit: Unit, operator: ComparisonOperator, other: Expression, line: number): void {
  load(unit, other)
  emit(unit, OP.SWAP, 2, line)
  emit(unit, OP.COPY, 2, line)
  emitComparison(unit, operator, line)
}

function emitComparison(unit: Unit, operator: ComparisonOperator, line: number): void {
  switch (operator) {
    case 'is':
    case 'is not':
      emit(unit, OP.IS_OP, operator === 'is' ? 0 : 1, line)
      break
    case 'in':
    case 'not in':
      emit(unit, OP.CONTAINS_OP, operator === 'in' ? 0 : 1, line)
      break
    default:
      emit(unit, OP.COMPARE_OP, COMPARE.get(operator) as number, line)
      break
  }
}

export function generateBoolean(unit: Unit, { operator, values, line }: BooleanExpression): void {
  const end = newLabel()
  for (const value of values.slice(0, -1)) {
    load(unit, value)
    emitJump(unit, operator === 'and' ? PSEUDO.JUMP_IF_FALSE : PSEUDO.JUMP_IF_TRUE, end, line)
    emit(unit, OP.POP_TOP, 0, line)
  }
  load(unit, values.at(-1) as Expression)
  place(unit, end)
}

export function generateComparison(unit: Unit, node: Comparison): void {
  const { line, operators, comparators } = node
  const [last, lastComparator] = [operators.at(-1) as ComparisonOperator, comparators.at(-1) as Expression]
  const [cleanup, end] = [newLabel(), newLabel()]
  load(unit, node.left)
  operators.slice(0, -1).forEach((operator, index) => {
    compareAndKeep(unit, operator, comparators[index] as Expression, line)
    emit(unit, OP.COPY, 1, line)
    emit(unit, OP.TO_BOOL, 0, line)
    emitJump(unit, OP.POP_JUMP_IF_FALSE, cleanup, line)
    emit(unit, OP.POP_TOP, 0, line)
  })
  load(unit, lastComparator)
  emitComparison(unit, last, line)
  if (operators.length === 1) return
  emitJump(unit, PSEUDO.JUMP_NO_INTERRUPT, end, NO_LINE)
  place(unit, cleanup)
  emit(unit, OP.SWAP, 2, line)
  emit(unit, OP.POP_TOP, 0, line)
  place(unit, end)
}

export function generateConditional(unit: Unit, node: Conditional): void {
  const [end, otherwise] = [newLabel(), newLabel()]
  jumpIf(unit, node.test, otherwise, false)
  load(unit, node.body)
  emitJump(unit, PSEUDO.JUMP_NO_INTERRUPT, end, NO_LINE)
  place(unit, otherwise)
  load(unit, node.otherwise)
  place(unit, end)
}
