/**
 * All kinds of objects: how each lies in memory, and what can be done with it.
 *
 * This is the one place that knows all of them. Importing it fills the tables that everything else looks into.
 */
import type { Address } from '../memory/memory.ts'
import { type Counter, decref } from '../refcount/biased.ts'
import { BUILTIN_PROTOCOL, CLASS_PROTOCOL, CODE_PROTOCOL, FUNCTION_PROTOCOL, METHOD_PROTOCOL } from './code/callable-protocols.ts'
import { CODE_LAYOUT } from './code/layout.ts'
import { forget } from './constants/intern.ts'
import { runner } from './evaluate/execution.ts'
import { finalizeGenerator } from './evaluate/generator.ts'
import { GENERATOR_LAYOUT, GENERATOR_PROTOCOL } from './evaluate/generator-object.ts'
import { BUILTIN_LAYOUT } from './objects/builtin-function.ts'
import { BYTES_LAYOUT, BYTES_PROTOCOL, BYTES_WALK } from './objects/bytes-data.ts'
import { CELL_LAYOUT } from './objects/cell.ts'
import { CLASS_LAYOUT } from './objects/class.ts'
import { DICT_LAYOUT } from './objects/dict.ts'
import { DICT_ITEMS_WALK, DICT_KEYS_WALK, DICT_PROTOCOL, DICT_VALUES_WALK } from './objects/dict-items.ts'
import { VIEW_SET_PROTOCOL } from './objects/dict-view-sets.ts'
import { DICT_VIEW_LAYOUT, DICT_VIEW_PROTOCOL } from './objects/dict-views.ts'
import { EXCEPTION_LAYOUT } from './objects/exception.ts'
import { FUNCTION_LAYOUT } from './objects/function.ts'
import { INSTANCE_LAYOUT } from './objects/instance.ts'
import { EXCEPTION_PROTOCOL, INSTANCE_PROTOCOL } from './objects/instance-protocol.ts'
import { ITEM_WALK } from './objects/item-walk.ts'
import { ITERATOR_LAYOUT, ITERATOR_PROTOCOL, Source, WALKS } from './objects/iterators.ts'
import { Kind, kindOf } from './objects/kinds.ts'
import { LAYOUTS, type Layout } from './objects/layout.ts'
import { LIST_LAYOUT } from './objects/list.ts'
import { LIST_PROTOCOL, LIST_WALK } from './objects/list-items.ts'
import { METHOD_LAYOUT } from './objects/method.ts'
import type { Mutator } from './objects/mutator.ts'
import { BOOL_LAYOUT, BOOL_PROTOCOL, FLOAT_LAYOUT, FLOAT_PROTOCOL, INT_LAYOUT, INT_PROTOCOL } from './objects/numbers.ts'
import { PROTOCOLS, type Protocol } from './objects/protocols.ts'
import { RANGE_LAYOUT, RANGE_PROTOCOL, RANGE_WALK } from './objects/range.ts'
import { FROZENSET_PROTOCOL, SET_LAYOUT, SET_PROTOCOL, SET_WALK } from './objects/set-items.ts'
import {
  ELLIPSIS_LAYOUT,
  ELLIPSIS_PROTOCOL,
  NONE_LAYOUT,
  NONE_PROTOCOL,
  NOT_IMPLEMENTED_LAYOUT,
  NOT_IMPLEMENTED_PROTOCOL,
} from './objects/singleton-objects.ts'
import { SLICE_LAYOUT } from './objects/slice.ts'
import { SLICE_PROTOCOL } from './objects/slice-parts.ts'
import { STR_LAYOUT, STR_PROTOCOL, STR_WALK } from './objects/str-text.ts'
import { TUPLE_LAYOUT } from './objects/tuple.ts'
import { TUPLE_PROTOCOL, TUPLE_WALK } from './objects/tuple-items.ts'

const ALL: readonly (readonly [kind: number, Layout, Protocol])[] = [
  [Kind.NONE, NONE_LAYOUT, NONE_PROTOCOL],
  [Kind.ELLIPSIS, ELLIPSIS_LAYOUT, ELLIPSIS_PROTOCOL],
  [Kind.NOT_IMPLEMENTED, NOT_IMPLEMENTED_LAYOUT, NOT_IMPLEMENTED_PROTOCOL],
  [Kind.BOOL, BOOL_LAYOUT, BOOL_PROTOCOL],
  [Kind.INT, INT_LAYOUT, INT_PROTOCOL],
  [Kind.FLOAT, FLOAT_LAYOUT, FLOAT_PROTOCOL],
  [Kind.STR, { ...STR_LAYOUT, release: forget }, STR_PROTOCOL],
  [Kind.BYTES, BYTES_LAYOUT, BYTES_PROTOCOL],
  [Kind.TUPLE, TUPLE_LAYOUT, TUPLE_PROTOCOL],
  [Kind.LIST, LIST_LAYOUT, LIST_PROTOCOL],
  [Kind.RANGE, RANGE_LAYOUT, RANGE_PROTOCOL],
  [Kind.SLICE, SLICE_LAYOUT, SLICE_PROTOCOL],
  [Kind.ITERATOR, ITERATOR_LAYOUT, ITERATOR_PROTOCOL],
  [Kind.DICT, DICT_LAYOUT, DICT_PROTOCOL],
  [Kind.DICT_VIEW, DICT_VIEW_LAYOUT, { ...DICT_VIEW_PROTOCOL, ...VIEW_SET_PROTOCOL }],
  [Kind.SET, SET_LAYOUT, SET_PROTOCOL],
  [Kind.FROZENSET, { ...SET_LAYOUT, name: 'frozenset' }, FROZENSET_PROTOCOL],
  [Kind.CODE, CODE_LAYOUT, CODE_PROTOCOL],
  [Kind.FUNCTION, FUNCTION_LAYOUT, FUNCTION_PROTOCOL],
  [Kind.BUILTIN_FUNCTION, BUILTIN_LAYOUT, BUILTIN_PROTOCOL],
  [Kind.METHOD, METHOD_LAYOUT, METHOD_PROTOCOL],
  [Kind.CELL, CELL_LAYOUT, {}],
  [Kind.GENERATOR, GENERATOR_LAYOUT, GENERATOR_PROTOCOL],
  [Kind.CLASS, CLASS_LAYOUT, CLASS_PROTOCOL],
  [Kind.INSTANCE, INSTANCE_LAYOUT, INSTANCE_PROTOCOL],
  [Kind.EXCEPTION, EXCEPTION_LAYOUT, EXCEPTION_PROTOCOL],
]
for (const [kind, layout, protocol] of ALL) {
  LAYOUTS[kind] = layout
  PROTOCOLS[kind] = protocol
}

WALKS[Source.TUPLE] = TUPLE_WALK
WALKS[Source.LIST] = LIST_WALK
WALKS[Source.RANGE] = RANGE_WALK
WALKS[Source.STR] = STR_WALK
WALKS[Source.BYTES] = BYTES_WALK
WALKS[Source.DICT_KEYS] = DICT_KEYS_WALK
WALKS[Source.DICT_VALUES] = DICT_VALUES_WALK
WALKS[Source.DICT_ITEMS] = DICT_ITEMS_WALK
WALKS[Source.SET] = SET_WALK
WALKS[Source.ITEMS] = ITEM_WALK

/**
 * Ends an object without references: drops what it refers to, and frees it. Objects that end because of
 * that wait their turn, so a chain of any length can end.
 * @param object of running code: its kind is not zero.
 */
export function dispose(m: Mutator, object: Address): void {
  const { memory, identity } = m
  // The kinds up to here refer to nothing.
  const kind = kindOf(memory, object)
  if (kind < Kind.TUPLE) {
    LAYOUTS[kind]?.release?.(m, object)
    m.freeObject(object)
    return
  }
  const dying = [object]
  const counter: Counter = {
    memory,
    identity,
    deallocate(child) {
      if (kindOf(memory, child) === 0) m.deallocate(child)
      else dying.push(child)
    },
    askOwnerToMerge: (child) => m.askOwnerToMerge(child),
  }
  for (let next = dying.pop(); next !== undefined; next = dying.pop()) {
    if (kindOf(memory, next) === Kind.GENERATOR && !finalizeGenerator(runner(m), next)) continue
    const layout = LAYOUTS[kindOf(memory, next)] as Layout
    const children: Address[] = []
    layout.visit(memory, next, (child) => children.push(child))
    layout.release?.(m, next)
    m.freeObject(next)
    for (const child of children) decref(counter, child)
  }
}
