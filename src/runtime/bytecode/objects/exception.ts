/**
 * Exceptions, as objects.
 *
 * @see CPython Objects/exceptions.c
 */
import { type Address, type Memory, NULL } from '../../memory/memory.ts'
import { cell, record } from '../../memory/record.ts'
import { decref, incref } from '../../refcount/biased.ts'
import { isImmortal, ObjectHeader, track } from '../../refcount/object-header.ts'
import { Place, put, take } from '../../refcount/place.ts'
import { CLASS, DICTIONARY, dropAt } from './instance.ts'
import { Kind } from './kinds.ts'
import type { Layout } from './layout.ts'
import type { Mutator } from './mutator.ts'
import { dropAll } from './several.ts'

/** Begins as an instance does. What follows can be set at any time, by any thread. */
export const ExceptionObject = record('exception', {
  base: ObjectHeader,
  class: cell,
  dictionary: cell,
  /** Tuple of what it was made with. */
  args: Place,
  /** The exception that was being handled when it was raised. */
  context: Place,
  /** The exception that it was raised from. */
  cause: Place,
  /** Not zero: the context is not to be shown, since a cause was given. */
  suppress: cell,
  /** The line that it was raised in, of the innermost frame; zero while it has not come to any. */
  line: cell,
})
const { args: ARGS, context: CONTEXT, cause: CAUSE, suppress: SUPPRESS, line: LINE } = ExceptionObject.offset
const VALUE = Place.offset.value
const PLACES = [ARGS, CONTEXT, CAUSE]

/** @param type its class. @param args a tuple. Both are borrowed. @throws OutOfMemory */
export function newException(m: Mutator, type: Address, args: Address): Address {
  const { memory } = m
  const object = m.newObject(Kind.EXCEPTION, ExceptionObject.size, ExceptionObject.name)
  incref(m, type)
  incref(m, args)
  memory.set(object + CLASS, type)
  memory.storeRelaxed(object + ARGS + VALUE, args)
  track(memory, object)
  return object
}

/** @returns a new reference to the tuple of what the exception was made with. */
export const argsOf = (m: Mutator, exception: Address): Address => take(m, m.detaching, Place.at(exception + ARGS))

/** @param args a tuple, borrowed. */
export const setArgs = (m: Mutator, exception: Address, args: Address): void => set(m, exception + ARGS, args)

/** @returns a new reference to the exception that was being handled when this one was raised; NULL without one. */
export const contextOf = (m: Mutator, exception: Address): Address => take(m, m.detaching, Place.at(exception + CONTEXT))

/** @returns a new reference to the exception that this one was raised from; NULL without one. */
export const causeOf = (m: Mutator, exception: Address): Address => take(m, m.detaching, Place.at(exception + CAUSE))

/** Says what an exception was raised from. @param cause an exception, borrowed; NULL for none. */
export function setCause(m: Mutator, exception: Address, cause: Address): void {
  set(m, exception + CAUSE, cause)
  m.memory.storeRelaxed(exception + SUPPRESS, 1)
}

/** Whether the context is not to be shown. */
export const suppressesContext = (memory: Memory, exception: Address): boolean => memory.loadRelaxed(exception + SUPPRESS) !== 0
/** Says whether the context is to be shown. */
export const suppressContext = (memory: Memory, exception: Address, suppress: boolean): void =>
  memory.storeRelaxed(exception + SUPPRESS, suppress ? 1 : 0)

/** The line that an exception was raised in; zero if it has not been raised in a frame. */
export const raisedIn = (memory: Memory, exception: Address): number => memory.loadRelaxed(exception + LINE)

/** Says where an exception was raised, unless that is known. */
export function noteLine(memory: Memory, exception: Address, line: number): void {
  // Whichever of several threads is first: an exception that two raise at once has two lines.
  if (memory.loadRelaxed(exception + LINE) === 0) memory.storeRelaxed(exception + LINE, line)
}

/** Sets the context without a further look. @param context an exception, borrowed; NULL for none. */
export const setContext = (m: Mutator, exception: Address, context: Address): void => set(m, exception + CONTEXT, context)

/**
 * Says that an exception is raised while another is being handled, unless they are the same. If it is in the other's chain
 * of contexts already, the chain is cut there, so that it has an end. What is immortal is everybody's, and has no context.
 * @param handled borrowed.
 */
export function chain(m: Mutator, exception: Address, handled: Address): void {
  if (exception === handled || isImmortal(m.memory, exception)) return
  // Held until the end of the walk: what is met twice is the same, and the chain a loop that was there before.
  const met: Address[] = []
  for (let at = handled; ; at = met.at(-1) as Address) {
    const next = contextOf(m, at)
    if (next === NULL) break
    const known = met.includes(next)
    met.push(next)
    if (next === exception) setContext(m, at, NULL)
    if (known || next === exception) break
  }
  dropAll(m, met)
  setContext(m, exception, handled)
}

function set(m: Mutator, place: Address, value: Address): void {
  if (value !== NULL) incref(m, value)
  const before = put(m.detaching, Place.at(place), value)
  if (before !== NULL) decref(m, before)
}

export const EXCEPTION_LAYOUT: Layout = {
  name: 'BaseException',
  visit(memory, object, each) {
    each(memory.get(object + CLASS))
    for (const at of [DICTIONARY, ...PLACES.map((place) => place + VALUE)]) {
      const child = memory.loadAcquire(object + at)
      if (child !== NULL) each(child)
    }
  },
  clear(m, object) {
    for (const at of [DICTIONARY, ...PLACES.map((place) => place + VALUE)]) dropAt(m, object + at)
  },
}
