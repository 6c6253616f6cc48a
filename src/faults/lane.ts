/**
 * A worker that runs scenarios against the reference with a fault in it, one fault after the other.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import type { Job, LaneData, Reply } from './lanes.ts'
import { faultyFile } from './load.ts'
import { faultNamed } from './museum.ts'
import { Scenarios } from './scenarios.ts'
import { faultyReference, REPLACEMENTS, reference } from './subject.ts'

const RUNTIME = new URL('../runtime/', import.meta.url)

const port = parentPort as MessagePort
const { patience } = workerData as LaneData
const scenarios = new Scenarios()

// What was measured would be charged to the file as it stands on the disk, which is not the one that runs. The subjects
// inherit this worker's own copy of the environment.
delete process.env.NODE_V8_COVERAGE

port.on('message', async (job: Job) => {
  try {
    const outcomes = job.fault === undefined ? await run(job, reference()) : await runFaulty(job, job.fault)
    port.postMessage({ outcomes } satisfies Reply)
  } catch (error) {
    port.postMessage({ problem: (error as Error).message } satisfies Reply)
  }
})

const run = ({ ids, files, untilFirst }: Job, command: string) => scenarios.run({ ids, files, command, patience, untilFirst })

async function runFaulty(job: Job, fault: string) {
  const folder = mkdtempSync(join(tmpdir(), 'ftspec-fault-'))
  const file = join(folder, 'replacements.json')
  try {
    writeFileSync(file, JSON.stringify(faultyFile(faultNamed(fault), RUNTIME)))
    process.env[REPLACEMENTS] = file
    return await run(job, faultyReference())
  } finally {
    rmSync(folder, { recursive: true })
  }
}
