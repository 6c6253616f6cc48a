/**
 * `try`, with its handlers and its `finally`.
 *
 * @see CPython Python/codegen.c (codegen_try_except, codegen_try_finally)
 */
import type { ExceptClause, Try } from '../ast.ts'
import { type Label, NO_LINE } from '../instruction.ts'
import { OP } from '../opcodes.ts'
import { PSEUDO } from '../pseudo.ts'
import { load } from './expressions.ts'
import { storeName } from './names.ts'
import { generateAll } from './statements.ts'
import { emit, emitJump, newLabel, place, type Unit } from './unit.ts'
import { forget, inBlock } from './unwind.ts'

export function generateTry(unit: Unit, node: Try): void {
  if (node.final.length > 0) generateTryFinally(unit, node)
  else generateTryExcept(unit, node)
}

/**
 *              SETUP_FINALLY handler
 *              <body>, POP_BLOCK
 *              <finally>, JUMP exit
 *     handler: SETUP_CLEANUP cleanup, PUSH_EXC_INFO
 *              <finally>, RERAISE
 *     cleanup: COPY 3, POP_EXCEPT, RERAISE
 *     exit:
 */
function generateTryFinally(unit: Unit, node: Try): void {
  const [handler, cleanup, exit] = [newLabel(), newLabel(), newLabel()]
  emitJump(unit, PSEUDO.SETUP_FINALLY, handler, node.line)
  inBlock(unit, node, { kind: 'finally', body: node.final }, () => {
    if (node.clauses.length > 0) generateTryExcept(unit, node)
    else generateAll(unit, node.body)
    emit(unit, PSEUDO.POP_BLOCK, 0, NO_LINE)
  })
  generateAll(unit, node.final)
  emitJump(unit, PSEUDO.JUMP_NO_INTERRUPT, exit, NO_LINE)
  place(unit, handler)
  emitJump(unit, PSEUDO.SETUP_CLEANUP, cleanup, NO_LINE)
  emit(unit, OP.PUSH_EXC_INFO, 0, NO_LINE)
  inBlock(unit, node, { kind: 'finally handler' }, () => generateAll(unit, node.final))
  emit(unit, OP.RERAISE, 0, NO_LINE)
  place(unit, cleanup)
  reraise(unit)
  place(unit, exit)
}

/** Passes on an exception that came while another one was handled. */
function reraise(unit: Unit): void {
  emit(unit, OP.COPY, 3, NO_LINE)
  emit(unit, OP.POP_EXCEPT, 0, NO_LINE)
  emit(unit, OP.RERAISE, 1, NO_LINE)
}

/**
 *              SETUP_FINALLY handler
 *              <body>, POP_BLOCK, <else>, JUMP end
 *     handler: SETUP_CLEANUP cleanup, PUSH_EXC_INFO
 *              <type>, CHECK_EXC_MATCH, POP_JUMP_IF_FALSE next
 *              <clause>, JUMP end
 *     next:    … , RERAISE
 *     cleanup: COPY 3, POP_EXCEPT, RERAISE
 *     end:
 */
function generateTryExcept(unit: Unit, node: Try): void {
  const [handler, cleanup, end] = [newLabel(), newLabel(), newLabel()]
  emitJump(unit, PSEUDO.SETUP_FINALLY, handler, node.line)
  inBlock(unit, node, { kind: 'try' }, () => generateAll(unit, node.body))
  emit(unit, PSEUDO.POP_BLOCK, 0, NO_LINE)
  generateAll(unit, node.otherwise)
  emitJump(unit, PSEUDO.JUMP_NO_INTERRUPT, end, NO_LINE)
  place(unit, handler)
  emitJump(unit, PSEUDO.SETUP_CLEANUP, cleanup, NO_LINE)
  emit(unit, OP.PUSH_EXC_INFO, 0, NO_LINE)
  inBlock(unit, node, { kind: 'handling' }, () => {
    for (const clause of node.clauses) generateClause(unit, clause, end)
  })
  emit(unit, OP.RERAISE, 0, NO_LINE)
  place(unit, cleanup)
  reraise(unit)
  place(unit, end)
}

function generateClause(unit: Unit, clause: ExceptClause, end: Label): void {
  const { type, line } = clause
  const next = newLabel()
  if (type !== null) {
    load(unit, type)
    emit(unit, OP.CHECK_EXC_MATCH, 0, line)
    emitJump(unit, OP.POP_JUMP_IF_FALSE, next, line)
  }
  if (clause.name === null) generateAnonymous(unit, clause, end)
  else generateNamed(unit, clause, clause.name, end)
  place(unit, next)
}

function generateAnonymous(unit: Unit, clause: ExceptClause, end: Label): void {
  emit(unit, OP.POP_TOP, 0, clause.line)
  inBlock(unit, clause, { kind: 'except', name: null }, () => generateAll(unit, clause.body))
  emit(unit, PSEUDO.POP_BLOCK, 0, NO_LINE)
  emit(unit, OP.POP_EXCEPT, 0, NO_LINE)
  emitJump(unit, PSEUDO.JUMP_NO_INTERRUPT, end, NO_LINE)
}

/** The name is deleted in any case, as if by a `finally`. */
function generateNamed(unit: Unit, clause: ExceptClause, name: string, end: Label): void {
  const cleanup = newLabel()
  storeName(unit, name, clause.line)
  emitJump(unit, PSEUDO.SETUP_CLEANUP, cleanup, clause.line)
  inBlock(unit, clause, { kind: 'except', name }, () => generateAll(unit, clause.body))
  emit(unit, PSEUDO.POP_BLOCK, 0, NO_LINE)
  emit(unit, PSEUDO.POP_BLOCK, 0, NO_LINE)
  emit(unit, OP.POP_EXCEPT, 0, NO_LINE)
  forget(unit, name, NO_LINE)
  emitJump(unit, PSEUDO.JUMP_NO_INTERRUPT, end, NO_LINE)
  place(unit, cleanup)
  forget(unit, name, NO_LINE)
  emit(unit, OP.RERAISE, 1, NO_LINE)
}
