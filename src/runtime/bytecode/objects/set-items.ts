/**
 * Sets and frozen sets.
 *
 * @see CPython Objects/setobject.c
 */
import { type Address, NULL } from '../../memory/memory.ts'
import { decref } from '../../refcount/biased.ts'
import { track } from '../../refcount/object-header.ts'
import { walkOver } from './dict-items.ts'
import { filled } from './filled.ts'
import { add, empty, enter, find, leave, remove } from './hash-table.ts'
import { entryKey, entryOf, HashTable, inUseFrom, lengthOf, releaseTable, visitTable } from './hash-table-layout.ts'
import { has } from './hash-table-lookup.ts'
import { newIterator, Source } from './iterators.ts'
import { itself } from './itself.ts'
import { Kind, kindOf } from './kinds.ts'
import type { Layout } from './layout.ts'
import type { Caller, Mutator } from './mutator.ts'
import { equal } from './operate/compare.ts'
import { hash } from './operate/hash.ts'
import { collectItems } from './operate/iterate.ts'
import { Comparison, IN_PLACE, Operation, plainOperation } from './operate/operation.ts'
import { reprOfItems } from './operate/repr.ts'
import type { Protocol } from './protocols.ts'
import { raise } from './raise.ts'
import { dropAll } from './several.ts'
import { truthValue } from './singletons.ts'

/** Sets lie in memory alike. */
export type SetKind = typeof Kind.SET | typeof Kind.FROZENSET

/** An empty set. @throws OutOfMemory */
export function newSetOf(m: Mutator, kind: SetKind): Address {
  const set = m.newObject(kind, HashTable.size, 'set')
  track(m.memory, set)
  return set
}

/** A set of objects, borrowed. */
export function newSet(m: Caller, kind: SetKind, items: readonly Address[]): Address {
  return filled(m, newSetOf(m, kind), (set) => {
    for (const item of items) setAdd(m, set, item)
  })
}

/** Adds an object, borrowed, if none is equal to it. */
export function setAdd(m: Caller, set: Address, item: Address): void {
  const hashed = hash(m, item) | 0
  enter(m, set)
  try {
    if (find(m, set, item, hashed, equal) === NULL) add(m, set, item, hashed, NULL)
  } finally {
    leave(m)
  }
}

/**
 * Looks for an item. A set has no hash, but it may be looked for: a frozen one may be equal to it.
 *
 * @see CPython Objects/setobject.c, set_contains
 */
function lookingFor(m: Caller, item: Address, action: (item: Address) => boolean): boolean {
  if (kindOf(m.memory, item) !== Kind.SET) return action(item)
  const frozen = newSetOf(m, Kind.FROZENSET)
  try {
    setUpdate(m, frozen, item)
    return action(frozen)
  } finally {
    decref(m, frozen)
  }
}

/** @returns whether there was one to remove. */
export const setRemove = (m: Caller, set: Address, item: Address): boolean =>
  lookingFor(m, item, (sought) => removeHashable(m, set, sought))

function removeHashable(m: Caller, set: Address, item: Address): boolean {
  const { memory } = m
  const hashed = hash(m, item) | 0
  let key: Address
  enter(m, set)
  try {
    const entry = find(m, set, item, hashed, equal)
    if (entry === NULL) return false
    key = entryKey(memory, entry)
    remove(memory, set, entry)
  } finally {
    leave(m)
  }
  decref(m, key)
  return true
}

/** Takes the first item out. @returns it, given over; NULL if the set is empty. */
export function setTake(m: Mutator, set: Address): Address {
  const { memory } = m
  enter(m, set)
  try {
    const number = inUseFrom(memory, set, 0)
    if (number < 0) return NULL
    const entry = entryOf(memory, set, number)
    const item = entryKey(memory, entry)
    remove(memory, set, entry)
    return item
  } finally {
    leave(m)
  }
}

/** Adds everything that an object has when it is iterated over. */
export function setUpdate(m: Caller, set: Address, other: Address): void {
  const items = collectItems(m, other)
  try {
    for (const item of items) setAdd(m, set, item)
  } finally {
    dropAll(m, items)
  }
}

/** Whether a set holds what is equal to an object. @throws Raised if that has no hash */
export const setContains = (m: Caller, set: Address, item: Address): boolean =>
  lookingFor(m, item, (sought) => has(m, set, sought, hash(m, sought) | 0, equal))

/** What a set holds at one moment: new references. */
export function setItems(m: Mutator, set: Address): Address[] {
  const { memory } = m
  const items: Address[] = []
  enter(m, set)
  try {
    for (let number = inUseFrom(memory, set, 0); number >= 0; number = inUseFrom(memory, set, number + 1)) {
      items.push(itself(m, entryKey(memory, entryOf(memory, set, number))))
    }
  } finally {
    leave(m)
  }
  return items
}

/** Removes everything. */
export function setClear(m: Mutator, set: Address): void {
  enter(m, set)
  let held: Address[]
  try {
    held = empty(m, set)
  } finally {
    leave(m)
  }
  dropAll(m, held)
}

function withSetItems<T>(m: Caller, set: Address, action: (items: readonly Address[]) => T): T {
  const items = setItems(m, set)
  try {
    return action(items)
  } finally {
    dropAll(m, items)
  }
}

/** Whether an object is a set or a frozen set. */
export const isSet = (m: Mutator, object: Address): boolean => {
  const kind = kindOf(m.memory, object)
  return kind === Kind.SET || kind === Kind.FROZENSET
}

const isWithin = (m: Caller, one: Address, other: Address): boolean =>
  withSetItems(m, one, (items) => items.every((item) => setContains(m, other, item)))

/** What is in both, in either, and so on, by operation. */
const COMBINED: Readonly<Record<number, (inLeft: boolean, inRight: boolean) => boolean>> = {
  [Operation.AND]: (inLeft, inRight) => inLeft && inRight,
  [Operation.OR]: (inLeft, inRight) => inLeft || inRight,
  [Operation.XOR]: (inLeft, inRight) => inLeft !== inRight,
  [Operation.SUBTRACT]: (inLeft, inRight) => inLeft && !inRight,
}

/** What an operator makes of two sets; NULL if it is none of sets, or they are not both sets. */
export function combine(m: Caller, operation: number, left: Address, right: Address): Address {
  const plain = plainOperation(operation)
  const belongs = COMBINED[plain]
  if (belongs === undefined || !isSet(m, left) || !isSet(m, right)) return NULL
  const kind = kindOf(m.memory, left) as SetKind
  return withSetItems(m, left, (ours) =>
    withSetItems(m, right, (theirs) => {
      if (operation >= IN_PLACE && kind === Kind.SET) return combineInPlace(m, plain, left, right, ours, theirs)
      const kept = [
        ...ours.filter((item) => belongs(true, setContains(m, right, item))),
        ...theirs.filter((item) => belongs(false, true) && !setContains(m, left, item)),
      ]
      return newSet(m, kind, kept)
    }),
  )
}

/** Item by item, so that nobody misses what stays, and what others add meanwhile is not lost. */
function combineInPlace(
  m: Caller,
  operation: number,
  left: Address,
  right: Address,
  ours: readonly Address[],
  theirs: readonly Address[],
): Address {
  if (operation === Operation.AND) {
    for (const item of ours) if (!setContains(m, right, item)) setRemove(m, left, item)
  }
  for (const item of theirs) {
    if (operation === Operation.OR) setAdd(m, left, item)
    else if (operation === Operation.SUBTRACT) setRemove(m, left, item)
    else if (operation === Operation.XOR && !setRemove(m, left, item)) setAdd(m, left, item)
  }
  return itself(m, left)
}

function compareSets(m: Caller, comparison: number, left: Address, right: Address): Address {
  if (!isSet(m, right)) return NULL
  const [ours, theirs] = [lengthOf(m.memory, left), lengthOf(m.memory, right)]
  switch (comparison) {
    case Comparison.LT:
      return truthValue(m, ours < theirs && isWithin(m, left, right))
    case Comparison.LE:
      return truthValue(m, isWithin(m, left, right))
    case Comparison.GT:
      return truthValue(m, ours > theirs && isWithin(m, right, left))
    case Comparison.GE:
      return truthValue(m, isWithin(m, right, left))
    default:
      return truthValue(m, (ours === theirs && isWithin(m, left, right)) === (comparison === Comparison.EQ))
  }
}

const protocol = (name: string, ofHash: NonNullable<Protocol['hash']>): Protocol => ({
  binary: combine,
  compare: compareSets,
  hash: ofHash,
  repr: (m, set, within) =>
    withSetItems(m, set, (items) => {
      if (items.length === 0) return `${name}()`
      const inside = reprOfItems(m, set, items, within)
      if (inside === undefined) return `${name}(...)`
      return name === 'set' ? `{${inside}}` : `${name}({${inside}})`
    }),
  length: (m, set) => lengthOf(m.memory, set),
  contains: setContains,
  iterate: (m, set) => newIterator(m, Source.SET, set, lengthOf(m.memory, set)),
})

export const SET_PROTOCOL = protocol('set', (m) => raise(m, 'TypeError', "unhashable type: 'set'"))

/** The order of the items does not matter. */
export const FROZENSET_PROTOCOL = protocol('frozenset', (m, set) =>
  withSetItems(m, set, (items) => items.reduce((sum, item) => sum ^ Math.imul(hash(m, item) | 0, 0x9e3779b1), items.length)),
)

export const SET_LAYOUT: Layout = { name: 'set', visit: visitTable, release: releaseTable, clear: setClear }
export const SET_WALK = walkOver('set_iterator', 'Set', (m, item) => itself(m, item))
