/** What a sleeping actor waits for, in words. */
import type { Parked } from '../../protocol/messages.ts'
import { type Address, NULL } from '../../runtime/memory/memory.ts'
import { ATTACHED, OsThread, ThreadState } from '../../runtime/thread/thread-state.ts'
import { type Location, locate } from './locate.ts'
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

/** Pauses that wait for threads, by the cell that the stopper sleeps on. */
const PAUSES = new Set(['interpreter pause.allAtRest', 'runtime pauseOfAll.allAtRest'])

/** What a sleeping actor waits for and, if it stops the world, for whom. */
export function describeSleep(process: Process, actor: string): Parked {
  const os = process.address('actor', actor) as Address
  const target = process.memory.get(OsThread.at(os).waiter.target)
  const found = locate(process, target)
  if (!found) return { on: `the memory at ${target}` }
  const on = WORDS[found.field] ?? `the ${found.of} ${found.name ?? found.path}`
  return PAUSES.has(found.field) ? { on, holders: moving(process, found, actor) } : { on }
}

/** Who is attached still, of the threads that the pause concerns. */
function moving(process: Process, { of, record }: Location, stopper: string): string[] {
  const attached = [...process.all('thread')].filter(([name, address]) => {
    if (address === NULL || name === stopper) return false
    const { state, interpreter } = ThreadState.at(address)
    if (of === 'interpreter' && process.memory.get(interpreter) !== record) return false
    return process.memory.get(state) === ATTACHED
  })
  return attached.map(([name]) => name)
}
