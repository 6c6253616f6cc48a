/**
 * Calls, and the arguments of calls and class definitions.
 */
import type { SyntaxNode } from '@lezer/common'
import type { Expression, Item, Keyword } from '../ast.ts'
import { comprehension } from './displays.ts'
import { expression, identifier } from './expressions.ts'
import { childrenOf, placeOf, type Source, splitAt, syntaxError, textOf, unsupported } from './source.ts'

export interface Arguments {
  readonly positional: readonly Item[]
  readonly keywords: readonly Keyword[]
}

export function call(source: Source, node: SyntaxNode): Expression {
  const [callee, list] = childrenOf(node) as [SyntaxNode, SyntaxNode]
  return { ...placeOf(source, node), kind: 'call', callee: expression(source, callee), ...argumentsOf(source, list) }
}

export function argumentsOf(source: Source, list: SyntaxNode): Arguments {
  const nodes = childrenOf(list).slice(1, -1)
  if (nodes.some((node) => node.name === 'for')) return { positional: [soleGenerator(source, list, nodes)], keywords: [] }
  const positional: Item[] = []
  const keywords: Keyword[] = []
  for (const run of splitAt(nodes, ',')) if (run.length > 0) argument(source, run, positional, keywords)
  return { positional, keywords }
}

/** Only a generator expression that is all there is between the brackets needs none of its own. */
function soleGenerator(source: Source, list: SyntaxNode, nodes: readonly SyntaxNode[]): Expression {
  const comma = nodes.find((node, index) => node.name === ',' && !isInTarget(nodes, index))
  if (comma !== undefined) throw syntaxError(source, comma, 'a generator expression needs brackets here')
  return comprehension(source, list, 'generator')
}

/** Whether a comma stands between `for` and `in`. */
function isInTarget(nodes: readonly SyntaxNode[], index: number): boolean {
  const before = nodes.slice(0, index).findLast((node) => node.name === 'for' || node.name === 'in')
  return before?.name === 'for'
}

function argument(source: Source, run: readonly SyntaxNode[], positional: Item[], keywords: Keyword[]): void {
  const [first, second, third] = run as [SyntaxNode, SyntaxNode | undefined, SyntaxNode | undefined]
  const unpacked = keywords.some(({ name }) => name === null)
  if (first.name === '**') keywords.push({ name: null, value: expression(source, second as SyntaxNode) })
  else if (first.name === '*') {
    if (unpacked) throw syntaxError(source, first, 'a * argument follows a ** argument')
    positional.push({ ...placeOf(source, first), kind: 'starred', value: expression(source, second as SyntaxNode) })
  } else if (second === undefined) {
    if (keywords.length > 0) throw syntaxError(source, first, 'a positional argument follows a keyword argument')
    positional.push(expression(source, first))
  } else if (textOf(source, second) === ':=') throw unsupported(source, first, 'assignment expressions')
  else keyword(source, first, third as SyntaxNode, keywords)
}

function keyword(source: Source, name: SyntaxNode, value: SyntaxNode, keywords: Keyword[]): void {
  const word = identifier(source, name)
  if (word === '__debug__') throw syntaxError(source, name, '__debug__ cannot be assigned to')
  if (keywords.some((other) => other.name === word)) throw syntaxError(source, name, `the keyword argument '${word}' is repeated`)
  keywords.push({ name: word, value: expression(source, value) })
}
