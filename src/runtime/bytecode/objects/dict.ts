/**
 * Dictionaries.
 *
 * @see CPython Objects/dictobject.c
 */
import type { Address, Memory } from '../../memory/memory.ts'
import { incref } from '../../refcount/biased.ts'
import { track } from '../../refcount/object-header.ts'
import { empty, enter, leave } from './hash-table.ts'
import { entryKey, entryOf, entryValue, HashTable, inUseFrom, lengthOf, releaseTable, visitTable } from './hash-table-layout.ts'
import { Kind } from './kinds.ts'
import type { Layout } from './layout.ts'
import type { Mutator } from './mutator.ts'
import { dropAll } from './several.ts'

/** @throws OutOfMemory */
export function newDict(m: Mutator): Address {
  const dict = m.newObject(Kind.DICT, HashTable.size, 'dict')
  track(m.memory, dict)
  return dict
}

/** How many keys there are. */
export const dictLength: (memory: Memory, dict: Address) => number = lengthOf

/** Keys and values in the order in which the keys came, as they are at one moment: new references. */
export function dictItems(m: Mutator, dict: Address): [key: Address, value: Address][] {
  const { memory } = m
  const items: [Address, Address][] = []
  enter(m, dict)
  try {
    for (let number = inUseFrom(memory, dict, 0); number >= 0; number = inUseFrom(memory, dict, number + 1)) {
      const entry = entryOf(memory, dict, number)
      const item: [Address, Address] = [entryKey(memory, entry), entryValue(memory, entry)]
      for (const object of item) incref(m, object)
      items.push(item)
    }
  } finally {
    leave(m)
  }
  return items
}

/** Removes everything. */
export function dictClear(m: Mutator, dict: Address): void {
  enter(m, dict)
  let held: Address[]
  try {
    held = empty(m, dict)
  } finally {
    leave(m)
  }
  dropAll(m, held)
}

export const DICT_LAYOUT: Layout = { name: 'dict', visit: visitTable, release: releaseTable, clear: dictClear }
