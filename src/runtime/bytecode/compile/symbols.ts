/**
 * The scopes of a program, and where each variable lives.
 *
 * @see CPython Python/symtable.c
 */
import type { Program } from './ast.ts'
import { analyze } from './symbols/analyze.ts'
import { collect } from './symbols/collect.ts'
import type { Owner, Scope } from './symbols/scope.ts'

/** @throws {CompileError} if declarations contradict each other */
export function symbolsOf(program: Program): ReadonlyMap<Owner, Scope> {
  const { scopes, module } = collect(program)
  analyze(module)
  return scopes
}
