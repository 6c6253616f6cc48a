/**
 * Tuples: a fixed number of references.
 *
 * @see CPython Objects/tupleobject.c
 */
import { type Address, CELL, type Memory, NULL } from '../../memory/memory.ts'
import { cell, type Opened, record } from '../../memory/record.ts'
import { incref } from '../../refcount/biased.ts'
import { ObjectHeader, track } from '../../refcount/object-header.ts'
import { Kind } from './kinds.ts'
import type { Layout } from './layout.ts'
import type { Mutator } from './mutator.ts'
import { emptyTuple } from './singletons.ts'

export const Tuple = record('tuple', {
  base: ObjectHeader,
  length: cell,
  /** The first item. */
  items: cell,
})
export type Tuple = Opened<typeof Tuple>

export const { length: TUPLE_LENGTH, items: TUPLE_ITEMS } = Tuple.offset

/** @param items borrowed. */
export function newTuple(m: Mutator, items: readonly Address[]): Address {
  const tuple = newTupleOf(m, items.length)
  for (let index = 0; index < items.length; index++) {
    const item = items[index] as Address
    incref(m, item)
    setTupleItem(m.memory, tuple, index, item)
  }
  return tuple
}

/** A tuple whose items, NULL so far, the caller sets before it gives it away. */
export function newTupleOf(m: Mutator, length: number): Address {
  if (length === 0) return emptyTuple(m)
  const { memory } = m
  const tuple = m.newObject(Kind.TUPLE, TUPLE_ITEMS + length * CELL, Tuple.name)
  track(memory, tuple)
  memory.set(tuple + TUPLE_LENGTH, length)
  return tuple
}

/** Fills a place of a new tuple. @param item its reference is given over. */
export function setTupleItem(memory: Memory, tuple: Address, index: number, item: Address): void {
  memory.set(tuple + TUPLE_ITEMS + index * CELL, item)
}

/** How many items a tuple has. */
export const tupleLength = (memory: Memory, tuple: Address): number => memory.get(tuple + TUPLE_LENGTH)

/** @returns the item, borrowed. */
export const tupleItem = (memory: Memory, tuple: Address, index: number): Address => memory.get(tuple + TUPLE_ITEMS + index * CELL)

/** The items, borrowed. */
export function tupleItems(memory: Memory, tuple: Address): Address[] {
  return Array.from({ length: tupleLength(memory, tuple) }, (_, index) => tupleItem(memory, tuple, index))
}

export const TUPLE_LAYOUT: Layout = {
  name: 'tuple',
  visit(memory, tuple, each) {
    for (const item of tupleItems(memory, tuple)) if (item !== NULL) each(item)
  },
}
