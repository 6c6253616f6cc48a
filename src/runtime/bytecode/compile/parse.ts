/**
 * The text of a program becomes a tree.
 *
 * A parser library does the work; this makes our own small tree of what it finds, and refuses what
 * the library lets pass although it is no Python, and what is Python but not of our subset.
 */
import type { SyntaxNode, SyntaxNodeRef, Tree } from '@lezer/common'
import { parser } from '@lezer/python'
import type { Program } from './ast.ts'
import { block, suite } from './parse/compound.ts'
import { childrenOf, type Source, sourceOf, syntaxError, unsupported } from './parse/source.ts'

/** @throws {CompileError} if the text is no Python, or none that is supported */
export function parse(program: string, mode: 'exec' | 'eval'): Program {
  const source = sourceOf(program)
  const tree = parser.parse(source.text)
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

function checkErrors(source: Source, tree: Tree): void {
  tree.iterate({
    enter(node: SyntaxNodeRef) {
      if (!node.type.isError || isHarmless(source, node.node)) return
      if (isStar(source, node.node)) throw unsupported(source, node, 'starred indices, and starred targets in comprehensions,')
      throw syntaxError(source, node, 'this is no Python')
    },
  })
}

/** What the library marks as an error although it is none: a `yield` without a value, `5.`, and `/` in a lambda. */
function isHarmless(source: Source, node: SyntaxNode): boolean {
  const before = node.prevSibling
  if (node.parent?.name === 'ParamList' && before?.name === ',') {
    return source.text.slice(node.from, node.to) === '/' || (node.from === node.to && before.prevSibling?.type.isError === true)
  }
  if (node.from !== node.to) return false
  return before?.name === 'yield' || (before?.name === '.' && before.prevSibling?.name === 'Number' && node.nextSibling === null)
}

/** Python that the library does not know. */
const isStar = (source: Source, node: SyntaxNode): boolean =>
  source.text[node.from] === '*' &&
  (node.parent?.name === 'MemberExpression' || node.parent?.name.endsWith('ComprehensionExpression') === true)
