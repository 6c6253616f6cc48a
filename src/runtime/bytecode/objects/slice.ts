/**
 * Slices: start, stop and step, any of which may be None.
 *
 * @see CPython Objects/sliceobject.c
 */
import type { Address, Memory } from '../../memory/memory.ts'
import { cell, type Opened, record } from '../../memory/record.ts'
import { incref } from '../../refcount/biased.ts'
import { ObjectHeader, track } from '../../refcount/object-header.ts'
import { Kind } from './kinds.ts'
import type { Layout } from './layout.ts'
import type { Mutator } from './mutator.ts'

export const Slice = record('slice', { base: ObjectHeader, start: cell, stop: cell, step: cell })
export type Slice = Opened<typeof Slice>

export const { start: START, stop: STOP, step: STEP } = Slice.offset

/** @param start borrowed, as are the others. */
export function newSlice(m: Mutator, start: Address, stop: Address, step: Address): Address {
  const { memory } = m
  const slice = m.newObject(Kind.SLICE, Slice.size, Slice.name)
  track(memory, slice)
  for (const part of [start, stop, step]) incref(m, part)
  memory.set(slice + START, start)
  memory.set(slice + STOP, stop)
  memory.set(slice + STEP, step)
  return slice
}

/** Start, stop and step, borrowed. */
export const sliceParts = (memory: Memory, slice: Address): Address[] => [START, STOP, STEP].map((part) => memory.get(slice + part))

export const SLICE_LAYOUT: Layout = {
  name: 'slice',
  visit(memory, slice, each) {
    for (const part of sliceParts(memory, slice)) each(part)
  },
}
