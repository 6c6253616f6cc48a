/**
 * The hash table behind dictionaries and sets: ordered by insertion, written under a lock, read without.
 *
 *        table                 keys (raw memory)
 *       ┌────────┐            ┌──────┬──────────┬──────────────────────┬─────────────────────────────┐
 *       │ mutex  │            │ mask │ room ... │ slots: one per place │ entries, in order: hash,    │
 *       │ used   │     ┌─────►│      │          │ of the hash          │ key, value                  │
 *       │ keys ──┼─────┘      └──────┴──────────┴──────────────────────┴─────────────────────────────┘
 *       └────────┘
 *
 * A slot says which entry lies there, if any. Entries are only ever added behind the others, so an entry
 * never gets another key: it loses the one it has, or the whole block is replaced by a fresh one and retired.
 *
 * A reader loads the block, follows the slots, and takes a reference to what it finds. Then it looks whether the
 * block is still the table's and the entry still holds what it found. If so, the reference is to what was there;
 * if not, or if a reference cannot be taken without asking, it looks again under the lock.
 *
 * @see CPython Objects/dictobject.c, _Py_dict_lookup_threadsafe
 */
import { type Address, CELL, type Memory, NULL } from '../../memory/memory.ts'
import { OutOfMemory } from '../../memory/out-of-memory.ts'
import { array, cell, record } from '../../memory/record.ts'
import { decref, incref, increfAndAllow, tryIncref } from '../../refcount/biased.ts'
import { isImmortal, ObjectHeader } from '../../refcount/object-header.ts'
import { begin, end } from '../../thread/critical-section.ts'
import { isDeferred } from './deferred.ts'
import { Kind, kindOf } from './kinds.ts'
import type { Mutator } from './mutator.ts'
import { type Reference, uncounted } from './reference.ts'

/** What every object with a table begins with. */
export const HashTable = record('hash table', {
  base: ObjectHeader,
  /** Guards changes. Readers do without. */
  mutex: cell,
  /** How many entries are in use. */
  used: cell,
  /** The block of slots and entries; NULL for a table that is empty since it was made or cleared. */
  keys: cell,
  /** Grows with every change of what is where: who has let go of the lock in between can tell. */
  changes: cell,
})

const Keys = record('keys', {
  /** Slots, a power of two, minus one. */
  mask: cell,
  /** Entries that can still be added. */
  room: cell,
  /** Entries that were added, in use or not. */
  added: cell,
  slots: array(cell, 0),
})

const Entry = record('entry', {
  hash: cell,
  /** A counted reference; NULL once the entry has been removed. */
  key: cell,
  /** A counted reference; NULL in sets. */
  value: cell,
})

const { mutex: MUTEX, used: USED, keys: KEYS, changes: CHANGES } = HashTable.offset
const { mask: MASK, room: ROOM, added: ADDED, slots: SLOTS } = Keys.offset
const { hash: HASH, key: KEY, value: VALUE } = Entry.offset

/** What a slot holds if it leads to no entry; others hold the number of one, plus FIRST. */
const EMPTY = 0
const REMOVED = 1
const FIRST = 2

/** Slots of the smallest block. */
const SMALLEST = 8
/** A block is replaced by one of so many slots per entry in use, at least. */
const GROWTH = 3
/** How much of the hash each probe brings in. */
const PERTURB_SHIFT = 5

/** What a look without the lock comes to if there is no entry. */
const MISSING = NULL

/** Whether two objects are equal; may run code of a program. They are held meanwhile. */
export type Equality<M> = (m: M, one: Address, other: Address) => boolean

/** Begins a change of a table: nobody else changes it until `leave`, except while the caller is detached. */
export function enter(m: Mutator, table: Address): void {
  begin(m, table + MUTEX, NULL)
}

export function leave(m: Mutator): void {
  end(m)
}

/** How many entries there are. */
export const lengthOf = (memory: Memory, table: Address): number => memory.loadRelaxed(table + USED)

/** @returns a new reference to the value of a key; NULL without one. Takes the lock only if somebody is in the way. */
export function lookUp<M extends Mutator>(m: M, table: Address, key: Address, hash: number, equal: Equality<M>): Address {
  const { memory } = m
  const keys = memory.loadAcquire(table + KEYS)
  if (keys === NULL) return NULL
  const found = probe(memory, keys, key, hash)
  if (found === MISSING) return NULL
  const value = found > 0 ? take(m, table, keys, found) : takeIfEqual(m, table, keys, -found, key, equal)
  return value === NULL ? lookUpLocked(m, table, key, hash, equal) : value
}

/**
 * As `lookUp`, but a reference as a frame holds them: to an object that is immortal or whose counting is deferred it is
 * not counted, and tagged. So threads that look up one function do not contend for its count.
 */
export function lookUpReference<M extends Mutator>(m: M, table: Address, key: Address, hash: number, equal: Equality<M>): Reference {
  const { memory } = m
  const keys = memory.loadAcquire(table + KEYS)
  if (keys === NULL) return NULL
  const found = probe(memory, keys, key, hash)
  if (found > 0) {
    const value = memory.loadAcquire(found + VALUE)
    const unneeded = value !== NULL && (isImmortal(memory, value) || isDeferred(memory, value))
    // Looked at again, as in `take`: so it is what it seems. The collector will not end it before it has seen the caller's frame.
    if (unneeded && memory.load(found + VALUE) === value && memory.load(table + KEYS) === keys) return uncounted(value)
  }
  return lookUp(m, table, key, hash, equal)
}

/** Whether there is an entry with a key. */
export function has<M extends Mutator>(m: M, table: Address, key: Address, hash: number, equal: Equality<M>): boolean {
  const { memory } = m
  const keys = memory.loadAcquire(table + KEYS)
  if (keys === NULL) return false
  const found = probe(memory, keys, key, hash)
  if (found >= 0) return found !== MISSING
  const candidate = hold(m, table, keys, -found)
  if (candidate !== NULL) {
    const same = areSimple(memory, candidate, key) && equal(m, candidate, key)
    decref(m, candidate)
    if (same) return true
  }
  enter(m, table)
  try {
    return find(m, table, key, hash, equal) !== NULL
  } finally {
    leave(m)
  }
}

/** @returns the entry of a key, or NULL. The caller is in the table's section, and stays in it while it uses the entry. */
export function find<M extends Mutator>(m: M, table: Address, key: Address, hash: number, equal: Equality<M>): Address {
  const { memory } = m
  for (;;) {
    const keys = memory.loadRelaxed(table + KEYS)
    if (keys === NULL) return NULL
    const mask = memory.get(keys + MASK)
    let perturb = hash >>> 0
    for (let index = hash & mask; ; index = (index * 5 + perturb + 1) & mask) {
      const slot = memory.loadRelaxed(keys + SLOTS + index * CELL)
      if (slot === EMPTY) return NULL
      if (slot !== REMOVED) {
        const entry = entryAt(keys, mask, slot - FIRST)
        const candidate = memory.loadRelaxed(entry + KEY)
        if (candidate === key) return entry
        if (memory.get(entry + HASH) === hash) {
          const changes = memory.get(table + CHANGES)
          const same = compare(m, candidate, key, equal)
          // Comparing may have let go of the lock: then all is to be looked at anew.
          if (memory.get(table + CHANGES) !== changes) break
          if (same) return entry
        }
      }
      perturb >>>= PERTURB_SHIFT
    }
  }
  /* c8 ignore next -- nothing comes after a loop without an end */
}

/** The key of an entry, borrowed. The caller is in the table's section. */
export const entryKey = (memory: Memory, entry: Address): Address => memory.loadRelaxed(entry + KEY)
/** The value of an entry, borrowed. The caller is in the table's section. */
export const entryValue = (memory: Memory, entry: Address): Address => memory.loadRelaxed(entry + VALUE)
/** The hash of an entry's key. */
export const entryHash = (memory: Memory, entry: Address): number => memory.get(entry + HASH)

/** Gives an entry another value, and takes a reference to it. @returns the one before, with its reference. The caller is in the table's section. */
export function replace(m: Mutator, entry: Address, value: Address): Address {
  incref(m, value)
  const before = m.memory.loadRelaxed(entry + VALUE)
  m.memory.storeRelease(entry + VALUE, value)
  return before
}

/**
 * Adds an entry for a key that has none, and takes references. The caller is in the table's section, and has found none in it.
 * @param value NULL in sets.
 * @throws OutOfMemory
 */
export function add(m: Mutator, table: Address, key: Address, hash: number, value: Address): void {
  const { memory } = m
  let keys = memory.loadRelaxed(table + KEYS)
  if (keys === NULL || memory.get(keys + ROOM) === 0) keys = grow(m, table)
  incref(m, key)
  if (value !== NULL) incref(m, value)
  append(memory, keys, key, hash, value)
  memory.storeRelaxed(table + USED, memory.loadRelaxed(table + USED) + 1)
  changed(memory, table)
}

/** Removes an entry. The table's references to key and value become the caller's, who has read them. The caller is in the table's section. */
export function remove(memory: Memory, table: Address, entry: Address): void {
  const keys = memory.loadRelaxed(table + KEYS)
  const mask = memory.get(keys + MASK)
  const hash = memory.get(entry + HASH)
  let perturb = hash >>> 0
  let index = hash & mask
  while (entryAt(keys, mask, memory.loadRelaxed(keys + SLOTS + index * CELL) - FIRST) !== entry) {
    perturb >>>= PERTURB_SHIFT
    index = (index * 5 + perturb + 1) & mask
  }
  memory.storeRelease(keys + SLOTS + index * CELL, REMOVED)
  memory.storeRelease(entry + KEY, NULL)
  memory.storeRelease(entry + VALUE, NULL)
  memory.storeRelaxed(table + USED, memory.loadRelaxed(table + USED) - 1)
  changed(memory, table)
}

/** Empties a table. @returns what it held: the references are the caller's now. The caller is in the table's section. */
export function empty(m: Mutator, table: Address): Address[] {
  const { memory } = m
  const held: Address[] = []
  visitTable(memory, table, (child) => held.push(child))
  const keys = memory.loadRelaxed(table + KEYS)
  memory.storeRelease(table + KEYS, NULL)
  memory.storeRelaxed(table + USED, 0)
  changed(memory, table)
  if (keys !== NULL) m.retire(keys)
  return held
}

/**
 * @param position the number of an entry; zero for the first.
 * @returns the number of the first one in use from there on, or -1. The caller is in the table's section.
 */
export function inUseFrom(memory: Memory, table: Address, position: number): number {
  const keys = memory.loadRelaxed(table + KEYS)
  if (keys === NULL) return -1
  const mask = memory.get(keys + MASK)
  const added = memory.get(keys + ADDED)
  for (let number = position; number < added; number++) {
    if (memory.loadRelaxed(entryAt(keys, mask, number) + KEY) !== NULL) return number
  }
  return -1
}

/** The last entry in use, or NULL. The caller is in the table's section. */
export function lastEntry(memory: Memory, table: Address): Address {
  const keys = memory.loadRelaxed(table + KEYS)
  if (keys === NULL) return NULL
  const mask = memory.get(keys + MASK)
  for (let number = memory.get(keys + ADDED) - 1; number >= 0; number--) {
    const entry = entryAt(keys, mask, number)
    if (memory.loadRelaxed(entry + KEY) !== NULL) return entry
  }
  return NULL
}

/** The entry with a number. The caller is in the table's section. */
export function entryOf(memory: Memory, table: Address, number: number): Address {
  const keys = memory.loadRelaxed(table + KEYS)
  return entryAt(keys, memory.get(keys + MASK), number)
}

/** Tells every object that the table counts. Nobody changes the table meanwhile. */
export function visitTable(memory: Memory, table: Address, each: (child: Address) => void): void {
  for (let number = inUseFrom(memory, table, 0); number >= 0; number = inUseFrom(memory, table, number + 1)) {
    const entry = entryOf(memory, table, number)
    each(memory.loadRelaxed(entry + KEY))
    const value = memory.loadRelaxed(entry + VALUE)
    if (value !== NULL) each(value)
  }
}

/** Gives the block of a table back that nobody can be reading: its object is dead. */
export function releaseTable(m: Mutator, table: Address): void {
  const keys = m.memory.loadRelaxed(table + KEYS)
  if (keys !== NULL) m.free(keys)
}

/**
 * Looks for a key without the lock.
 * @returns its entry, or MISSING; negative, the entry of another object with the same hash, which is to be compared.
 */
function probe(memory: Memory, keys: Address, key: Address, hash: number): Address {
  const mask = memory.get(keys + MASK)
  let perturb = hash >>> 0
  for (let index = hash & mask; ; index = (index * 5 + perturb + 1) & mask) {
    // Acquire: with the slot comes what stands in its entry.
    const slot = memory.loadAcquire(keys + SLOTS + index * CELL)
    if (slot === EMPTY) return MISSING
    if (slot !== REMOVED) {
      const entry = entryAt(keys, mask, slot - FIRST)
      const candidate = memory.loadAcquire(entry + KEY)
      if (candidate === key) return entry
      if (candidate !== NULL && memory.get(entry + HASH) === hash) return -entry
    }
    perturb >>>= PERTURB_SHIFT
  }
  /* c8 ignore next -- nothing comes after a loop without an end */
}

/** Takes a reference to the value of an entry that was found without the lock. @returns NULL if only the lock can tell. */
function take(m: Mutator, table: Address, keys: Address, entry: Address): Address {
  const { memory } = m
  const value = memory.loadAcquire(entry + VALUE)
  if (value === NULL || !tryIncref(m, value)) return NULL
  // Held from here on, so it cannot have become another object: if the entry is still in use and leads there, it did all along.
  if (memory.load(entry + VALUE) === value && memory.load(table + KEYS) === keys) return value
  decref(m, value)
  return NULL
}

/** As `take`, for an entry whose key has the same hash, if it is equal. */
function takeIfEqual<M extends Mutator>(m: M, table: Address, keys: Address, entry: Address, key: Address, equal: Equality<M>): Address {
  const candidate = hold(m, table, keys, entry)
  if (candidate === NULL) return NULL
  const value = areSimple(m.memory, candidate, key) && equal(m, candidate, key) ? take(m, table, keys, entry) : NULL
  // Last of all: dropping a reference may let go of the block.
  decref(m, candidate)
  return value
}

/** Takes a reference to the key of an entry that was found without the lock. @returns NULL if only the lock can tell. */
function hold(m: Mutator, table: Address, keys: Address, entry: Address): Address {
  const { memory } = m
  const key = memory.loadAcquire(entry + KEY)
  if (key === NULL || !tryIncref(m, key)) return NULL
  if (memory.load(entry + KEY) === key && memory.load(table + KEYS) === keys) return key
  decref(m, key)
  return NULL
}

/** Whether comparing two objects is a matter of reading them. Otherwise it runs code of a program, and may let go of the block. */
const areSimple = (memory: Memory, one: Address, other: Address): boolean =>
  isSimple(kindOf(memory, one)) && isSimple(kindOf(memory, other))

const isSimple = (kind: number): boolean => kind >= Kind.NONE && kind <= Kind.NOT_IMPLEMENTED

function lookUpLocked<M extends Mutator>(m: M, table: Address, key: Address, hash: number, equal: Equality<M>): Address {
  enter(m, table)
  try {
    const entry = find(m, table, key, hash, equal)
    if (entry === NULL) return NULL
    const value = m.memory.loadRelaxed(entry + VALUE)
    increfAndAllow(m, value)
    return value
  } finally {
    leave(m)
  }
}

/** Compares under the lock, which the comparison may let go. From now on the candidate may be compared without it. */
function compare<M extends Mutator>(m: M, candidate: Address, key: Address, equal: Equality<M>): boolean {
  increfAndAllow(m, candidate)
  try {
    return equal(m, candidate, key)
  } finally {
    decref(m, candidate)
  }
}

/** Replaces the block by one with more room, and without the entries that were removed. @returns it. */
function grow(m: Mutator, table: Address): Address {
  const { memory } = m
  const old = memory.loadRelaxed(table + KEYS)
  const fresh = newKeys(m, memory.loadRelaxed(table + USED) * GROWTH)
  for (let number = inUseFrom(memory, table, 0); number >= 0; number = inUseFrom(memory, table, number + 1)) {
    const entry = entryOf(memory, table, number)
    append(memory, fresh, memory.loadRelaxed(entry + KEY), memory.get(entry + HASH), memory.loadRelaxed(entry + VALUE))
  }
  // Release: who finds the block finds all that is in it.
  memory.storeRelease(table + KEYS, fresh)
  if (old !== NULL) m.retire(old)
  return fresh
}

function newKeys(m: Mutator, least: number): Address {
  const { memory } = m
  let slots = SMALLEST
  while (slots < least) slots *= 2
  // A third stays empty, so that looking for what is not there comes to an end soon.
  const entries = Math.floor((slots * 2) / 3)
  const keys = m.allocate(Keys.size + slots * CELL + entries * Entry.size, Keys.name)
  if (keys === NULL) throw new OutOfMemory('no memory for a table')
  memory.set(keys + MASK, slots - 1)
  memory.set(keys + ROOM, entries)
  return keys
}

/** Writes an entry behind the others, and then the slot that leads there. */
function append(memory: Memory, keys: Address, key: Address, hash: number, value: Address): void {
  const mask = memory.get(keys + MASK)
  const number = memory.get(keys + ADDED)
  const entry = entryAt(keys, mask, number)
  memory.set(entry + HASH, hash)
  memory.storeRelaxed(entry + KEY, key)
  memory.storeRelaxed(entry + VALUE, value)
  let perturb = hash >>> 0
  let index = hash & mask
  while (memory.loadRelaxed(keys + SLOTS + index * CELL) >= FIRST) {
    perturb >>>= PERTURB_SHIFT
    index = (index * 5 + perturb + 1) & mask
  }
  memory.set(keys + ADDED, number + 1)
  memory.set(keys + ROOM, memory.get(keys + ROOM) - 1)
  // Release: who finds the slot finds the entry.
  memory.storeRelease(keys + SLOTS + index * CELL, number + FIRST)
}

function changed(memory: Memory, table: Address): void {
  memory.set(table + CHANGES, memory.get(table + CHANGES) + 1)
}

const entryAt = (keys: Address, mask: number, number: number): Address => keys + SLOTS + (mask + 1) * CELL + number * Entry.size

/** Sets the value of a key; both borrowed. @throws OutOfMemory, and whatever comparing keys throws */
export function put<M extends Mutator>(m: M, table: Address, key: Address, hash: number, value: Address, equal: Equality<M>): void {
  let before: Address = NULL
  enter(m, table)
  try {
    const entry = find(m, table, key, hash, equal)
    if (entry === NULL) add(m, table, key, hash, value)
    else before = replace(m, entry, value)
  } finally {
    leave(m)
  }
  // What ends now may run code, so not under the lock.
  if (before !== NULL) decref(m, before)
}

/** @returns the value of a key that is taken out, given over; NULL if there was none. */
export function takeOut<M extends Mutator>(m: M, table: Address, key: Address, hash: number, equal: Equality<M>): Address {
  const { memory } = m
  let held: Address = NULL
  let value: Address = NULL
  enter(m, table)
  try {
    const entry = find(m, table, key, hash, equal)
    if (entry === NULL) return NULL
    held = entryKey(memory, entry)
    value = entryValue(memory, entry)
    remove(memory, table, entry)
  } finally {
    leave(m)
  }
  decref(m, held)
  return value
}
