/** What two threads do while one of them stops the world. */
import { clearThread, deleteThread } from '../../runtime/interpreter/lifecycle.ts'
import { safePoint } from '../../runtime/interpreter/safe-point.ts'
import type { Address } from '../../runtime/memory/memory.ts'
import type { SharedMemory } from '../../runtime/memory/shared-memory.ts'
import { enter, open } from '../setting.ts'
import { meet } from './meet.ts'

/** Counts, one by one and not atomically, and passes a safe point after each. @returns how far it counted. */
export function passSafePoints(memory: SharedMemory, gate: Address, counter: Address, done: Address): number {
  const thread = enter(open(memory))
  let passed = 0
  meet(memory, gate, 2)
  while (memory.load(done) === 0) {
    memory.set(counter, memory.get(counter) + 1)
    passed += 1
    safePoint(thread)
    // Now and then it is somewhere else when the stopper looks for it.
    if (passed % 16 !== 0) continue
    thread.detach()
    thread.attach()
  }
  clearThread(thread)
  deleteThread(thread)
  return passed
}

/** Stops the world and counts, not atomically, while it is stopped. @returns how far it counted. */
export function stopAndCount(memory: SharedMemory, gate: Address, counter: Address, done: Address, pauses: number, times: number): number {
  const thread = enter(open(memory))
  let counted = 0
  thread.detach()
  meet(memory, gate, 2)
  thread.attach()
  for (let pause = 0; pause < pauses; pause++) {
    thread.whileStopped(() => {
      for (let i = 0; i < times; i++) {
        memory.set(counter, memory.get(counter) + 1)
        counted += 1
      }
    })
    safePoint(thread)
  }
  memory.store(done, 1)
  clearThread(thread)
  deleteThread(thread)
  return counted
}
