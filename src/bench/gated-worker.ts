/**
 * Runs one body of the stack, one operation per turn: before each atomic operation it says that it
 * has come so far, and waits to be let on.
 */
import { parentPort, workerData } from 'node:worker_threads'
import { treiber } from '../explore/classics.ts'
import type { ExploredMemory } from '../explore/explored-memory.ts'
import { SharedMemory } from '../runtime/memory/shared-memory.ts'
import { ARRIVED, type Gate, LEFT } from './gates.ts'

const { shared, gates, thread, threads } = workerData as Gate
const turns = new SharedMemory(gates)
const turn = 64 * (1 + thread)

/** Says how far it is, and waits for its turn. */
function pass(state: number): void {
  turns.store(turn, state)
  turns.notify(turn, 1)
  while (turns.load(turn) === state) turns.wait(turn, state)
}

class GatedMemory extends SharedMemory {
  override load(at: number): number {
    pass(ARRIVED)
    return super.load(at)
  }

  override compareExchange(at: number, expected: number, value: number): number {
    pass(ARRIVED)
    return super.compareExchange(at, expected, value)
  }
}

const body = treiber(threads).bodies[thread]
const memory = new GatedMemory(shared)
parentPort?.postMessage('ready')
for (;;) {
  pass(LEFT)
  // The stack's bodies use nothing that only an explored memory has.
  body?.(memory as unknown as ExploredMemory)
}
