/**
 * Looking into a hash table without its lock.
 *
 * A reader loads the block, follows the slots, and takes a reference to what it finds. Then it looks whether the
 * block is still the table's and the entry still holds what it found. If so, the reference is to what was there;
 * if not, or if a reference cannot be taken without asking, it looks again under the lock.
 *
 * @see CPython Objects/dictobject.c, _Py_dict_lookup_threadsafe
 */
import { type Address, CELL, type Memory, NULL } from '../../memory/memory.ts'
import { decref, increfAndAllow, tryIncref } from '../../refcount/biased.ts'
import { isImmortal } from '../../refcount/object-header.ts'
import { isDeferred } from './deferred.ts'
import { type Equality, enter, find, leave } from './hash-table.ts'
import { EMPTY, entryAt, FIRST, HASH, KEY, KEYS, MASK, PERTURB_SHIFT, REMOVED, SLOTS, VALUE } from './hash-table-layout.ts'
import { Kind, kindOf } from './kinds.ts'
import type { Mutator } from './mutator.ts'
import { type Reference, uncounted } from './reference.ts'

/** What a look without the lock comes to if there is no entry. */
const MISSING = NULL

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
