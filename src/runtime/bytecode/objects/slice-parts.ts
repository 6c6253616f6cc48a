/** What can be done with slices. They compare and hash as a tuple of their parts would. */
import { NULL } from '../../memory/memory.ts'
import { Kind, kindOf } from './kinds.ts'
import { hash } from './operate/hash.ts'
import { repr } from './operate/repr.ts'
import type { Protocol } from './protocols.ts'
import { compareItems } from './sequence-order.ts'
import { sliceParts } from './slice.ts'

export const SLICE_PROTOCOL: Protocol = {
  compare(m, comparison, left, right) {
    if (kindOf(m.memory, right) !== Kind.SLICE) return NULL
    return compareItems(m, comparison, sliceParts(m.memory, left), sliceParts(m.memory, right))
  },
  hash: (m, slice) => sliceParts(m.memory, slice).reduce((sum, part) => Math.imul(sum ^ hash(m, part), 0x01000193) + 97531, 0x345679) | 0,
  repr: (m, slice, within) => {
    const parts = sliceParts(m.memory, slice).map((part) => repr(m, part, [...within, slice]))
    return `slice(${parts.join(', ')})`
  },
}
