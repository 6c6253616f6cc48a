/**
 * Lists, tuples, sets and dictionaries that are written out.
 *
 * @see CPython Python/codegen.c (starunpack_helper, codegen_dict)
 */
import type { ConstantExpression, Dictionary, DictionaryEntry, Display, Expression, Item } from '../ast.ts'
import type { Constant } from '../compiled-code.ts'
import { frozenset } from '../fold/operators.ts'
import { OP } from '../opcodes.ts'
import { INTRINSIC } from '../operands.ts'
import { load } from './expressions.ts'
import { emit, emitConstant, type Unit } from './unit.ts'

/** As many values as are put on the stack at once; more are added to a collection one by one. */
export const STACK_GUIDELINE = 30
/** From here on, constants are put into a collection all at once. */
const MANY_CONSTANTS = 3

/** The instructions that make a collection. */
interface Builder {
  readonly build: number
  readonly add: number
  readonly extend: number
  /** Whether a list is built that becomes a tuple in the end. */
  readonly tuple: boolean
}

const BUILDERS: Readonly<Record<Display['kind'], Builder>> = {
  list: { build: OP.BUILD_LIST, add: OP.LIST_APPEND, extend: OP.LIST_EXTEND, tuple: false },
  tuple: { build: OP.BUILD_LIST, add: OP.LIST_APPEND, extend: OP.LIST_EXTEND, tuple: true },
  set: { build: OP.BUILD_SET, add: OP.SET_ADD, extend: OP.SET_UPDATE, tuple: false },
}

export const generateDisplay = (unit: Unit, { kind, items, line }: Display): void => collect(unit, items, 0, kind, line)

/** Makes a collection of the `pushed` values on the stack and of `items`. */
export function collect(unit: Unit, items: readonly Item[], pushed: number, kind: Display['kind'], line: number): void {
  const { build, add, extend, tuple } = BUILDERS[kind]
  const constants = items.filter((item): item is ConstantExpression => item.kind === 'constant')
  if (items.length >= MANY_CONSTANTS && constants.length === items.length) {
    collectConstants(
      unit,
      constants.map(({ value }) => value),
      pushed,
      kind,
      line,
    )
    return
  }
  const big = items.length + pushed > STACK_GUIDELINE
  if (!big && items.every((item) => item.kind !== 'starred')) {
    for (const item of items) load(unit, item)
    emit(unit, tuple ? OP.BUILD_TUPLE : build, items.length + pushed, line)
    return
  }
  let built = big
  if (big) emit(unit, build, pushed, line)
  items.forEach((item, index) => {
    const starred = item.kind === 'starred'
    if (starred && !built) {
      emit(unit, build, index + pushed, line)
      built = true
    }
    load(unit, starred ? item.value : item)
    if (starred) emit(unit, extend, 1, line)
    else if (built) emit(unit, add, 1, line)
  })
  if (tuple) emit(unit, OP.CALL_INTRINSIC_1, INTRINSIC.LIST_TO_TUPLE, line)
}

function collectConstants(unit: Unit, items: readonly Constant[], pushed: number, kind: Display['kind'], line: number): void {
  const { build, extend, tuple } = BUILDERS[kind]
  if (tuple && pushed === 0) {
    emitConstant(unit, { kind: 'tuple', items }, line)
    return
  }
  emit(unit, build, pushed, line)
  emitConstant(unit, kind === 'set' ? frozenset(items) : { kind: 'tuple', items }, line)
  emit(unit, extend, 1, line)
  if (tuple) emit(unit, OP.CALL_INTRINSIC_1, INTRINSIC.LIST_TO_TUPLE, line)
}

type Pair = DictionaryEntry & { readonly key: Expression }

export function generateDictionary(unit: Unit, { entries, line }: Dictionary): void {
  let made = false
  let pairs: Pair[] = []
  const flush = (): void => {
    if (pairs.length === 0) return
    buildMap(unit, pairs, line)
    if (made) emit(unit, OP.DICT_UPDATE, 1, line)
    made = true
    pairs = []
  }
  for (const { key, value } of entries) {
    if (key !== null) {
      const full = pairs.length * 2 > STACK_GUIDELINE
      pairs.push({ key, value })
      if (full) flush()
      continue
    }
    flush()
    if (!made) emit(unit, OP.BUILD_MAP, 0, line)
    made = true
    load(unit, value)
    emit(unit, OP.DICT_UPDATE, 1, line)
  }
  flush()
  if (!made) emit(unit, OP.BUILD_MAP, 0, line)
}

function buildMap(unit: Unit, pairs: readonly Pair[], line: number): void {
  const big = pairs.length * 2 > STACK_GUIDELINE
  if (big) emit(unit, OP.BUILD_MAP, 0, line)
  for (const { key, value } of pairs) {
    load(unit, key)
    load(unit, value)
    if (big) emit(unit, OP.MAP_ADD, 1, line)
  }
  if (!big) emit(unit, OP.BUILD_MAP, pairs.length, line)
}
