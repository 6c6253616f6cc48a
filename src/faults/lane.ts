/**
 * A worker that runs scenarios against the reference with a fault in it, one fault after the other.
 */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import type { Job, LaneData, Reply } from './lanes.ts'
import { FAULT_VARIABLE } from './museum.ts'
import { Scenarios } from './scenarios.ts'
import { faultyReference, reference } from './subject.ts'

const port = parentPort as MessagePort
const { patience, compileCache } = workerData as LaneData
const scenarios = new Scenarios()

// The subjects inherit this worker's own copy of the environment.
process.env.NODE_COMPILE_CACHE = compileCache
// What was measured would be charged to the file as it stands on the disk, which is not the one that runs.
delete process.env.NODE_V8_COVERAGE

port.on('message', async ({ fault, ids, untilFirst }: Job) => {
  if (fault !== undefined) process.env[FAULT_VARIABLE] = fault
  const command = fault === undefined ? reference() : faultyReference()
  try {
    port.postMessage({ outcomes: await scenarios.run({ ids, command, patience, untilFirst }) } satisfies Reply)
  } catch (error) {
    port.postMessage({ problem: (error as Error).message } satisfies Reply)
  }
})
