/** What two threads do with one arena. */
import { BlockArena } from '../../runtime/memory/arena.ts'
import { type Address, CELL } from '../../runtime/memory/memory.ts'
import type { SharedMemory } from '../../runtime/memory/shared-memory.ts'
import { meet } from './meet.ts'

const CELLS = 16
/** Blocks that are in use at a time. */
const HELD = 4

/** Allocates blocks, writes its mark into them and frees them. @returns how many marks it did not find again. */
export function churn(memory: SharedMemory, gate: Address, mark: number, times: number): number {
  const arena = new BlockArena(memory, memory.buffer.byteLength)
  const held: Address[] = []
  let lost = 0
  const giveBack = (block: Address) => {
    for (let index = 0; index < CELLS; index++) lost += Number(memory.get(block + index * CELL) !== mark)
    arena.free(block)
  }
  meet(memory, gate, 2)
  for (let i = 0; i < times; i++) {
    const block = arena.allocate(CELLS * CELL, 'block')
    memory.fill(block, CELLS * CELL, mark)
    held.push(block)
    if (held.length > HELD) giveBack(held.shift() as Address)
  }
  for (const block of held) giveBack(block)
  return lost
}
