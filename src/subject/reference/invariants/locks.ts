/** Rules of locks and of those who wait for them. */
import { type Address, NULL } from '../../../runtime/memory/memory.ts'
import { bucketOf } from '../../../runtime/refcount/merge-queue.ts'
import { PARKED } from '../../../runtime/sync/mutex.ts'
import { bucketLock, Waiter, waiting } from '../../../runtime/sync/parking-lot.ts'
import { OsThread } from '../../../runtime/thread/thread-state.ts'
import { WRITER } from '../holdings.ts'
import { first, type Rule, type View } from './view.ts'

export const locks: readonly Rule[] = [
  {
    name: 'a lock has one holder, or many that only read',
    broken: ({ memory, named, holdings }) =>
      first(holdings.locks, (lock) => {
        const held = holdings.held(memory, lock)
        const readers = named.address('rwlock', lock) !== undefined && held < WRITER
        return held <= 1 || held === WRITER || readers ? undefined : `${lock} is held ${held} times`
      }),
  },
  {
    name: 'a mutex that is held is locked',
    broken: (view) =>
      first([...view.named.all('mutex')], ([mutex, at]) => {
        const held = view.holdings.locks.includes(mutex) && view.holdings.held(view.memory, mutex) > 0
        return held && !view.isTaken(at) ? `${mutex} is held, and free` : undefined
      }),
  },
  {
    name: 'a mutex on which a thread is parked says so',
    // Whoever wakes somebody says what is left to say before it gives the bucket's lock back.
    broken: (view) => {
      const { parkingLot } = view.named.runtime.record
      const targets = view.holdings.actors.map((actor) => view.get(view.identityOf(actor) + OsThread.offset.waiter + Waiter.offset.target))
      if (targets.every((target) => target === NULL)) return undefined
      const awaited = mutexes(view).filter((mutex) => targets.includes(mutex))
      return first(awaited, (at) => {
        const word = view.get(at)
        if ((word & PARKED) !== 0 || view.get(bucketLock(parkingLot, at)) !== 0) return undefined
        return [...waiting(view.memory, parkingLot, at)].length === 0 ? undefined : `the one at ${at} holds ${word}`
      })
    },
  },
]

/** The mutexes of the scenario, and those of the runtime. */
function mutexes(view: View): Address[] {
  const { listLock, pauseOfAll } = view.named.runtime.record
  const found = [listLock, pauseOfAll.mutex]
  for (const [, at] of view.named.all('mutex')) found.push(at)
  for (const { pause, pendingCalls, qsbr, abandonedFrees, mergeTable } of view.interpreters) {
    found.push(pause.mutex, pendingCalls.mutex, qsbr.mutex, abandonedFrees.mutex)
    for (const actor of view.holdings.actors) found.push(bucketOf(mergeTable, view.identityOf(actor)).mutex)
  }
  return found
}
