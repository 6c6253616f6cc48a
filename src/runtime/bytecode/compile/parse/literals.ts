/**
 * Numbers, text and bytes as they are written in a program.
 *
 * @see CPython Parser/string_parser.c and Parser/pegen.c
 */
import type { SyntaxNode } from '@lezer/common'
import type { Constant } from '../compiled-code.ts'
import { type Source, syntaxError, textOf, unsupported } from './source.ts'

const DIGITS = '\\d(?:_?\\d)*'
const INTEGER = /^(?:0(?:_?0)*|[1-9](?:_?\d)*|0[xX](?:_?[\da-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+)$/
const FLOAT = new RegExp(`^(?:(?:(?:${DIGITS})?\\.${DIGITS}|${DIGITS}\\.)(?:[eE][+-]?${DIGITS})?|${DIGITS}[eE][+-]?${DIGITS})$`)
const IMAGINARY = /[jJ]$/

export function number(source: Source, node: SyntaxNode): Constant {
  const written = textOf(source, node)
  const digits = written.replaceAll('_', '')
  if (INTEGER.test(written)) return { kind: 'int', value: BigInt(digits) }
  if (FLOAT.test(written)) return { kind: 'float', value: Number(digits) }
  if (IMAGINARY.test(written)) throw unsupported(source, node, 'complex numbers')
  throw syntaxError(source, node, 'this is not a number')
}

const LITERAL = /^([a-zA-Z]*)('''|"""|'|")((?:\\.|[^\\])*)\2$/s
const SINGLE: Readonly<Record<string, string>> = {
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
}
const ESCAPE = /\\(?:([0-7]{1,3})|x(.{0,2})|u(.{0,4})|U(.{0,8})|(N)|(.))/gs
const BYTE_ESCAPE = /\\(?:([0-7]{1,3})|x(.{0,2})|(.))/gs

/** A literal, or several that stand side by side and are one. */
export function text(source: Source, nodes: readonly SyntaxNode[]): Constant {
  const parts = nodes.map((node) => literal(source, node))
  const first = parts[0] as Constant
  if (first.kind === 'bytes') {
    const bytes = parts.flatMap((part, index) => {
      if (part.kind === 'bytes') return [...part.value]
      throw syntaxError(source, nodes[index] as SyntaxNode, 'text and bytes cannot be joined')
    })
    return { kind: 'bytes', value: Uint8Array.from(bytes) }
  }
  const value = parts.map((part, index) => {
    if (part.kind === 'str') return part.value
    throw syntaxError(source, nodes[index] as SyntaxNode, 'text and bytes cannot be joined')
  })
  return { kind: 'str', value: value.join('') }
}

function literal(source: Source, node: SyntaxNode): Constant {
  if (node.name === 'FormatString') throw unsupported(source, node, 'f-strings')
  const match = LITERAL.exec(textOf(source, node))
  if (match === null) throw syntaxError(source, node, 'the text has no end')
  const [, prefix = '', , content = ''] = match
  const raw = /r/i.test(prefix)
  if (!/b/i.test(prefix)) return { kind: 'str', value: raw ? content : unescaped(source, node, content) }
  const bytes = ascii(source, node, content)
  return { kind: 'bytes', value: bytesOf(raw ? bytes : unescapedBytes(source, node, bytes)) }
}

function hexadecimal(source: Source, node: SyntaxNode, digits: string, length: number): number {
  if (digits.length !== length || !/^[\da-fA-F]+$/.test(digits)) {
    throw syntaxError(source, node, `an escape needs ${length} hexadecimal digits`)
  }
  return Number.parseInt(digits, 16)
}

function unescaped(source: Source, node: SyntaxNode, content: string): string {
  return content.replaceAll(ESCAPE, (whole, octal, x, u, long, named, other) => {
    if (octal !== undefined) return String.fromCodePoint(Number.parseInt(octal, 8))
    if (x !== undefined) return String.fromCodePoint(hexadecimal(source, node, x, 2))
    if (u !== undefined) return character(source, node, hexadecimal(source, node, u, 4))
    if (long !== undefined) return character(source, node, hexadecimal(source, node, long, 8))
    if (named !== undefined) throw unsupported(source, node, 'named characters')
    return SINGLE[other] ?? whole
  })
}

function character(source: Source, node: SyntaxNode, code: number): string {
  if (code > 0x10_ffff) throw syntaxError(source, node, 'there is no such character')
  if (code >= 0xd800 && code <= 0xdfff) throw unsupported(source, node, 'surrogates')
  return String.fromCodePoint(code)
}

const unescapedBytes = (source: Source, node: SyntaxNode, content: string): string =>
  content.replaceAll(BYTE_ESCAPE, (whole, octal, x, other) => {
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) & 0xff)
    if (x !== undefined) return String.fromCharCode(hexadecimal(source, node, x, 2))
    return SINGLE[other] ?? whole
  })

function ascii(source: Source, node: SyntaxNode, content: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is what bytes are written in
  if (/[^\x00-\x7f]/.test(content)) throw syntaxError(source, node, 'bytes are written in ASCII')
  return content
}

const bytesOf = (content: string): Uint8Array => Uint8Array.from(content, (character) => character.charCodeAt(0))
