/**
 * Freeing copies that no thread runs any more.
 *
 * The copies of a thread that is gone are kept, for whoever gets its index next. They are freed when that is asked for
 * explicitly, and never otherwise. What a frame still refers to stays: a generator may be suspended
 * in the copy of a thread that is gone, and whoever looks at it or takes it up needs that copy.
 *
 * @see CPython Objects/codeobject.c, _Py_ClearUnusedTLBC
 */
import { type Address, type Memory, NULL } from '../../memory/memory.ts'
import { COPIES, HOME } from '../code/code-object.ts'
import { copyAt, entryAt, sizeOf } from '../code/copy-array.ts'
import { framesFrom, INDEX } from '../code/frame.ts'
import { FRAME_IN_GENERATOR, GENERATOR_STATE, GeneratorState } from '../code/generator.ts'
import { codeOf } from '../code/places.ts'
import { Kind } from '../objects/kinds.ts'
import type { Mutator } from '../objects/mutator.ts'

/** Calls back with every living object of a kind, but for those that the collector was told to leave alone. */
export type Visit = (kind: number, each: (object: Address) => void) => void

/**
 * Frees the copies of the caller's interpreter whose index no thread has and that no frame is in. Arrays do not shrink.
 * The caller has stopped the interpreter. While objects are visited nothing is allocated or freed.
 * @returns how many were freed.
 */
export function freeUnusedCopies(m: Mutator, visit: Visit): number {
  const { memory, shared } = m
  const threads = m.threads()
  const taken = new Set(threads.map(({ own }) => memory.get(own.index)))
  const occupied = new Set<Address>()
  const occupy = (frame: Address): void => {
    occupied.add(copyAt(memory, codeOf(memory, frame), memory.get(frame + INDEX)))
  }
  for (const { own } of threads) for (const frame of framesFrom(memory, memory.get(own.frame))) occupy(frame)
  visit(Kind.GENERATOR, (generator) => {
    if (memory.get(generator + GENERATOR_STATE) !== GeneratorState.CLEARED) occupy(generator + FRAME_IN_GENERATOR)
  })
  const unused: Address[] = []
  visit(Kind.CODE, (code) => {
    if (memory.get(code + HOME) === shared.address) unused.push(...unusedEntries(memory, code, taken, occupied))
  })
  for (const entry of unused) {
    m.free(memory.get(entry))
    memory.set(entry, NULL)
  }
  return unused.length
}

/** Where the entries lie that hold unused copies. The main copy is none. */
function* unusedEntries(memory: Memory, code: Address, taken: ReadonlySet<number>, occupied: ReadonlySet<Address>): Generator<Address> {
  const array = memory.get(code + COPIES)
  if (array === NULL) return
  const size = sizeOf(memory, array)
  for (let index = 1; index < size; index++) {
    const entry = entryAt(array, index)
    const copy = memory.get(entry)
    if (copy !== NULL && !taken.has(index) && !occupied.has(copy)) yield entry
  }
}
