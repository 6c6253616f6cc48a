/** Rules of delayed free. */
import { type Address, NULL } from '../../../runtime/memory/memory.ts'
import { CHUNK, chunksOf, type FreeQueue } from '../../../runtime/reclaim/free-queue.ts'
import { atMost, type Qsbr, STEP } from '../../../runtime/reclaim/qsbr.ts'
import { first, type Rule, type View } from './view.ts'

export const delayedFree: readonly Rule[] = [
  {
    name: 'a block that waits to be freed waits once, and is not freed',
    broken: (view) => {
      const seen = new Set<Address>()
      return first(queues(view), ({ queue }) =>
        first(view.items(queue), ({ address }) => {
          if (seen.has(address) || !view.isInUse(address)) return `the block at ${address}`
          seen.add(address)
          return undefined
        }),
      )
    },
  },
  {
    name: 'a goal is odd, and at most the next write sequence',
    broken: (view) =>
      first(queues(view), ({ queue, qsbr }) => {
        const next = (view.get(qsbr.writeSequence) + STEP) | 0
        return first(view.items(queue), ({ goal }) =>
          (goal & 1) === 1 && atMost(goal, next) ? undefined : `goal ${goal}, next write sequence ${next}`,
        )
      }),
  },
  {
    name: 'a chunk is read no further than it is written',
    broken: (view) =>
      first(queues(view), ({ queue }) =>
        first([...chunksOf(view.memory, queue)], (chunk) => {
          const [read, write] = [view.get(chunk.read), view.get(chunk.write)]
          return read >= 0 && read <= write && write <= CHUNK ? undefined : `read ${read}, written ${write}`
        }),
      ),
  },
  {
    name: 'work that was left to the interpreter is announced',
    // Both are changed under the mutex.
    broken: (view) =>
      first(view.interpreters, ({ abandonedFrees: { mutex, hasWork, queue } }) =>
        view.get(queue.head) === NULL || view.get(hasWork) !== 0 || view.isTaken(mutex) ? undefined : 'nobody would look for it',
      ),
  },
  {
    name: 'a thread that is cleared has left what it had retired',
    broken: (view) =>
      first(view.threads, ({ record, os, identity, busy }) =>
        busy || os === NULL || identity !== NULL || view.get(record.freeQueue.head) === NULL ? undefined : 'its queue is not empty',
      ),
  },
]

/** The queues of all threads, and of those that are gone. */
function queues(view: View): { readonly queue: FreeQueue; readonly qsbr: Qsbr }[] {
  const own = view.threads.map(({ record, interpreter }) => ({ queue: record.freeQueue, qsbr: interpreter.qsbr }))
  const left = view.interpreters.map(({ abandonedFrees, qsbr }) => ({ queue: abandonedFrees.queue, qsbr }))
  return [...own, ...left].filter(({ queue }) => view.get(queue.head) !== NULL)
}
