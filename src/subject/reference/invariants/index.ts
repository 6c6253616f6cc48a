/**
 * What has to hold in every state of a race, between any two operations on shared memory.
 *
 * Each rule is true of a runtime at rest. Some are broken for a moment by the very thread that makes them true again
 * with its next operation, or while a lock is held that guards what they are about; then the rule names that as its
 * exception.
 */
import type { Invariant } from '../../../explore/program.ts'
import { delayedFree } from './delayed-free.ts'
import { locks } from './locks.ts'
import { mergeQueue } from './merge-queue.ts'
import { refcount } from './refcount.ts'
import { sequences } from './sequences.ts'
import { threadStates } from './threads.ts'
import { type Rule, type Scene, View } from './view.ts'

export const RULES: readonly Rule[] = [...threadStates, ...locks, ...refcount, ...mergeQueue, ...sequences, ...delayedFree]

/** The rules for one race. A state is read once for all of them. */
export function invariants(): Invariant<Scene>[] {
  let view: View | undefined
  return RULES.map(({ name, broken }) => ({
    name,
    broken: (memory, scene, situation) => {
      if (view?.situation !== situation) view = new View(memory, scene, situation)
      return broken(view)
    },
  }))
}
