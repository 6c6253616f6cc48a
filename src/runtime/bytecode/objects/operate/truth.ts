/** Whether an object counts as true. */
import type { Address } from '../../../memory/memory.ts'
import type { Caller } from '../mutator.ts'
import { protocolOf } from './protocol-of.ts'

/** @throws Raised if a class's own answer fails. */
export function truth(m: Caller, object: Address): boolean {
  const protocol = protocolOf(m, object)
  if (protocol.truth !== undefined) return protocol.truth(m, object)
  return protocol.length === undefined || protocol.length(m, object) !== 0
}
