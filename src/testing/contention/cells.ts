/** What two threads do to bare cells. */
import type { Address, Memory, Wake } from '../../runtime/memory/memory.ts'
import { meet } from './meet.ts'

export function addAtomically(memory: Memory, gate: Address, counter: Address, times: number): void {
  meet(memory, gate, 2)
  for (let i = 0; i < times; i++) memory.add(counter, 1)
}

/** Adds to a word whenever its turn comes, and sleeps meanwhile. @returns how its sleeps ended. */
export function takeTurns(memory: Memory, gate: Address, word: Address, mine: number, turns: number): Wake[] {
  meet(memory, gate, 2)
  const ends = new Set<Wake>()
  for (let turn = 0; turn < turns; turn++) {
    for (let seen = memory.load(word); seen % 2 !== mine; seen = memory.load(word)) {
      ends.add(memory.wait(word, seen))
    }
    memory.add(word, 1)
    memory.notify(word, 1)
  }
  return [...ends]
}

/** Reads the clock after the other thread did, turn by turn. @returns the least time that passed from its reading to the own one. */
export function compareClocks(memory: Memory, gate: Address, word: Address, clock: Address, mine: number, turns: number): number {
  meet(memory, gate, 2)
  let least = Number.POSITIVE_INFINITY
  for (let turn = 0; turn < turns; turn++) {
    for (let seen = memory.load(word); seen % 2 !== mine; seen = memory.load(word)) memory.wait(word, seen)
    const now = memory.now()
    if (memory.load(word) > 0) least = Math.min(least, (now - memory.load(clock)) | 0)
    memory.store(clock, now)
    memory.add(word, 1)
    memory.notify(word, 1)
  }
  return least
}
