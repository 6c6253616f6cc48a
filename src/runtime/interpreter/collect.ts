/**
 * The collector's pause, as far as counting and reclamation need it: merges what is queued for any
 * thread, also for those that are blocked and would not for long, and frees all memory that waits.
 *
 * @see CPython Python/gc_free_threading.c, gc_collect_internal
 */
import { processAllInPause } from '../reclaim/delayed-free.ts'
import { endMerged, mergeQueuedInPause } from '../refcount/merge-queue.ts'
import { each } from '../thread/thread-state.ts'
import { ThreadRecord } from './records.ts'
import type { Thread } from './thread.ts'

export function collect(thread: Thread): void {
  const { memory, runtime, interpreter, chunks, attached } = thread
  const dead = thread.whileStopped(() => {
    // Under the list's lock although the world is stopped: who has no thread state yet cannot be stopped, and may be linking one.
    const states = runtime.locked(attached, () => [...each(memory, interpreter.threads)])
    const records = states.map((state) => ThreadRecord.at(state.address))
    const merged = mergeQueuedInPause(
      memory,
      chunks,
      records.map((record) => record.mergeQueue),
    )
    const others = records.filter((record) => record.address !== thread.thread)
    processAllInPause(
      thread,
      others.map((record) => record.freeQueue),
    )
    return merged
  })
  // Ending objects runs finalizers, and those run with the world going.
  endMerged(thread, dead)
}
