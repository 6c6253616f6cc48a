/**
 * Expressions and targets.
 *
 * @see CPython Python/codegen.c
 */
import type { Attribute, Expression, Slice, Subscript, Target, TargetList, Unary, Yield, YieldFrom } from '../ast.ts'
import { NONE } from '../constants.ts'
import { CompileError } from '../error.ts'
import { NO_LINE } from '../instruction.ts'
import { OP } from '../opcodes.ts'
import { BINARY, INTRINSIC, RESUME_AT, SUPER_ATTRIBUTE } from '../operands.ts'
import { PSEUDO } from '../pseudo.ts'
import { isFunction } from '../symbols/scope.ts'
import { generateCall, isSuperCall, loadSuperArguments } from './calls.ts'
import { generateComprehension } from './comprehensions.ts'
import { generateBoolean, generateComparison, generateConditional } from './conditions.ts'
import { generateDictionary, generateDisplay } from './displays.ts'
import { generateLambda } from './functions.ts'
import { attributeIndex, deleteName, loadName, storeName } from './names.ts'
import { emit, emitConstant, emitJump, newLabel, place, type Unit } from './unit.ts'

/** Generates what leaves the value of an expression on the stack. */
export function load(unit: Unit, node: Expression): void {
  switch (node.kind) {
    case 'constant':
      emitConstant(unit, node.value, node.line)
      break
    case 'name':
      loadName(unit, node.name, node.line)
      break
    case 'attribute':
      loadAttribute(unit, node)
      break
    case 'subscript':
      loadSubscript(unit, node)
      break
    case 'slice':
      loadSlice(unit, node)
      break
    case 'call':
      generateCall(unit, node)
      break
    case 'list':
    case 'tuple':
    case 'set':
      generateDisplay(unit, node)
      break
    case 'dictionary':
      generateDictionary(unit, node)
      break
    case 'unary':
      loadUnary(unit, node)
      break
    case 'binary':
      loadAll(unit, [node.left, node.right])
      emit(unit, OP.BINARY_OP, BINARY[node.operator], node.line)
      break
    case 'boolean':
      generateBoolean(unit, node)
      break
    case 'comparison':
      generateComparison(unit, node)
      break
    case 'conditional':
      generateConditional(unit, node)
      break
    case 'lambda':
      generateLambda(unit, node)
      break
    case 'comprehension':
      generateComprehension(unit, node)
      break
    case 'yield':
      generateYield(unit, node)
      break
    case 'yield from':
      generateYieldFrom(unit, node)
      break
  }
}

export function loadAll(unit: Unit, nodes: readonly Expression[]): void {
  for (const node of nodes) load(unit, node)
}

/** The line of an attribute's name, which may be below the one where the expression begins. */
export const lineOfAttribute = (node: Attribute): number => node.endLine

function loadAttribute(unit: Unit, node: Attribute): void {
  const { value, attribute, line } = node
  if (value.kind === 'call' && isSuperCall(unit, node, value)) {
    loadSuperArguments(unit, value)
    emit(unit, OP.LOAD_SUPER_ATTR, superArgument(unit, attribute, value.positional.length > 0, false), line)
    emit(unit, OP.NOP, 0, lineOfAttribute(node))
    return
  }
  load(unit, value)
  emit(unit, OP.LOAD_ATTR, attributeIndex(unit, attribute) << 1, lineOfAttribute(node))
}

/** The argument of LOAD_SUPER_ATTR: a name, whether `super` got arguments, and whether a method is called. */
export const superArgument = (unit: Unit, attribute: string, given: boolean, method: boolean): number =>
  (attributeIndex(unit, attribute) << 2) | (given ? SUPER_ATTRIBUTE.GIVEN : 0) | (method ? SUPER_ATTRIBUTE.METHOD : 0)

function loadUnary(unit: Unit, { operator, operand, line }: Unary): void {
  load(unit, operand)
  switch (operator) {
    case '+':
      emit(unit, OP.CALL_INTRINSIC_1, INTRINSIC.UNARY_POSITIVE, line)
      break
    case '-':
      emit(unit, OP.UNARY_NEGATIVE, 0, line)
      break
    case '~':
      emit(unit, OP.UNARY_INVERT, 0, line)
      break
    case 'not':
      emit(unit, OP.TO_BOOL, 0, line)
      emit(unit, OP.UNARY_NOT, 0, line)
      break
  }
}

const isConstantBound = (bound: Expression | null): boolean => bound === null || bound.kind === 'constant'
const isConstantSlice = ({ lower, upper, step }: Slice): boolean => [lower, upper, step].every(isConstantBound)

/** Whether an index is a slice whose two ends are given to the instruction one by one. */
export function isPlainSlice(index: Expression): index is Slice {
  return index.kind === 'slice' && index.step === null && !isConstantSlice(index)
}

/** A bound of a slice that is missing is None. */
function loadBound(unit: Unit, bound: Expression | null, line: number): void {
  if (bound === null) emitConstant(unit, NONE, line)
  else load(unit, bound)
}

export function loadSliceEnds(unit: Unit, { lower, upper, line }: Slice): void {
  loadBound(unit, lower, line)
  loadBound(unit, upper, line)
}

function loadSlice(unit: Unit, node: Slice): void {
  if (isConstantSlice(node)) {
    const constantOf = (bound: Expression | null) => (bound?.kind === 'constant' ? bound.value : NONE)
    emitConstant(unit, { kind: 'slice', items: [constantOf(node.lower), constantOf(node.upper), constantOf(node.step)] }, node.line)
    return
  }
  loadSliceEnds(unit, node)
  if (node.step !== null) load(unit, node.step)
  emit(unit, OP.BUILD_SLICE, node.step === null ? 2 : 3, node.line)
}

function loadSubscript(unit: Unit, { value, index, line }: Subscript): void {
  load(unit, value)
  if (isPlainSlice(index)) {
    loadSliceEnds(unit, index)
    emit(unit, OP.BINARY_SLICE, 0, line)
  } else {
    load(unit, index)
    emit(unit, OP.BINARY_SUBSCR, 0, line)
  }
}

/** Generates what takes a value from the stack and binds it. */
export function store(unit: Unit, node: Target): void {
  switch (node.kind) {
    case 'name':
      storeName(unit, node.name, node.line)
      break
    case 'attribute':
      noteSelfAttribute(unit, node)
      load(unit, node.value)
      emit(unit, OP.STORE_ATTR, attributeIndex(unit, node.attribute), lineOfAttribute(node))
      break
    case 'subscript':
      load(unit, node.value)
      if (isPlainSlice(node.index)) {
        loadSliceEnds(unit, node.index)
        emit(unit, OP.STORE_SLICE, 0, node.line)
        break
      }
      load(unit, node.index)
      emit(unit, OP.STORE_SUBSCR, 0, node.line)
      break
    case 'list':
    case 'tuple':
      unpack(unit, node)
      break
  }
}

/** The innermost class is told of the attributes that its methods give to `self`. */
function noteSelfAttribute(unit: Unit, { value, attribute }: Attribute): void {
  if (value.kind !== 'name' || value.name !== 'self') return
  // Only units around this one count: a class body is no method.
  for (let around: Unit | null = unit.parent; around !== null; around = around.parent) {
    if (around.type !== 'class') continue
    around.selfAttributes.add(attribute)
    return
  }
}

function unpack(unit: Unit, { items, line }: TargetList): void {
  const star = items.findIndex(({ kind }) => kind === 'starred')
  if (star < 0) emit(unit, OP.UNPACK_SEQUENCE, items.length, line)
  else emit(unit, OP.UNPACK_EX, star | ((items.length - star - 1) << 8), line)
  for (const item of items) store(unit, item.kind === 'starred' ? item.value : item)
}

export function remove(unit: Unit, node: Target): void {
  switch (node.kind) {
    case 'name':
      deleteName(unit, node.name, node.line)
      break
    case 'attribute':
      load(unit, node.value)
      emit(unit, OP.DELETE_ATTR, attributeIndex(unit, node.attribute), lineOfAttribute(node))
      break
    case 'subscript':
      loadAll(unit, [node.value, node.index])
      emit(unit, OP.DELETE_SUBSCR, 0, node.line)
      break
    case 'list':
    case 'tuple':
      for (const item of node.items) remove(unit, item as Target)
      return
  }
}

function inFunction(unit: Unit, node: Yield | YieldFrom): void {
  if (!isFunction(unit.scope)) throw new CompileError('syntax', node, `'${node.kind}' outside of a function`)
}

function generateYield(unit: Unit, node: Yield): void {
  inFunction(unit, node)
  if (node.value === null) emitConstant(unit, NONE, node.line)
  else load(unit, node.value)
  emitYield(unit, node.line)
}

/** Gives the value on the stack to whoever asked for it. */
export function emitYield(unit: Unit, line: number): void {
  emit(unit, OP.YIELD_VALUE, 0, line)
  emit(unit, OP.RESUME, RESUME_AT.AFTER_YIELD, line)
}

/**
 *          GET_YIELD_FROM_ITER, LOAD_CONST None
 *     send: SEND exit                    what the other one yields is on the stack
 *           YIELD_VALUE, RESUME          handler of the yield: fail
 *           JUMP send
 *     fail: CLEANUP_THROW                what was thrown in here goes to the other one
 *     exit: END_SEND
 */
function generateYieldFrom(unit: Unit, node: YieldFrom): void {
  inFunction(unit, node)
  const { line } = node
  const [send, fail, exit] = [newLabel(), newLabel(), newLabel()]
  load(unit, node.value)
  emit(unit, OP.GET_YIELD_FROM_ITER, 0, line)
  emitConstant(unit, NONE, line)
  place(unit, send)
  emitJump(unit, OP.SEND, exit, line)
  emitJump(unit, PSEUDO.SETUP_FINALLY, fail, line)
  emit(unit, OP.YIELD_VALUE, 1, line)
  emit(unit, PSEUDO.POP_BLOCK, 0, NO_LINE)
  emit(unit, OP.RESUME, RESUME_AT.AFTER_YIELD_FROM, line)
  emitJump(unit, PSEUDO.JUMP_NO_INTERRUPT, send, line)
  place(unit, fail)
  emit(unit, OP.CLEANUP_THROW, 0, line)
  place(unit, exit)
  emit(unit, OP.END_SEND, 0, line)
}
