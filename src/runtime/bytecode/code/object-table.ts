/**
 * A table of objects by what they are: which of all equal ones is the one to be used.
 *
 * Open addressing with linear probing, at most half full, in one block that is replaced by one of twice the size. Each entry
 * keeps the hash beside the object, so that growing looks at no object. The table counts no references:
 * what is in it is immortal, or takes itself out before it ends.
 *
 * Everything happens under the table's lock. It is held for moments and guards nothing else, so whoever waits for it stays attached.
 *
 * @see CPython Python/hashtable.c
 */
import { type Address, CELL, type Memory, NULL } from '../../memory/memory.ts'
import { OutOfMemory } from '../../memory/out-of-memory.ts'
import { cell, type Opened, record } from '../../memory/record.ts'
import { lock, unlock } from '../../sync/mutex.ts'
import type { Mutator } from '../objects/mutator.ts'

export const ObjectTable = record('object table', {
  mutex: cell,
  /** Objects in the table. */
  count: cell,
  /** Entries that the block has room for: zero, or a power of two. */
  capacity: cell,
  /** The block; NULL while the capacity is zero. */
  entries: cell,
})
export type ObjectTable = Opened<typeof ObjectTable>

/** An empty entry holds NULL for an object. */
const Entry = record('entry', { hash: cell, object: cell })
const { hash: HASH, object: OBJECT } = Entry.offset

const SMALLEST = 32

/** What a hash begins with. */
export const SEED = 0x811c_9dc5 | 0

/** The hash of what was hashed so far and one more cell (FNV-1a, a cell at a time). */
export const mix = (hash: number, value: number): number => Math.imul(hash ^ value ^ (value >>> 15), 0x0100_0193)

/** The hash of cells that lie one behind the other. */
export function hashOf(memory: Memory, from: Address, count: number): number {
  let hash = SEED
  for (let at = from; at < from + count * CELL; at += CELL) hash = mix(hash, memory.get(at))
  return hash
}

/** Runs an action under the table's lock. It must not do anything that may sleep, or end an object. */
export function locked<T>({ memory, attached }: Mutator, table: ObjectTable, action: () => T): T {
  lock(attached, table.mutex)
  try {
    return action()
  } finally {
    unlock(memory, attached.lot, table.mutex)
  }
}

/** The object of that hash that is the same as one looked for, or NULL. Under the lock. */
export function find(memory: Memory, table: ObjectTable, hash: number, isSame: (object: Address) => boolean): Address {
  if (memory.get(table.capacity) === 0) return NULL
  let index = homeOf(memory, table, hash)
  // At least half of the entries are empty, so it comes to one.
  for (let object = objectAt(memory, table, index); object !== NULL; object = objectAt(memory, table, index)) {
    if (hashAt(memory, table, index) === hash && isSame(object)) return object
    index = next(memory, table, index)
  }
  return NULL
}

/** Makes room for one more object, so that adding it cannot fail. Under the lock. @throws OutOfMemory without having changed anything. */
export function makeRoom(m: Mutator, table: ObjectTable): void {
  const { memory } = m
  if (2 * memory.get(table.count) >= memory.get(table.capacity)) grow(m, table)
}

/** Adds an object that is not in the table, for which there is room. Under the lock. */
export function add(memory: Memory, table: ObjectTable, hash: number, object: Address): void {
  insert(memory, table, hash, object)
  memory.set(table.count, memory.get(table.count) + 1)
}

/** Takes an object out, if it is in the table. Under the lock. */
export function remove(memory: Memory, table: ObjectTable, hash: number, object: Address): void {
  if (find(memory, table, hash, (other) => other === object) === NULL) return
  let hole = homeOf(memory, table, hash)
  while (objectAt(memory, table, hole) !== object) hole = next(memory, table, hole)
  // Whatever stands behind the hole and could not be found across it moves up into it.
  for (let index = next(memory, table, hole); objectAt(memory, table, index) !== NULL; index = next(memory, table, index)) {
    const home = homeOf(memory, table, hashAt(memory, table, index))
    if (distance(memory, table, home, index) < distance(memory, table, hole, index)) continue
    put(memory, table, hole, hashAt(memory, table, index), objectAt(memory, table, index))
    hole = index
  }
  put(memory, table, hole, 0, NULL)
  memory.set(table.count, memory.get(table.count) - 1)
}

/** All objects of a table that nobody changes meanwhile. */
export function* objectsIn(memory: Memory, table: ObjectTable): Generator<Address> {
  for (let index = 0; index < memory.get(table.capacity); index++) {
    const object = objectAt(memory, table, index)
    if (object !== NULL) yield object
  }
}

/** Empties the table and frees its block. Nobody else uses it any more. */
export function disposeTable(m: Mutator, table: ObjectTable): void {
  const { memory } = m
  const entries = memory.get(table.entries)
  for (const field of [table.count, table.capacity, table.entries]) memory.set(field, 0)
  if (entries !== NULL) m.free(entries)
}

function grow(m: Mutator, table: ObjectTable): void {
  const { memory } = m
  const [before, capacity] = [memory.get(table.entries), memory.get(table.capacity)]
  const larger = Math.max(SMALLEST, 2 * capacity)
  const entries = m.allocate(larger * Entry.size, ObjectTable.name)
  if (entries === NULL) throw new OutOfMemory(`no memory for: ${ObjectTable.name}`)
  memory.set(table.entries, entries)
  memory.set(table.capacity, larger)
  for (let at = before; at < before + capacity * Entry.size; at += Entry.size) {
    const object = memory.get(at + OBJECT)
    if (object !== NULL) insert(memory, table, memory.get(at + HASH), object)
  }
  if (before !== NULL) m.free(before)
}

function insert(memory: Memory, table: ObjectTable, hash: number, object: Address): void {
  let index = homeOf(memory, table, hash)
  while (objectAt(memory, table, index) !== NULL) index = next(memory, table, index)
  put(memory, table, index, hash, object)
}

function put(memory: Memory, table: ObjectTable, index: number, hash: number, object: Address): void {
  const entry = entryAt(memory, table, index)
  memory.set(entry + HASH, hash)
  memory.set(entry + OBJECT, object)
}

/** How far it is from one index to another, going forward. */
const distance = (memory: Memory, table: ObjectTable, from: number, to: number): number => (to - from) & (memory.get(table.capacity) - 1)

const homeOf = (memory: Memory, table: ObjectTable, hash: number): number => (hash ^ (hash >>> 16)) & (memory.get(table.capacity) - 1)
const next = (memory: Memory, table: ObjectTable, index: number): number => (index + 1) & (memory.get(table.capacity) - 1)
const entryAt = (memory: Memory, table: ObjectTable, index: number): Address => memory.get(table.entries) + index * Entry.size
const hashAt = (memory: Memory, table: ObjectTable, index: number): number => memory.get(entryAt(memory, table, index) + HASH)
const objectAt = (memory: Memory, table: ObjectTable, index: number): Address => memory.get(entryAt(memory, table, index) + OBJECT)
