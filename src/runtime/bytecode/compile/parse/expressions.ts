/**
 * Expressions, but for calls and displays.
 */
import type { SyntaxNode } from '@lezer/common'
import type { Expression, Item } from '../ast.ts'
import { call } from './calls.ts'
import { comprehension, dictionary, display } from './displays.ts'
import { number, text } from './literals.ts'
import { operation } from './operators.ts'
import { parameters } from './parameters.ts'
import { childrenOf, placeOf, type Source, spanning, splitAt, syntaxError, textOf, unsupported } from './source.ts'

const KEYWORDS = new Set(
  (
    'False None True and as assert async await break class continue def del elif else except finally for from ' +
    'global if import in is lambda nonlocal not or pass raise return try while with yield'
  ).split(' '),
)

/** The name that a node holds. */
export function identifier(source: Source, node: SyntaxNode): string {
  const name = textOf(source, node).normalize('NFKC')
  if (KEYWORDS.has(name)) throw syntaxError(source, node, `'${name}' is no name`)
  return name
}

export function expression(source: Source, node: SyntaxNode): Expression {
  const place = placeOf(source, node)
  switch (node.name) {
    case 'VariableName':
      return { ...place, kind: 'name', name: identifier(source, node) }
    case 'Number':
      return { ...place, kind: 'constant', value: number(source, node) }
    case 'String':
    case 'FormatString':
      return { ...place, kind: 'constant', value: text(source, [node]) }
    case 'ContinuedString':
      return { ...place, kind: 'constant', value: text(source, childrenOf(node)) }
    case 'None':
      return { ...place, kind: 'constant', value: { kind: 'none' } }
    case 'Ellipsis':
      return { ...place, kind: 'constant', value: { kind: 'ellipsis' } }
    case 'Boolean':
      return { ...place, kind: 'constant', value: { kind: 'bool', value: textOf(source, node) === 'True' } }
    case 'ParenthesizedExpression':
      return expressions(source, childrenOf(node).slice(1, -1))
    case 'TupleExpression':
      return { ...place, kind: 'tuple', items: items(source, childrenOf(node).slice(1, -1)) }
    case 'ArrayExpression':
      return display(source, node, 'list')
    case 'SetExpression':
      return display(source, node, 'set')
    case 'DictionaryExpression':
      return dictionary(source, node)
    case 'ArrayComprehensionExpression':
      return comprehension(source, node, 'list')
    case 'SetComprehensionExpression':
      return comprehension(source, node, 'set')
    case 'DictionaryComprehensionExpression':
      return comprehension(source, node, 'dictionary')
    case 'ComprehensionExpression':
      return comprehension(source, node, 'generator')
    case 'MemberExpression':
      return member(source, node)
    case 'CallExpression':
      return call(source, node)
    case 'UnaryExpression':
    case 'BinaryExpression':
      return operation(source, node)
    case 'ConditionalExpression':
      return conditional(source, node)
    case 'LambdaExpression':
      return lambda(source, node)
    case 'YieldExpression':
    case 'YieldStatement':
      return yielding(source, node)
    case 'NamedExpression':
      throw unsupported(source, node, 'assignment expressions')
    case 'AwaitExpression':
      throw unsupported(source, node, 'coroutines')
    default:
      throw syntaxError(source, node, `'${node.name}' is no expression`)
  }
}

/** What stands between commas: one expression, or a tuple of several. */
export function expressions(source: Source, nodes: readonly SyntaxNode[]): Expression {
  const found = items(source, nodes)
  const [first] = found as [Item]
  if (nodes.some((node) => node.name === ',')) return { ...placeOf(source, spanning(nodes)), kind: 'tuple', items: found }
  if (first.kind === 'starred') throw syntaxError(source, spanning(nodes), 'a starred expression cannot stand here')
  return first
}

/** The expressions between commas, each perhaps with a star before it. */
export const items = (source: Source, nodes: readonly SyntaxNode[]): Item[] =>
  splitAt(nodes, ',')
    .filter((run) => run.length > 0)
    .map((run) => item(source, run))

function item(source: Source, run: readonly SyntaxNode[]): Item {
  const [first, second] = run as [SyntaxNode, SyntaxNode | undefined]
  if (first.name !== '*') return expression(source, first)
  return { ...placeOf(source, spanning(run)), kind: 'starred', value: expression(source, second as SyntaxNode) }
}

function member(source: Source, node: SyntaxNode): Expression {
  const place = placeOf(source, node)
  const [base, point, name, ...rest] = childrenOf(node) as [SyntaxNode, SyntaxNode, SyntaxNode, ...SyntaxNode[]]
  if (point.name === '.') {
    return { ...place, kind: 'attribute', value: expression(source, base), attribute: identifier(source, name) }
  }
  return {
    ...place,
    kind: 'subscript',
    value: expression(source, base),
    index: subscripts(source, [name, ...rest.slice(0, -1)]),
  }
}

/** The index between brackets: an expression, a slice, or a tuple of them. */
function subscripts(source: Source, nodes: readonly SyntaxNode[]): Expression {
  const parts = splitAt(nodes, ',')
    .filter((part) => part.length > 0)
    .map((part) => subscript(source, part))
  if (!nodes.some((node) => node.name === ',')) return parts[0] as Expression
  return { ...placeOf(source, spanning(nodes)), kind: 'tuple', items: parts }
}

function subscript(source: Source, nodes: readonly SyntaxNode[]): Expression {
  if (!nodes.some((node) => node.name === ':')) return expression(source, nodes[0] as SyntaxNode)
  const [lower = null, upper = null, step = null] = splitAt(nodes, ':').map(([bound]) =>
    bound === undefined ? null : expression(source, bound),
  )
  return { ...placeOf(source, spanning(nodes)), kind: 'slice', lower, upper, step }
}

function conditional(source: Source, node: SyntaxNode): Expression {
  const [body, , test, , otherwise] = childrenOf(node) as [SyntaxNode, SyntaxNode, SyntaxNode, SyntaxNode, SyntaxNode]
  return {
    ...placeOf(source, node),
    kind: 'conditional',
    test: expression(source, test),
    body: expression(source, body),
    otherwise: expression(source, otherwise),
  }
}

function lambda(source: Source, node: SyntaxNode): Expression {
  const [, list, , body] = childrenOf(node) as [SyntaxNode, SyntaxNode, SyntaxNode, SyntaxNode]
  return { ...placeOf(source, node), kind: 'lambda', parameters: parameters(source, list), body: expression(source, body) }
}

function yielding(source: Source, node: SyntaxNode): Expression {
  const place = placeOf(source, node)
  const [, first, ...rest] = childrenOf(node)
  if (first === undefined) return { ...place, kind: 'yield', value: null }
  if (first.name === 'from') return { ...place, kind: 'yield from', value: expression(source, rest[0] as SyntaxNode) }
  return { ...place, kind: 'yield', value: expressions(source, [first, ...rest]) }
}
