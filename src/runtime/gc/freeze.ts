/**
 * Freezing: what a program begins with stays for good, so the collector need not look at it again and again.
 *
 * @see CPython Python/gc_free_threading.c, _PyGC_Freeze and _PyGC_Unfreeze
 */
import type { BlockArena } from '../memory/arena.ts'
import type { Address } from '../memory/memory.ts'
import { FROZEN, MARKS } from '../refcount/object-header.ts'
import { visitTracked } from './visit-objects.ts'

/** Takes every object of an interpreter that the collector tracks out of its sight. The caller has stopped the interpreter. */
export function freeze(arena: BlockArena, home: Address): void {
  const { memory } = arena
  visitTracked(arena, home, (object) => memory.storeRelaxed(object + MARKS, memory.loadRelaxed(object + MARKS) | FROZEN))
}

/** Puts them back. The caller has stopped the interpreter. */
export function unfreeze(arena: BlockArena, home: Address): void {
  const { memory } = arena
  visitTracked(arena, home, (object) => memory.storeRelaxed(object + MARKS, memory.loadRelaxed(object + MARKS) & ~FROZEN))
}
