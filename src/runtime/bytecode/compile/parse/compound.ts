/**
 * Statements that contain blocks.
 */
import type { SyntaxNode } from '@lezer/common'
import type { Body, ClassDefinition, ExceptClause, For, FunctionDefinition, If, Item, Statement, Suite, Try } from '../ast.ts'
import { argumentsOf } from './calls.ts'
import { expression, expressions, identifier } from './expressions.ts'
import { parameters } from './parameters.ts'
import { childrenOf, placeOf, type Source, syntaxError, unsupported } from './source.ts'
import { statements } from './statements.ts'
import { checkTarget } from './targets.ts'

type Parse = (source: Source, node: SyntaxNode) => Statement

const COMPOUND: Readonly<Record<string, Parse>> = {
  IfStatement: (source, node) => conditional(source, node, childrenOf(node)),
  WhileStatement: loop,
  ForStatement: iteration,
  TryStatement: attempt,
  FunctionDefinition: definition,
  ClassDefinition: classDefinition,
}

export const isCompound = (node: SyntaxNode): boolean => node.name in COMPOUND

export const compound: Parse = (source, node) => (COMPOUND[node.name] as Parse)(source, node)

/** The statements of a block, whose layout the library does not check: they begin in the same column. */
export function block(source: Source, nodes: readonly SyntaxNode[], indentation?: string): Body {
  let expected = indentation
  for (const node of nodes) {
    const { line, column } = placeOf(source, node)
    const before = source.text.slice(source.lineStarts[line - 1], node.from)
    if (column > 1 && /\S/.test(before)) continue
    expected ??= before
    if (before !== expected) throw syntaxError(source, node, 'the indentation does not match')
  }
  return statements(source, nodes)
}

const body = (source: Source, node: SyntaxNode | undefined): Body => (node === undefined ? [] : block(source, childrenOf(node).slice(1)))

/** Takes the text that a block begins with out of it. */
export function suite(statements: Body): Suite {
  const [first, ...rest] = statements
  if (first?.kind !== 'expression' || first.value.kind !== 'constant' || first.value.value.kind !== 'str') {
    return { docstring: null, body: statements }
  }
  const { line, column, endLine } = first.value
  return { docstring: { line, column, endLine, text: first.value.value.value }, body: rest }
}

/** `nodes` begin with `if` or `elif`. */
function conditional(source: Source, node: SyntaxNode, nodes: readonly SyntaxNode[]): If {
  const [word, test, then, next, ...rest] = nodes as [SyntaxNode, SyntaxNode, SyntaxNode, SyntaxNode | undefined, ...SyntaxNode[]]
  return {
    ...placeOf(source, { from: word.from, to: node.to }),
    kind: 'if',
    test: expression(source, test),
    body: body(source, then),
    otherwise: next?.name === 'elif' ? [conditional(source, node, [next, ...rest])] : body(source, rest[0]),
  }
}

function loop(source: Source, node: SyntaxNode): Statement {
  const [, test, first, , second] = childrenOf(node) as [SyntaxNode, SyntaxNode, SyntaxNode, SyntaxNode | undefined, SyntaxNode | undefined]
  return {
    ...placeOf(source, node),
    kind: 'while',
    test: expression(source, test),
    body: body(source, first),
    otherwise: body(source, second),
  }
}

function notAsynchronous(source: Source, first: SyntaxNode): void {
  if (first.name === 'async') throw unsupported(source, first, 'coroutines')
}

function iteration(source: Source, node: SyntaxNode): For {
  const nodes = childrenOf(node)
  notAsynchronous(source, nodes[0] as SyntaxNode)
  const middle = nodes.findIndex(({ name }) => name === 'in')
  const end = nodes.findIndex(({ name }) => name === 'Body')
  const target = nodes.slice(1, middle)
  return {
    ...placeOf(source, node),
    kind: 'for',
    target: checkTarget(source, target, expressions(source, target)),
    iterable: expressions(source, nodes.slice(middle + 1, end)),
    body: body(source, nodes[end]),
    otherwise: body(source, nodes[end + 2]),
  }
}

function attempt(source: Source, node: SyntaxNode): Try {
  const [, first, ...rest] = childrenOf(node) as [SyntaxNode, SyntaxNode, ...SyntaxNode[]]
  const clauses: ExceptClause[] = []
  let otherwise: Body = []
  let final: Body | null = null
  // Each part is a word, perhaps more, and a block.
  for (let from = 0; from < rest.length; ) {
    const end = rest.findIndex(({ name }, index) => index > from && name === 'Body')
    const word = rest[from] as SyntaxNode
    if (word.name === 'except') clauses.push(exceptClause(source, rest.slice(from, end + 1), clauses))
    else if (word.name === 'finally') final = body(source, rest[end])
    else if (clauses.length > 0) otherwise = body(source, rest[end])
    else throw syntaxError(source, word, "'else' needs an 'except' before it")
    from = end + 1
  }
  if (clauses.length === 0 && final === null) throw syntaxError(source, node, "'try' needs an 'except' or a 'finally'")
  return { ...placeOf(source, node), kind: 'try', body: body(source, first), clauses, otherwise, final: final ?? [] }
}

function exceptClause(source: Source, nodes: readonly SyntaxNode[], before: readonly ExceptClause[]): ExceptClause {
  const [word, type, as, name] = nodes.slice(0, -1) as [SyntaxNode, SyntaxNode | undefined, SyntaxNode | undefined, SyntaxNode | undefined]
  if (before.at(-1)?.type === null) throw syntaxError(source, word, "an 'except' for everything must be the last")
  if (type?.name === '*') throw unsupported(source, type, 'exception groups')
  if (as !== undefined && as.name !== 'as') throw syntaxError(source, as, 'several exception types need brackets')
  return {
    ...placeOf(source, word),
    type: type === undefined ? null : expression(source, type),
    name: name === undefined ? null : bound(source, name),
    body: body(source, nodes.at(-1)),
  }
}

/** The name that a definition or an `except` binds. */
function bound(source: Source, node: SyntaxNode): string {
  const name = identifier(source, node)
  if (name === '__debug__') throw syntaxError(source, node, '__debug__ cannot be a target')
  return name
}

function notGeneric(source: Source, nodes: readonly SyntaxNode[]): void {
  const generic = nodes.find(({ name }) => name === 'TypeParamList')
  if (generic !== undefined) throw unsupported(source, generic, 'type parameters')
}

function definition(source: Source, node: SyntaxNode): FunctionDefinition {
  const nodes = childrenOf(node)
  notAsynchronous(source, nodes[0] as SyntaxNode)
  notGeneric(source, nodes)
  const annotation = nodes.find(({ name }) => name === 'TypeDef')
  if (annotation !== undefined) throw unsupported(source, annotation, 'annotations')
  const [, name, list, content] = nodes as [SyntaxNode, SyntaxNode, SyntaxNode, SyntaxNode]
  return {
    ...placeOf(source, node),
    kind: 'function',
    name: bound(source, name),
    parameters: parameters(source, list),
    suite: suite(body(source, content)),
  }
}

function classDefinition(source: Source, node: SyntaxNode): ClassDefinition {
  const nodes = childrenOf(node)
  notGeneric(source, nodes)
  const [, name] = nodes as [SyntaxNode, SyntaxNode]
  const list = nodes.find((child) => child.name === 'ArgList')
  const generator = list?.getChild('for')
  if (generator) throw syntaxError(source, generator, 'a generator expression needs brackets here')
  const { positional, keywords } = list === undefined ? { positional: [] as Item[], keywords: [] } : argumentsOf(source, list)
  return {
    ...placeOf(source, node),
    kind: 'class',
    name: bound(source, name),
    bases: positional,
    keywords,
    suite: suite(body(source, nodes.at(-1))),
  }
}
