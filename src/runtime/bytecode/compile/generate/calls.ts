/**
 * Calls: plain ones, of methods, with unpacked arguments, and through `super`.
 *
 * @see CPython Python/codegen.c (codegen_call)
 */
import type { Attribute, Call, Expression, Item, Keyword } from '../ast.ts'
import { NO_LINE } from '../instruction.ts'
import { OP } from '../opcodes.ts'
import { homeOf } from '../symbols/scope.ts'
import { collect, STACK_GUIDELINE } from './displays.ts'
import { lineOfAttribute, load, loadAll, superArgument } from './expressions.ts'
import { attributeIndex, loadName } from './names.ts'
import { emit, emitConstant, type Unit } from './unit.ts'

type NamedKeyword = Keyword & { readonly name: string }

export function generateCall(unit: Unit, node: Call): void {
  const { callee, positional, keywords } = node
  if (callee.kind === 'attribute' && isPlain(positional, keywords, keywords.length > 0 ? 1 : 0)) {
    generateMethodCall(unit, node, callee, keywords)
    return
  }
  load(unit, callee)
  emit(unit, OP.PUSH_NULL, 0, callee.line)
  generateArguments(unit, 0, positional, keywords, node.line)
}

/** Whether nothing is unpacked, and the arguments fit on the stack, with `more` besides them. */
function isPlain(positional: readonly Item[], keywords: readonly Keyword[], more: number): keywords is readonly NamedKeyword[] {
  if (positional.length + keywords.length + more >= STACK_GUIDELINE) return false
  return !isUnpacking(positional, keywords)
}

const isUnpacking = (positional: readonly Item[], keywords: readonly Keyword[]): boolean =>
  positional.some(({ kind }) => kind === 'starred') || keywords.some(({ name }) => name === null)

function generateMethodCall(unit: Unit, node: Call, callee: Attribute, keywords: readonly NamedKeyword[]): void {
  const { value, attribute } = callee
  const line = lineOfAttribute(callee)
  if (value.kind === 'call' && isSuperCall(unit, callee, value)) {
    loadSuperArguments(unit, value)
    emit(unit, OP.LOAD_SUPER_ATTR, superArgument(unit, attribute, value.positional.length > 0, true), callee.line)
    emit(unit, OP.NOP, 0, line)
  } else {
    load(unit, value)
    emit(unit, OP.LOAD_ATTR, (attributeIndex(unit, attribute) << 1) | 1, line)
  }
  loadPlain(unit, node.positional)
  if (keywords.length === 0) {
    emit(unit, OP.CALL, node.positional.length, line)
    return
  }
  loadKeywords(unit, keywords, line)
  emit(unit, OP.CALL_KW, node.positional.length + keywords.length, line)
}

/** Arguments none of which is starred. */
const loadPlain = (unit: Unit, positional: readonly Item[]): void => loadAll(unit, positional as readonly Expression[])

/** The values of keyword arguments, and then their names. */
function loadKeywords(unit: Unit, keywords: readonly NamedKeyword[], line: number): void {
  for (const { value } of keywords) load(unit, value)
  emitConstant(unit, { kind: 'tuple', items: keywords.map(({ name }) => ({ kind: 'str', value: name })) }, line)
}

/** The arguments of a call and the call itself. `pushed` arguments are already on the stack. */
export function generateArguments(
  unit: Unit,
  pushed: number,
  positional: readonly Item[],
  keywords: readonly Keyword[],
  line: number,
): void {
  const big = positional.length + keywords.length * 2 > STACK_GUIDELINE
  if (big || isUnpacking(positional, keywords)) {
    generateUnpackingCall(unit, pushed, positional, keywords, line)
    return
  }
  loadPlain(unit, positional)
  const count = pushed + positional.length + keywords.length
  if (keywords.length === 0) {
    emit(unit, OP.CALL, count, line)
    return
  }
  loadKeywords(unit, keywords as readonly NamedKeyword[], line)
  emit(unit, OP.CALL_KW, count, line)
}

/** All positional arguments become one tuple, all keyword arguments one dictionary. */
function generateUnpackingCall(unit: Unit, pushed: number, positional: readonly Item[], keywords: readonly Keyword[], line: number): void {
  const [only, another] = positional
  if (pushed === 0 && only?.kind === 'starred' && another === undefined) load(unit, only.value)
  else collect(unit, positional, pushed, 'tuple', line)
  mergeKeywords(unit, keywords, line)
  emit(unit, OP.CALL_FUNCTION_EX, keywords.length > 0 ? 1 : 0, line)
}

function mergeKeywords(unit: Unit, keywords: readonly Keyword[], line: number): void {
  let made = false
  let named: NamedKeyword[] = []
  const flush = (): void => {
    if (named.length === 0) return
    buildKeywords(unit, named, line)
    if (made) emit(unit, OP.DICT_MERGE, 1, line)
    made = true
    named = []
  }
  for (const { name, value } of keywords) {
    if (name !== null) {
      named.push({ name, value })
      continue
    }
    flush()
    if (!made) emit(unit, OP.BUILD_MAP, 0, line)
    made = true
    load(unit, value)
    emit(unit, OP.DICT_MERGE, 1, line)
  }
  flush()
}

function buildKeywords(unit: Unit, keywords: readonly NamedKeyword[], line: number): void {
  const big = keywords.length * 2 > STACK_GUIDELINE
  if (big) emit(unit, OP.BUILD_MAP, 0, NO_LINE)
  for (const { name, value } of keywords) {
    emitConstant(unit, { kind: 'str', value: name }, line)
    load(unit, value)
    if (big) emit(unit, OP.MAP_ADD, 1, NO_LINE)
  }
  if (!big) emit(unit, OP.BUILD_MAP, keywords.length, line)
}

/** Whether `call` is `super()` or `super(type, object)`, which need not make an object to look `attribute` up. */
export function isSuperCall(unit: Unit, attribute: Attribute, call: Call): boolean {
  if (call.callee.kind !== 'name' || call.callee.name !== 'super') return false
  if (attribute.attribute === '__class__' || call.keywords.length > 0) return false
  if (homeOf(unit.scope, 'super') !== 'implicit global' || homeOf(moduleOf(unit).scope, 'super') !== undefined) return false
  if (call.positional.length === 2) return call.positional.every(({ kind }) => kind !== 'starred')
  // Without arguments it takes the first one of the function around it.
  return call.positional.length === 0 && unit.counts.positional > 0 && homeOf(unit.scope, '__class__') === 'free'
}

const moduleOf = (unit: Unit): Unit => (unit.parent === null ? unit : moduleOf(unit.parent))

export function loadSuperArguments(unit: Unit, call: Call): void {
  load(unit, call.callee)
  if (call.positional.length > 0) {
    loadPlain(unit, call.positional)
    return
  }
  loadName(unit, '__class__', call.line)
  loadName(unit, unit.scope.parameters[0] as string, call.line)
}
