/**
 * The text of a program becomes a tree.
 *
 * A parser library does the work; this makes our own small tree of what it finds, and refuses what
 * the library lets pass although it is no Python, and what is Python but not of our subset.
 */
import type { SyntaxNode, SyntaxNodeRef, Tree } from '@lezer/common'
import { parser } from '@lezer/python'
import type { Program } from './ast.ts'
import { checkCharacters, checkName } from './parse/characters.ts'
import { block, suite } from './parse/compound.ts'
import { checkBrackets, endsChain, Nesting } from './parse/nesting.ts'
import { childrenOf, type Source, sourceOf, syntaxError, unsupported } from './parse/source.ts'

/**
 * The text for the library, in which everything stands where it does in the program: it takes `print`
 * for a statement, where it is a name like any other, and the point in `5.` for the one before an
 * attribute, where it could as well be a digit.
 */
const legible = (text: string): string =>
  text.replaceAll(/\bprint\b/g, '_____').replaceAll(/(?<![\w.])(?<digits>\d[\d_]*)\.(?!\d)/g, '$<digits>0')

/** @throws {CompileError} if the text is no Python, or none that is supported */
export function parse(program: string, mode: 'exec' | 'eval'): Program {
  const source = sourceOf(program)
  checkCharacters(source)
  checkBrackets(source)
  const tree = parser.parse(legible(source.text))
  checkErrors(source, tree)
  const nodes = childrenOf(tree.topNode)
  const body = block(source, nodes, '')
  if (mode === 'exec') return { kind: 'module', suite: suite(body) }
  const [only, another] = body
  if (only?.kind !== 'expression' || another !== undefined || nodes[0]?.name !== 'ExpressionStatement') {
    throw syntaxError(source, tree.topNode, 'this is not one expression')
  }
  return { kind: 'expression', value: only.value }
}

/** A backslash at the end of a line promises another one. The library goes on at the next one that is not empty. */
const ENDS_TOO_EARLY = /\\(?:\n?$|\n[ \t\f]*(?:\n|$))/g

function checkErrors(source: Source, tree: Tree): void {
  for (const { index } of source.text.matchAll(ENDS_TOO_EARLY)) {
    if (!TEXT.has(tree.resolveInner(index, 1).name)) throw syntaxError(source, { from: index, to: index }, 'the program ends too early')
  }
  const nesting = new Nesting(source)
  tree.iterate({
    enter(node: SyntaxNodeRef) {
      nesting.enter(node)
      checkName(source, node)
      if (!node.type.isError || isHarmless(source, node.node)) return
      if (isInWith(node.node)) throw unsupported(source, node, "'with' statements")
      if (isStar(source, node.node))
        throw unsupported(source, node, 'starred indices, loops over starred values, and starred targets in comprehensions,')
      if (endsChain(tree.resolveInner(node.from, -1))) throw unsupported(source, node, 'so many operations in a row')
      throw syntaxError(source, node, 'this is no Python')
    },
    leave: (node) => nesting.leave(node),
  })
}

/** Nodes in which a backslash is text. */
const TEXT: ReadonlySet<string> = new Set(['Comment', 'String', 'FormatString', 'Escape'])

/** Whether a node is part of a `with` statement, some of which the library does not know. What only begins with `async` may be none. */
const isInWith = (node: SyntaxNode): boolean =>
  (node.name === 'WithStatement' && node.getChild('with') !== null) || (node.parent !== null && isInWith(node.parent))

/** What the library marks as an error although it is none: a `yield` without a value, and `/` in a lambda. */
function isHarmless(source: Source, node: SyntaxNode): boolean {
  const before = node.prevSibling
  const empty = node.from === node.to
  if (node.parent?.name !== 'ParamList' || before?.name !== ',') return empty && before?.name === 'yield'
  if (empty) return before.prevSibling?.type.isError === true
  return source.text.slice(node.from, node.to) === '/' && (node.nextSibling === null || node.nextSibling.name === ',')
}

/** Python that the library does not know. */
const isStar = (source: Source, node: SyntaxNode): boolean =>
  source.text[node.from] === '*' &&
  (node.parent?.name === 'MemberExpression' ||
    node.parent?.name === 'ForStatement' ||
    node.parent?.name.endsWith('ComprehensionExpression') === true)
