/**
 * A program as a tree: what is left of the text once layout, brackets and commas have served.
 *
 * Targets (of assignments, loops and deletions) have the shape of expressions.
 *
 * @see CPython Parser/Python.asdl
 */
import type { Constant } from './compiled-code.ts'

/** Where a node stands. Lines and columns count from 1. */
export interface Place {
  readonly line: number
  readonly column: number
  /** The line of the last character. */
  readonly endLine: number
}

export type UnaryOperator = '+' | '-' | '~' | 'not'
export type BinaryOperator = '+' | '-' | '*' | '@' | '/' | '//' | '%' | '**' | '<<' | '>>' | '&' | '^' | '|'
export type ComparisonOperator = '<' | '<=' | '==' | '!=' | '>' | '>=' | 'is' | 'is not' | 'in' | 'not in'

interface Of<Kind extends string> extends Place {
  readonly kind: Kind
}

export interface ConstantExpression extends Of<'constant'> {
  readonly value: Constant
}
export interface Name extends Of<'name'> {
  readonly name: string
}
export interface Attribute extends Of<'attribute'> {
  readonly value: Expression
  readonly attribute: string
}
export interface Subscript extends Of<'subscript'> {
  readonly value: Expression
  readonly index: Expression
}
export interface Slice extends Of<'slice'> {
  readonly lower: Expression | null
  readonly upper: Expression | null
  readonly step: Expression | null
}
/** `*value` among the items of a display or the arguments of a call. */
export interface Starred extends Of<'starred'> {
  readonly value: Expression
}
export type Item = Expression | Starred
export interface Keyword {
  /** Null before the values of a `**` mapping. */
  readonly name: string | null
  readonly value: Expression
}
export interface Call extends Of<'call'> {
  readonly callee: Expression
  readonly positional: readonly Item[]
  readonly keywords: readonly Keyword[]
}
export interface Display extends Of<'list' | 'tuple' | 'set'> {
  readonly items: readonly Item[]
}
export interface DictionaryEntry {
  /** Null before the entries of a `**` mapping. */
  readonly key: Expression | null
  readonly value: Expression
}
export interface Dictionary extends Of<'dictionary'> {
  readonly entries: readonly DictionaryEntry[]
}
export interface Unary extends Of<'unary'> {
  readonly operator: UnaryOperator
  readonly operand: Expression
}
export interface Binary extends Of<'binary'> {
  readonly operator: BinaryOperator
  readonly left: Expression
  readonly right: Expression
}
export interface BooleanExpression extends Of<'boolean'> {
  readonly operator: 'and' | 'or'
  readonly values: readonly Expression[]
}
/** `left operators[0] comparators[0] operators[1] comparators[1] …` */
export interface Comparison extends Of<'comparison'> {
  readonly left: Expression
  readonly operators: readonly ComparisonOperator[]
  readonly comparators: readonly Expression[]
}
export interface Conditional extends Of<'conditional'> {
  readonly test: Expression
  readonly body: Expression
  readonly otherwise: Expression
}
export interface Lambda extends Of<'lambda'> {
  readonly parameters: Parameters
  readonly body: Expression
}
export interface ComprehensionLoop {
  readonly target: Target
  readonly iterable: Expression
  readonly conditions: readonly Expression[]
}
export interface Comprehension extends Of<'comprehension'> {
  readonly form: 'list' | 'set' | 'dictionary' | 'generator'
  /** The key, if it makes a dictionary. */
  readonly element: Expression
  /** Null unless it makes a dictionary. */
  readonly value: Expression | null
  readonly loops: readonly [ComprehensionLoop, ...ComprehensionLoop[]]
}
export interface Yield extends Of<'yield'> {
  readonly value: Expression | null
}
export interface YieldFrom extends Of<'yield from'> {
  readonly value: Expression
}

export type Expression =
  | ConstantExpression
  | Name
  | Attribute
  | Subscript
  | Slice
  | Call
  | Display
  | Dictionary
  | Unary
  | Binary
  | BooleanExpression
  | Comparison
  | Conditional
  | Lambda
  | Comprehension
  | Yield
  | YieldFrom

/** What can be assigned to or deleted. */
export type Target = Name | Attribute | Subscript | TargetList
export interface StarredTarget extends Of<'starred'> {
  readonly value: Target
}
export interface TargetList extends Of<'list' | 'tuple'> {
  readonly items: readonly (Target | StarredTarget)[]
}

export interface Parameter extends Place {
  readonly name: string
}
export interface Parameters {
  readonly positionalOnly: readonly Parameter[]
  readonly ordinary: readonly Parameter[]
  readonly rest: Parameter | null
  readonly keywordOnly: readonly Parameter[]
  readonly keywordRest: Parameter | null
  /** Those of the last positional parameters. */
  readonly defaults: readonly Expression[]
  /** One for each keyword-only parameter. */
  readonly keywordDefaults: readonly (Expression | null)[]
}

export type Body = readonly Statement[]

export interface Docstring extends Place {
  readonly text: string
}

/** What a module, a function or a class consists of. */
export interface Suite {
  readonly docstring: Docstring | null
  /** The statements behind the docstring. */
  readonly body: Body
}

export interface ExpressionStatement extends Of<'expression'> {
  readonly value: Expression
}
export interface Assignment extends Of<'assignment'> {
  readonly targets: readonly Target[]
  readonly value: Expression
}
export interface AugmentedAssignment extends Of<'augmented assignment'> {
  readonly target: Name | Attribute | Subscript
  readonly operator: BinaryOperator
  readonly value: Expression
}
export interface Deletion extends Of<'deletion'> {
  readonly targets: readonly Target[]
}
export interface Return extends Of<'return'> {
  readonly value: Expression | null
}
export interface Raise extends Of<'raise'> {
  readonly exception: Expression | null
  readonly cause: Expression | null
}
export interface Assertion extends Of<'assertion'> {
  readonly test: Expression
  readonly message: Expression | null
}
export interface ScopeDeclaration extends Of<'global' | 'nonlocal'> {
  readonly names: readonly string[]
}
export interface If extends Of<'if'> {
  readonly test: Expression
  readonly body: Body
  readonly otherwise: Body
}
export interface While extends Of<'while'> {
  readonly test: Expression
  readonly body: Body
  readonly otherwise: Body
}
export interface For extends Of<'for'> {
  readonly target: Target
  readonly iterable: Expression
  readonly body: Body
  readonly otherwise: Body
}
export interface ExceptClause extends Place {
  /** Null catches everything. */
  readonly type: Expression | null
  readonly name: string | null
  readonly body: Body
}
export interface Try extends Of<'try'> {
  readonly body: Body
  readonly clauses: readonly ExceptClause[]
  readonly otherwise: Body
  readonly final: Body
}
export interface FunctionDefinition extends Of<'function'> {
  readonly name: string
  readonly parameters: Parameters
  readonly suite: Suite
}
export interface ClassDefinition extends Of<'class'> {
  readonly name: string
  readonly bases: readonly Item[]
  readonly keywords: readonly Keyword[]
  readonly suite: Suite
}
export interface SimpleStatement extends Of<'pass' | 'break' | 'continue'> {}

export type Statement =
  | ExpressionStatement
  | Assignment
  | AugmentedAssignment
  | Deletion
  | Return
  | Raise
  | Assertion
  | ScopeDeclaration
  | If
  | While
  | For
  | Try
  | FunctionDefinition
  | ClassDefinition
  | SimpleStatement

/** A whole program: statements, or one expression. */
export type Program = { readonly kind: 'module'; readonly suite: Suite } | { readonly kind: 'expression'; readonly value: Expression }
