/** Exceptions, as far as the evaluator makes and knows them. */
import { type Address, NULL } from '../../memory/memory.ts'
import { OutOfMemory } from '../../memory/out-of-memory.ts'
import { decref, incref } from '../../refcount/biased.ts'
import { lookUpAttribute } from '../objects/attributes.ts'
import { isClass, isSubclass, kindMade, typeOf } from '../objects/class.ts'
import { classNamed, type ExceptionName, memoryError } from '../objects/classes.ts'
import { argsOf } from '../objects/exception.ts'
import { Kind, kindOf } from '../objects/kinds.ts'
import type { Caller, Mutator } from '../objects/mutator.ts'
import { Raised } from '../objects/raise.ts'
import { none } from '../objects/singletons.ts'
import { tupleItem, tupleLength } from '../objects/tuple.ts'

/** An exception that comes out of a run: it was raised inside, and has its context already. */
export class Propagated extends Raised {}

/** Whether an object is an exception. */
export const isException = (m: Mutator, object: Address): boolean => kindOf(m.memory, object) === Kind.EXCEPTION

/** Whether an object is a class of exceptions. */
export const isExceptionClass = ({ memory }: Mutator, object: Address): boolean =>
  isClass(memory, object) && kindMade(memory, object) === Kind.EXCEPTION

/** Whether an exception is of a class, or of one that is based on it. What is no class matches nothing. */
export const isOf = (m: Mutator, exception: Address, type: Address): boolean => isSubclass(m.memory, typeOf(m, exception), type)

/**
 * The exception that a failure is to the program: what was raised, or MemoryError. Its reference is given over.
 * @returns undefined for what is none of the program's business: then the program ends where it is.
 */
export function exceptionOf(m: Mutator, failure: unknown): Address | undefined {
  if (failure instanceof Raised) return failure.exception
  return failure instanceof OutOfMemory ? memoryError(m) : undefined
}

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
