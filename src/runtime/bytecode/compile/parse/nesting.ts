/**
 * How deep a program may be nested.
 *
 * Everything here goes down a tree by calling itself, and the library gives up or takes ever longer somewhere, too. So what is too deep
 * is refused before anything of that happens, and always at the same depth.
 *
 * @see CPython Parser/lexer/state.h, MAXLEVEL and MAXINDENT
 */
import type { SyntaxNode, SyntaxNodeRef } from '@lezer/common'
import { type Source, syntaxError, unsupported } from './source.ts'

/** Brackets within one another, as in CPython. */
const MOST_BRACKETS = 200
/** Blocks within one another, as in CPython: its limit counts the module. */
const MOST_BLOCKS = 99
/** Nodes of the tree within one another; an `elif` counts as if it stood in an `else`. */
const MOST_NODES = 500

/** Comments and texts, of which brackets are no part, and brackets. What follows no rule is left to the library. */
const TOKENS =
  /#[^\n]*|"""(?:\\[\s\S]|[^\\])*?"""|'''(?:\\[\s\S]|[^\\])*?'''|"(?:\\[\s\S]|[^\\\n"])*"|'(?:\\[\s\S]|[^\\\n'])*'|[[({]|[\])}]/g

/** Before the library sees the program. */
export function checkBrackets(source: Source): void {
  let depth = 0
  for (const { 0: token, index } of source.text.matchAll(TOKENS)) {
    if (token.length > 1) continue
    depth = '[({'.includes(token) ? depth + 1 : Math.max(0, depth - 1)
    if (depth > MOST_BRACKETS) throw syntaxError(source, { from: index, to: index + 1 }, 'too many nested parentheses')
  }
}

/** Goes with whoever walks the tree. */
export class Nesting {
  readonly #source: Source
  #nodes = 0
  #blocks = 0
  /** How many `elif` each statement around has had so far. */
  readonly #alternatives: number[] = []

  constructor(source: Source) {
    this.#source = source
  }

  /** @throws {CompileError} if that is too deep */
  enter(node: SyntaxNodeRef): void {
    if (node.name === 'elif') {
      this.#alternatives[this.#alternatives.length - 1] = (this.#alternatives.at(-1) as number) + 1
      this.#nodes++
    }
    this.#alternatives.push(0)
    this.#nodes++
    if (node.name === 'Body') this.#blocks++
    if (this.#blocks > MOST_BLOCKS) throw syntaxError(this.#source, node, 'too many levels of indentation')
    if (this.#nodes > MOST_NODES) throw unsupported(this.#source, node, `more than ${MOST_NODES} things within one another`)
  }

  leave(node: SyntaxNodeRef): void {
    this.#nodes -= 1 + (this.#alternatives.pop() as number)
    if (node.name === 'Body') this.#blocks--
  }
}

/** Operations in a row, like `a + b + c`, after which the library takes each further one for an error. */
const LONGEST_CHAIN = 300

/** Whether what ends before an error is such a chain. Each operation of one has those before it as its first part. */
export function endsChain(last: SyntaxNode): boolean {
  for (let around: SyntaxNode | null = last; around !== null; around = around.parent) {
    let length = 0
    for (let first: SyntaxNode | null = around; first !== null; first = first.firstChild) length++
    if (length > LONGEST_CHAIN) return true
  }
  return false
}
