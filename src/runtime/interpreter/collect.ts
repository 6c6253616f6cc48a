/**
 * The collector's pause: merges what is queued for any thread, also for those that are blocked and would not for
 * long, frees all memory that waits, and finds what running code has left that nobody can reach.
 *
 * @see CPython Python/gc_free_threading.c, gc_collect_internal
 */
import { endGarbage, findGarbage } from '../gc/collector.ts'
import { freeze, unfreeze } from '../gc/freeze.ts'
import { processAllInPause } from '../reclaim/delayed-free.ts'
import { endMerged, mergeQueuedInPause } from '../refcount/merge-queue.ts'
import { each } from '../thread/thread-state.ts'
import { ThreadRecord } from './records.ts'
import type { Thread } from './thread.ts'

export function collect(thread: Thread): void {
  // What generators do when they are closed may bring anything back. Once more is enough: those closed then wait for the next collection.
  if (collectOnce(thread)) collectOnce(thread)
}

/** @returns whether generators were closed, so that what is garbage has to be found out anew. */
function collectOnce(thread: Thread): boolean {
  const { memory, runtime, interpreter, chunks, attached } = thread
  const { dead, garbage } = thread.whileStopped(() => {
    // Under the list's lock although the world is stopped: who has no thread state yet cannot be stopped, and may be linking one.
    const states = runtime.locked(attached, () => [...each(memory, interpreter.threads)])
    const records = states.map((state) => ThreadRecord.at(state.address))
    const dead = mergeQueuedInPause(
      memory,
      chunks,
      records.map((record) => record.mergeQueue),
    )
    const others = records.filter((record) => record.address !== thread.thread)
    processAllInPause(
      thread,
      others.map((record) => record.freeQueue),
    )
    const frames = records.map((record) => memory.get(record.code.frame))
    return { dead, garbage: findGarbage(runtime.arena, interpreter.address, frames) }
  })
  // Ending objects runs finalizers, and those run with the world going.
  endMerged(thread, dead)
  return endGarbage(thread, garbage)
}

/** Takes every object that the collector tracks out of its sight, in a pause. */
export function freezeObjects(thread: Thread): void {
  thread.whileStopped(() => freeze(thread.runtime.arena, thread.interpreter.address))
}

/** Puts them back, in a pause. */
export function unfreezeObjects(thread: Thread): void {
  thread.whileStopped(() => unfreeze(thread.runtime.arena, thread.interpreter.address))
}
