/**
 * Strings of bytes, one in each cell.
 *
 * @see CPython Objects/bytesobject.c
 */
import { type Address, CELL, type Memory } from '../../memory/memory.ts'
import { cell, type Opened, record } from '../../memory/record.ts'
import { ObjectHeader } from '../../refcount/object-header.ts'
import { Kind } from './kinds.ts'
import type { Mutator } from './mutator.ts'
import { emptyBytes } from './singletons.ts'

export const Bytes = record('bytes', {
  base: ObjectHeader,
  /** Zero until it is asked for, as for strings. */
  hash: cell,
  length: cell,
  /** The first byte. */
  data: cell,
})
export type Bytes = Opened<typeof Bytes>

export const { hash: BYTES_HASH, length: BYTES_LENGTH, data: DATA } = Bytes.offset

/** @param bytes of 0..255. @throws OutOfMemory */
export function newBytes(m: Mutator, bytes: ArrayLike<number>): Address {
  if (bytes.length === 0) return emptyBytes(m)
  const { memory } = m
  const object = m.newObject(Kind.BYTES, DATA + bytes.length * CELL, Bytes.name)
  memory.set(object + BYTES_LENGTH, bytes.length)
  for (let index = 0; index < bytes.length; index++) memory.set(object + DATA + index * CELL, bytes[index] as number)
  return object
}

/** How many bytes there are. */
export const bytesLength = (memory: Memory, bytes: Address): number => memory.get(bytes + BYTES_LENGTH)

/** The byte at a place, which there is. */
export const byteAt = (memory: Memory, bytes: Address, index: number): number => memory.get(bytes + DATA + index * CELL)

/** The bytes, copied. */
export function bytesOf(memory: Memory, bytes: Address): Uint8Array {
  return Uint8Array.from({ length: bytesLength(memory, bytes) }, (_, index) => byteAt(memory, bytes, index))
}
