/**
 * Statements.
 *
 * @see CPython Python/codegen.c (codegen_visit_stmt)
 */
import type {
  Assertion,
  Assignment,
  Attribute,
  AugmentedAssignment,
  Body,
  For,
  If,
  Raise,
  Return,
  SimpleStatement,
  Statement,
  Subscript,
  While,
} from '../ast.ts'
import { NONE } from '../constants.ts'
import { CompileError } from '../error.ts'
import { NO_LINE } from '../instruction.ts'
import { OP } from '../opcodes.ts'
import { BINARY, COMMON_CONSTANT, IN_PLACE } from '../operands.ts'
import { PSEUDO } from '../pseudo.ts'
import { isFunction } from '../symbols/scope.ts'
import { jumpIf } from './conditions.ts'
import { generateTry } from './exceptions.ts'
import { isPlainSlice, lineOfAttribute, load, loadAll, loadSliceEnds, remove, store } from './expressions.ts'
import { generateClass, generateFunction } from './functions.ts'
import { attributeIndex, loadName, storeName } from './names.ts'
import { emit, emitConstant, emitJump, newLabel, place, type Unit } from './unit.ts'
import { inBlock, unwindAll, unwindBlock, unwindToLoop } from './unwind.ts'

export function generateAll(unit: Unit, body: Body): void {
  for (const node of body) generate(unit, node)
}

function generate(unit: Unit, node: Statement): void {
  switch (node.kind) {
    case 'expression':
      if (node.value.kind === 'constant') emit(unit, OP.NOP, 0, node.line)
      else {
        load(unit, node.value)
        emit(unit, OP.POP_TOP, 0, NO_LINE)
      }
      break
    case 'assignment':
      generateAssignment(unit, node)
      break
    case 'augmented assignment':
      generateUpdate(unit, node)
      break
    case 'deletion':
      for (const target of node.targets) remove(unit, target)
      break
    case 'return':
      generateReturn(unit, node)
      break
    case 'raise':
      generateRaise(unit, node)
      break
    case 'assertion':
      generateAssertion(unit, node)
      break
    case 'if':
      generateIf(unit, node)
      break
    case 'while':
      generateWhile(unit, node)
      break
    case 'for':
      generateFor(unit, node)
      break
    case 'try':
      generateTry(unit, node)
      break
    case 'function':
      generateFunction(unit, node)
      break
    case 'class':
      generateClass(unit, node)
      break
    case 'pass':
      emit(unit, OP.NOP, 0, node.line)
      break
    case 'break':
    case 'continue':
      generateLeavingLoop(unit, node)
      break
    case 'global':
    case 'nonlocal':
      break
  }
}

function generateAssignment(unit: Unit, { targets, value, line }: Assignment): void {
  load(unit, value)
  targets.forEach((target, index) => {
    if (index < targets.length - 1) emit(unit, OP.COPY, 1, line)
    store(unit, target)
  })
}

/** `target op= value`: what finds the target is evaluated once. */
function generateUpdate(unit: Unit, node: AugmentedAssignment): void {
  const { target, operator, value, line } = node
  const operate = (): void => {
    load(unit, value)
    emit(unit, OP.BINARY_OP, BINARY[operator] + IN_PLACE, line)
  }
  if (target.kind === 'attribute') updateAttribute(unit, target, operate)
  else if (target.kind === 'subscript') updateSubscript(unit, target, operate)
  else {
    loadName(unit, target.name, target.line)
    operate()
    storeName(unit, target.name, target.line)
  }
}

function updateAttribute(unit: Unit, target: Attribute, operate: () => void): void {
  load(unit, target.value)
  emit(unit, OP.COPY, 1, target.line)
  const line = lineOfAttribute(target)
  emit(unit, OP.LOAD_ATTR, attributeIndex(unit, target.attribute) << 1, line)
  operate()
  emit(unit, OP.SWAP, 2, line)
  emit(unit, OP.STORE_ATTR, attributeIndex(unit, target.attribute), line)
}

function updateSubscript(unit: Unit, { value, index, line }: Subscript, operate: () => void): void {
  load(unit, value)
  if (isPlainSlice(index)) {
    loadSliceEnds(unit, index)
    for (let copies = 0; copies < 3; copies++) emit(unit, OP.COPY, 3, line)
    emit(unit, OP.BINARY_SLICE, 0, line)
    operate()
    for (const depth of [4, 3, 2]) emit(unit, OP.SWAP, depth, line)
    emit(unit, OP.STORE_SLICE, 0, line)
  } else {
    load(unit, index)
    for (let copies = 0; copies < 2; copies++) emit(unit, OP.COPY, 2, line)
    emit(unit, OP.BINARY_SUBSCR, 0, line)
    operate()
    for (const depth of [3, 2]) emit(unit, OP.SWAP, depth, line)
    emit(unit, OP.STORE_SUBSCR, 0, line)
  }
}

function generateReturn(unit: Unit, node: Return): void {
  if (!isFunction(unit.scope)) throw new CompileError('syntax', node, "'return' outside of a function")
  const { value } = node
  // A constant is loaded only when everything has been tidied up.
  const constant = value === null ? NONE : value.kind === 'constant' ? value.value : null
  if (value !== null) {
    if (constant === null) load(unit, value)
    else emit(unit, OP.NOP, 0, value.line)
  }
  const elsewhere = value === null || value.line !== node.line
  if (elsewhere) emit(unit, OP.NOP, 0, node.line)
  const line = unwindAll(unit, node.line, constant === null)
  if (constant !== null) emitConstant(unit, constant, line)
  emit(unit, OP.RETURN_VALUE, 0, line)
}

function generateRaise(unit: Unit, { exception, cause, line }: Raise): void {
  const values = [exception, cause].filter((value) => value !== null)
  loadAll(unit, values)
  emit(unit, OP.RAISE_VARARGS, values.length, line)
}

function generateAssertion(unit: Unit, { test, message, line }: Assertion): void {
  const end = newLabel()
  jumpIf(unit, test, end, true)
  emit(unit, OP.LOAD_COMMON_CONSTANT, COMMON_CONSTANT.ASSERTION_ERROR, line)
  if (message !== null) {
    load(unit, message)
    emit(unit, OP.CALL, 0, line)
  }
  emit(unit, OP.RAISE_VARARGS, 1, test.line)
  place(unit, end)
}

function generateIf(unit: Unit, { test, body, otherwise }: If): void {
  const end = newLabel()
  const next = otherwise.length > 0 ? newLabel() : end
  jumpIf(unit, test, next, false)
  generateAll(unit, body)
  if (otherwise.length > 0) {
    emitJump(unit, PSEUDO.JUMP_NO_INTERRUPT, end, NO_LINE)
    place(unit, next)
    generateAll(unit, otherwise)
  }
  place(unit, end)
}

function generateWhile(unit: Unit, node: While): void {
  const [start, anchor, exit] = [newLabel(), newLabel(), newLabel()]
  place(unit, start)
  inBlock(unit, node, { kind: 'while', start, exit }, () => {
    jumpIf(unit, node.test, anchor, false)
    generateAll(unit, node.body)
    emitJump(unit, PSEUDO.JUMP, start, NO_LINE)
  })
  place(unit, anchor)
  generateAll(unit, node.otherwise)
  place(unit, exit)
}

function generateFor(unit: Unit, node: For): void {
  const { target, iterable } = node
  const [start, cleanup, exit] = [newLabel(), newLabel(), newLabel()]
  inBlock(unit, node, { kind: 'for', start, exit }, () => {
    load(unit, iterable)
    emit(unit, OP.GET_ITER, 0, iterable.line)
    place(unit, start)
    emitJump(unit, OP.FOR_ITER, cleanup, iterable.line)
    // Makes each turn an event of the target's line.
    emit(unit, OP.NOP, 0, target.line)
    store(unit, target)
    generateAll(unit, node.body)
    emitJump(unit, PSEUDO.JUMP, start, NO_LINE)
    place(unit, cleanup)
    emit(unit, OP.END_FOR, 0, NO_LINE)
    emit(unit, OP.POP_TOP, 0, NO_LINE)
  })
  generateAll(unit, node.otherwise)
  place(unit, exit)
}

function generateLeavingLoop(unit: Unit, node: SimpleStatement): void {
  emit(unit, OP.NOP, 0, node.line)
  const { loop, line } = unwindToLoop(unit, node.line)
  if (loop === null) throw new CompileError('syntax', node, `'${node.kind}' outside of a loop`)
  if (node.kind === 'continue') emitJump(unit, PSEUDO.JUMP, loop.start, line)
  else emitJump(unit, PSEUDO.JUMP, loop.exit, unwindBlock(unit, loop, line, false))
}
