/** Objects as text. */
import type { Address } from '../../../memory/memory.ts'
import type { Caller } from '../mutator.ts'
import { typeName } from '../type-name.ts'
import { protocolOf } from './protocol-of.ts'
import { deeper } from './recursion.ts'

/**
 * What `repr` makes of an object, as JavaScript has text.
 * @param within the containers that are being written, the outermost first.
 */
export function repr(m: Caller, object: Address, within: readonly Address[] = []): string {
  const hook = protocolOf(m, object).repr
  return hook === undefined ? `<${typeName(m, object)} object at 0x${object.toString(16)}>` : hook(m, object, within)
}

/** What `str` makes of an object. */
export function text(m: Caller, object: Address): string {
  const hook = protocolOf(m, object).text
  return hook === undefined ? repr(m, object) : hook(m, object)
}

/** What `repr` makes of the items of a container. @param container left out if it is within itself. */
export function reprOfItems(m: Caller, container: Address, items: readonly Address[], within: readonly Address[]): string | undefined {
  if (within.includes(container)) return undefined
  const inside = [...within, container]
  return deeper(m, 'while getting the repr of an object', () => items.map((item) => repr(m, item, inside)).join(', '))
}
