/**
 * Lanes: workers beside each other, each with the step files loaded once and one subject at a time.
 */
import { Worker } from 'node:worker_threads'
import type { Outcome } from './scenarios.ts'

/** Scenarios to be run against one subject. */
export interface Job {
  /** The id of the fault in the subject. Absent: the reference as it is. */
  readonly fault: string | undefined
  /** Scenarios, and requirements, of which all scenarios are meant. */
  readonly ids: readonly string[]
  /** The files of features in which they stand, relative to the project. */
  readonly files: readonly string[]
  /** Whether to stop at the first scenario that does not pass. */
  readonly untilFirst: boolean
}

export interface Lane {
  /** Runs a job, one at a time. Rejects if its scenarios could not be run. */
  run(job: Job): Promise<Outcome[]>
  end(): Promise<void>
}

/** What a lane's worker is started with. */
export interface LaneData {
  /** Multiplies every time limit of a subject. */
  readonly patience: number
}

/** What a lane's worker answers to a job. */
export type Reply = { readonly outcomes: Outcome[] } | { readonly problem: string }

/** Taking the types out of a faulty file is a feature of Node that it warns of. */
const QUIET = ['--disable-warning=ExperimentalWarning']

export function openLane(workerData: LaneData): Lane {
  const worker = new Worker(new URL('./lane.ts', import.meta.url), { workerData, execArgv: QUIET })
  return {
    async run(job) {
      const { promise, resolve, reject } = Promise.withResolvers<Reply>()
      const gone = () => reject(new Error('the lane has ended'))
      worker.once('message', resolve).once('error', reject).once('exit', gone)
      worker.postMessage(job)
      const reply = await promise.finally(() => worker.off('message', resolve).off('error', reject).off('exit', gone))
      if ('outcomes' in reply) return reply.outcomes
      throw new Error(reply.problem)
    },
    async end() {
      await worker.terminate()
    },
  }
}

/**
 * Runs jobs on several lanes, each lane taking the next one when it is free.
 *
 * @param done is told of each job's outcomes, in the order of the jobs.
 * @throws what the first job that could not be run threw; the others are given up then.
 */
export async function runJobs(
  jobs: readonly Job[],
  lanes: readonly Lane[],
  done: (job: number, outcomes: Outcome[]) => void,
): Promise<void> {
  const finished = new Map<number, Outcome[]>()
  let next = 0
  let told = 0
  const work = async (lane: Lane): Promise<void> => {
    while (next < jobs.length) {
      const index = next++
      finished.set(index, await lane.run(jobs[index] as Job))
      for (let outcomes = finished.get(told); outcomes; outcomes = finished.get(told)) done(told++, outcomes)
    }
  }
  try {
    await Promise.all(lanes.map(work))
  } finally {
    await Promise.all(lanes.map((lane) => lane.end()))
  }
}
