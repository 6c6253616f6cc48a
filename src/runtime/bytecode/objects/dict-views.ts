/** Views of dictionaries: their keys, values or items, as they are whenever one looks. */
import type { Address } from '../../memory/memory.ts'
import { cell, record } from '../../memory/record.ts'
import { ObjectHeader, track } from '../../refcount/object-header.ts'
import { dictLength } from './dict.ts'
import { newIterator, Source } from './iterators.ts'
import { itself } from './itself.ts'
import { Kind, kindOf } from './kinds.ts'
import type { Layout } from './layout.ts'
import type { Mutator } from './mutator.ts'
import { identityHash } from './operate/hash.ts'
import { collectItems } from './operate/iterate.ts'
import { reprOfItems } from './operate/repr.ts'
import type { Protocol } from './protocols.ts'
import { raise } from './raise.ts'
import { dropAll } from './several.ts'

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
const nameOf = (m: Mutator, object: Address): string => NAMES[viewOf(m, object)] as string

/** Whether an object is a view of keys or of items. Values are not unique, so their view is no set. */
export const isViewSet = ({ memory }: Mutator, object: Address): boolean =>
  kindOf(memory, object) === Kind.DICT_VIEW && memory.get(object + VIEW) !== Source.DICT_VALUES

/** What it is a view of: the dictionary, borrowed. */
export const viewedDict = ({ memory }: Mutator, object: Address): Address => memory.get(object + DICT)

/** Which view it is. */
export const viewOf = ({ memory }: Mutator, object: Address): View => memory.get(object + VIEW) as View

export const DICT_VIEW_LAYOUT: Layout = { name: 'dict_keys', visit: (memory, object, each) => each(memory.get(object + DICT)) }

export const DICT_VIEW_PROTOCOL: Protocol = {
  length: (m, object) => dictLength(m.memory, viewedDict(m, object)),
  iterate(m, object) {
    const dict = viewedDict(m, object)
    return newIterator(m, viewOf(m, object), dict, dictLength(m.memory, dict))
  },
  hash(m, object) {
    if (isViewSet(m, object)) raise(m, 'TypeError', `unhashable type: '${nameOf(m, object)}'`)
    return identityHash(object)
  },
  repr(m, object, within) {
    const items = collectItems(m, object)
    try {
      const inside = reprOfItems(m, object, items, within)
      return inside === undefined ? '...' : `${nameOf(m, object)}([${inside}])`
    } finally {
      dropAll(m, items)
    }
  },
  typeName: nameOf,
}
