/**
 * What can be done with tuples.
 */
import { type Address, NULL } from '../../memory/memory.ts'
import { isSlice, placeOf, placesOf } from './indices.ts'
import { newIterator, Source, type Walk } from './iterators.ts'
import { itself } from './itself.ts'
import { Kind, kindOf } from './kinds.ts'
import type { Caller } from './mutator.ts'
import { equal } from './operate/compare.ts'
import { hash } from './operate/hash.ts'
import { reprOfItems } from './operate/repr.ts'
import type { Protocol } from './protocols.ts'
import { raise } from './raise.ts'
import { compareItems } from './sequence-order.ts'
import { newTuple, tupleItem, tupleItems, tupleLength } from './tuple.ts'
import { typeName } from './type-name.ts'

export const TUPLE_PROTOCOL: Protocol = {
  concatenate(m, left, right) {
    if (kindOf(m.memory, right) !== Kind.TUPLE) raise(m, 'TypeError', `can only concatenate tuple (not "${typeName(m, right)}") to tuple`)
    if (tupleLength(m.memory, left) === 0) return itself(m, right)
    return newTuple(m, [...tupleItems(m.memory, left), ...tupleItems(m.memory, right)])
  },
  repeat(m, tuple, times) {
    const items = tupleItems(m.memory, tuple)
    return newTuple(
      m,
      Array.from({ length: items.length * times }, (_, index) => items[index % items.length] as Address),
    )
  },
  compare(m, comparison, left, right) {
    if (kindOf(m.memory, right) !== Kind.TUPLE) return NULL
    return compareItems(m, comparison, tupleItems(m.memory, left), tupleItems(m.memory, right))
  },
  hash(m, tuple) {
    let sum = 0x345678
    for (const item of tupleItems(m.memory, tuple)) sum = Math.imul(sum ^ hash(m, item), 0x01000193) + 97531
    return sum | 0
  },
  repr(m, tuple, within) {
    const items = tupleItems(m.memory, tuple)
    const inside = reprOfItems(m, tuple, items, within)
    return inside === undefined ? '(...)' : `(${inside}${items.length === 1 ? ',' : ''})`
  },
  length: (m, tuple) => tupleLength(m.memory, tuple),
  getItem,
  contains: (m, tuple, item) => tupleItems(m.memory, tuple).some((each) => equal(m, each, item)),
  iterate: (m, tuple) => newIterator(m, Source.TUPLE, tuple),
}

export const TUPLE_WALK: Walk = {
  name: 'tuple_iterator',
  at: (m, tuple, place) => (place < tupleLength(m.memory, tuple) ? itself(m, tupleItem(m.memory, tuple, place)) : NULL),
}

function getItem(m: Caller, tuple: Address, key: Address): Address {
  const { memory } = m
  const length = tupleLength(memory, tuple)
  if (!isSlice(m, key, 'tuple indices must be integers or slices, not %')) {
    const place = placeOf(m, key, length)
    if (place < 0) raise(m, 'IndexError', 'tuple index out of range')
    return itself(m, tupleItem(memory, tuple, place))
  }
  const { start, step, count } = placesOf(m, key, length)
  if (step === 1 && count === length) return itself(m, tuple)
  return newTuple(
    m,
    Array.from({ length: count }, (_, index) => tupleItem(memory, tuple, start + index * step)),
  )
}
