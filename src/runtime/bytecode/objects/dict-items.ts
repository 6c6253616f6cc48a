/**
 * Dictionaries by keys of any kind.
 *
 * @see CPython Objects/dictobject.c
 */
import { type Address, NULL } from '../../memory/memory.ts'
import { decref, incref } from '../../refcount/biased.ts'
import { dictItems, dictLength, newDict } from './dict.ts'
import { filled } from './filled.ts'
import { add, enter, find, leave, put, takeOut } from './hash-table.ts'
import { entryKey, entryOf, entryValue, inUseFrom, lengthOf } from './hash-table-layout.ts'
import { has, lookUp } from './hash-table-lookup.ts'
import { goOn, ITERATOR_VERSION, newIterator, Source, type Walk } from './iterators.ts'
import { itself } from './itself.ts'
import { Kind, kindOf } from './kinds.ts'
import type { Caller } from './mutator.ts'
import { equal } from './operate/compare.ts'
import { hash } from './operate/hash.ts'
import { isIterable, withItemsOf } from './operate/iterate.ts'
import { Comparison, Operation, plainOperation } from './operate/operation.ts'
import { deeper } from './operate/recursion.ts'
import { repr } from './operate/repr.ts'
import type { Protocol } from './protocols.ts'
import { raise, raiseWith } from './raise.ts'
import { dropAll } from './several.ts'
import { truthValue } from './singletons.ts'
import { newTuple } from './tuple.ts'

/** The hash of a key, as tables keep it. @throws Raised if it has none */
const hashed = (m: Caller, key: Address): number => hash(m, key) | 0

/** @returns a new reference to the value of a key; NULL without one. */
export const dictGet = (m: Caller, dict: Address, key: Address): Address => lookUp(m, dict, key, hashed(m, key), equal)

/** Sets the value of a key; both borrowed. */
export const dictSet = (m: Caller, dict: Address, key: Address, value: Address): void => put(m, dict, key, hashed(m, key), value, equal)

/** @returns the value of a key, which is given over; NULL if there was none to take out. */
export const dictTake = (m: Caller, dict: Address, key: Address): Address => takeOut(m, dict, key, hashed(m, key), equal)

/** The value of a key that is set if it has none: a new reference. @param value borrowed. */
export function dictSetDefault(m: Caller, dict: Address, key: Address, value: Address): Address {
  const { memory } = m
  const hash = hashed(m, key)
  enter(m, dict)
  try {
    const entry = find(m, dict, key, hash, equal)
    if (entry === NULL) add(m, dict, key, hash, value)
    return itself(m, entry === NULL ? value : entryValue(memory, entry))
  } finally {
    leave(m)
  }
}

/** Runs an action with what a dictionary holds at one moment; borrowed. */
export function withEntries<T>(m: Caller, dict: Address, action: (entries: readonly (readonly [Address, Address])[]) => T): T {
  const entries = dictItems(m, dict)
  try {
    return action(entries)
  } finally {
    dropAll(m, entries.flat())
  }
}

/** Sets in one dictionary what another holds. */
export const dictUpdate = (m: Caller, dict: Address, other: Address): void =>
  withEntries(m, other, (entries) => {
    for (const [key, value] of entries) dictSet(m, dict, key, value)
  })

function isEqual(m: Caller, one: Address, other: Address): boolean {
  if (dictLength(m.memory, one) !== dictLength(m.memory, other)) return false
  return withEntries(m, one, (entries) =>
    deeper(m, 'in comparison', () =>
      entries.every(([key, value]) => {
        const found = dictGet(m, other, key)
        if (found === NULL) return false
        try {
          return equal(m, value, found)
        } finally {
          decref(m, found)
        }
      }),
    ),
  )
}

/** Whether a key is in a dictionary. @throws Raised if it has no hash */
export const dictContains = (m: Caller, dict: Address, key: Address): boolean => has(m, dict, key, hashed(m, key), equal)

/** Sets in a dictionary what another one holds, or pairs of keys and values. */
export function fillDict(m: Caller, dict: Address, from: Address): void {
  if (kindOf(m.memory, from) === Kind.DICT) {
    dictUpdate(m, dict, from)
    return
  }
  withItemsOf(m, from, (pairs) => {
    for (const [index, pair] of pairs.entries()) {
      if (!isIterable(m, pair)) {
        raise(m, 'TypeError', `cannot convert dictionary update sequence element #${index} to a sequence`)
      }
      withItemsOf(m, pair, ([key, value, ...others]) => {
        const length = others.length + [key, value].filter((each) => each !== undefined).length
        if (length !== 2) {
          raise(m, 'ValueError', `dictionary update sequence element #${index} has length ${length}; 2 is required`)
        }
        dictSet(m, dict, key as Address, value as Address)
      })
    }
  })
}

export const DICT_PROTOCOL: Protocol = {
  binary(m, operation, left, right) {
    const [isDict, isOtherDict] = [left, right].map((each) => kindOf(m.memory, each) === Kind.DICT)
    if (plainOperation(operation) !== Operation.OR || !isDict) return NULL
    if (operation !== Operation.OR) {
      // In place, whatever a dictionary can be filled with is accepted.
      fillDict(m, left, right)
      return itself(m, left)
    }
    if (!isOtherDict) return NULL
    return filled(m, newDict(m), (union) => {
      for (const each of [left, right]) dictUpdate(m, union, each)
    })
  },
  compare(m, comparison, left, right) {
    if (kindOf(m.memory, right) !== Kind.DICT || (comparison !== Comparison.EQ && comparison !== Comparison.NE)) return NULL
    return truthValue(m, isEqual(m, left, right) === (comparison === Comparison.EQ))
  },
  hash: (m) => raise(m, 'TypeError', "unhashable type: 'dict'"),
  repr(m, dict, within) {
    if (within.includes(dict)) return '{...}'
    const inside = [...within, dict]
    const written = ([key, value]: readonly [Address, Address]) => `${repr(m, key, inside)}: ${repr(m, value, inside)}`
    return withEntries(m, dict, (entries) => deeper(m, 'while getting the repr of an object', () => `{${entries.map(written).join(', ')}}`))
  },
  length: (m, dict) => dictLength(m.memory, dict),
  getItem(m, dict, key) {
    const found = dictGet(m, dict, key)
    return found === NULL ? raiseWith(m, 'KeyError', [key]) : found
  },
  setItem: dictSet,
  deleteItem(m, dict, key) {
    const value = dictTake(m, dict, key)
    if (value === NULL) raiseWith(m, 'KeyError', [key])
    decref(m, value)
  },
  contains: dictContains,
  iterate: (m, dict) => newIterator(m, Source.DICT_KEYS, dict, dictLength(m.memory, dict)),
}

/** Goes over a table's entries. @param pick makes a new reference of an entry's key and value. */
export const walkOver = (name: string, type: string, pick: (m: Caller, key: Address, value: Address) => Address): Walk => ({
  name,
  at(m, table, place, iterator) {
    const { memory } = m
    if (lengthOf(memory, table) !== memory.get(iterator + ITERATOR_VERSION)) {
      raise(m, 'RuntimeError', `${type} changed size during iteration`)
    }
    let key: Address
    let value: Address
    enter(m, table)
    try {
      const number = inUseFrom(memory, table, place)
      if (number < 0) return NULL
      goOn(m, iterator, number)
      const entry = entryOf(memory, table, number)
      key = itself(m, entryKey(memory, entry))
      value = entryValue(memory, entry)
      if (value !== NULL) incref(m, value)
    } finally {
      leave(m)
    }
    try {
      return pick(m, key, value)
    } finally {
      decref(m, key)
      if (value !== NULL) decref(m, value)
    }
  },
})

export const DICT_KEYS_WALK = walkOver('dict_keyiterator', 'dictionary', (m, key) => itself(m, key))
export const DICT_VALUES_WALK = walkOver('dict_valueiterator', 'dictionary', (m, _key, value) => itself(m, value))
export const DICT_ITEMS_WALK = walkOver('dict_itemiterator', 'dictionary', (m, key, value) => newTuple(m, [key, value]))
