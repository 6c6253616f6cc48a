/** What types are called in messages. */
import type { Address } from '../../memory/memory.ts'
import { kindOf } from './kinds.ts'
import { LAYOUTS } from './layout.ts'
import type { Caller } from './mutator.ts'
import { PROTOCOLS } from './protocols.ts'

/** The name of an object's type. */
export function typeName(m: Caller, object: Address): string {
  const kind = kindOf(m.memory, object)
  return PROTOCOLS[kind]?.typeName?.(m, object) ?? (LAYOUTS[kind]?.name as string)
}
