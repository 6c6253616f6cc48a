/**
 * What ending and collecting an object need to know of its kind.
 */
import type { Address, Memory } from '../../memory/memory.ts'
import type { Mutator } from './mutator.ts'

/** How objects of one kind hold others. */
export interface Layout {
  /** What Python calls the type. */
  readonly name: string
  /** Every counted reference that an object holds. */
  visit(memory: Memory, object: Address, each: (child: Address) => void): void
  /** What references that are not counted lead to, where a kind has any: its object may be kept alive by these too. */
  uncounted?(memory: Memory, object: Address, each: (child: Address) => void): void
  /** Frees blocks of the object's own. What it referred to has been dropped. */
  release?(m: Mutator, object: Address): void
  /**
   * Lets an object that nobody can reach do what it does before it ends, while all that it leads to is still whole: for the
   * collector. It may come to be reachable again. @returns whether there was anything to do.
   */
  finish?(m: Mutator, object: Address): boolean
  /** Drops what can be part of a cycle: for the collector. */
  clear?(m: Mutator, object: Address): void
}

/** The layout of a kind that holds no references and no blocks of its own. */
export const plain = (name: string): Layout => ({ name, visit() {} })

/** The layout of each kind; `../layouts.ts` fills it. */
export const LAYOUTS: Layout[] = []
