/**
 * Operators, by their precedence.
 *
 * What the library nests is taken apart and put together again: it takes `not a or b` for
 * `not (a or b)`.
 *
 * @see CPython Grammar/python.gram
 */
import type { SyntaxNode } from '@lezer/common'
import type { BinaryOperator, ComparisonOperator, Expression, UnaryOperator } from '../ast.ts'
import { expression } from './expressions.ts'
import { childrenOf, placeOf, type Source, type Span, syntaxError, textOf } from './source.ts'

/** Operators that bind tighter have higher numbers. */
const OR = 1
const AND = 2
const NOT = 3
const COMPARISON = 4
const SIGN = 11
const POWER = 12
const BINARY: Readonly<Record<string, number>> = {
  or: OR,
  and: AND,
  '<': COMPARISON,
  '<=': COMPARISON,
  '==': COMPARISON,
  '!=': COMPARISON,
  '>': COMPARISON,
  '>=': COMPARISON,
  is: COMPARISON,
  'is not': COMPARISON,
  in: COMPARISON,
  'not in': COMPARISON,
  '|': 5,
  '^': 6,
  '&': 7,
  '<<': 8,
  '>>': 8,
  '+': 9,
  '-': 9,
  '*': 10,
  '@': 10,
  '/': 10,
  '//': 10,
  '%': 10,
  '**': POWER,
}

/** An operator, of one or two words, or an operand. */
interface Token {
  readonly operator: string | null
  readonly node: SyntaxNode
}

/** An expression that has been put together; its span includes brackets around it. */
interface Part extends Span {
  readonly value: Expression
}

interface Reader {
  readonly source: Source
  readonly tokens: readonly Token[]
  next: number
}

export function operation(source: Source, node: SyntaxNode): Expression {
  const reader: Reader = { source, tokens: tokensOf(source, node), next: 0 }
  return read(reader, OR).value
}

function tokensOf(source: Source, node: SyntaxNode): Token[] {
  if (node.name === 'UnaryExpression') {
    const [operator, operand] = childrenOf(node) as [SyntaxNode, SyntaxNode]
    return [{ operator: textOf(source, operator), node: operator }, ...tokensOf(source, operand)]
  }
  if (node.name !== 'BinaryExpression') return [{ operator: null, node }]
  const nodes = childrenOf(node) as [SyntaxNode, SyntaxNode, ...SyntaxNode[]]
  const words = nodes.slice(1, -1).map((word) => textOf(source, word))
  return [...tokensOf(source, nodes[0]), { operator: words.join(' '), node: nodes[1] }, ...tokensOf(source, nodes.at(-1) as SyntaxNode)]
}

/** Reads what is held together by operators that bind at least as tight as `level`. */
function read(reader: Reader, level: number): Part {
  let left = readOperand(reader, level)
  for (let precedence = precedenceOf(reader); precedence >= level; precedence = precedenceOf(reader))
    left = readRest(reader, left, precedence)
  return left
}

/** The operator that is next; null at the end. */
const operatorOf = ({ tokens, next }: Reader): string | null => tokens[next]?.operator ?? null

/** That of the operator that is next; 0 at the end. */
function precedenceOf(reader: Reader): number {
  const operator = operatorOf(reader)
  if (operator === null) return 0
  const precedence = BINARY[operator]
  if (precedence === undefined)
    throw syntaxError(reader.source, (reader.tokens[reader.next] as Token).node, `there is no operator ${operator}`)
  return precedence
}

function readOperand(reader: Reader, level: number): Part {
  const { source } = reader
  const { operator, node } = reader.tokens[reader.next++] as Token
  if (operator === null) return { value: expression(source, node), from: node.from, to: node.to }
  if (operator === 'not' && level > NOT) throw syntaxError(source, node, "'not' needs brackets here")
  const operand = read(reader, operator === 'not' ? NOT : SIGN)
  return joined(source, node, operand, { kind: 'unary', operator: operator as UnaryOperator, operand: operand.value })
}

/** Reads the operator that is next, and all there is to the right of it and of its like. */
function readRest(reader: Reader, left: Part, precedence: number): Part {
  const { source } = reader
  if (precedence === COMPARISON) return readComparison(reader, left)
  const operator = operatorOf(reader) as string
  if (operator === 'or' || operator === 'and') {
    const values = [left, ...readAlike(reader, [operator], precedence + 1).map(([, part]) => part)]
    return joined(source, left, values.at(-1) as Part, { kind: 'boolean', operator, values: values.map(({ value }) => value) })
  }
  reader.next++
  // Powers associate to the right.
  const right = read(reader, precedence === POWER ? POWER : precedence + 1)
  return joined(source, left, right, { kind: 'binary', operator: operator as BinaryOperator, left: left.value, right: right.value })
}

function readComparison(reader: Reader, left: Part): Part {
  const operators = Object.keys(BINARY).filter((operator) => BINARY[operator] === COMPARISON)
  const pairs = readAlike(reader, operators, COMPARISON + 1)
  return joined(reader.source, left, (pairs.at(-1) as (typeof pairs)[number])[1], {
    kind: 'comparison',
    left: left.value,
    operators: pairs.map(([operator]) => operator as ComparisonOperator),
    comparators: pairs.map(([, { value }]) => value),
  })
}

/** Reads operators and their right operands as long as they are among `operators`. */
function readAlike(reader: Reader, operators: readonly string[], level: number): (readonly [string, Part])[] {
  const pairs: (readonly [string, Part])[] = []
  for (let operator = operatorOf(reader); operator !== null && operators.includes(operator); operator = operatorOf(reader)) {
    reader.next++
    pairs.push([operator, read(reader, level)])
  }
  return pairs
}

type Unplaced = Expression extends infer Each ? (Each extends Expression ? Omit<Each, 'line' | 'column' | 'endLine'> : never) : never

function joined(source: Source, first: Span, last: Span, value: Unplaced): Part {
  const span = { from: first.from, to: last.to }
  return { ...span, value: { ...placeOf(source, span), ...value } as Expression }
}
