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
  return isCompound(node) ? compound(source, node) : (SIMPLE[node.name] as Parse)(source, node)
}

type Parse = (source: Source, node: SyntaxNode) => Statement

const SIMPLE: Readonly<Record<string, Parse>> = {
  ExpressionStatement: (source, node) => ({ ...placeOf(source, node), kind: 'expression', value: expressions(source, childrenOf(node)) }),
  YieldStatement: (source, node) => ({ ...placeOf(source, node), kind: 'expression', value: expression(source, node) }),
  AssignStatement: assignment,
  UpdateStatement: update,
  DeleteStatement: deletion,
  ReturnStatement: returning,
  RaiseStatement: raise,
  AssertStatement: assertion,
  ScopeStatement: declaration,
  PassStatement: (source, node) => ({ ...placeOf(source, node), kind: 'pass' }),
  BreakStatement: (source, node) => ({ ...placeOf(source, node), kind: 'break' }),
  ContinueStatement: (source, node) => ({ ...placeOf(source, node), kind: 'continue' }),
}

function deletion(source: Source, node: SyntaxNode): Statement {
  const [, ...targets] = childrenOf(node)
  return {
    ...placeOf(source, node),
    kind: 'deletion',
    targets: items(source, targets).map((target) => checkDeleted(source, targets, target)),
  }
}

function returning(source: Source, node: SyntaxNode): Statement {
  const [, ...values] = childrenOf(node)
  return { ...placeOf(source, node), kind: 'return', value: values.length === 0 ? null : expressions(source, values) }
}

function assertion(source: Source, node: SyntaxNode): Statement {
  const [, test, comma, message, more] = childrenOf(node) as [SyntaxNode, SyntaxNode, ...(SyntaxNode | undefined)[]]
  if ((comma === undefined) !== (message === undefined) || more !== undefined) throw syntaxError(source, node, 'one message is expected')
  return { ...placeOf(source, node), kind: 'assertion', test: expression(source, test), message: optional(source, message) }
}

function declaration(source: Source, node: SyntaxNode): Statement {
  const [word, ...rest] = childrenOf(node) as [SyntaxNode, ...SyntaxNode[]]
  const names = splitAt(rest, ',').map(([name]) => {
    if (name === undefined) throw syntaxError(source, node, 'a name is missing')
    return identifier(source, name)
  })
  return { ...placeOf(source, node), kind: word.name as 'global' | 'nonlocal', names }
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
  const target = expression(source, left)
  if (operator.name !== 'UpdateOp' || (target.kind !== 'name' && target.kind !== 'attribute' && target.kind !== 'subscript')) {
    throw syntaxError(source, left, 'only a single target can be updated')
  }
  checkTarget(source, [left], target)
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
