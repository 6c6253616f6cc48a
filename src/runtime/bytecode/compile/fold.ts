/**
 * Constant folding: expressions whose value is certain become constants.
 *
 * It also makes literal lists and sets that are only looked through, by `in` or by a loop, into
 * constants of a kind that cannot change.
 *
 * @see CPython Python/ast_opt.c
 */
import type {
  Body,
  Comparison,
  ComparisonOperator,
  Comprehension,
  ComprehensionLoop,
  Display,
  Expression,
  Item,
  Keyword,
  Parameters,
  Place,
  Program,
  Statement,
  Suite,
  Target,
  Unary,
} from './ast.ts'
import type { Constant } from './compiled-code.ts'
import { foldBinary, foldSubscript, foldUnary, frozenset } from './fold/operators.ts'

/** A new tree, where `program` stays as it is. */
export const fold = (program: Program): Program =>
  program.kind === 'module' ? { kind: 'module', suite: suite(program.suite) } : { kind: 'expression', value: load(program.value) }

const suite = ({ docstring, body }: Suite): Suite => ({ docstring, body: statements(body) })
const statements = (body: Body): Body => body.map(statement)
const optional = (expression: Expression | null): Expression | null => (expression === null ? null : load(expression))
const keyword = ({ name, value }: Keyword): Keyword => ({ name, value: load(value) })

function statement(node: Statement): Statement {
  switch (node.kind) {
    case 'expression':
      return { ...node, value: load(node.value) }
    case 'assignment':
      return { ...node, targets: node.targets.map(target), value: load(node.value) }
    case 'augmented assignment':
      return { ...node, target: target(node.target), value: load(node.value) }
    case 'deletion':
      return { ...node, targets: node.targets.map(target) }
    case 'return':
      return { ...node, value: optional(node.value) }
    case 'raise':
      return { ...node, exception: optional(node.exception), cause: optional(node.cause) }
    case 'assertion':
      return { ...node, test: load(node.test), message: optional(node.message) }
    case 'if':
    case 'while':
      return { ...node, test: load(node.test), body: statements(node.body), otherwise: statements(node.otherwise) }
    case 'for':
      return {
        ...node,
        target: target(node.target),
        iterable: lookedThrough(load(node.iterable)),
        body: statements(node.body),
        otherwise: statements(node.otherwise),
      }
    case 'try':
      return {
        ...node,
        body: statements(node.body),
        clauses: node.clauses.map((clause) => ({ ...clause, type: optional(clause.type), body: statements(clause.body) })),
        otherwise: statements(node.otherwise),
        final: statements(node.final),
      }
    case 'function':
      return { ...node, parameters: parameters(node.parameters), suite: suite(node.suite) }
    case 'class':
      return { ...node, bases: node.bases.map(item), keywords: node.keywords.map(keyword), suite: suite(node.suite) }
    default:
      return node
  }
}

const parameters = (node: Parameters): Parameters => ({
  ...node,
  defaults: node.defaults.map(load),
  keywordDefaults: node.keywordDefaults.map(optional),
})

/** A target stays one: only what it is found by is folded. */
function target<Kept extends Target>(node: Kept): Kept
function target(node: Target): Target {
  switch (node.kind) {
    case 'name':
      return node
    case 'attribute':
      return { ...node, value: load(node.value) }
    case 'subscript':
      return { ...node, value: load(node.value), index: load(node.index) }
    case 'list':
    case 'tuple':
      return { ...node, items: node.items.map((item) => (item.kind === 'starred' ? { ...item, value: target(item.value) } : target(item))) }
  }
}

const item = (node: Item): Item => (node.kind === 'starred' ? { ...node, value: load(node.value) } : load(node))

const constant = ({ line, column, endLine }: Place, value: Constant): Expression => ({ line, column, endLine, kind: 'constant', value })

/** The constant of that value if there is one, the expression otherwise. */
const either = (node: Expression, value: Constant | undefined): Expression => (value === undefined ? node : constant(node, value))

function load(node: Expression): Expression {
  switch (node.kind) {
    case 'constant':
      return node
    case 'name':
      return node.name === '__debug__' ? constant(node, { kind: 'bool', value: true }) : node
    case 'attribute':
    case 'yield from':
      return { ...node, value: load(node.value) }
    case 'subscript': {
      const [value, index] = [load(node.value), load(node.index)]
      const known = value.kind === 'constant' && index.kind === 'constant' ? foldSubscript(value.value, index.value) : undefined
      return either({ ...node, value, index }, known)
    }
    case 'slice':
      return { ...node, lower: optional(node.lower), upper: optional(node.upper), step: optional(node.step) }
    case 'call':
      return { ...node, callee: load(node.callee), positional: node.positional.map(item), keywords: node.keywords.map(keyword) }
    case 'list':
    case 'set':
      return { ...node, items: node.items.map(item) }
    case 'tuple':
      return tuple({ ...node, items: node.items.map(item) })
    case 'dictionary':
      return { ...node, entries: node.entries.map(({ key, value }) => ({ key: optional(key), value: load(value) })) }
    case 'unary':
      return unary({ ...node, operand: load(node.operand) })
    case 'binary': {
      const [left, right] = [load(node.left), load(node.right)]
      const known = left.kind === 'constant' && right.kind === 'constant' ? foldBinary(node.operator, left.value, right.value) : undefined
      return either({ ...node, left, right }, known)
    }
    case 'boolean':
      return { ...node, values: node.values.map(load) }
    case 'comparison':
      return comparison({ ...node, left: load(node.left), comparators: node.comparators.map(load) })
    case 'conditional':
      return { ...node, test: load(node.test), body: load(node.body), otherwise: load(node.otherwise) }
    case 'lambda':
      return { ...node, parameters: parameters(node.parameters), body: load(node.body) }
    case 'comprehension':
      return comprehension(node)
    case 'yield':
      return { ...node, value: optional(node.value) }
  }
}

const comprehension = (node: Comprehension): Expression => ({
  ...node,
  element: load(node.element),
  value: optional(node.value),
  loops: node.loops.map(loop) as [ComprehensionLoop, ...ComprehensionLoop[]],
})

const loop = (node: ComprehensionLoop): ComprehensionLoop => ({
  target: target(node.target),
  iterable: lookedThrough(load(node.iterable)),
  conditions: node.conditions.map(load),
})

/** The values of expressions that are all constants. */
function valuesOf(items: readonly Item[]): Constant[] | undefined {
  const values = items.flatMap((item) => (item.kind === 'constant' ? [item.value] : []))
  return values.length === items.length ? values : undefined
}

function tuple(node: Display): Expression {
  const items = valuesOf(node.items)
  return either(node, items === undefined ? undefined : { kind: 'tuple', items })
}

const INVERSE: Readonly<Partial<Record<ComparisonOperator, ComparisonOperator>>> = {
  is: 'is not',
  'is not': 'is',
  in: 'not in',
  'not in': 'in',
}

function unary(node: Unary): Expression {
  const { operator, operand } = node
  if (operand.kind === 'constant') return either(node, foldUnary(operator, operand.value))
  return operator === 'not' && operand.kind === 'comparison' ? (inverse(operand) ?? node) : node
}

/** `not a in b` is `a not in b`, but only operators that cannot be redefined have an inverse. */
function inverse(node: Comparison): Expression | undefined {
  const [operator, another] = node.operators
  const inverted = another === undefined && operator !== undefined ? INVERSE[operator] : undefined
  return inverted === undefined ? undefined : { ...node, operators: [inverted] }
}

function comparison(node: Comparison): Expression {
  const last = node.operators.at(-1)
  if (last !== 'in' && last !== 'not in') return node
  const container = node.comparators.at(-1) as Expression
  return { ...node, comparators: [...node.comparators.slice(0, -1), lookedThrough(container)] }
}

/** What a list or set may become if it is only looked through. */
function lookedThrough(node: Expression): Expression {
  if (node.kind === 'list') return node.items.some(({ kind }) => kind === 'starred') ? node : tuple({ ...node, kind: 'tuple' })
  if (node.kind !== 'set') return node
  const items = valuesOf(node.items)
  return either(node, items === undefined ? undefined : frozenset(items))
}
