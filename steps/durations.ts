/**
 * Lengths of time by what they mean, in milliseconds: often it is the subject that says how long.
 */
import type { World } from './world.ts'

export type Duration = (world: Pick<World, 'hello'>) => number

/** By how much one length of time exceeds another that it is to be told from. */
const MOMENT = 0.25

const DURATIONS = {
  'half the fairness limit': ({ hello }) => hello.parameters['mutex.fair-after'] / 2,
  'a moment longer than the fairness limit': ({ hello }) => hello.parameters['mutex.fair-after'] + MOMENT,
  'the fairness limit': ({ hello }) => hello.parameters['mutex.fair-after'],
  'a moment longer than the polling interval': ({ hello }) => hello.parameters['world.poll-every'] + MOMENT,
  'half a second': () => 500,
  'a second': () => 1000,
  'two seconds': () => 2000,
} as const satisfies Record<string, Duration>

/** What a length of time is called, one pattern each. */
export const DURATION_WORDS: readonly string[] = Object.keys(DURATIONS)

/** @param words one of the words above. */
export const durationOf = (words: string): Duration => DURATIONS[words as keyof typeof DURATIONS]
