/**
 * Faults of threads: their records and states, pauses, safe points, life and death, locks, fork.
 */
import type { Fault } from '../fault.ts'
import { forks } from './thread/forks.ts'
import { lives } from './thread/lives.ts'
import { locks } from './thread/locks.ts'
import { pauses } from './thread/pauses.ts'
import { states } from './thread/states.ts'

export const thread: readonly Fault[] = [...states, ...pauses, ...lives, ...locks, ...forks]
