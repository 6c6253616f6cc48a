/**
 * Finding all objects of a kind, whoever holds them.
 *
 * @see CPython Python/gc_free_threading.c, PyUnstable_GC_VisitObjects
 */
import { OBJECTS } from '../heap/allocators.ts'
import type { BlockArena } from '../memory/arena.ts'
import type { Address } from '../memory/memory.ts'
import { FROZEN, KIND, MARKS } from '../refcount/object-header.ts'

/**
 * Calls back with every object of a kind that is not frozen, whatever interpreter it belongs to. The caller has stopped
 * those that may change them. The callback neither allocates nor frees.
 */
export function visitObjects(arena: BlockArena, kind: number, each: (object: Address) => void): void {
  const { memory } = arena
  arena.visit(({ address, tag }) => {
    if (tag !== OBJECTS || memory.get(address + KIND) !== kind) return
    if ((memory.loadRelaxed(address + MARKS) & FROZEN) === 0) each(address)
  })
}
