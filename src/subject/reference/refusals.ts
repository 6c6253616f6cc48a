/** What an error of the runtime means to whoever asked. */
import type { ErrorCode } from '../../protocol/messages.ts'
import { ToolMisuse } from '../../runtime/bytecode/instrument/tools.ts'
import { BlockMisuse } from '../../runtime/memory/arena.ts'
import { OutOfMemory } from '../../runtime/memory/out-of-memory.ts'
import { QsbrMisuse } from '../../runtime/reclaim/qsbr.ts'
import { NegativeCount } from '../../runtime/refcount/biased.ts'
import { LockMisuse } from '../../runtime/sync/mutex.ts'
import { ThreadMisuse } from '../../runtime/thread/thread-state.ts'
import { UnknownName, Unsupported } from './actor.ts'
import { MemoryViolation } from './stepped-memory.ts'

const CODES: readonly (readonly [new (...args: never[]) => Error, ErrorCode])[] = [
  [OutOfMemory, 'out-of-memory'],
  [ThreadMisuse, 'misuse'],
  [LockMisuse, 'misuse'],
  [QsbrMisuse, 'misuse'],
  [ToolMisuse, 'misuse'],
  [UnknownName, 'unknown-name'],
  [Unsupported, 'unsupported'],
  [NegativeCount, 'corrupted'],
  [BlockMisuse, 'corrupted'],
  [MemoryViolation, 'corrupted'],
]

/** Anything else is the runtime's own failure, and the actor's end. */
export function refusalOf(error: unknown): { code: ErrorCode; message: string } {
  const found = CODES.find(([kind]) => error instanceof kind)
  if (found) return { code: found[1], message: (error as Error).message }
  return { code: 'died', message: error instanceof Error ? (error.stack ?? error.message) : String(error) }
}
