/**
 * Which characters a program may consist of, where the library lets more pass.
 *
 * @see CPython Parser/lexer/lexer.c, verify_identifier
 */
import type { SyntaxNodeRef } from '@lezer/common'
import { type Source, syntaxError, textOf } from './source.ts'

const NAMES: ReadonlySet<string> = new Set(['VariableName', 'PropertyName'])

const SIMPLE = /^\w+$/
const NAME = /^[_\p{XID_Start}]\p{XID_Continue}*$/u

/** @throws {CompileError} at what may stand nowhere */
export function checkCharacters(source: Source): void {
  const zero = source.text.indexOf('\0')
  if (zero >= 0) throw syntaxError(source, { from: zero, to: zero + 1 }, 'a program holds no null characters')
  if (source.text.startsWith('\ufeff')) throw syntaxError(source, { from: 0, to: 1 }, 'invalid non-printable character U+FEFF')
}

/** @throws {CompileError} at a name that is none */
export function checkName(source: Source, node: SyntaxNodeRef): void {
  if (!NAMES.has(node.name)) return
  const name = textOf(source, node)
  if (!SIMPLE.test(name) && !NAME.test(name)) throw syntaxError(source, node, 'this is no name')
}
