/**
 * Hashes of numbers: equal numbers have one hash, whatever kind they are of.
 *
 * The hash is the number modulo a prime, also for fractions, which have a quotient modulo a prime too.
 *
 * @see CPython Python/pyhash.c, _Py_HashDouble; Objects/longobject.c, long_hash
 */
import { bitsOf } from './int-arithmetic.ts'

/** Two to the power of this, minus one, is the prime. */
const BITS = 61
const PRIME = 2n ** BigInt(BITS) - 1n
const INFINITY_HASH = 314159n
/** What stands for minus one, which means an error. */
const INSTEAD_OF_MINUS_ONE = -2n

/** The hash of a whole number. Never -1. */
export function hashOfInt(value: bigint): bigint {
  const hash = value % PRIME
  return hash === -1n ? INSTEAD_OF_MINUS_ONE : hash
}

/** @param value not NaN. */
export function hashOfDouble(value: number): bigint {
  if (!Number.isFinite(value)) return value > 0 ? INFINITY_HASH : -INFINITY_HASH
  if (Number.isInteger(value)) return hashOfInt(BigInt(value))
  // A whole number over a power of two. Dividing by that is multiplying by another, since 2 ** BITS is 1 here.
  let [numerator, shift] = [Math.abs(value), 0]
  while (!Number.isInteger(numerator)) {
    numerator *= 2
    shift++
  }
  const magnitude = (BigInt(numerator) << BigInt((BITS - (shift % BITS)) % BITS)) % PRIME
  return hashOfInt(value < 0 ? -magnitude : magnitude)
}

/** What tables use: the hash itself as long as JavaScript's numbers hold it, and part of it beyond. */
export function foldedHash(hash: bigint): number {
  return Number(bitsOf(hash) <= 53 ? hash : BigInt.asIntN(53, hash))
}
