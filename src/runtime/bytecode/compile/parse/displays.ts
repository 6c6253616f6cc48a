/**
 * Lists, sets and dictionaries in brackets, and comprehensions.
 */
import type { SyntaxNode } from '@lezer/common'
import type { Comprehension, ComprehensionLoop, DictionaryEntry, Expression } from '../ast.ts'
import { expression, expressions, items } from './expressions.ts'
import { childrenOf, placeOf, type Source, splitAt, syntaxError, unsupported } from './source.ts'
import { checkTarget } from './targets.ts'

export const display = (source: Source, node: SyntaxNode, kind: 'list' | 'set'): Expression => ({
  ...placeOf(source, node),
  kind,
  items: items(source, childrenOf(node).slice(1, -1)),
})

export function dictionary(source: Source, node: SyntaxNode): Expression {
  const runs = splitAt(childrenOf(node).slice(1, -1), ',').filter((run) => run.length > 0)
  return { ...placeOf(source, node), kind: 'dictionary', entries: runs.map((run) => entry(source, run)) }
}

function entry(source: Source, run: readonly SyntaxNode[]): DictionaryEntry {
  const [key, value, third] = run as [SyntaxNode, SyntaxNode, SyntaxNode]
  if (key.name === '**') return { key: null, value: expression(source, value) }
  return { key: expression(source, key), value: expression(source, third) }
}

export function comprehension(source: Source, node: SyntaxNode, form: Comprehension['form']): Expression {
  const nodes = childrenOf(node).slice(1, -1)
  const asynchronous = nodes.find(({ name }) => name === 'async')
  if (asynchronous !== undefined) throw unsupported(source, asynchronous, 'coroutines')
  const [[element, , value] = [], ...loops] = splitAt(nodes, 'for')
  const first = element as SyntaxNode
  if (first.name === '*' || first.name === '**') throw syntaxError(source, first, 'nothing can be unpacked in a comprehension')
  return {
    ...placeOf(source, node),
    kind: 'comprehension',
    form,
    element: expression(source, first),
    value: value === undefined ? null : expression(source, value),
    loops: loops.map((loop) => loopOf(source, loop)) as [ComprehensionLoop, ...ComprehensionLoop[]],
  }
}

function loopOf(source: Source, nodes: readonly SyntaxNode[]): ComprehensionLoop {
  const [target = [], rest = []] = splitAt(nodes, 'in')
  const [iterable, ...conditions] = rest.filter((node) => node.name !== 'if')
  return {
    target: checkTarget(source, target, expressions(source, target)),
    iterable: expression(source, iterable as SyntaxNode),
    conditions: conditions.map((condition) => expression(source, condition)),
  }
}
