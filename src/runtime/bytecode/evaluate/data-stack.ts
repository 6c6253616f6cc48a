/**
 * The data stack of a thread: memory for the frames of its functions.
 *
 * Frames come and go in order, so they lie one behind the other in chunks. A chunk is kept when its last frame
 * is gone, and given back when the thread ends: a loop that calls at the edge of one should not allocate each time.
 *
 * @see CPython Python/pystate.c, _PyThreadState_PushFrame
 */
import { type Address, type Memory, NULL } from '../../memory/memory.ts'
import { OutOfMemory } from '../../memory/out-of-memory.ts'
import { cell, record } from '../../memory/record.ts'
import type { ThreadCode } from '../code/thread-code.ts'
import type { Mutator } from '../objects/mutator.ts'

const Chunk = record('data stack', {
  /** The chunk below. NULL for the first. */
  previous: cell,
  /** The chunk above, which may be empty. */
  next: cell,
  /** Where the chunk ends. */
  end: cell,
  /** Where the newest frame of the chunk ends, while frames lie in the next one. */
  top: cell,
  frames: cell,
})
const { previous: PREVIOUS, next: NEXT, end: END, top: TOP, frames: FRAMES } = Chunk.offset

/** Bytes of a chunk, if no single frame needs more. */
const CHUNK = 4096

type Owner = Pick<Mutator, 'memory' | 'own' | 'allocate' | 'free'>

/** Room for a frame, whatever lay there before. @throws OutOfMemory */
export function pushFrame(m: Owner, bytes: number): Address {
  const { memory, own } = m
  const chunk = memory.get(own.chunk)
  const at = memory.get(own.stackTop)
  if (chunk === NULL || at + bytes > memory.get(chunk + END)) return pushOnNextChunk(m, bytes)
  memory.set(own.stackTop, at + bytes)
  return at
}

/** Gives back the room of the newest frame, and of what lies above it. */
export function popFrame(memory: Memory, own: ThreadCode, frame: Address): void {
  const chunk = memory.get(own.chunk)
  const previous = memory.get(chunk + PREVIOUS)
  if (frame === chunk + FRAMES && previous !== NULL) {
    memory.set(own.chunk, previous)
    memory.set(own.stackTop, memory.get(previous + TOP))
  } else memory.set(own.stackTop, frame)
}

/** Gives all chunks of a thread back that runs nothing any more. */
export function freeDataStack(m: Pick<Mutator, 'memory' | 'free'>, own: ThreadCode): void {
  const { memory } = m
  let chunk = memory.get(own.chunk)
  if (chunk === NULL) return
  for (let below = memory.get(chunk + PREVIOUS); below !== NULL; below = memory.get(chunk + PREVIOUS)) chunk = below
  memory.set(own.chunk, NULL)
  while (chunk !== NULL) {
    const next = memory.get(chunk + NEXT)
    m.free(chunk)
    chunk = next
  }
}

function pushOnNextChunk(m: Owner, bytes: number): Address {
  const { memory, own } = m
  const below = memory.get(own.chunk)
  let chunk = below === NULL ? NULL : memory.get(below + NEXT)
  if (chunk === NULL || chunk + FRAMES + bytes > memory.get(chunk + END)) chunk = insertChunk(m, below, chunk, bytes)
  if (below !== NULL) memory.set(below + TOP, memory.get(own.stackTop))
  memory.set(own.chunk, chunk)
  memory.set(own.stackTop, chunk + FRAMES + bytes)
  return chunk + FRAMES
}

/** Puts a new chunk between the one in use and the empty one that is too small. */
function insertChunk(m: Owner, below: Address, above: Address, bytes: number): Address {
  const { memory } = m
  const size = Math.max(CHUNK, FRAMES + bytes)
  const chunk = m.allocate(size, Chunk.name)
  if (chunk === NULL) throw new OutOfMemory('no memory for frames')
  memory.set(chunk + END, chunk + size)
  memory.set(chunk + PREVIOUS, below)
  memory.set(chunk + NEXT, above)
  if (below !== NULL) memory.set(below + NEXT, chunk)
  if (above !== NULL) memory.set(above + PREVIOUS, chunk)
  return chunk
}
