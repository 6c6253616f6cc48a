/**
 * Iterators over what is built in: all of one kind, since each is a source and a place in it.
 *
 * An iterator that two threads use at once may give both the same item, or leave one out; nothing
 * worse happens, because its place is one cell and its source is kept until it ends itself.
 *
 * @see CPython Objects/listobject.c, listiter_next, in the free-threaded build
 */
import { type Address, NULL } from '../../memory/memory.ts'
import { cell, type Opened, record } from '../../memory/record.ts'
import { incref } from '../../refcount/biased.ts'
import { ObjectHeader, track } from '../../refcount/object-header.ts'
import { itself } from './itself.ts'
import { Kind } from './kinds.ts'
import type { Layout } from './layout.ts'
import type { Caller, Mutator } from './mutator.ts'
import type { Protocol } from './protocols.ts'

/** What iterators go over. */
export const Source = {
  TUPLE: 0,
  LIST: 1,
  STR: 2,
  BYTES: 3,
  RANGE: 4,
  DICT_KEYS: 5,
  DICT_VALUES: 6,
  DICT_ITEMS: 7,
  SET: 8,
  ITEMS: 9,
} as const
export type Source = (typeof Source)[keyof typeof Source]

export const Iterator = record('iterator', {
  base: ObjectHeader,
  /** What kind of source it is. */
  over: cell,
  source: cell,
  /** The next place, without sign; all ones once the end was reached. */
  place: cell,
  /** What the source looked like at the beginning, for sources that must not change meanwhile. */
  version: cell,
})
export type Iterator = Opened<typeof Iterator>

export const { over: OVER, source: SOURCE, place: PLACE, version: ITERATOR_VERSION } = Iterator.offset

const ENDED = -1

/** How to go over sources of one kind. */
export interface Walk {
  /** What Python calls the type of the iterator. */
  readonly name: string
  /**
   * The item at a place, a new reference; NULL behind the last. Whoever skips places says so by `goOn`.
   * @param iterator that asks.
   */
  at(m: Caller, source: Address, place: number, iterator: Address): Address
}

/** By kind of source; `../layouts.ts` fills it. */
export const WALKS: Walk[] = []

/** @param source borrowed. */
export function newIterator(m: Mutator, over: Source, source: Address, version = 0): Address {
  const { memory } = m
  const iterator = m.newObject(Kind.ITERATOR, Iterator.size, Iterator.name)
  track(memory, iterator)
  memory.set(iterator + OVER, over)
  memory.set(iterator + SOURCE, source)
  memory.set(iterator + ITERATOR_VERSION, version)
  incref(m, source)
  return iterator
}

/** Says, in `at`, that places before this one were skipped. */
export function goOn(m: Mutator, iterator: Address, place: number): void {
  m.memory.storeRelaxed(iterator + PLACE, place + 1)
}

export const ITERATOR_LAYOUT: Layout = {
  name: 'iterator',
  visit: (memory, iterator, each) => each(memory.get(iterator + SOURCE)),
}

export const ITERATOR_PROTOCOL: Protocol = {
  iterate: (m, iterator) => itself(m, iterator),
  next(m, iterator) {
    const { memory } = m
    const place = memory.loadRelaxed(iterator + PLACE)
    if (place === ENDED) return NULL
    memory.storeRelaxed(iterator + PLACE, place + 1)
    const walk = WALKS[memory.get(iterator + OVER)] as Walk
    const item = walk.at(m, memory.get(iterator + SOURCE), place >>> 0, iterator)
    // Once at the end, for ever at the end, even if the source grows.
    if (item === NULL) memory.storeRelaxed(iterator + PLACE, ENDED)
    return item
  },
  typeName: (m, iterator) => (WALKS[m.memory.get(iterator + OVER)] as Walk).name,
}
