/**
 * Iterating over objects that only answer which item they have at a place.
 *
 * @see CPython Objects/iterobject.c, iter_iternext
 */

import { type Address, NULL } from '../../memory/memory.ts'
import { decref } from '../../refcount/biased.ts'
import { isInstance } from './class.ts'
import { classNamed } from './classes.ts'
import { newInt } from './int.ts'
import type { Walk } from './iterators.ts'
import type { Caller } from './mutator.ts'
import { getItem } from './operate/items.ts'
import { Raised } from './raise.ts'

/** The end is where the object says that there is no such place. */
export const ITEM_WALK: Walk = {
  name: 'iterator',
  at(m, source, place) {
    const index = newInt(m, place)
    try {
      return itemOrEnd(m, source, index)
    } finally {
      decref(m, index)
    }
  },
}

/** @returns a new reference; NULL at the end. */
function itemOrEnd(m: Caller, source: Address, index: Address): Address {
  try {
    return getItem(m, source, index)
  } catch (error) {
    const isEnd =
      error instanceof Raised && ['IndexError', 'StopIteration'].some((name) => isInstance(m, error.exception, classNamed(m, name)))
    if (!isEnd) throw error
    decref(m, error.exception)
    return NULL
  }
}
