/** Three threads whose doings are scripted, for tests of locks. */
import type { Parker } from '../runtime/sync/parking-lot.ts'
import { scripted } from './scripted.ts'
import type { ScriptedMemory } from './scripted-memory.ts'
import { LOT, parkerOf, SLEEPERS_BYTES, TARGET } from './sleepers.ts'

/** Three threads, and a cell to wait for. */
export function threeSleepers() {
  const memory = scripted(SLEEPERS_BYTES)
  return { memory, lot: LOT, target: TARGET, ada: parkerOf(memory, 0), ben: parkerOf(memory, 1), cem: parkerOf(memory, 2) }
}

/** What happens while a thread sleeps. */
export function meanwhile(memory: ScriptedMemory, { waiter }: Parker, act: () => void): void {
  memory.before('wait', waiter.semaphore, act)
}
