/**
 * Classes.
 *
 * A class looks a name up in its own namespace and then in those of the classes that it is based on, in
 * an order that is fixed when the class is made. Its namespace may change at any time.
 *
 * @see CPython Objects/typeobject.c
 */
import { type Address, type Memory, NULL } from '../../memory/memory.ts'
import { cell, type Opened, record } from '../../memory/record.ts'
import { decref, incref } from '../../refcount/biased.ts'
import { ObjectHeader, track } from '../../refcount/object-header.ts'
import { builtinClass, specialName } from './classes.ts'
import { deferCounting } from './deferred.ts'
import { newDict } from './dict.ts'
import { CLASS, dropAt } from './instance.ts'
import { Kind, kindOf } from './kinds.ts'
import type { Layout } from './layout.ts'
import type { Mutator } from './mutator.ts'
import { getName, getNameReference, hasName, setName } from './names.ts'
import { raise } from './raise.ts'
import type { Reference } from './reference.ts'
import { none } from './singletons.ts'
import { textOf } from './str.ts'
import { newTuple, tupleItem, tupleItems, tupleLength } from './tuple.ts'

export const ClassObject = record('class', {
  base: ObjectHeader,
  /** Among the built-in ones; zero for a class that a program defines. */
  number: cell,
  /** The kind of its objects. */
  makes: cell,
  /** Strings. */
  name: cell,
  /** Tuple of the classes it is based on. */
  bases: cell,
  /** Tuple of the classes in which names are looked up, itself first. */
  order: cell,
  /** Dictionary. */
  namespace: cell,
})
export type ClassObject = Opened<typeof ClassObject>

const { number: NUMBER, makes: MAKES, name: NAME, bases: BASES, order: ORDER, namespace: NAMESPACE } = ClassObject.offset

/**
 * Makes a class as a class statement does.
 * @param name a string. @param bases classes; none means `object`. @param namespace a dictionary, which becomes the class's. All are borrowed.
 * @throws Raised if there cannot be such a class
 * @throws OutOfMemory
 */
export function newClass(m: Mutator, name: Address, bases: readonly Address[], namespace: Address): Address {
  const { memory } = m
  const based = bases.length === 0 ? [builtinClass(m, Kind.INSTANCE)] : bases
  const makes = kindMadeBy(m, based)
  const inherited = linearize(m, based)
  const type = newBlankClass(m, 0, makes)
  try {
    settleHash(m, namespace)
    fillClass(m, type, name, based, inherited, namespace)
  } catch (error) {
    // What it has so far is dropped with it.
    decref(m, type)
    throw error
  }
  track(memory, type)
  deferCounting(m, type)
  return type
}

/** What says when it is equal, but not what its hash is, has none. */
function settleHash(m: Mutator, namespace: Address): void {
  const [equality, hash] = [specialName(m, '__eq__'), specialName(m, '__hash__')]
  if (hasName(m, namespace, equality) && !hasName(m, namespace, hash)) setName(m, namespace, hash, none(m))
}

/** A class whose parts follow. @param number among the built-in ones, or zero. @throws OutOfMemory */
export function newBlankClass(m: Mutator, number: number, makes: number): Address {
  const type = m.newObject(Kind.CLASS, ClassObject.size, ClassObject.name)
  m.memory.set(type + NUMBER, number)
  m.memory.set(type + MAKES, makes)
  return type
}

/**
 * Gives a blank class its parts. If memory runs out it keeps those it has.
 * @param inherited the classes in which names are looked up after its own namespace. All are borrowed.
 * @param namespace an empty one unless given.
 * @throws OutOfMemory
 */
export function fillClass(
  m: Mutator,
  type: Address,
  name: Address,
  bases: readonly Address[],
  inherited: readonly Address[],
  namespace?: Address,
): void {
  const { memory } = m
  incref(m, name)
  memory.set(type + NAME, name)
  if (namespace !== undefined) incref(m, namespace)
  memory.set(type + NAMESPACE, namespace ?? newDict(m))
  memory.set(type + BASES, newTuple(m, bases))
  memory.set(type + ORDER, newTuple(m, [type, ...inherited]))
}

/** Drops what leads from a class to others. Nobody asks it for anything any more. */
export function dismantle(m: Mutator, type: Address): void {
  for (const part of [BASES, ORDER, NAMESPACE]) dropAt(m, type + part)
}

/** The class of an object, borrowed from the object. */
export function typeOf(m: Mutator, object: Address): Address {
  const kind = kindOf(m.memory, object)
  return kind >= Kind.INSTANCE ? m.memory.get(object + CLASS) : builtinClass(m, kind)
}

/** Its number among the built-in ones; zero for a class that a program defines. */
export const classNumber = (memory: Memory, type: Address): number => memory.get(type + NUMBER)
/** The kind of its objects. */
export const kindMade = (memory: Memory, type: Address): number => memory.get(type + MAKES)
/** Its name, borrowed. */
export const classNameOf = (memory: Memory, type: Address): Address => memory.get(type + NAME)
/** Its name, for messages. */
export const className = (memory: Memory, type: Address): string => textOf(memory, memory.get(type + NAME))
/** Its name, with the module and whatever else it was defined in. */
export function fullName(m: Mutator, type: Address): string {
  const { memory } = m
  if (classNumber(memory, type) !== 0) return className(memory, type)
  const own = className(memory, type)
  const name = textIn(m, type, '__qualname__', own, own)
  const module = textIn(m, type, '__module__', '__main__', undefined)
  return module === undefined ? name : `${module}.${name}`
}

/**
 * The text that a name stands for in a class's own namespace.
 * @param absent if it is not there.
 * @param other if it stands for something else.
 */
function textIn<T>(m: Mutator, type: Address, name: '__module__' | '__qualname__', absent: T, other: T): string | T {
  const found = getName(m, namespaceOf(m.memory, type), specialName(m, name))
  if (found === NULL) return absent
  const text = kindOf(m.memory, found) === Kind.STR ? textOf(m.memory, found) : other
  decref(m, found)
  return text
}

/** The tuple of the classes it is based on, borrowed. */
export const basesOf = (memory: Memory, type: Address): Address => memory.get(type + BASES)
/** The tuple of the classes in which names are looked up, borrowed. */
export const orderOf = (memory: Memory, type: Address): Address => memory.get(type + ORDER)
/** Its namespace, borrowed. */
export const namespaceOf = (memory: Memory, type: Address): Address => memory.get(type + NAMESPACE)

/** Whether an object is a class. */
export const isClass = (memory: Memory, object: Address): boolean => kindOf(memory, object) === Kind.CLASS

/** Whether a class is another, or is based on it. */
export function isSubclass(memory: Memory, type: Address, of: Address): boolean {
  if (type === of) return true
  const order = memory.get(type + ORDER)
  const length = tupleLength(memory, order)
  for (let index = 1; index < length; index++) if (tupleItem(memory, order, index) === of) return true
  return false
}

/** Whether an object is of a class, or of one that is based on it. */
export const isInstance = (m: Mutator, object: Address, type: Address): boolean => isSubclass(m.memory, typeOf(m, object), type)

/** Whether an object's class is not another's but based on it. Only classes that a program defines are asked. */
export function isDerived(m: Mutator, from: Address, object: Address): boolean {
  if (kindOf(m.memory, object) < Kind.INSTANCE) return false
  const [base, type] = [typeOf(m, from), typeOf(m, object)]
  return base !== type && isSubclass(m.memory, type, base)
}

/** Looks a name up in a class and those it is based on. @returns a reference of the caller's own, or NULL. */
export function lookUpInClass(m: Mutator, type: Address, name: Address): Reference {
  const { memory } = m
  const order = memory.get(type + ORDER)
  const length = tupleLength(memory, order)
  for (let index = 0; index < length; index++) {
    const found = getNameReference(m, memory.get(tupleItem(memory, order, index) + NAMESPACE), name)
    if (found !== NULL) return found
  }
  return NULL
}

/** The kind of what a class with these bases makes: instances, or exceptions. */
function kindMadeBy(m: Mutator, bases: readonly Address[]): number {
  const { memory } = m
  let makes: number = Kind.INSTANCE
  for (const base of bases) {
    if (!isClass(memory, base)) raise(m, 'TypeError', `bases must be types`)
    const kind = memory.get(base + MAKES)
    // Objects of other kinds have no place for a class of their own.
    if (kind < Kind.INSTANCE) raise(m, 'TypeError', `type '${className(memory, base)}' is not an acceptable base type`)
    makes = Math.max(makes, kind)
  }
  return makes
}

/**
 * The order in which names are looked up in a class's bases: each class before those it is based on, and bases in the order in
 * which each class names them.
 * @see "A Monotonic Superclass Linearization for Dylan" (OOPSLA 1996), known as C3
 * @throws Raised if there is no such order
 */
function linearize(m: Mutator, bases: readonly Address[]): Address[] {
  const { memory } = m
  const duplicate = bases.find((base, index) => bases.indexOf(base) !== index)
  if (duplicate !== undefined) raise(m, 'TypeError', `duplicate base class ${className(memory, duplicate)}`)
  let lists = [...bases.map((base) => tupleItems(memory, memory.get(base + ORDER))), [...bases]]
  const order: Address[] = []
  while (lists.length > 0) {
    const next = lists.map(([first]) => first as Address).find((first) => lists.every((list) => list.indexOf(first) <= 0))
    if (next === undefined) return inconsistent(m, lists)
    order.push(next)
    lists = lists.map((list) => (list[0] === next ? list.slice(1) : list)).filter((list) => list.length > 0)
  }
  return order
}

function inconsistent(m: Mutator, lists: readonly Address[][]): never {
  const names = [...new Set(lists.map(([first]) => first as Address))].map((type) => className(m.memory, type))
  raise(m, 'TypeError', `Cannot create a consistent method resolution order (MRO) for bases ${names.join(', ')}`)
}

const PARTS = [NAME, BASES, ORDER, NAMESPACE]

export const CLASS_LAYOUT: Layout = {
  name: 'type',
  visit(memory, type, each) {
    for (const part of PARTS) {
      const child = memory.get(type + part)
      if (child !== NULL) each(child)
    }
  },
  clear: dismantle,
}
