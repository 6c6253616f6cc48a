/** What a sleeping actor waits for, in words. */
import type { Address } from '../../runtime/memory/memory.ts'
import { OsThread } from '../../runtime/thread/thread-state.ts'
import { locate } from './locate.ts'
import type { Process } from './process.ts'

const WORDS: Readonly<Record<string, string>> = {
  'thread base.state': 'the world to start',
  'interpreter pause.allAtRest': 'the threads of its interpreter to come to rest',
  'interpreter pause.mutex': "another thread's pause to end",
  'runtime pauseOfAll.allAtRest': 'all threads to come to rest',
  'runtime pauseOfAll.mutex': "another thread's pause to end",
  'runtime pauseKinds': 'a pause of the other kind to end',
  'interpreter qsbr.mutex': 'the table of sequences',
  'interpreter abandonedFrees.mutex': 'the abandoned frees',
  'interpreter mergeTable.buckets': 'a merge queue',
  'runtime listLock': 'the list of threads',
}

export function describeSleep(process: Process, actor: string): string {
  const os = process.address('actor', actor) as Address
  const target = process.memory.get(OsThread.at(os).waiter.target)
  const found = locate(process, target)
  if (!found) return `the memory at ${target}`
  return WORDS[`${found.of} ${found.path}`] ?? `the ${found.of} ${found.name ?? found.path}`
}
