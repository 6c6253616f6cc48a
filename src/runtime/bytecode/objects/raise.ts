/**
 * Exceptions on their way: how an error of Python code passes through the runtime.
 */
import type { Address } from '../../memory/memory.ts'
import { decref } from '../../refcount/biased.ts'
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
  try {
    throw new Raised(exceptionNamed(m, name, [text]), `${name}: ${message}`)
  } finally {
    decref(m, text)
  }
}

/** Raises an exception of a built-in class with arguments of any kind, borrowed. @throws Raised @throws OutOfMemory */
export function raiseWith(m: Mutator, name: ExceptionName, values: readonly Address[]): never {
  throw new Raised(exceptionNamed(m, name, values), name)
}

/** Makes an exception of a built-in class. @param values what it is made with, borrowed. @throws OutOfMemory */
export function exceptionNamed(m: Mutator, name: ExceptionName, values: readonly Address[]): Address {
  const args = newTuple(m, values)
  try {
    return newException(m, classNamed(m, name), args)
  } finally {
    decref(m, args)
  }
}
