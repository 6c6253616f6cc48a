/**
 * Exceptions on their way: how an error of Python code passes through the runtime.
 */
import type { Mutator } from './mutator.ts'

/** An exception was raised. */
export class Raised extends Error {
  override readonly name = 'Raised'
}

/** Raises an exception of a built-in class. @throws Raised */
export function raise(_m: Mutator, name: string, message: string): never {
  throw new Raised(`${name}: ${message}`)
}
