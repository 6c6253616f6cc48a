/**
 * Functions, lambdas and classes: code inside code.
 *
 * @see CPython Python/codegen.c (codegen_function, codegen_class)
 */
import type { ClassDefinition, FunctionDefinition, Lambda, Parameters, Suite } from '../ast.ts'
import type { CompiledCode, Constant } from '../compiled-code.ts'
import { NONE } from '../constants.ts'
import { type Label, NO_LINE } from '../instruction.ts'
import { OP } from '../opcodes.ts'
import { FUNCTION_ATTRIBUTE, INTRINSIC } from '../operands.ts'
import { PSEUDO } from '../pseudo.ts'
import { mangle, type Owner, type Scope } from '../symbols/scope.ts'
import { generateArguments } from './calls.ts'
import { load, loadAll } from './expressions.ts'
import { finish } from './finish.ts'
import { loadName, storeName } from './names.ts'
import { generateAll } from './statements.ts'
import {
  cellIndex,
  closureIndex,
  constantIndex,
  emit,
  emitConstant,
  enter,
  NO_PARAMETERS,
  newLabel,
  type ParameterCounts,
  place,
  type Unit,
} from './unit.ts'

const text = (value: string): Constant => ({ kind: 'str', value })

const countsOf = ({ positionalOnly, ordinary, keywordOnly }: Parameters): ParameterCounts => ({
  positional: positionalOnly.length + ordinary.length,
  positionalOnly: positionalOnly.length,
  keywordOnly: keywordOnly.length,
})

/** A body that is generated more than once makes the same code each time. */
export function once(unit: Unit, owner: Owner, generate: () => CompiledCode): CompiledCode {
  const { codes } = unit.compilation
  const code = codes.get(owner) ?? generate()
  codes.set(owner, code)
  return code
}

export function generateFunction(unit: Unit, node: FunctionDefinition): void {
  const attributes = loadDefaults(unit, node.parameters, node.line)
  makeFunction(
    unit,
    once(unit, node, () => functionCode(unit, node)),
    attributes,
    node.line,
  )
  storeName(unit, node.name, node.line)
}

function functionCode(unit: Unit, node: FunctionDefinition): CompiledCode {
  const generator = (unit.compilation.scopes.get(node) as Scope).generator
  const handler = generator ? newLabel() : null
  const { name, line: firstLine, parameters, suite } = node
  const inner = enter(unit.compilation, unit, { type: 'function', owner: node, name, firstLine, counts: countsOf(parameters), handler })
  // A docstring is the first constant, where the function looks for it.
  if (suite.docstring !== null) constantIndex(inner, text(cleaned(suite.docstring.text)))
  generateAll(inner, suite.body)
  return handler === null
    ? finish(inner, { returnsNone: true, docstring: suite.docstring !== null })
    : finishGenerator(inner, handler, suite)
}

/** A StopIteration must not leave a generator: it would look as if the generator had come to its end. */
export function finishGenerator(unit: Unit, handler: Label, suite?: Suite): CompiledCode {
  emitConstant(unit, NONE, NO_LINE)
  emit(unit, OP.RETURN_VALUE, 0, NO_LINE)
  place(unit, handler)
  emit(unit, OP.CALL_INTRINSIC_1, INTRINSIC.STOPITERATION_ERROR, NO_LINE)
  emit(unit, OP.RERAISE, 1, NO_LINE)
  return finish(unit, { returnsNone: true, docstring: suite !== undefined && suite.docstring !== null })
}

export function generateLambda(unit: Unit, node: Lambda): void {
  const attributes = loadDefaults(unit, node.parameters, node.line)
  makeFunction(
    unit,
    once(unit, node, () => lambdaCode(unit, node)),
    attributes,
    node.line,
  )
}

function lambdaCode(unit: Unit, node: Lambda): CompiledCode {
  const { line: firstLine, parameters, body } = node
  const counts = countsOf(parameters)
  const inner = enter(unit.compilation, unit, { type: 'lambda', owner: node, name: '<lambda>', firstLine, counts, handler: null })
  load(inner, body)
  if (inner.scope.generator) return finish(inner, { returnsNone: false, docstring: false })
  emit(inner, OP.RETURN_VALUE, 0, body.line)
  return finish(inner, { returnsNone: true, docstring: false })
}

/** Leaves the defaults on the stack; answers which there are. */
function loadDefaults(unit: Unit, { defaults, keywordOnly, keywordDefaults }: Parameters, line: number): number {
  let attributes = 0
  if (defaults.length > 0) {
    loadAll(unit, defaults)
    emit(unit, OP.BUILD_TUPLE, defaults.length, line)
    attributes |= FUNCTION_ATTRIBUTE.DEFAULTS
  }
  let count = 0
  keywordOnly.forEach(({ name }, index) => {
    const value = keywordDefaults[index] ?? null
    if (value === null) return
    emitConstant(unit, text(mangle(unit.className, name)), line)
    load(unit, value)
    count++
  })
  if (count === 0) return attributes
  emit(unit, OP.BUILD_MAP, count, line)
  return attributes | FUNCTION_ATTRIBUTE.KEYWORD_DEFAULTS
}

/** Makes a function of code, and of the `attributes` on the stack, keyword defaults on top. */
export function makeFunction(unit: Unit, code: CompiledCode, attributes: number, line: number): void {
  const free = code.locals.filter(({ kind }) => kind === 'free')
  for (const { name } of free) emit(unit, PSEUDO.LOAD_CLOSURE, closureIndex(unit, name, line), line)
  if (free.length > 0) emit(unit, OP.BUILD_TUPLE, free.length, line)
  emitConstant(unit, { kind: 'code', code }, line)
  emit(unit, OP.MAKE_FUNCTION, 0, line)
  const all = free.length > 0 ? attributes | FUNCTION_ATTRIBUTE.CLOSURE : attributes
  // In the order in which they are on the stack.
  for (const attribute of [FUNCTION_ATTRIBUTE.CLOSURE, FUNCTION_ATTRIBUTE.KEYWORD_DEFAULTS, FUNCTION_ATTRIBUTE.DEFAULTS]) {
    if (all & attribute) emit(unit, OP.SET_FUNCTION_ATTRIBUTE, attribute, line)
  }
}

export function generateClass(unit: Unit, node: ClassDefinition): void {
  const { line } = node
  const code = once(unit, node, () => classCode(unit, node))
  emit(unit, OP.LOAD_BUILD_CLASS, 0, line)
  emit(unit, OP.PUSH_NULL, 0, line)
  makeFunction(unit, code, 0, line)
  emitConstant(unit, text(node.name), line)
  generateArguments(unit, 2, node.bases, node.keywords, line)
  storeName(unit, node.name, line)
}

function classCode(unit: Unit, node: ClassDefinition): CompiledCode {
  const { name, line } = node
  const inner = enter(unit.compilation, unit, { type: 'class', owner: node, name, firstLine: line, counts: NO_PARAMETERS, handler: null })
  loadName(inner, '__name__', line)
  storeName(inner, '__module__', line)
  emitConstant(inner, text(inner.qualifiedName), line)
  storeName(inner, '__qualname__', line)
  emitConstant(inner, { kind: 'int', value: BigInt(line) }, line)
  storeName(inner, '__firstlineno__', line)
  if (inner.scope.needsClassDictionary) {
    emit(inner, OP.LOAD_LOCALS, 0, line)
    emit(inner, OP.STORE_DEREF, cellIndex(inner, '__classdict__', 'cell'), line)
  }
  generateSuite(inner, node.suite)
  emitConstant(inner, { kind: 'tuple', items: [...inner.selfAttributes].sort().map(text) }, NO_LINE)
  storeName(inner, '__static_attributes__', NO_LINE)
  if (inner.scope.needsClassDictionary) {
    emit(inner, PSEUDO.LOAD_CLOSURE, cellIndex(inner, '__classdict__', 'cell'), NO_LINE)
    storeName(inner, '__classdictcell__', NO_LINE)
  }
  returnClassCell(inner)
  emit(inner, OP.RETURN_VALUE, 0, NO_LINE)
  return finish(inner, { returnsNone: true, docstring: false })
}

/** The cell of the class is handed over, to be filled when the class exists. */
function returnClassCell(unit: Unit): void {
  if (!unit.scope.needsClassCell) {
    emitConstant(unit, NONE, NO_LINE)
    return
  }
  emit(unit, PSEUDO.LOAD_CLOSURE, cellIndex(unit, '__class__', 'cell'), NO_LINE)
  emit(unit, OP.COPY, 1, NO_LINE)
  storeName(unit, '__classcell__', NO_LINE)
}

/** The body of a module or class; its docstring becomes a variable. */
export function generateSuite(unit: Unit, { docstring, body }: Suite): void {
  if (docstring !== null) {
    emitConstant(unit, text(cleaned(docstring.text)), docstring.line)
    storeName(unit, '__doc__', NO_LINE)
  }
  generateAll(unit, body)
}

const TAB_STOP = 8

/** A docstring without the indentation that its lines, but for the first, have in common. */
function cleaned(docstring: string): string {
  const [first = '', ...rest] = docstring.split('\n').map(withoutTabs)
  const indentations = rest.filter((line) => /[^ ]/.test(line)).map((line) => line.search(/[^ ]/))
  const margin = indentations.length === 0 ? 0 : Math.min(...indentations)
  return [first.replace(/^ +/, ''), ...rest.map((line) => line.replace(new RegExp(`^ {0,${margin}}`), ''))].join('\n')
}

function withoutTabs(line: string): string {
  let result = ''
  for (const character of line) result += character === '\t' ? ' '.repeat(TAB_STOP - ([...result].length % TAB_STOP)) : character
  return result
}
