/**
 * A queue of memory that waits to be freed: first in, first out, in chunks.
 *
 * @see CPython Objects/obmalloc.c, struct _mem_work_chunk
 */
import type { Domain } from '../heap/allocators.ts'
import type { Chunks } from '../memory/chunks.ts'
import { type Address, type Memory, NULL } from '../memory/memory.ts'
import { array, cell, type Opened, record } from '../memory/record.ts'
import type { Sequence } from './qsbr.ts'

/** Items per chunk. */
export const CHUNK = 254

/** What the block of a chunk is called. */
export const FREE_CHUNK = 'free chunk'

const Item = record('retired item', { address: cell, goal: cell, domain: cell })

const Chunk = record(FREE_CHUNK, {
  next: cell,
  /** The item to be freed next, and the place for the next to be added. */
  read: cell,
  write: cell,
  items: array(Item, CHUNK),
})

/** Both NULL for an empty queue. */
export const FreeQueue = record('free queue', { head: cell, tail: cell })
export type FreeQueue = Opened<typeof FreeQueue>

/** Memory that waits: how it will be freed, and when. */
export interface Retired {
  readonly address: Address
  readonly domain: Domain
  readonly goal: Sequence
}

/** Makes sure that an item can be added without asking for memory. @returns false if there is none for a chunk. */
export function makeRoom(memory: Memory, chunks: Chunks, queue: FreeQueue): boolean {
  const tail = memory.get(queue.tail)
  if (tail !== NULL && memory.get(Chunk.at(tail).write) < CHUNK) return true
  const chunk = chunks.allocate(Chunk.size, Chunk.name)
  if (chunk === NULL) return false
  memory.set(tail === NULL ? queue.head : tail + Chunk.offset.next, chunk)
  memory.set(queue.tail, chunk)
  return true
}

/** Adds an item at the end; `makeRoom` has made sure of the room. @returns whether that filled the chunk. */
export function add(memory: Memory, queue: FreeQueue, { address, domain, goal }: Retired): boolean {
  const chunk = Chunk.at(memory.get(queue.tail))
  const write = memory.get(chunk.write)
  const item = itemAt(chunk, write)
  memory.set(item.address, address)
  memory.set(item.goal, goal)
  memory.set(item.domain, domain)
  memory.set(chunk.write, write + 1)
  return write + 1 === CHUNK
}

/**
 * Frees items from the front as long as `ready` says so, and stops at the first that is not, also
 * if later ones were.
 * @param keep whether the last chunk stays, empty, for the items to come.
 */
export function process(
  memory: Memory,
  chunks: Chunks,
  queue: FreeQueue,
  keep: boolean,
  ready: (goal: Sequence) => boolean,
  free: (retired: Retired) => void,
): void {
  for (let at = memory.get(queue.head); at !== NULL; at = memory.get(queue.head)) {
    const chunk = Chunk.at(at)
    const write = memory.get(chunk.write)
    for (let read = memory.get(chunk.read); read < write; read++) {
      const item = retired(memory, itemAt(chunk, read))
      if (!ready(item.goal)) return
      // Out of the queue before it is free: whatever happens, nothing is freed twice.
      memory.set(chunk.read, read + 1)
      free(item)
    }
    const next = memory.get(chunk.next)
    if (keep && next === NULL) {
      memory.set(chunk.read, 0)
      memory.set(chunk.write, 0)
      return
    }
    memory.set(queue.head, next)
    if (next === NULL) memory.set(queue.tail, NULL)
    chunks.free(at)
  }
}

/** Puts all of `from` behind all of `onto`, chunks as they are, and leaves `from` empty. */
export function move(memory: Memory, from: FreeQueue, onto: FreeQueue): void {
  const head = memory.get(from.head)
  if (head === NULL) return
  const tail = memory.get(onto.tail)
  memory.set(tail === NULL ? onto.head : tail + Chunk.offset.next, head)
  memory.set(onto.tail, memory.get(from.tail))
  memory.set(from.head, NULL)
  memory.set(from.tail, NULL)
}

/** Whether the queue has no chunk at all. */
export const isEmpty = (memory: Memory, queue: FreeQueue): boolean => memory.get(queue.head) === NULL

/** Everything that waits, the first to be freed first. For observers. */
export function* items(memory: Memory, queue: FreeQueue): Generator<Retired> {
  for (const chunk of chunksOf(memory, queue)) {
    for (let index = memory.get(chunk.read); index < memory.get(chunk.write); index++) yield retired(memory, itemAt(chunk, index))
  }
}

/** For observers. */
export function* chunksOf(memory: Memory, queue: FreeQueue): Generator<Opened<typeof Chunk>> {
  for (let at = memory.get(queue.head); at !== NULL; at = memory.get(at + Chunk.offset.next)) yield Chunk.at(at)
}

const itemAt = (chunk: Opened<typeof Chunk>, index: number) => Item.at(chunk.items + index * Item.size)

const retired = (memory: Memory, item: Opened<typeof Item>): Retired => ({
  address: memory.get(item.address),
  goal: memory.get(item.goal),
  domain: memory.get(item.domain) as Domain,
})
