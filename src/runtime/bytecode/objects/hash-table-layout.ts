/**
 * How a hash table and its entries lie in memory, and what can be said of them without knowing what keys are.
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
 * Whoever reads here has the table to itself, unless it is said otherwise.
 */
import { type Address, CELL, type Memory, NULL } from '../../memory/memory.ts'
import { OutOfMemory } from '../../memory/out-of-memory.ts'
import { array, cell, record } from '../../memory/record.ts'
import { ObjectHeader } from '../../refcount/object-header.ts'
import type { Mutator } from './mutator.ts'

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

export const { mutex: MUTEX, used: USED, keys: KEYS, changes: CHANGES } = HashTable.offset
export const { mask: MASK, room: ROOM, added: ADDED, slots: SLOTS } = Keys.offset
export const { hash: HASH, key: KEY, value: VALUE } = Entry.offset

/** What a slot holds if it leads to no entry; others hold the number of one, plus FIRST. */
export const EMPTY = 0
export const REMOVED = 1
export const FIRST = 2

/** Slots of the smallest block. */
const SMALLEST = 8

/** How much of the hash each probe brings in. */
export const PERTURB_SHIFT = 5

/** How many entries there are. */
export const lengthOf = (memory: Memory, table: Address): number => memory.loadRelaxed(table + USED)

/** The key of an entry, borrowed. The caller is in the table's section. */
export const entryKey = (memory: Memory, entry: Address): Address => memory.loadRelaxed(entry + KEY)
/** The value of an entry, borrowed. The caller is in the table's section. */
export const entryValue = (memory: Memory, entry: Address): Address => memory.loadRelaxed(entry + VALUE)
/** The hash of an entry's key. */
export const entryHash = (memory: Memory, entry: Address): number => memory.get(entry + HASH)

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

export function newKeys(m: Mutator, least: number): Address {
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
export function append(memory: Memory, keys: Address, key: Address, hash: number, value: Address): void {
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

export const entryAt = (keys: Address, mask: number, number: number): Address => keys + SLOTS + (mask + 1) * CELL + number * Entry.size
