/** What is left at the end of a scenario. */
import type { Census } from '../../protocol/messages.ts'
import { ThreadRecord } from '../../runtime/interpreter/records.ts'
import { items } from '../../runtime/reclaim/free-queue.ts'
import { queued } from '../../runtime/refcount/merge-queue.ts'
import { isImmortal } from '../../runtime/refcount/object-header.ts'
import { isLocked } from '../../runtime/sync/mutex.ts'
import { each } from '../../runtime/thread/thread-state.ts'
import type { Process } from './process.ts'

export function census(processes: readonly Process[], parked: number): Census {
  const total: Census = { objects: 0, blocks: 0, threads: 0, queued: 0, pending: 0, locks: 0, parked }
  for (const process of processes) {
    countObjects(process, total)
    countThreads(process, total)
    for (const [, mutex] of process.all('mutex')) if (isLocked(process.memory, mutex)) total.locks += 1
  }
  return total
}

function countObjects({ memory, runtime }: Process, total: Census): void {
  for (const { address, name } of runtime.arena.blocks()) {
    if (name === 'object' && !isImmortal(memory, address)) total.objects += 1
    if (name === 'block') total.blocks += 1
  }
}

function countThreads({ memory, runtime }: Process, total: Census): void {
  for (const interpreter of runtime.interpreters()) {
    total.pending += [...items(memory, interpreter.abandonedFrees.queue)].length
    for (const thread of each(memory, interpreter.threads)) {
      const record = ThreadRecord.at(thread.address)
      total.threads += 1
      total.queued += [...queued(memory, record.mergeQueue)].length
      total.pending += [...items(memory, record.freeQueue)].length
    }
    for (const lock of [interpreter.pause.mutex, interpreter.qsbr.mutex, interpreter.abandonedFrees.mutex]) {
      if (isLocked(memory, lock)) total.locks += 1
    }
  }
  if (isLocked(memory, runtime.record.listLock)) total.locks += 1
}
