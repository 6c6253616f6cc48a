/** Counts references on an object that is its own, or one that it shares. */
import { parentPort, workerData } from 'node:worker_threads'
import { ThreadRecord } from '../runtime/interpreter/records.ts'
import { Runtime } from '../runtime/interpreter/runtime.ts'
import { Thread } from '../runtime/interpreter/thread.ts'
import { SharedMemory } from '../runtime/memory/shared-memory.ts'
import { decref, incref } from '../runtime/refcount/biased.ts'
import { OsThread } from '../runtime/thread/thread-state.ts'

export interface Counting {
  readonly buffer: SharedArrayBuffer
  readonly os: number
  readonly record: number
}

const { buffer, os, record } = workerData as Counting
const runtime = new Runtime(new SharedMemory(buffer), buffer.byteLength)
const thread = new Thread(runtime, OsThread.at(os), ThreadRecord.at(record), { finalize() {}, serve: () => true })

parentPort?.on('message', ({ object, operations }: { object: number; operations: number }) => {
  const started = performance.timeOrigin + performance.now()
  for (let i = 0; i < operations; i++) {
    incref(thread, object)
    decref(thread, object)
  }
  parentPort?.postMessage({ started, ended: performance.timeOrigin + performance.now() })
})
