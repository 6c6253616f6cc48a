/** Two threads at once: that count, on objects of their own and on one that they share; and that run the same function. */
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { bind, createThread } from '../runtime/interpreter/lifecycle.ts'
import { Runtime } from '../runtime/interpreter/runtime.ts'
import { sleeper, type Thread } from '../runtime/interpreter/thread.ts'
import { type Address, CELL } from '../runtime/memory/memory.ts'
import { SharedMemory } from '../runtime/memory/shared-memory.ts'
import { incref } from '../runtime/refcount/biased.ts'
import { programs } from '../testing/programs.ts'
import { QUIET, type Setting } from '../testing/setting.ts'
import { ARRIVED, type Given, type Job, type Took } from './at-once.ts'
import { type Bar, fastest, type Result } from './measure.ts'
import { PROGRAMS, setting } from './programs.ts'

const BYTES = 1024 * 1024
/** In a round, which takes a tenth of a second. */
const COUNTS = 4_000_000
/** Turns of a loop. */
const TURNS = 200_000
const ROUNDS = 7

/** Where workers wait for each other before they begin. */
const GATE = new SharedMemory(new SharedArrayBuffer(CELL))

/** How much longer one thread takes for each operation than two together. */
const BAR: Bar = { is: 'at least', value: 1.6 }

export async function scaling(): Promise<Result[]> {
  return [...(await counting()), await running('adding ints'), await running('calls')]
}

/** Two threads of an interpreter, not attached. */
function twoThreads({ runtime, interpreter }: Pick<Setting, 'runtime' | 'interpreter'>): [Thread, Thread] {
  const thread = () => {
    const os = runtime.createOsThread()
    return bind(runtime, os, createThread({ runtime, os }, interpreter), QUIET)
  }
  return [thread(), thread()]
}

async function counting(): Promise<Result[]> {
  const runtime = Runtime.create(new SharedMemory(new SharedArrayBuffer(BYTES)), BYTES)
  const interpreter = runtime.createInterpreter(sleeper(runtime, runtime.createOsThread()))
  const threads = twoThreads({ runtime, interpreter })
  const workers = threads.map((thread) => start('./counting-worker.ts', runtime, thread))
  const [mine, yours] = threads.map((thread) => thread.createObject(0, false)) as [Address, Address]
  // Shared, and never down to the last: another thread holds one more.
  const shared = runtime.allocate(2, 32, 'object')
  for (let i = 0; i < 2; i++) incref(threads[0], shared)
  const alone = () => together(workers, [mine], COUNTS)
  const own = () => together(workers, [mine, yours], COUNTS)
  const one = () => together(workers, [shared, shared], COUNTS)
  await alone()
  await own()
  const rounds = []
  for (let round = 0; round < ROUNDS; round++) rounds.push({ alone: await alone(), own: await own(), one: await one() })
  await Promise.all(workers.map((worker) => worker.terminate()))
  return [
    fastest(
      'one thread that counts on its own object',
      'two, each on its own',
      rounds.map(({ alone, own }) => ({ nanoseconds: alone, floor: own })),
      BAR,
    ),
    fastest(
      'one thread that counts on its own object',
      'two on a shared one',
      rounds.map(({ alone, one }) => ({ nanoseconds: alone, floor: one })),
    ),
  ]
}

/** Two threads that run the same function, each its own copy. */
async function running(name: keyof typeof PROGRAMS): Promise<Result> {
  const of = setting()
  const { m, run, look } = programs(of)
  run(PROGRAMS[name])
  const work = look('work')
  const workers = twoThreads(of).map((thread) => start('./running-worker.ts', of.runtime, thread))
  m.detach()
  const alone = () => together(workers, [work], TURNS)
  const both = () => together(workers, [work, work], TURNS)
  await both()
  await both()
  const rounds = []
  for (let round = 0; round < ROUNDS; round++) rounds.push({ nanoseconds: await alone(), floor: await both() })
  await Promise.all(workers.map((worker) => worker.terminate()))
  return fastest(`one thread that runs a function, ${name}`, 'two that run the same', rounds, BAR)
}

/**
 * What an operation costs when so many workers do it at the same time: nanoseconds of processor time, of the slowest of them, by how many
 * of them there are. On a machine that does other things, too, two threads often wait for a processor; that is not theirs to answer for.
 * @param objects what each works with; others have nothing to do.
 */
async function together(workers: readonly Worker[], objects: readonly Address[], operations: number): Promise<number> {
  const busy = workers.slice(0, objects.length)
  GATE.store(ARRIVED, 0)
  const answers = busy.map((worker) => once(worker, 'message'))
  for (const [index, worker] of busy.entries()) {
    const job: Job = { object: objects[index] as Address, operations, workers: busy.length }
    worker.postMessage(job)
  }
  const took = (await Promise.all(answers)).map(([answer]) => (answer as Took).nanoseconds)
  return Math.max(...took) / operations / busy.length
}

function start(script: string, { memory }: Runtime, thread: Thread): Worker {
  const { buffer } = memory as SharedMemory
  const data: Given = { buffer, os: thread.os.address, record: thread.thread, gate: GATE.buffer }
  return new Worker(new URL(script, import.meta.url), { workerData: data })
}
