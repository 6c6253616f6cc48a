/**
 * The compiler: a program of our subset of Python becomes code.
 *
 *     text ─parse─► tree ─fold─► tree ─symbols─► scopes
 *                                  └────generate────┴─► instructions ─flow─► blocks ─assemble─► code
 *
 * It makes the same code as CPython, unit for unit, so that whatever is built on code can be
 * compared with it.
 *
 * @see CPython Python/compile.c
 */
import type { Program } from './ast.ts'
import type { CompiledCode } from './compiled-code.ts'
import { constantKeys } from './constants.ts'
import { fold } from './fold.ts'
import { load } from './generate/expressions.ts'
import { finish } from './generate/finish.ts'
import { generateSuite } from './generate/functions.ts'
import { type Compilation, enter, NO_PARAMETERS } from './generate/unit.ts'
import { parse } from './parse.ts'
import { symbolsOf } from './symbols.ts'

/** What was compiled lately. It follows from the text alone and never changes, and whoever explores runs one text thousands of times. */
const COMPILED = new Map<string, CompiledCode>()

/** How many are kept. */
const KEPT = 64

/**
 * Compiles statements, or one expression.
 *
 * @throws {CompileError} if the program is no Python, or uses what is not supported
 */
export function compile(source: string, filename: string, mode: 'exec' | 'eval'): CompiledCode {
  const key = JSON.stringify([mode, filename, source])
  const known = COMPILED.get(key)
  if (known) return known
  const program = fold(parse(source, mode))
  const code = generate(program, { scopes: symbolsOf(program), filename, codes: new Map(), keyOf: constantKeys() })
  if (COMPILED.size === KEPT) COMPILED.clear()
  COMPILED.set(key, code)
  return code
}

function generate(program: Program, compilation: Compilation): CompiledCode {
  const unit = enter(compilation, null, {
    type: 'module',
    owner: program,
    name: '<module>',
    firstLine: 1,
    counts: NO_PARAMETERS,
    handler: null,
  })
  if (program.kind === 'module') generateSuite(unit, program.suite)
  else load(unit, program.value)
  return finish(unit, { returnsNone: program.kind === 'module', docstring: false })
}
