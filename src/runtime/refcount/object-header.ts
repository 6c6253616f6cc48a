/**
 * What every object begins with: who owns it, and its two reference counts.
 *
 * The shared word holds a signed count and two flag bits:
 *
 *        31                               2   1 0
 *       ┌──────────────────────────────────┬─────┐
 *       │   shared count, may be negative  │flags│
 *       └──────────────────────────────────┴─────┘
 *
 *   NONE ──► MAYBE_WEAKREF     a thread other than the owner may try to take a reference
 *     │        │               without a lock, so the owner must not free it without looking
 *     ▼        ▼
 *      QUEUED                  a reference was dropped that only the owner can account for;
 *        │                     the object waits in its merge queue, and the queue holds a reference
 *        ▼
 *      MERGED                  both counts are one; it has no owner, everybody counts atomically
 *
 * Flags never move against the arrows. A word that is exactly MERGED, with a count of zero, is dead.
 *
 * @see CPython Include/object.h and Include/refcount.h
 */
import { type Address, CACHE_LINE, type Memory } from '../memory/memory.ts'
import { cell, type Opened, record } from '../memory/record.ts'

export const ObjectHeader = record('object', {
  /** Identity of the thread that counts locally; NULL once merged. */
  owner: cell,
  /** References that the owner counted, without sign. All ones: immortal. */
  local: cell,
  /** Count and flags of everybody else. */
  shared: cell,
  /**
   * Flags about the object as a whole, for the collector above all: see the constants below. Of what running code makes, the bits above
   * them are the address of the interpreter that the object belongs to.
   */
  marks: cell,
  /** What its finalizer is, in its embedder's terms; zero without one. */
  finalizer: cell,
  /** How what follows the header lies in memory; zero if nothing follows. Never changes while the object lives. */
  kind: cell,
})
export type ObjectHeader = Opened<typeof ObjectHeader>

export const { owner: OWNER, local: LOCAL, shared: SHARED, marks: MARKS, finalizer: FINALIZER, kind: KIND } = ObjectHeader.offset

/** The collector tracks the object. */
export const TRACKED = 1
/** Its finalizer has run. It runs once. */
export const FINALIZED = 2
/** The collector leaves it alone, and so does whoever looks for objects. */
export const FROZEN = 4
/** Room for flags. Records begin on cache lines, so their addresses leave it free. */
const MARK_BITS = CACHE_LINE - 1

/** Makes an object known to the collector. Nobody else sees it yet. */
export function track(memory: Memory, object: Address): void {
  memory.storeRelaxed(object + MARKS, memory.loadRelaxed(object + MARKS) | TRACKED)
}

/** The interpreter that an object of running code belongs to; NULL for any other. */
export const homeOf = (memory: Memory, object: Address): Address => memory.loadRelaxed(object + MARKS) & ~MARK_BITS

export const NONE = 0
export const MAYBE_WEAKREF = 1
export const QUEUED = 2
export const MERGED = 3
const FLAGS = 3
const COUNT_SHIFT = 2
/** What one reference adds to the shared word. */
export const ONE = 1 << COUNT_SHIFT

/** The local count of an immortal object. */
export const IMMORTAL = -1
/** The highest count that is one: the next reference makes the object immortal. */
export const LOCAL_LIMIT = 0xffff_fffe
/** What an immortal object answers when asked for its references. */
export const IMMORTAL_REFERENCES = 3 << 28

/** Nobody owns it. No thread has this identity. */
export const UNOWNED = 0

export const flagsOf = (shared: number): number => shared & FLAGS
export const countOf = (shared: number): number => shared >> COUNT_SHIFT
export const sharedWord = (count: number, flags: number): number => (count << COUNT_SHIFT) | flags

export const isImmortal = (memory: Memory, object: Address): boolean => memory.loadRelaxed(object + LOCAL) === IMMORTAL

/** The identity of the object's owner; UNOWNED once merged. */
export const ownerOf = (memory: Memory, object: Address): Address => memory.loadRelaxed(object + OWNER)

/**
 * How many references there are: local plus shared. Two reads, not a snapshot: exact only while
 * nobody merges the object.
 */
export function references(memory: Memory, object: Address): number {
  const local = memory.loadRelaxed(object + LOCAL)
  if (local === IMMORTAL) return IMMORTAL_REFERENCES
  return (local >>> 0) + countOf(memory.loadRelaxed(object + SHARED))
}
