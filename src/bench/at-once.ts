/** A worker that does what it is told as often as it is told, beginning when the others do. */
import { parentPort, workerData } from 'node:worker_threads'
import { ThreadRecord } from '../runtime/interpreter/records.ts'
import { Runtime } from '../runtime/interpreter/runtime.ts'
import { Thread } from '../runtime/interpreter/thread.ts'
import { SharedMemory } from '../runtime/memory/shared-memory.ts'
import { OsThread } from '../runtime/thread/thread-state.ts'

/** The cell in the workers' meeting place that says how many have come. */
export const ARRIVED = 0

/** What a worker is given: a memory, which of its threads it is, and where the workers meet. */
export interface Given {
  readonly buffer: SharedArrayBuffer
  readonly os: number
  readonly record: number
  readonly gate: SharedArrayBuffer
}

/** What it is told to do: something so many times, with an object, as one of so many workers. */
export interface Job {
  readonly object: number
  readonly operations: number
  readonly workers: number
}

/** How much time of its processor that took. */
export interface Took {
  readonly nanoseconds: number
}

/** @param perform what is timed. @param around what is done before and after. */
export function atOnce(
  perform: (thread: Thread, object: number, operations: number) => void,
  around: (thread: Thread, timed: () => void) => void = (_thread, timed) => timed(),
): void {
  const { buffer, os, record, gate } = workerData as Given
  const runtime = new Runtime(new SharedMemory(buffer), buffer.byteLength)
  const thread = new Thread(runtime, OsThread.at(os), ThreadRecord.at(record), { finalize() {}, serve: () => true })
  const meeting = new SharedMemory(gate)
  parentPort?.on('message', ({ object, operations, workers }: Job) => {
    around(thread, () => {
      meeting.add(ARRIVED, 1)
      // Spinning, since whoever sleeps here is late.
      while (meeting.load(ARRIVED) < workers) meeting.pause()
      const started = process.threadCpuUsage()
      perform(thread, object, operations)
      const { user, system } = process.threadCpuUsage(started)
      const took: Took = { nanoseconds: (user + system) * 1000 }
      parentPort?.postMessage(took)
    })
  })
}
