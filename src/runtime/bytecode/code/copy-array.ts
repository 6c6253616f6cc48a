/**
 * The array of a code object's copies of its bytecode.
 *
 *     code object                     array
 *    ┌───────────────┐             ┌──────┬───┬───┬───┬─
 *    │ …             │    copies   │ size │ 0 │ 1 │ 2 │ …
 *    │ copies ───────┼────────────►└──────┴─┬─┴─┬─┴───┴─
 *    │ unitCount     │                      │   │
 *    │ main copy  ◄──┼──────────────────────┘   ▼
 *    └───────────────┘                        copy of the thread with index 1
 *
 * A thread finds its copy at its own index, in the array of every code object, without a lock. That is
 * safe because nobody else writes that entry: the thread did itself, or the one that had the index before it. An array is
 * never changed but by filling entries; one that is too small is replaced, and freed once nobody can be
 * reading it. Whoever reads another thread's entry holds the code's lock, or has stopped the world, or
 * has taken over a frame that runs in that copy: the frame comes from a thread that had found it.
 *
 * @see CPython Include/cpython/code.h, _PyCodeArray
 */
import { type Address, CELL, type Memory, NULL } from '../../memory/memory.ts'
import { cell, record } from '../../memory/record.ts'
import { COPIES, mainCopy } from './code-object.ts'

export const CopyArray = record('copy array', {
  /** How many entries there are. */
  size: cell,
  /** The entries begin here: addresses of copies, NULL where there is none. */
  entries: cell,
})

/** Entries of the first array of every code object. */
export const FIRST_SIZE = 16

/** What the block of a copy is called. */
export const COPY = 'copy of bytecode'

const { size: SIZE, entries: ENTRIES } = CopyArray.offset

/** Bytes of an array with that many entries. */
export const arrayBytes = (size: number): number => ENTRIES + size * CELL

/** How many entries an array has. */
export const sizeOf = (memory: Memory, array: Address): number => memory.get(array + SIZE)
/** For an array that nobody else knows yet. */
export const setSize = (memory: Memory, array: Address, size: number): void => memory.set(array + SIZE, size)

/** Where an entry lies. */
export const entryAt = (array: Address, index: number): Address => array + ENTRIES + index * CELL

/** The copy at an index, which is the caller's own or that of a frame it has taken over; NULL if there is none yet. Takes no lock. */
export function copyAt(memory: Memory, code: Address, index: number): Address {
  // Acquire: what is found in the array was written before it was published.
  const array = memory.loadAcquire(code + COPIES)
  // A build without threads has no arrays.
  if (array === NULL) return mainCopy(code)
  return index < sizeOf(memory, array) ? memory.get(entryAt(array, index)) : NULL
}

/** All copies, the main one first. The caller holds the code's lock, or has stopped the world. */
export function* copiesOf(memory: Memory, code: Address): Generator<Address> {
  const array = memory.get(code + COPIES)
  if (array === NULL) {
    yield mainCopy(code)
    return
  }
  const size = sizeOf(memory, array)
  for (let index = 0; index < size; index++) {
    const copy = memory.get(entryAt(array, index))
    if (copy !== NULL) yield copy
  }
}
