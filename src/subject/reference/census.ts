/** What is left at the end of a scenario. */
import type { Census } from '../../protocol/messages.ts'
import { ThreadRecord } from '../../runtime/interpreter/records.ts'
import type { Block } from '../../runtime/memory/arena.ts'
import { type Address, type Memory, NULL } from '../../runtime/memory/memory.ts'
import { chunksOf as chunksOfQueue, type FreeQueue, items } from '../../runtime/reclaim/free-queue.ts'
import { queued } from '../../runtime/refcount/merge-queue.ts'
import { isImmortal } from '../../runtime/refcount/object-header.ts'
import { chunksOf as chunksOfStack } from '../../runtime/refcount/object-stack.ts'
import { isLocked } from '../../runtime/sync/mutex.ts'
import { each, OsThread } from '../../runtime/thread/thread-state.ts'
import type { Kind } from './actor.ts'
import type { Process } from './process.ts'

export function census(processes: readonly Process[], parked: number): Census {
  const total: Census = { objects: 0, blocks: 0, threads: 0, queued: 0, pending: 0, locks: 0, parked }
  const leaked: string[] = []
  for (const process of processes) {
    countBlocks(process, total, leaked)
    countThreads(process, total)
    for (const [, mutex] of process.all('mutex')) if (isLocked(process.memory, mutex)) total.locks += 1
  }
  return leaked.length === 0 ? total : { ...total, leaked }
}

function countBlocks(process: Process, total: Census, leaked: string[]): void {
  const { memory, runtime } = process
  const reachable = new Set(inReach(process))
  const named = KEPT.flatMap((kind) => [...process.all(kind)].map(([, address]) => address))
  const isNamed = ({ address, bytes }: Block) => named.some((at) => at >= address && at < address + bytes)
  for (const block of runtime.arena.blocks()) {
    if (block.name === 'object') total.objects += isImmortal(memory, block.address) ? 0 : 1
    else if (block.name === 'block') total.blocks += 1
    // What an operating-system thread has outlives every thread state.
    else if (block.name !== OsThread.name && !reachable.has(block.address) && !isNamed(block)) leaked.push(block.name)
  }
}

/** What a scenario makes and has no operation to give back, or has given back by its end. */
const KEPT: readonly Kind[] = ['mutex', 'event', 'once', 'rwlock', 'cell', 'slot', 'list']

/** The blocks in which the runtime keeps its own affairs. */
function* inReach({ memory, runtime }: Process): Generator<Address> {
  yield runtime.record.address
  for (const { address, qsbr, abandonedFrees, threads, code } of runtime.interpreters()) {
    yield address
    if (memory.get(code.indices.heap) !== NULL) yield memory.get(code.indices.heap)
    if (memory.get(qsbr.slots) !== NULL) yield memory.get(qsbr.slots)
    yield* chunksOf(memory, abandonedFrees.queue)
    for (const thread of each(memory, threads)) {
      const { freeQueue, mergeQueue } = ThreadRecord.at(thread.address)
      yield thread.address
      yield* chunksOf(memory, freeQueue)
      for (const stack of [mergeQueue.toMerge, mergeQueue.taken]) yield* chunksOfStack(memory, stack)
    }
  }
}

function* chunksOf(memory: Memory, queue: FreeQueue): Generator<Address> {
  for (const { address } of chunksOfQueue(memory, queue)) yield address
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
    for (const lock of [
      interpreter.pause.mutex,
      interpreter.qsbr.mutex,
      interpreter.abandonedFrees.mutex,
      interpreter.code.indices.mutex,
    ]) {
      if (isLocked(memory, lock)) total.locks += 1
    }
  }
  if (isLocked(memory, runtime.record.listLock)) total.locks += 1
}
