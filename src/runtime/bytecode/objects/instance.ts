/**
 * Objects that say themselves what class they are of: instances of classes that a program defines.
 *
 * Their attributes lie in a dictionary, which is made when the first is set and stays the object's.
 *
 * @see CPython Objects/typeobject.c, Objects/dictobject.c
 */
import { type Address, NULL } from '../../memory/memory.ts'
import { cell, record } from '../../memory/record.ts'
import { decref, incref } from '../../refcount/biased.ts'
import { ObjectHeader, track } from '../../refcount/object-header.ts'
import { newDict } from './dict.ts'
import { Kind } from './kinds.ts'
import type { Layout } from './layout.ts'
import type { Mutator } from './mutator.ts'

/** Exceptions begin with the same. */
export const Instance = record('instance', {
  base: ObjectHeader,
  /** Its class. */
  class: cell,
  /** Dictionary of its attributes; NULL until the first is set. */
  dictionary: cell,
})

export const { class: CLASS, dictionary: DICTIONARY } = Instance.offset

/** @param type a class that makes instances; borrowed. @throws OutOfMemory */
export function newInstance(m: Mutator, type: Address): Address {
  const { memory } = m
  const object = m.newObject(Kind.INSTANCE, Instance.size, Instance.name)
  incref(m, type)
  memory.set(object + CLASS, type)
  track(memory, object)
  return object
}

/**
 * The dictionary that a cell leads to, borrowed from whoever has the cell. Makes it if it is not there: of several threads that do,
 * the first prevails.
 * @throws OutOfMemory
 */
export function dictionaryAt(m: Mutator, at: Address): Address {
  const known = m.memory.loadAcquire(at)
  if (known !== NULL) return known
  const fresh = newDict(m)
  const before = m.memory.compareExchange(at, NULL, fresh)
  if (before === NULL) return fresh
  decref(m, fresh)
  return before
}

/** Drops what a cell counts. For the collector: nobody else sees it. */
export function dropAt(m: Mutator, at: Address): void {
  const child = m.memory.exchange(at, NULL)
  if (child !== NULL) decref(m, child)
}

export const INSTANCE_LAYOUT: Layout = {
  name: 'object',
  visit(memory, object, each) {
    each(memory.get(object + CLASS))
    const dictionary = memory.loadAcquire(object + DICTIONARY)
    if (dictionary !== NULL) each(dictionary)
  },
  clear: (m, object) => dropAt(m, object + DICTIONARY),
}
