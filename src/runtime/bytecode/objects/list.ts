/**
 * Lists: references in a block that is replaced when it becomes too small.
 *
 * Whoever changes a list holds its mutex. Whoever reads an item takes no lock: it loads the block, the item, and
 * takes a reference to it if that is possible, then looks whether the item is still there. Only when an item
 * cannot be taken that way, or has been replaced meanwhile, is the lock taken for reading too.
 *
 * A block that is replaced is freed at once while only the list's owner has ever looked at it. The first other thread
 * that does takes the lock and marks the list as shared; from then on blocks are retired, and readers may
 * go on in an old one for a while.
 *
 * @see CPython Objects/listobject.c, list_get_item_ref
 */
import { type Address, CELL, type Memory, NULL } from '../../memory/memory.ts'
import { OutOfMemory } from '../../memory/out-of-memory.ts'
import { cell, type Opened, record } from '../../memory/record.ts'
import { decref, increfAndAllow, tryIncref } from '../../refcount/biased.ts'
import { ObjectHeader, ownerOf, track } from '../../refcount/object-header.ts'
import { begin, end } from '../../thread/critical-section.ts'
import { Kind } from './kinds.ts'
import type { Layout } from './layout.ts'
import type { Mutator } from './mutator.ts'
import { dropAll } from './several.ts'

export const List = record('list', {
  base: ObjectHeader,
  mutex: cell,
  length: cell,
  /** The block of items; NULL as long as there never were any. */
  block: cell,
  /** Not zero once a thread that does not own the list has used it. Set under the lock. */
  shared: cell,
})
export type List = Opened<typeof List>

export const { mutex: LIST_MUTEX, length: LIST_LENGTH, block: BLOCK, shared: LIST_SHARED } = List.offset

/** Raw memory for the items. */
const Block = record('list items', {
  /** How many there is room for. Never changes. */
  capacity: cell,
  /** The first of them. Behind the length of the list they mean nothing. */
  items: cell,
})
const { items: ITEMS } = Block.offset

/** An empty list, with room for some items. */
export function newListOf(m: Mutator, capacity: number): Address {
  const { memory } = m
  const list = m.newObject(Kind.LIST, List.size, List.name)
  track(memory, list)
  if (capacity === 0) return list
  const block = newBlock(m, capacity)
  if (block === NULL) {
    decref(m, list)
    throw new OutOfMemory('no memory for the items of a list')
  }
  memory.set(list + BLOCK, block)
  return list
}

/** @param items given over, also if there is no memory. @throws OutOfMemory */
export function newListGiven(m: Mutator, items: readonly Address[]): Address {
  const { memory } = m
  let list: Address
  try {
    list = newListOf(m, items.length)
  } catch (error) {
    dropAll(m, items)
    throw error
  }
  const block = memory.get(list + BLOCK)
  for (let index = 0; index < items.length; index++) memory.set(block + ITEMS + index * CELL, items[index] as Address)
  memory.set(list + LIST_LENGTH, items.length)
  return list
}

/** How many items there are at this moment. */
export const listLength = (memory: Memory, list: Address): number => memory.loadRelaxed(list + LIST_LENGTH)

/** The item at a place, a new reference; NULL if there is none at this moment. Takes no lock unless it has to. */
export function listItem(m: Mutator, list: Address, place: number): Address {
  const { memory } = m
  if (place >= memory.loadRelaxed(list + LIST_LENGTH)) return NULL
  if (memory.loadRelaxed(list + LIST_SHARED) === 0 && ownerOf(memory, list) !== m.identity) return itemUnderLock(m, list, place)
  // Acquire: the block's capacity and items were written before the list led to it.
  const block = memory.loadAcquire(list + BLOCK)
  if (place >= memory.loadRelaxed(block)) return NULL
  const at = block + ITEMS + place * CELL
  const item = memory.loadAcquire(at)
  if (item !== NULL && tryIncref(m, item)) {
    // Still there, so it was alive when the reference was taken, and is what this list holds.
    if (memory.load(at) === item && memory.load(list + BLOCK) === block) return item
    decref(m, item)
  }
  return itemUnderLock(m, list, place)
}

function itemUnderLock(m: Mutator, list: Address, place: number): Address {
  lock(m, list)
  const item = place < listLength(m.memory, list) ? m.memory.loadRelaxed(placeIn(m.memory, list, place)) : NULL
  // From now on others may take references without the lock.
  if (item !== NULL) increfAndAllow(m, item)
  unlock(m)
  return item
}

/** The items at this moment, as new references. */
export function listItems(m: Mutator, list: Address): Address[] {
  lock(m, list)
  const items = borrowedItems(m.memory, list)
  for (const item of items) increfAndAllow(m, item)
  unlock(m)
  return items
}

/** The items, borrowed. Nobody changes the list meanwhile. */
export function borrowedItems(memory: Memory, list: Address): Address[] {
  return Array.from({ length: listLength(memory, list) }, (_, place) => memory.loadRelaxed(placeIn(memory, list, place)))
}

/** @param item given over, also if there is no memory. @throws OutOfMemory */
export function append(m: Mutator, list: Address, item: Address): void {
  const { memory } = m
  lock(m, list)
  const length = listLength(memory, list)
  const grown = makeRoom(m, list, length + 1)
  if (grown) {
    memory.storeRelease(placeIn(memory, list, length), item)
    memory.storeRelaxed(list + LIST_LENGTH, length + 1)
  }
  unlock(m)
  if (!grown) refuse(m, [item])
}

/** Puts an item in the place of another. @param item given over, if there is such a place. @returns whether there is. */
export function replace(m: Mutator, list: Address, place: number, item: Address): boolean {
  const { memory } = m
  lock(m, list)
  const there = place < listLength(memory, list)
  const before = there ? memory.loadRelaxed(placeIn(memory, list, place)) : NULL
  if (there) memory.storeRelease(placeIn(memory, list, place), item)
  unlock(m)
  // Outside of the lock: ending an object may run anything.
  if (there) decref(m, before)
  return there
}

/**
 * Puts items in places at one distance from each other.
 * @param items given over.
 * @returns what stood there, and the items for which there is no place any more: given to the caller.
 */
export function replaceEvery(m: Mutator, list: Address, first: number, step: number, items: readonly Address[]): Address[] {
  const { memory } = m
  lock(m, list)
  const length = listLength(memory, list)
  const left = items.map((item, index) => {
    const place = first + index * step
    if (place >= length) return item
    const at = placeIn(memory, list, place)
    const before = memory.loadRelaxed(at)
    memory.storeRelease(at, item)
    return before
  })
  unlock(m)
  return left
}

/**
 * Puts items in the place of some that lie side by side.
 * @param at where from the length of the list, at this moment, says; and how many are to go.
 * @param items given over, also if there is no memory.
 * @returns those that were taken out, given to the caller.
 * @throws OutOfMemory
 */
export function splice(
  m: Mutator,
  list: Address,
  at: (length: number) => { start: number; count: number },
  items: readonly Address[],
): Address[] {
  const { memory } = m
  lock(m, list)
  const length = listLength(memory, list)
  const { start, count } = at(length)
  const after = length - count + items.length
  const grown = makeRoom(m, list, after)
  const taken: Address[] = []
  if (grown && length + after > 0) {
    const first = placeIn(memory, list, 0)
    for (let place = start; place < start + count; place++) taken.push(memory.loadRelaxed(first + place * CELL))
    const tail = Array.from({ length: length - start - count }, (_, index) => memory.loadRelaxed(first + (start + count + index) * CELL))
    for (const [index, item] of [...items, ...tail].entries()) memory.storeRelease(first + (start + index) * CELL, item)
    memory.storeRelaxed(list + LIST_LENGTH, after)
    // Nobody who still knows the old length may find there what ends now.
    for (let place = after; place < length; place++) memory.storeRelease(first + place * CELL, NULL)
  }
  unlock(m)
  return grown ? taken : refuse(m, items)
}

/** @param items for which there is no room; dropped. */
function refuse(m: Mutator, items: readonly Address[]): never {
  dropAll(m, items)
  throw new OutOfMemory('no memory for the items of a list')
}

/** Puts the items of a list into another order. @param order of the items, which are borrowed. */
export function reorder(m: Mutator, list: Address, order: (items: Address[]) => readonly Address[]): void {
  const { memory } = m
  lock(m, list)
  const items = order(borrowedItems(memory, list))
  for (const [place, item] of items.entries()) memory.storeRelease(placeIn(memory, list, place), item)
  unlock(m)
}

function lock(m: Mutator, list: Address): void {
  begin(m, list + LIST_MUTEX, NULL)
  if (ownerOf(m.memory, list) !== m.identity) m.memory.storeRelaxed(list + LIST_SHARED, 1)
}

function unlock(m: Mutator): void {
  end(m)
}

const placeIn = (memory: Memory, list: Address, place: number): Address => memory.loadRelaxed(list + BLOCK) + ITEMS + place * CELL

/** Sees to it that a list has room for that many items. The caller holds its lock. @returns false without memory. */
function makeRoom(m: Mutator, list: Address, length: number): boolean {
  const { memory } = m
  const block = memory.loadRelaxed(list + BLOCK)
  if (length <= (block === NULL ? 0 : memory.loadRelaxed(block))) return true
  // An eighth to spare, so that appending takes constant time on average.
  const bigger = newBlock(m, length + (length >> 3) + 4)
  if (bigger === NULL) return false
  const present = listLength(memory, list)
  for (let place = 0; place < present; place++) {
    memory.storeRelaxed(bigger + ITEMS + place * CELL, memory.loadRelaxed(block + ITEMS + place * CELL))
  }
  memory.storeRelease(list + BLOCK, bigger)
  if (block !== NULL && memory.loadRelaxed(list + LIST_SHARED) !== 0) m.retire(block)
  else if (block !== NULL) m.free(block)
  return true
}

function newBlock(m: Mutator, capacity: number): Address {
  const block = m.allocate(ITEMS + capacity * CELL, Block.name)
  if (block !== NULL) m.memory.storeRelaxed(block, capacity)
  return block
}

export const LIST_LAYOUT: Layout = {
  name: 'list',
  visit(memory, list, each) {
    for (const item of borrowedItems(memory, list)) each(item)
  },
  release(m, list) {
    // Whoever reads a list holds a reference to it, so nobody does any more.
    const block = m.memory.loadRelaxed(list + BLOCK)
    if (block !== NULL) m.free(block)
  },
  clear(m, list) {
    dropAll(
      m,
      splice(m, list, (length) => ({ start: 0, count: length }), []),
    )
  },
}
