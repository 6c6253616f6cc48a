/**
 * A stack of objects in chunks: grows by one allocation per chunk, and two stacks are joined
 * without looking at their objects.
 *
 * @see CPython Python/object_stack.c
 */
import type { Chunks } from '../memory/chunks.ts'
import { type Address, CELL, type Memory, NULL } from '../memory/memory.ts'
import { array, cell, record } from '../memory/record.ts'

/** Objects per chunk. */
export const CHUNK = 254

/** What the block of a chunk is called. */
export const MERGE_CHUNK = 'merge chunk'

const Chunk = record(MERGE_CHUNK, { previous: cell, count: cell, objects: array(cell, CHUNK) })
const { previous: PREVIOUS, count: COUNT, objects: OBJECTS } = Chunk.offset

/** @param stack the cell that holds the newest chunk; NULL for an empty stack. @returns false if there is no memory for a chunk. */
export function push(memory: Memory, chunks: Chunks, stack: Address, object: Address): boolean {
  let chunk = memory.get(stack)
  if (chunk === NULL || memory.get(chunk + COUNT) === CHUNK) {
    const fresh = chunks.allocate(Chunk.size, Chunk.name)
    if (fresh === NULL) return false
    memory.set(fresh + PREVIOUS, chunk)
    memory.set(stack, fresh)
    chunk = fresh
  }
  const count = memory.get(chunk + COUNT)
  memory.set(chunk + OBJECTS + count * CELL, object)
  memory.set(chunk + COUNT, count + 1)
  return true
}

/** @returns the object pushed last, or NULL from an empty stack. */
export function pop(memory: Memory, chunks: Chunks, stack: Address): Address {
  const chunk = memory.get(stack)
  if (chunk === NULL) return NULL
  const count = memory.get(chunk + COUNT) - 1
  const object = memory.get(chunk + OBJECTS + count * CELL)
  memory.set(chunk + COUNT, count)
  if (count === 0) {
    memory.set(stack, memory.get(chunk + PREVIOUS))
    chunks.free(chunk)
  }
  return object
}

export const isEmpty = (memory: Memory, stack: Address): boolean => memory.get(stack) === NULL

/** Puts all of `from` on top of `onto`, and leaves `from` empty. */
export function move(memory: Memory, from: Address, onto: Address): void {
  const top = memory.get(from)
  if (top === NULL) return
  let bottom = top
  for (let next = memory.get(bottom + PREVIOUS); next !== NULL; next = memory.get(bottom + PREVIOUS)) bottom = next
  memory.set(bottom + PREVIOUS, memory.get(onto))
  memory.set(onto, top)
  memory.set(from, NULL)
}

/** The chunks, the newest first. For observers. */
export function* chunksOf(memory: Memory, stack: Address): Generator<Address> {
  for (let chunk = memory.get(stack); chunk !== NULL; chunk = memory.get(chunk + PREVIOUS)) yield chunk
}

/** The objects, the last pushed first. For observers. */
export function* objects(memory: Memory, stack: Address): Generator<Address> {
  for (const chunk of chunksOf(memory, stack)) {
    for (let index = memory.get(chunk + COUNT) - 1; index >= 0; index--) yield memory.get(chunk + OBJECTS + index * CELL)
  }
}
