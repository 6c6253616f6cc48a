/**
 * Statements, and the blocks that they stand in.
 */
import type { SyntaxNode } from '@lezer/common'
import type { BinaryOperator, Body, Expression, Statement } from '../ast.ts'
import { compound, isCompound } from './compound.ts'
import { expression, expressions, identifier, items } from './expressions.ts'
import { childrenOf, placeOf, type Source, spanning, splitAt, syntaxError, textOf, unsupported } from './source.ts'
import { checkDeleted, checkTarget } from './targets.ts'

const UNSUPPORTED: Readonly<Record<string, string>> = {
  ImportStatement: "'import' statements",
  WithStatement: "'with' statements",
  MatchStatement: "'match' statements",
  DecoratedStatement: 'decorators',
  TypeDefinition: "'type' statements",
}

/** The statements of a block, those that share a line one by one. */
export function statements(source: Source, nodes: readonly SyntaxNode[]): Body {
  return nodes.flatMap((node) => (node.name === 'StatementGroup' ? group(source, node) : [statement(source, node)]))
}

function group(source: Source, node: SyntaxNode): Statement[] {
  const runs = splitAt(childrenOf(node), ';')
  if (runs.at(-1)?.length === 0) runs.pop()
  return runs.map(([only]) => {
    if (only === undefined) throw syntaxError(source, node, 'a statement is missing')
    return statement(source, only)
  })
}

function statement(source: Source, node: SyntaxNode): Statement {
  const what = UNSUPPORTED[node.name]
  if (what !== undefined) throw unsupported(source, node, what)
  return isCompound(node) ? compound(source, node) : simple(source, node)
}

function simple(source: Source, node: SyntaxNode): Statement {
  const place = placeOf(source, node)
  const [first, ...rest] = childrenOf(node) as [SyntaxNode, ...SyntaxNode[]]
  switch (node.name) {
    case 'ExpressionStatement':
      return { ...place, kind: 'expression', value: expressions(source, [first, ...rest]) }
    case 'YieldStatement':
      return { ...place, kind: 'expression', value: expression(source, node) }
    case 'AssignStatement':
      return assignment(source, node)
    case 'UpdateStatement':
      return update(source, node)
    case 'DeleteStatement':
      return { ...place, kind: 'deletion', targets: items(source, rest).map((target) => checkDeleted(source, rest, target)) }
    case 'ReturnStatement':
      return { ...place, kind: 'return', value: rest.length === 0 ? null : expressions(source, rest) }
    case 'RaiseStatement':
      return raise(source, node)
    case 'AssertStatement': {
      const [test, , message] = rest as [SyntaxNode, SyntaxNode | undefined, SyntaxNode | undefined]
      return { ...place, kind: 'assertion', test: expression(source, test), message: optional(source, message) }
    }
    case 'ScopeStatement': {
      const names = splitAt(rest, ',').map(([name]) => {
        if (name === undefined) throw syntaxError(source, node, 'a name is missing')
        return identifier(source, name)
      })
      return { ...place, kind: first.name as 'global' | 'nonlocal', names }
    }
    case 'PassStatement':
    case 'BreakStatement':
    case 'ContinueStatement':
      return { ...place, kind: first.name as 'pass' | 'break' | 'continue' }
    default:
      throw syntaxError(source, node, `'${first.name}' is no statement`)
  }
}

const optional = (source: Source, node: SyntaxNode | undefined): Expression | null => (node === undefined ? null : expression(source, node))

function assignment(source: Source, node: SyntaxNode): Statement {
  const annotation = childrenOf(node).find(({ name }) => name === 'TypeDef')
  if (annotation !== undefined) throw unsupported(source, annotation, 'annotations')
  const sides = splitAt(childrenOf(node), 'AssignOp')
  const value = sides.pop() as SyntaxNode[]
  return {
    ...placeOf(source, node),
    kind: 'assignment',
    targets: sides.map((side) => checkTarget(source, side, expressions(source, side))),
    value: expressions(source, value),
  }
}

function update(source: Source, node: SyntaxNode): Statement {
  const [left, operator, ...right] = childrenOf(node) as [SyntaxNode, SyntaxNode, ...SyntaxNode[]]
  const target = checkTarget(source, [left], expression(source, left))
  if (target.kind !== 'name' && target.kind !== 'attribute' && target.kind !== 'subscript') {
    throw syntaxError(source, left, 'only a single target can be updated')
  }
  return {
    ...placeOf(source, node),
    kind: 'augmented assignment',
    target,
    operator: textOf(source, operator).slice(0, -1) as BinaryOperator,
    value: expressions(source, right),
  }
}

function raise(source: Source, node: SyntaxNode): Statement {
  const [, exception, from, cause] = childrenOf(node)
  if (from !== undefined && from.name !== 'from') throw syntaxError(source, spanning([from]), 'only one exception can be raised')
  return { ...placeOf(source, node), kind: 'raise', exception: optional(source, exception), cause: optional(source, cause) }
}
