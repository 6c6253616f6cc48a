/**
 * Cells: variables that a function shares with the functions inside it.
 *
 * @see CPython Objects/cellobject.c
 */
import { type Address, NULL } from '../../memory/memory.ts'
import { type Opened, record } from '../../memory/record.ts'
import { decref, incref } from '../../refcount/biased.ts'
import { ObjectHeader, track } from '../../refcount/object-header.ts'
import { Place, put, take } from '../../refcount/place.ts'
import { Kind } from './kinds.ts'
import type { Layout } from './layout.ts'
import type { Mutator } from './mutator.ts'

export const CellObject = record('cell', {
  base: ObjectHeader,
  /** What the variable holds; NULL while it is unbound. */
  place: Place,
})
export type CellObject = Opened<typeof CellObject>

const PLACE = CellObject.offset.place
const VALUE = PLACE + Place.offset.value

/** @param value borrowed; NULL for a variable that is not bound yet. @throws OutOfMemory */
export function newCell(m: Mutator, value: Address): Address {
  const { memory } = m
  const object = m.newObject(Kind.CELL, CellObject.size, CellObject.name)
  if (value !== NULL) {
    incref(m, value)
    memory.storeRelaxed(object + VALUE, value)
  }
  track(memory, object)
  return object
}

/** @returns a new reference to what the cell holds, or NULL. */
export const cellGet = (m: Mutator, object: Address): Address => take(m, m.detaching, Place.at(object + PLACE))

/** @param value given over; NULL to unbind the variable. @returns what was there, given over; or NULL. */
export const cellSet = (m: Mutator, object: Address, value: Address): Address => put(m.detaching, Place.at(object + PLACE), value)

export const CELL_LAYOUT: Layout = {
  name: 'cell',
  visit(memory, object, each) {
    const value = memory.loadRelaxed(object + VALUE)
    if (value !== NULL) each(value)
  },
  clear(m, object) {
    const value = cellSet(m, object, NULL)
    if (value !== NULL) decref(m, value)
  },
}
