/**
 * The hash table behind dictionaries and sets: ordered by insertion, changed under a lock, read without.
 *
 * What is here changes tables, or looks into one under its lock. `hash-table-layout.ts` shows how a table lies in memory, and
 * `hash-table-lookup.ts` reads it while others change it.
 */
import { type Address, CELL, type Memory, NULL } from '../../memory/memory.ts'
import { decref, incref, increfAndAllow } from '../../refcount/biased.ts'
import { begin, end } from '../../thread/critical-section.ts'
import {
  append,
  CHANGES,
  EMPTY,
  entryAt,
  entryKey,
  entryOf,
  entryValue,
  FIRST,
  HASH,
  inUseFrom,
  KEY,
  KEYS,
  MASK,
  MUTEX,
  newKeys,
  PERTURB_SHIFT,
  REMOVED,
  ROOM,
  SLOTS,
  USED,
  VALUE,
  visitTable,
} from './hash-table-layout.ts'
import type { Mutator } from './mutator.ts'

/** A block is replaced by one of so many slots per entry in use, at least. */
const GROWTH = 3

/** Whether two objects are equal; may run code of a program. They are held meanwhile. */
export type Equality<M> = (m: M, one: Address, other: Address) => boolean

/** Begins a change of a table: nobody else changes it until `leave`, except while the caller is detached. */
export function enter(m: Mutator, table: Address): void {
  begin(m, table + MUTEX, NULL)
}

/** Ends what `enter` began. */
export function leave(m: Mutator): void {
  end(m)
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

function changed(memory: Memory, table: Address): void {
  memory.set(table + CHANGES, memory.get(table + CHANGES) + 1)
}

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
