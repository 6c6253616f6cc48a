/**
 * Finding the objects of an interpreter, whoever holds them.
 *
 * @see CPython Python/gc_free_threading.c, PyUnstable_GC_VisitObjects
 */
import { OBJECTS } from '../heap/allocators.ts'
import type { BlockArena } from '../memory/arena.ts'
import type { Address } from '../memory/memory.ts'
import { FROZEN, homeOf, KIND, MARKS, TRACKED } from '../refcount/object-header.ts'

/**
 * Calls back with every object that the collector tracks, frozen or not. The caller has stopped the interpreter. The
 * callback neither allocates nor frees.
 * @param home address of the interpreter.
 */
export function visitTracked(arena: BlockArena, home: Address, each: (object: Address) => void): void {
  const { memory } = arena
  arena.visit(OBJECTS, (object) => {
    if (homeOf(memory, object) === home && (memory.loadRelaxed(object + MARKS) & TRACKED) !== 0) each(object)
  })
}

/** As `visitTracked`, with the objects of one kind that are not frozen. */
export function visitObjects(arena: BlockArena, home: Address, kind: number, each: (object: Address) => void): void {
  const { memory } = arena
  visitTracked(arena, home, (object) => {
    if (memory.get(object + KIND) === kind && (memory.loadRelaxed(object + MARKS) & FROZEN) === 0) each(object)
  })
}
