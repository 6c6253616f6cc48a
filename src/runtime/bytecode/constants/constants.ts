/**
 * Constants: of all equal ones, the one to be used, by all threads and for ever.
 *
 * Every thread that loads a constant would have to count it, and threads that run the same code would
 * contend for the count. So constants are made immortal, and one of each is enough: the first that is made
 * takes the place of all equal ones that come later. Equal means here: of one type and one value, down
 * to the sign of a zero; containers are equal if they hold the very same objects, which they do once
 * what they hold was looked up itself.
 *
 * A container is made immortal only if all that it holds is. Code objects never are, nor is anything that is no
 * constant of the language but was put among them; so what a code object holds cannot outlive it by accident.
 *
 * A thread that evaluates what is thrown away afterwards can suppress this (`suppression.ts`). Strings are interned
 * all the same.
 *
 * @see CPython Objects/codeobject.c, intern_constants
 */
import { type Address, CELL, type Memory, NULL } from '../../memory/memory.ts'
import { decref, incref } from '../../refcount/biased.ts'
import { makeImmortal } from '../../refcount/immortal.ts'
import { isImmortal } from '../../refcount/object-header.ts'
import { add, find, locked, makeRoom, mix, SEED } from '../code/object-table.ts'
import { BYTES_LENGTH, DATA } from '../objects/bytes.ts'
import { HIGH, LOW } from '../objects/float.ts'
import { visitTable } from '../objects/hash-table-layout.ts'
import { DIGITS, SIZE } from '../objects/int.ts'
import { Kind, kindOf } from '../objects/kinds.ts'
import type { Caller, Mutator } from '../objects/mutator.ts'
import { newSet } from '../objects/set-items.ts'
import { withEach } from '../objects/several.ts'
import { newSlice, sliceParts } from '../objects/slice.ts'
import { textOf } from '../objects/str.ts'
import { setTupleItem, tupleItem, tupleItems, tupleLength } from '../objects/tuple.ts'
import { internHeld } from './intern.ts'
import { isSuppressed } from './suppression.ts'

/**
 * Replaces constants, and those inside them, by the ones to be used. The caller has the tuple and all
 * that is in it to itself: they were just made, or the world is stopped.
 * @param tuple of constants; changed in place.
 * @throws OutOfMemory; what was replaced by then stays so.
 */
export function useCanonical(m: Caller, tuple: Address): void {
  const { memory } = m
  const length = tupleLength(memory, tuple)
  for (let index = 0; index < length; index++) {
    const before = tupleItem(memory, tuple, index)
    setTupleItem(memory, tuple, index, canonical(m, before))
    decref(m, before)
  }
}

/** What to use in the place of a constant. @returns a new reference. */
function canonical(m: Caller, constant: Address): Address {
  if (kindOf(m.memory, constant) === Kind.STR) return canonicalString(m, constant)
  const inside = withCanonicalItems(m, constant)
  try {
    return staysMortal(m, inside) ? taken(m, inside) : theOneEqualTo(m, inside)
  } finally {
    decref(m, inside)
  }
}

/** What the default build interns: other strings are hardly ever looked up. */
const NAME = /^\w*$/

function canonicalString(m: Mutator, string: Address): Address {
  return isFreeThreaded(m) || NAME.test(textOf(m.memory, string)) ? internHeld(m, string) : taken(m, string)
}

/** A constant whose items are the ones to be used: it itself, or if it cannot be changed another one. @returns a new reference. */
function withCanonicalItems(m: Caller, constant: Address): Address {
  const { memory } = m
  switch (kindOf(memory, constant)) {
    case Kind.TUPLE:
      useCanonical(m, constant)
      return taken(m, constant)
    case Kind.FROZENSET:
      return rebuilt(m, constant, frozensetItems(memory, constant), (items) => newSet(m, Kind.FROZENSET, items))
    case Kind.SLICE:
      // The default build does not look into them.
      if (!isFreeThreaded(m)) return taken(m, constant)
      return rebuilt(m, constant, sliceParts(memory, constant), (items) => newSlice(m, ...(items as [Address, Address, Address])))
    default:
      return taken(m, constant)
  }
}

function rebuilt(m: Caller, container: Address, items: readonly Address[], make: (items: readonly Address[]) => Address): Address {
  return withEach(
    m,
    items,
    (item) => canonical(m, item),
    (used) => (used.every((item, index) => item === items[index]) ? taken(m, container) : make(used)),
  )
}

function staysMortal(m: Mutator, constant: Address): boolean {
  const { memory } = m
  return isImmortal(memory, constant) || !isFreeThreaded(m) || isSuppressed(m) || !mayBeImmortal(memory, constant)
}

function mayBeImmortal(memory: Memory, constant: Address): boolean {
  switch (kindOf(memory, constant)) {
    case Kind.INT:
    case Kind.FLOAT:
    case Kind.BYTES:
      return true
    case Kind.TUPLE:
    case Kind.FROZENSET:
    case Kind.SLICE:
      return itemsOf(memory, constant).every((item) => isImmortal(memory, item))
    default:
      return false
  }
}

/** The first constant equal to one, which is that one itself if there was none. Immortal. */
function theOneEqualTo(m: Mutator, constant: Address): Address {
  const { memory } = m
  const table = m.shared.constants
  const content = contentOf(memory, constant)
  const hash = content.reduce(mix, SEED)
  return locked(m, table, () => {
    const known = find(memory, table, hash, (other) => isSame(content, contentOf(memory, other)))
    if (known !== NULL) return known
    makeRoom(m, table)
    // Before another thread can find it.
    makeImmortal(memory, constant)
    add(memory, table, hash, constant)
    return constant
  })
}

/** All that makes a constant what it is, so that two with the same content are the same. */
function contentOf(memory: Memory, constant: Address): number[] {
  const kind = kindOf(memory, constant)
  const cells = (from: number, count: number): number[] =>
    Array.from({ length: count }, (_, index) => memory.get(constant + from + index * CELL))
  switch (kind) {
    case Kind.INT:
      return [kind, ...cells(SIZE, 1), ...cells(DIGITS, Math.abs(memory.get(constant + SIZE)))]
    case Kind.FLOAT:
      return [kind, ...cells(LOW, 1), ...cells(HIGH, 1)]
    case Kind.BYTES:
      return [kind, ...cells(DATA, memory.get(constant + BYTES_LENGTH))]
    default:
      return [kind, ...itemsOf(memory, constant)]
  }
}

const isSame = (one: readonly number[], other: readonly number[]): boolean =>
  one.length === other.length && one.every((value, index) => value === other[index])

function itemsOf(memory: Memory, container: Address): readonly Address[] {
  switch (kindOf(memory, container)) {
    case Kind.TUPLE:
      return tupleItems(memory, container)
    case Kind.SLICE:
      return sliceParts(memory, container)
    default:
      return frozensetItems(memory, container)
  }
}

/** The items in order, borrowed: nobody changes the set. */
function frozensetItems(memory: Memory, set: Address): Address[] {
  const items: Address[] = []
  visitTable(memory, set, (item) => items.push(item))
  return items
}

const isFreeThreaded = ({ memory, shared }: Mutator): boolean => memory.get(shared.freeThreaded) !== 0

/** Takes a reference. */
function taken(m: Mutator, object: Address): Address {
  incref(m, object)
  return object
}
