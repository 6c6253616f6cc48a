/**
 * What was found out about addresses: which field of whose record lies there, if one does.
 *
 * A step that makes an interpreter ready for programs writes tens of thousands of cells of which nobody knows anything.
 * So it is noted, for whole cache lines, where anything lies at all that a name leads to.
 */
import { type Address, CACHE_LINE, CELL } from '../../runtime/memory/memory.ts'
import type { Location } from './locate.ts'

/** From the first address on, so many bytes. */
export type Stretch = readonly [from: Address, bytes: number]

export class Located {
  readonly #found = new Map<Address, Location | undefined>()
  /** The lines that hold something; absent until somebody asks, and after anything was named. */
  #lines: Set<number> | undefined

  /** @param search finds out what is not known yet. @param stretches all that could be found. */
  at(at: Address, search: () => Location | undefined, stretches: () => Iterable<Stretch>): Location | undefined {
    this.#lines ??= linesOf(stretches())
    if (!this.#lines.has(Math.floor(at / CACHE_LINE))) return undefined
    // The same few cells are written again and again.
    if (!this.#found.has(at)) this.#found.set(at, search())
    return this.#found.get(at)
  }

  /** Forgets what was found out about a stretch of memory. */
  forget(from: Address, bytes: number): void {
    this.#lines = undefined
    for (let at = from; at < from + bytes; at += CELL) this.#found.delete(at)
  }

  /** Forgets everything. */
  clear(): void {
    this.#lines = undefined
    this.#found.clear()
  }
}

function linesOf(stretches: Iterable<Stretch>): Set<number> {
  const lines = new Set<number>()
  for (const [from, bytes] of stretches) {
    for (let line = Math.floor(from / CACHE_LINE); line * CACHE_LINE < from + bytes; line++) lines.add(line)
  }
  return lines
}
