/** Hashes as Python shows them. */
import type { Address } from '../../../memory/memory.ts'
import { floatOf } from '../float.ts'
import { bigIntOf } from '../int.ts'
import { Kind, kindOf } from '../kinds.ts'
import type { Caller } from '../mutator.ts'
import { hashOfDouble, hashOfInt } from '../number-hash.ts'
import { hash } from './hash.ts'

/** What `hash` answers: of a number its whole hash, of which tables use only part; of everything else what tables use. @throws Raised */
export function fullHash(m: Caller, object: Address): bigint {
  const { memory } = m
  const kind = kindOf(memory, object)
  if (kind === Kind.INT || kind === Kind.BOOL) return hashOfInt(bigIntOf(memory, object))
  const value = kind === Kind.FLOAT ? floatOf(memory, object) : Number.NaN
  return Number.isNaN(value) ? BigInt(hash(m, object)) : hashOfDouble(value)
}
