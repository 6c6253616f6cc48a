import type { Address, Memory } from '../../runtime/memory/memory.ts'

/** Waits until `count` threads have come to the gate, so that what follows really happens at the same time. */
export function meet(memory: Memory, gate: Address, count: number): void {
  memory.add(gate, 1)
  memory.notify(gate, count)
  for (let here = memory.load(gate); here < count; here = memory.load(gate)) memory.wait(gate, here)
}
