/** Methods of lists. @see CPython Objects/listobject.c */
import { type Address, NULL } from '../../../memory/memory.ts'
import { newInt } from '../int.ts'
import { itself } from '../itself.ts'
import { append, listItems, listLength, newListGiven, reorder, splice } from '../list.ts'
import { extend, placeOfItem, withItems } from '../list-items.ts'
import type { Caller } from '../mutator.ts'
import { equal } from '../operate/compare.ts'
import { indexNumber } from '../operate/index-of.ts'
import { sortedPlaces } from '../operate/sort.ts'
import { truth } from '../operate/truth.ts'
import { raise } from '../raise.ts'
import { dropAll, withEach } from '../several.ts'
import { none } from '../singletons.ts'
import { isLeftOut, type Methods, withNames, withOne, without, withSome } from './values.ts'

export const LIST_METHODS: Methods = {
  append: withOne('append', (m, list, item) => {
    append(m, list, itself(m, item))
    return none(m)
  }),
  extend: withOne('extend', (m, list, other) => {
    extend(m, list, other)
    return none(m)
  }),
  insert: withSome('insert', 2, 2, (m, list, [index, item]) => {
    const place = indexNumber(m, index as Address, 'OverflowError')
    const at = (length: number) => ({ start: Math.min(Math.max(place < 0 ? place + length : place, 0), length), count: 0 })
    dropAll(m, splice(m, list, at, [itself(m, item as Address)]))
    return none(m)
  }),
  pop: withSome('pop', 0, 1, (m, list, [index]) => {
    const place = index === undefined ? -1 : indexNumber(m, index, 'IndexError')
    let wasEmpty = false
    const at = (length: number) => {
      wasEmpty = length === 0
      const start = place < 0 ? place + length : place
      return start >= 0 && start < length ? { start, count: 1 } : { start: 0, count: 0 }
    }
    const [item] = splice(m, list, at, [])
    return item ?? raise(m, 'IndexError', wasEmpty ? 'pop from empty list' : 'pop index out of range')
  }),
  remove: withOne('remove', (m, list, item) => {
    const place = placeOfItem(m, list, item, 0)
    if (place < 0) raise(m, 'ValueError', 'list.remove(x): x not in list')
    dropAll(
      m,
      splice(m, list, (length) => ({ start: place, count: Math.min(1, Math.max(0, length - place)) }), []),
    )
    return none(m)
  }),
  index: withSome('index', 1, 3, (m, list, [item, start, stop]) => {
    const length = listLength(m.memory, list)
    const bound = (value: Address | undefined, otherwise: number) => {
      if (value === undefined) return otherwise
      const place = indexNumber(m, value, 'OverflowError')
      return Math.max(place < 0 ? place + length : place, 0)
    }
    const place = placeOfItem(m, list, item as Address, bound(start, 0))
    if (place < 0 || place >= bound(stop, length)) raise(m, 'ValueError', 'list.index(x): x not in list')
    return newInt(m, place)
  }),
  count: withOne('count', (m, list, item) => withItems(m, list, (items) => newInt(m, items.filter((each) => equal(m, each, item)).length))),
  reverse: without('reverse', (m, list) => {
    reorder(m, list, (items) => items.toReversed())
    return none(m)
  }),
  sort: withNames('sort', ['key', 'reverse'], (m, list, [key, reverse]) => {
    sort(m, list, isLeftOut(m, key) ? NULL : (key as Address), !isLeftOut(m, reverse) && truth(m, reverse as Address))
    return none(m)
  }),
  clear: without('clear', (m, list) => {
    dropAll(
      m,
      splice(m, list, (length) => ({ start: 0, count: length }), []),
    )
    return none(m)
  }),
  copy: without('copy', (m, list) => newListGiven(m, listItems(m, list))),
}

/** Sorts a list in place. While it is being sorted it is empty, so that whoever looks sees nothing half done. */
function sort(m: Caller, list: Address, key: Address, reverse: boolean): void {
  const items = splice(m, list, (length) => ({ start: 0, count: length }), [])
  let sorted: readonly Address[] = items
  let intruders: readonly Address[] = []
  try {
    sorted = sortItems(m, items, key, reverse)
  } finally {
    intruders = splice(m, list, (length) => ({ start: 0, count: length }), sorted)
    dropAll(m, intruders)
  }
  if (intruders.length > 0) raise(m, 'ValueError', 'list modified during sort')
}

/** Items in order. @param key a callable that says by what they are sorted, or NULL. @returns the same references. */
export function sortItems(m: Caller, items: readonly Address[], key: Address, reverse: boolean): readonly Address[] {
  if (key === NULL) return sortedPlaces(m, items, reverse).map((place) => items[place] as Address)
  return withEach(
    m,
    items,
    (item) => m.call(key, [item]),
    (keys) => sortedPlaces(m, keys, reverse).map((place) => items[place] as Address),
  )
}
