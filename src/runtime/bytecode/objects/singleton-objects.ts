/** What can be done with None, Ellipsis and NotImplemented. */
import { type Layout, plain } from './layout.ts'
import type { Protocol } from './protocols.ts'
import { raise } from './raise.ts'

export const NONE_LAYOUT: Layout = plain('NoneType')
export const ELLIPSIS_LAYOUT: Layout = plain('ellipsis')
export const NOT_IMPLEMENTED_LAYOUT: Layout = plain('NotImplementedType')

/** As in CPython, so that sets that hold it have one order in every run. */
const HASH_OF_NONE = 0xfca86420

export const NONE_PROTOCOL: Protocol = { hash: () => HASH_OF_NONE, repr: () => 'None', truth: () => false }
export const ELLIPSIS_PROTOCOL: Protocol = { repr: () => 'Ellipsis' }
export const NOT_IMPLEMENTED_PROTOCOL: Protocol = {
  repr: () => 'NotImplemented',
  truth: (m) => raise(m, 'TypeError', 'NotImplemented should not be used in a boolean context'),
}
