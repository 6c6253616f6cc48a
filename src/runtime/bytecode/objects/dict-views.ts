/** Views of dictionaries: their keys, values or items, as they are whenever one looks. */
import type { Address } from '../../memory/memory.ts'
import { cell, record } from '../../memory/record.ts'
import { decref } from '../../refcount/biased.ts'
import { ObjectHeader, track } from '../../refcount/object-header.ts'
import { dictLength } from './dict.ts'
import { newIterator, Source } from './iterators.ts'
import { itself } from './itself.ts'
import { Kind } from './kinds.ts'
import type { Layout } from './layout.ts'
import type { Mutator } from './mutator.ts'
import { collectItems } from './operate/iterate.ts'
import { reprOfItems } from './operate/repr.ts'
import type { Protocol } from './protocols.ts'

export type View = typeof Source.DICT_KEYS | typeof Source.DICT_VALUES | typeof Source.DICT_ITEMS

const DictView = record('dict view', { base: ObjectHeader, dict: cell, view: cell })
const { dict: DICT, view: VIEW } = DictView.offset

/** @param dict borrowed. */
export function newDictView(m: Mutator, dict: Address, view: View): Address {
  const { memory } = m
  const object = m.newObject(Kind.DICT_VIEW, DictView.size, DictView.name)
  memory.set(object + DICT, itself(m, dict))
  memory.set(object + VIEW, view)
  track(memory, object)
  return object
}

const NAMES: Readonly<Record<number, string>> = {
  [Source.DICT_KEYS]: 'dict_keys',
  [Source.DICT_VALUES]: 'dict_values',
  [Source.DICT_ITEMS]: 'dict_items',
}
const nameOf = (m: Mutator, object: Address): string => NAMES[m.memory.get(object + VIEW)] as string

export const DICT_VIEW_LAYOUT: Layout = { name: 'dict_keys', visit: (memory, object, each) => each(memory.get(object + DICT)) }

export const DICT_VIEW_PROTOCOL: Protocol = {
  length: (m, object) => dictLength(m.memory, m.memory.get(object + DICT)),
  iterate(m, object) {
    const dict = m.memory.get(object + DICT)
    return newIterator(m, m.memory.get(object + VIEW) as View, dict, dictLength(m.memory, dict))
  },
  repr(m, object, within) {
    const items = collectItems(m, object)
    try {
      const inside = reprOfItems(m, object, items, within)
      return inside === undefined ? '...' : `${nameOf(m, object)}([${inside}])`
    } finally {
      for (const item of items) decref(m, item)
    }
  },
  typeName: nameOf,
}
