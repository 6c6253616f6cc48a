/** What a sleeping actor waits for, in words. */
import type { Parked } from '../../protocol/states.ts'
import { type Address, NULL } from '../../runtime/memory/memory.ts'
import { waiting } from '../../runtime/sync/parking-lot.ts'
import { ATTACHED, OsThread, ThreadState } from '../../runtime/thread/thread-state.ts'
import { type Location, locate } from './locate.ts'
import type { NamedMemory } from './named-memory.ts'

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
export function describeSleep(named: NamedMemory, actor: string): Parked {
  const target = named.memory.get(waiterOf(named, actor).target)
  const found = locate(named, target)
  if (!found) return { on: `the memory at ${target}` }
  const on = WORDS[found.field] ?? `the ${found.of} ${found.name ?? found.path}`
  return PAUSES.has(found.field) ? { on, holders: moving(named, found, actor) } : { on }
}

/** Whether an actor is parked, as far as its memory tells: for whoever did not script it. */
export function isParked(named: NamedMemory, actor: string): boolean {
  const { memory, runtime } = named
  const { address, target } = waiterOf(named, actor)
  return [...waiting(memory, runtime.record.parkingLot, memory.get(target))].includes(address)
}

const waiterOf = (named: NamedMemory, actor: string) => OsThread.at(named.address('actor', actor) as Address).waiter

/** Who is attached still, of the threads that the pause concerns. */
function moving(named: NamedMemory, { of, record }: Location, stopper: string): string[] {
  const attached = [...named.all('thread')].filter(([name, address]) => {
    if (address === NULL || name === stopper) return false
    const { state, interpreter } = ThreadState.at(address)
    if (of === 'interpreter' && named.memory.get(interpreter) !== record) return false
    return named.memory.get(state) === ATTACHED
  })
  return attached.map(([name]) => name)
}
