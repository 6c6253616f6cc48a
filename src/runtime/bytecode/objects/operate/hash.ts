/** Hashes of objects. */
import type { Address } from '../../../memory/memory.ts'
import type { Caller } from '../mutator.ts'
import { protocolOf } from './protocol-of.ts'

/** Objects lie at least so many bits apart. */
const APART = 5

/**
 * An object's hash: an integer of at most 53 bits, the same for objects that are equal.
 * @throws Raised if the object has none, because it can change.
 */
export function hash(m: Caller, object: Address): number {
  const hook = protocolOf(m, object).hash
  return hook === undefined ? identityHash(object) : hook(m, object)
}

/** The hash of what equals only itself. */
export const identityHash = (object: Address): number => object >>> APART
