import type { Address } from '../../../memory/memory.ts'
import { kindOf } from '../kinds.ts'
import type { Caller } from '../mutator.ts'
import { PROTOCOLS, type Protocol } from '../protocols.ts'

/** What can be done with an object. */
export const protocolOf = (m: Caller, object: Address): Protocol => PROTOCOLS[kindOf(m.memory, object)] as Protocol
