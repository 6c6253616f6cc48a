/**
 * The collector of cycles: finds what nobody can reach any more although its count is not zero.
 *
 * From the count of each object it takes away the references that other objects hold. What is left comes from outside:
 * from frames, from what an interpreter keeps, from whatever is at work. An object with such a reference is reachable, and so is
 * what it leads to. All others keep only each other alive.
 *
 * References in frames that are not counted come from outside, too. So this is also where an object ends whose counting is
 * deferred: it has no other way to.
 *
 * @see CPython Python/gc_free_threading.c, deduce_unreachable_heap
 */
import { eachReference, framesFrom } from '../bytecode/code/frame.ts'
import { countAgain, DEFERRED, isDeferred } from '../bytecode/objects/deferred.ts'
import { kindOf } from '../bytecode/objects/kinds.ts'
import { LAYOUTS, type Layout } from '../bytecode/objects/layout.ts'
import type { Mutator } from '../bytecode/objects/mutator.ts'
import { isCounted, objectOf } from '../bytecode/objects/reference.ts'
import { dropAll } from '../bytecode/objects/several.ts'
import type { BlockArena } from '../memory/arena.ts'
import type { Address, Memory } from '../memory/memory.ts'
import { mergeCounts } from '../refcount/biased.ts'
import { FROZEN, MARKS, references } from '../refcount/object-header.ts'
import { visitTracked } from './visit-objects.ts'

/**
 * Finds the objects of an interpreter that nobody can reach. The caller has stopped it, and merged what was queued.
 * @param home address of the interpreter.
 * @param frames the innermost frame of each of its threads; NULL for one that runs nothing.
 * @returns the objects, merged, each with a reference that the caller is given: `endGarbage` drops it.
 */
export function findGarbage(arena: BlockArena, home: Address, frames: readonly Address[]): Address[] {
  const { memory } = arena
  const outside = countOutside(arena, home)
  const reachable = reach(memory, outside, rootsOf(memory, outside, frames))
  const garbage = [...outside.keys()].filter((object) => !reachable.has(object))
  for (const object of garbage) mergeCounts(memory, object, 1)
  return garbage
}

/**
 * Ends what `findGarbage` found, with the world going: nobody else can come across it. Generators are closed first. What they run
 * then may have made anything reachable again, so in that case nothing else is done.
 * @returns whether that is so: then the garbage is to be looked for anew.
 */
export function endGarbage(m: Mutator, garbage: readonly Address[]): boolean {
  const { memory } = m
  const finished = garbage.filter((object) => layoutOf(memory, object).finish?.(m, object))
  if (finished.length === 0) {
    for (const object of garbage) countAgain(memory, object, 0)
    for (const object of garbage) layoutOf(memory, object).clear?.(m, object)
  }
  dropAll(m, garbage)
  return finished.length > 0
}

/** Of each object that may be garbage, how many references come from outside of them. */
function countOutside(arena: BlockArena, home: Address): Map<Address, number> {
  const { memory } = arena
  const outside = new Map<Address, number>()
  visitTracked(arena, home, (object) => {
    if ((memory.loadRelaxed(object + MARKS) & FROZEN) !== 0) return
    outside.set(object, references(memory, object) - (isDeferred(memory, object) ? DEFERRED : 0))
  })
  for (const object of outside.keys()) {
    layoutOf(memory, object).visit(memory, object, (child) => {
      const count = outside.get(child)
      if (count !== undefined) outside.set(child, count - 1)
    })
  }
  return outside
}

function rootsOf(memory: Memory, outside: ReadonlyMap<Address, number>, frames: readonly Address[]): Address[] {
  const roots = [...outside].filter(([, count]) => count > 0).map(([object]) => object)
  for (const innermost of frames) {
    for (const frame of framesFrom(memory, innermost)) {
      // Those that are counted are among what is left of the counts.
      eachReference(memory, frame, (reference) => {
        if (!isCounted(reference)) roots.push(objectOf(reference))
      })
    }
  }
  return roots
}

/** What the roots lead to, of the objects that may be garbage. */
function reach(memory: Memory, outside: ReadonlyMap<Address, number>, roots: Address[]): Set<Address> {
  const reached = new Set<Address>()
  const follow = (object: Address) => {
    if (!outside.has(object) || reached.has(object)) return
    reached.add(object)
    pending.push(object)
  }
  const pending: Address[] = []
  for (const root of roots) follow(root)
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { visit, uncounted } = layoutOf(memory, next)
    visit(memory, next, follow)
    uncounted?.(memory, next, follow)
  }
  return reached
}

const layoutOf = (memory: Memory, object: Address): Layout => LAYOUTS[kindOf(memory, object)] as Layout
