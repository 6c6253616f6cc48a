/**
 * Views of keys and of items as sets: what they have in common with others, and whether one is part of another.
 *
 * @see CPython Objects/dictobject.c, dictviews_as_number and dictview_richcompare
 */
import { type Address, NULL } from '../../memory/memory.ts'
import { decref } from '../../refcount/biased.ts'
import { dictGet } from './dict-items.ts'
import { isViewSet, viewedDict, viewOf } from './dict-views.ts'
import { Source } from './iterators.ts'
import { Kind, kindOf } from './kinds.ts'
import type { Caller } from './mutator.ts'
import { equal } from './operate/compare.ts'
import { contains, isAmong, length } from './operate/items.ts'
import { collectItems } from './operate/iterate.ts'
import { Comparison, Operation, plainOperation } from './operate/operation.ts'
import type { Protocol } from './protocols.ts'
import { combine, isSet, newSet, newSetOf, setUpdate } from './set-items.ts'
import { dropAll } from './several.ts'
import { truthValue } from './singletons.ts'
import { tupleItem, tupleLength } from './tuple.ts'

/** The other operand may be anything that can be iterated over. @returns a set; NULL if neither is such a view. */
function combineViews(m: Caller, operation: number, left: Address, right: Address): Address {
  if (!isViewSet(m, left) && !isViewSet(m, right)) return NULL
  const plain = plainOperation(operation)
  if (plain === Operation.AND) return isViewSet(m, left) ? common(m, left, right) : common(m, right, left)
  if (!OF_SETS.has(plain)) return NULL
  return asSet(m, left, (one) => asSet(m, right, (other) => combine(m, plain, one, other)))
}

const OF_SETS: ReadonlySet<number> = new Set([Operation.OR, Operation.XOR, Operation.SUBTRACT])

/** What a view has of another object's items. Only these need a hash. */
function common(m: Caller, view: Address, other: Address): Address {
  const items = collectItems(m, other)
  try {
    return newSet(
      m,
      Kind.SET,
      items.filter((item) => contains(m, view, item)),
    )
  } finally {
    dropAll(m, items)
  }
}

function asSet(m: Caller, object: Address, action: (set: Address) => Address): Address {
  const set = newSetOf(m, Kind.SET)
  try {
    setUpdate(m, set, object)
    return action(set)
  } finally {
    decref(m, set)
  }
}

/** @returns NULL unless a view is compared with another, or with a set. */
function compareViews(m: Caller, comparison: number, view: Address, other: Address): Address {
  if (!isViewSet(m, view) || !(isSet(m, other) || isViewSet(m, other))) return NULL
  return truthValue(m, holds(m, comparison, view, other))
}

function holds(m: Caller, comparison: number, view: Address, other: Address): boolean {
  const more = length(m, view) - length(m, other)
  switch (comparison) {
    case Comparison.LT:
      return more < 0 && isPart(m, view, other)
    case Comparison.LE:
      return more <= 0 && isPart(m, view, other)
    case Comparison.GT:
      return more > 0 && isPart(m, other, view)
    case Comparison.GE:
      return more >= 0 && isPart(m, other, view)
    default:
      return (more === 0 && isPart(m, view, other)) === (comparison === Comparison.EQ)
  }
}

/** Item by item, since those of a view of items need not have a hash. */
function isPart(m: Caller, one: Address, other: Address): boolean {
  const items = collectItems(m, one)
  try {
    return items.every((item) => contains(m, other, item))
  } finally {
    dropAll(m, items)
  }
}

/** Whether a dictionary has an item. @param item anything. */
function hasItem(m: Caller, dict: Address, item: Address): boolean {
  const { memory } = m
  if (kindOf(memory, item) !== Kind.TUPLE || tupleLength(memory, item) !== 2) return false
  const value = dictGet(m, dict, tupleItem(memory, item, 0))
  if (value === NULL) return false
  try {
    return equal(m, value, tupleItem(memory, item, 1))
  } finally {
    decref(m, value)
  }
}

function viewContains(m: Caller, view: Address, item: Address): boolean {
  switch (viewOf(m, view)) {
    case Source.DICT_KEYS:
      return contains(m, viewedDict(m, view), item)
    case Source.DICT_ITEMS:
      return hasItem(m, viewedDict(m, view), item)
    default:
      return isAmong(m, view, item)
  }
}

/** What views can do in which they are like sets. */
export const VIEW_SET_PROTOCOL: Protocol = { binary: combineViews, compare: compareViews, contains: viewContains }
