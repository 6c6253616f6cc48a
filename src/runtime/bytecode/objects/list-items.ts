/**
 * What can be done with lists.
 *
 * @see CPython Objects/listobject.c
 */
import { type Address, NULL } from '../../memory/memory.ts'
import { decref, incref } from '../../refcount/biased.ts'
import { isSlice, placeOf, placesOf } from './indices.ts'
import { newIterator, Source, type Walk } from './iterators.ts'
import { itself } from './itself.ts'
import { Kind, kindOf } from './kinds.ts'
import { listItem, listItems, listLength, newListGiven, replace, replaceEvery, splice } from './list.ts'
import type { Caller, Mutator } from './mutator.ts'
import { isItem } from './operate/items.ts'
import { collectItems } from './operate/iterate.ts'
import { protocolOf } from './operate/protocol-of.ts'
import { reprOfItems } from './operate/repr.ts'
import type { Protocol } from './protocols.ts'
import { raise } from './raise.ts'
import { compareItems } from './sequence-order.ts'
import { dropAll } from './several.ts'
import { typeName } from './type-name.ts'

const REFUSAL = 'list indices must be integers or slices, not %'

/** @param items borrowed. */
export function newList(m: Mutator, items: readonly Address[]): Address {
  for (const item of items) incref(m, item)
  return newListGiven(m, items)
}

/** Does something with the items that a list has at this moment. */
export function withItems<T>(m: Mutator, list: Address, action: (items: readonly Address[]) => T): T {
  const items = listItems(m, list)
  try {
    return action(items)
  } finally {
    dropAll(m, items)
  }
}

/** Appends whatever another object has. */
export function extend(m: Caller, list: Address, other: Address): void {
  const items = collectItems(m, other)
  dropAll(
    m,
    splice(m, list, (length) => ({ start: length, count: 0 }), items),
  )
}

function repeated(items: readonly Address[], times: number): Address[] {
  return Array.from({ length: items.length * times }, (_, index) => items[index % items.length] as Address)
}

export const LIST_PROTOCOL: Protocol = {
  concatenate(m, left, right) {
    if (kindOf(m.memory, right) !== Kind.LIST) raise(m, 'TypeError', `can only concatenate list (not "${typeName(m, right)}") to list`)
    return newListGiven(m, [...listItems(m, left), ...listItems(m, right)])
  },
  extend(m, left, right) {
    extend(m, left, right)
    return itself(m, left)
  },
  repeat: (m, list, times) => withItems(m, list, (items) => newList(m, repeated(items, times))),
  repeatInPlace(m, list, times) {
    withItems(m, list, (items) => {
      const all = repeated(items, times)
      for (const item of all) incref(m, item)
      dropAll(
        m,
        splice(m, list, (length) => ({ start: 0, count: length }), all),
      )
    })
    return itself(m, list)
  },
  compare(m, comparison, left, right) {
    if (kindOf(m.memory, right) !== Kind.LIST) return NULL
    return withItems(m, left, (one) => withItems(m, right, (other) => compareItems(m, comparison, one, other)))
  },
  hash: (m) => raise(m, 'TypeError', "unhashable type: 'list'"),
  repr: (m, list, within) =>
    withItems(m, list, (items) => {
      const inside = reprOfItems(m, list, items, within)
      return inside === undefined ? '[...]' : `[${inside}]`
    }),
  length: (m, list) => listLength(m.memory, list),
  getItem,
  setItem,
  deleteItem,
  contains: (m, list, item) => placeOfItem(m, list, item, 0) >= 0,
  iterate: (m, list) => newIterator(m, Source.LIST, list),
}

export const LIST_WALK: Walk = { name: 'list_iterator', at: listItem }

/** Where a list first has what is equal to an item, from a place on. @returns -1 if nowhere. */
export function placeOfItem(m: Caller, list: Address, item: Address, from: number): number {
  // The list may change while items are compared, so each is asked for when it is its turn.
  let place = from
  for (let each = listItem(m, list, place); each !== NULL; each = listItem(m, list, place)) {
    if (isItem(m, each, item)) return place
    place++
  }
  return -1
}

function getItem(m: Caller, list: Address, key: Address): Address {
  if (isSlice(m, key, REFUSAL)) {
    return withItems(m, list, (items) => {
      const { start, step, count } = placesOf(m, key, items.length)
      return newList(
        m,
        Array.from({ length: count }, (_, index) => items[start + index * step] as Address),
      )
    })
  }
  const place = placeOf(m, key, listLength(m.memory, list))
  const item = place < 0 ? NULL : listItem(m, list, place)
  return item === NULL ? raise(m, 'IndexError', 'list index out of range') : item
}

function setItem(m: Caller, list: Address, key: Address, value: Address): void {
  if (isSlice(m, key, REFUSAL)) {
    setSlice(m, list, key, value)
    return
  }
  const place = placeOf(m, key, listLength(m.memory, list))
  incref(m, value)
  if (place >= 0 && replace(m, list, place, value)) return
  decref(m, value)
  raise(m, 'IndexError', 'list assignment index out of range')
}

function setSlice(m: Caller, list: Address, slice: Address, value: Address): void {
  const places = placesOf(m, slice, listLength(m.memory, list))
  if (kindOf(m.memory, value) !== Kind.LIST && kindOf(m.memory, value) !== Kind.TUPLE) mustBeIterable(m, value)
  const items = collectItems(m, value)
  if (places.step === 1) {
    dropAll(
      m,
      splice(m, list, (length) => within(places, length), items),
    )
    return
  }
  if (items.length !== places.count) {
    dropAll(m, items)
    const sizes = `sequence of size ${items.length} to extended slice of size ${places.count}`
    raise(m, 'ValueError', `attempt to assign ${sizes}`)
  }
  dropAll(m, replaceEvery(m, list, places.start, places.step, items))
}

function mustBeIterable(m: Caller, value: Address): void {
  const { iterate } = protocolOf(m, value)
  if (iterate === undefined) raise(m, 'TypeError', 'must assign iterable to extended slice')
}

/** The same places as far as there still are any. */
function within({ start, count }: { start: number; count: number }, length: number): { start: number; count: number } {
  const first = Math.min(start, length)
  return { start: first, count: Math.min(count, length - first) }
}

function deleteItem(m: Caller, list: Address, key: Address): void {
  if (isSlice(m, key, REFUSAL)) {
    const { start, step, count } = placesOf(m, key, listLength(m.memory, list))
    const first = step < 0 ? start + (count - 1) * step : start
    deletePlaces(m, list, first, Math.abs(step), count)
    return
  }
  const place = placeOf(m, key, listLength(m.memory, list))
  const taken = place < 0 ? [] : splice(m, list, (length) => within({ start: place, count: 1 }, length), [])
  if (taken.length === 0) raise(m, 'IndexError', 'list assignment index out of range')
  dropAll(m, taken)
}

/** Takes out places of one distance, the first first. */
function deletePlaces(m: Caller, list: Address, first: number, step: number, count: number): void {
  if (step === 1) {
    dropAll(
      m,
      splice(m, list, (length) => within({ start: first, count }, length), []),
    )
    return
  }
  // From behind, so that the places before stay what they are.
  for (let index = count - 1; index >= 0; index--) {
    dropAll(
      m,
      splice(m, list, (length) => within({ start: first + index * step, count: 1 }, length), []),
    )
  }
}
