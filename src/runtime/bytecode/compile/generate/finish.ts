/**
 * The end of a unit: its instructions become code.
 *
 * @see CPython Python/compile.c (_PyCompile_OptimizeAndAssemble)
 */
import { assemble } from '../assemble.ts'
import {
  type CompiledCode,
  GENERATOR,
  HAS_DOCSTRING,
  NESTED,
  NEW_LOCALS,
  OPTIMIZED,
  VAR_ARGUMENTS,
  VAR_KEYWORDS,
} from '../compiled-code.ts'
import { NONE } from '../constants.ts'
import { optimize } from '../flow.ts'
import { NO_LINE } from '../instruction.ts'
import { OP } from '../opcodes.ts'
import { isFunction, type Scope } from '../symbols/scope.ts'
import { emit, emitConstant, type Unit } from './unit.ts'

export interface Ending {
  /** Whether it returns None at its end, or the value on the stack. */
  readonly returnsNone: boolean
  readonly docstring: boolean
}

export function finish(unit: Unit, { returnsNone, docstring }: Ending): CompiledCode {
  if (returnsNone) emitConstant(unit, NONE, NO_LINE)
  emit(unit, OP.RETURN_VALUE, 0, NO_LINE)
  const { scope, counts, cells, free, locals } = unit
  const flags = flagsOf(scope, docstring)
  const optimized = optimize({
    instructions: unit.instructions,
    constants: unit.constants.values,
    keyOf: unit.compilation.keyOf,
    locals: locals.values,
    cells,
    free,
    parameterCount: scope.parameters.length,
    firstLine: unit.firstLine,
    generator: (flags & GENERATOR) !== 0,
  })
  return {
    name: unit.name,
    qualifiedName: unit.qualifiedName,
    filename: unit.compilation.filename,
    firstLine: unit.firstLine,
    argumentCount: counts.positional,
    positionalOnlyCount: counts.positionalOnly,
    keywordOnlyCount: counts.keywordOnly,
    flags,
    locals: optimized.variables,
    names: unit.names.values,
    constants: optimized.constants,
    stackSize: optimized.stackSize,
    ...assemble(optimized.blocks),
  }
}

function flagsOf(scope: Scope, docstring: boolean): number {
  if (!isFunction(scope)) return 0
  return (
    NEW_LOCALS |
    OPTIMIZED |
    (scope.nested ? NESTED : 0) |
    (scope.generator ? GENERATOR : 0) |
    (scope.hasRest ? VAR_ARGUMENTS : 0) |
    (scope.hasKeywordRest ? VAR_KEYWORDS : 0) |
    (docstring ? HAS_DOCSTRING : 0)
  )
}
