/** Two threads that count at once: on objects of their own, and on one that they share. */
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { bind, createThread } from '../runtime/interpreter/lifecycle.ts'
import { Runtime } from '../runtime/interpreter/runtime.ts'
import { sleeper, type Thread } from '../runtime/interpreter/thread.ts'
import { SharedMemory } from '../runtime/memory/shared-memory.ts'
import { incref } from '../runtime/refcount/biased.ts'
import type { Counting } from './counting-worker.ts'
import { type Result, summarize } from './measure.ts'

const BYTES = 1024 * 1024
const OPERATIONS = 4_000_000
const ROUNDS = 7

export async function scaling(): Promise<Result[]> {
  const runtime = Runtime.create(new SharedMemory(new SharedArrayBuffer(BYTES)), BYTES)
  const interpreter = runtime.createInterpreter(sleeper(runtime, runtime.createOsThread()))
  const threads = Array.from({ length: 2 }, () => {
    const os = runtime.createOsThread()
    return bind(runtime, os, createThread({ runtime, os }, interpreter), { finalize() {}, serve: () => true })
  })
  const [first, second] = threads.map((thread) => start(runtime, thread)) as [Worker, Worker]
  const [mine, yours] = threads.map((thread) => thread.createObject(0, false)) as [number, number]
  // Shared, and never down to the last: another thread holds one more.
  const shared = runtime.allocate(2, 32, 'object')
  for (let i = 0; i < 2; i++) incref(threads[0] as Thread, shared)

  const alone = () => together([{ worker: first, object: mine }])
  const own = () =>
    together([
      { worker: first, object: mine },
      { worker: second, object: yours },
    ])
  const one = () =>
    together([
      { worker: first, object: shared },
      { worker: second, object: shared },
    ])
  await alone()
  await own()
  const rounds = []
  for (let round = 0; round < ROUNDS; round++) rounds.push({ alone: await alone(), own: await own(), one: await one() })
  await Promise.all([first.terminate(), second.terminate()])
  return [
    summarize(
      'throughput of two threads, each on its own object',
      'one thread',
      rounds.map(({ alone, own }) => ({ nanoseconds: own, floor: alone })),
      { is: 'at least', value: 1.6 },
    ),
    summarize(
      'throughput of two threads on one shared object',
      'one thread on its own',
      rounds.map(({ alone, one }) => ({ nanoseconds: one, floor: alone })),
    ),
  ]
}

/** Operations per millisecond, of all workers together, while all of them run. */
async function together(jobs: readonly { worker: Worker; object: number }[]): Promise<number> {
  const answers = jobs.map(({ worker }) => once(worker, 'message'))
  for (const { worker, object } of jobs) worker.postMessage({ object, operations: OPERATIONS })
  const times = (await Promise.all(answers)).map(([answer]) => answer as { started: number; ended: number })
  const started = Math.min(...times.map((time) => time.started))
  const ended = Math.max(...times.map((time) => time.ended))
  return (jobs.length * OPERATIONS) / (ended - started)
}

function start({ memory }: Runtime, thread: Thread): Worker {
  const { buffer } = memory as SharedMemory
  const data: Counting = { buffer, os: thread.os.address, record: thread.thread }
  return new Worker(new URL('./counting-worker.ts', import.meta.url), { workerData: data })
}
