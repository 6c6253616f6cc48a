/** Exceptions, as far as the evaluator makes and knows them. */
import { type Address, NULL } from '../../memory/memory.ts'
import { decref, incref } from '../../refcount/biased.ts'
import { lookUpAttribute } from '../objects/attributes.ts'
import { isClass, isSubclass, kindMade, typeOf } from '../objects/class.ts'
import { classNamed, type ExceptionName } from '../objects/classes.ts'
import { argsOf, newException } from '../objects/exception.ts'
import { Kind, kindOf } from '../objects/kinds.ts'
import type { Caller, Mutator } from '../objects/mutator.ts'
import { Raised } from '../objects/raise.ts'
import { none } from '../objects/singletons.ts'
import { newTuple, tupleItem, tupleLength } from '../objects/tuple.ts'

/** An exception that comes out of a run: it was raised inside, and has its context already. */
export class Propagated extends Raised {}

/** Makes an exception of a built-in class. @param values what it is made with, borrowed. */
export function exceptionNamed(m: Mutator, name: ExceptionName, values: readonly Address[]): Address {
  const args = newTuple(m, values)
  try {
    return newException(m, classNamed(m, name), args)
  } finally {
    decref(m, args)
  }
}

export const isException = (m: Mutator, object: Address): boolean => kindOf(m.memory, object) === Kind.EXCEPTION

export const isExceptionClass = ({ memory }: Mutator, object: Address): boolean =>
  isClass(memory, object) && kindMade(memory, object) === Kind.EXCEPTION

/** Whether an exception is of a class, or of one that is based on it. What is no class matches nothing. */
export const isOf = (m: Mutator, exception: Address, type: Address): boolean => isSubclass(m.memory, typeOf(m, exception), type)

/** Whether something raised is an exception of a built-in class. */
export const isRaised = (m: Mutator, error: unknown, name: ExceptionName): error is Raised =>
  error instanceof Raised && isOf(m, error.exception, classNamed(m, name))

/** What an iterator said with its StopIteration: a new reference. */
export function stopValue(m: Mutator, stop: Address): Address {
  const { memory } = m
  const args = argsOf(m, stop)
  const value = tupleLength(memory, args) === 0 ? none(m) : tupleItem(memory, args, 0)
  incref(m, value)
  decref(m, args)
  return value
}

/** As `getAttribute`. @returns NULL if there is no such attribute, also if the object says so itself. */
export function optionalAttribute(m: Caller, object: Address, name: Address): Address {
  try {
    return lookUpAttribute(m, object, name)
  } catch (error) {
    if (!isRaised(m, error, 'AttributeError')) throw error
    decref(m, error.exception)
    return NULL
  }
}
