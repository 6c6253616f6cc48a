/**
 * Exceptions on their way: how an error of Python code passes through the runtime.
 */
import type { Address } from '../../memory/memory.ts'
import { decref, incref } from '../../refcount/biased.ts'
import { classNamed, type ExceptionName } from './classes.ts'
import { newException } from './exception.ts'
import type { Mutator } from './mutator.ts'
import { newStr } from './str.ts'
import { newTuple } from './tuple.ts'

/** An exception was raised. Whoever catches it without passing it on drops the reference that it owns. */
export class Raised extends Error {
  override readonly name = 'Raised'
  readonly exception: Address

  /** @param exception given over. @param message for whoever debugs the runtime. */
  constructor(exception: Address, message?: string) {
    super(message)
    this.exception = exception
  }
}

/** Raises an exception of a built-in class. @throws Raised @throws OutOfMemory */
export function raise(m: Mutator, name: ExceptionName, message: string): never {
  const text = newStr(m, message)
  throw new Raised(exceptionOf(m, name, [text], true), `${name}: ${message}`)
}

/** Raises an exception of a built-in class with arguments of any kind, borrowed. @throws Raised @throws OutOfMemory */
export function raiseWith(m: Mutator, name: ExceptionName, values: readonly Address[]): never {
  throw new Raised(exceptionOf(m, name, values, false), name)
}

/** Raises an exception that is there, borrowed. @throws Raised */
export function raiseException(m: Mutator, exception: Address): never {
  incref(m, exception)
  throw new Raised(exception)
}

function exceptionOf(m: Mutator, name: ExceptionName, values: readonly Address[], given: boolean): Address {
  const args = newTuple(m, values)
  if (given) for (const value of values) decref(m, value)
  try {
    return newException(m, classNamed(m, name), args)
  } finally {
    decref(m, args)
  }
}
