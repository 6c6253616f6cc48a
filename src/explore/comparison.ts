/**
 * Compares the explorer with plain enumeration on one small program.
 */
import { type Enumerated, enumerate } from './enumeration.ts'
import { type Exploration, explore, replay } from './explore.ts'
import type { Program } from './program.ts'
import { explorable, movesClock, type RandomProgram, randomProgram } from './random-program.ts'

/** A program whose two answers differ. */
export interface Mismatch {
  readonly seed: number
  readonly message: string
}

/** What became of a comparison. */
export type Verdict = 'alike' | 'disorderly' | 'too large' | Mismatch

/** Schedules that plain enumeration may go through. */
const MOST = 2000

const disorderly = (failures: Iterable<string>): boolean =>
  [...failures].some((failure) => /^(?:race|use after free|freed twice):/.test(failure))

const list = (texts: Iterable<string>): string => [...texts].sort().join('\n')

/**
 * Compares everything that can be compared: outcomes, failures and, where every schedule is run
 * step by step in both, how many there are.
 *
 * - Every access a step, with and without the visited states: the same outcomes, failures and numbers.
 * - Accesses folded, plain ones or also those of cells for which no threads contend: the same outcomes and failures,
 *   unless there are accesses that nothing orders: data races, or uses of memory that another thread frees. Then such a
 *   failure. What the tokens stand for comes to the same.
 * - Bounded by more preemptions than there can be: the same outcomes and failures.
 */
export const compare = (seed: number): Verdict => compareOn(randomProgram(seed), seed)

/** As `compare`, of a program that is known. @param seed of the fingerprints. */
export function compareOn(random: RandomProgram, seed: number): Verdict {
  const expected = enumerate(random, MOST)
  return expected === undefined ? 'too large' : compareWith(expected, random, seed)
}

/** As `compareOn`, with what plain enumeration has found. */
export function compareWith(expected: Enumerated, random: RandomProgram, seed: number): Verdict {
  const program = explorable(random)
  const conditions = { collect: true, timeouts: random.timeouts, movingClock: movesClock(random), seed } as const
  const found = list([...expected.outcomes, ...expected.failures])
  const same = (what: string, { outcomes, failures, interleavings }: Exploration, schedules?: number): string | undefined => {
    const got = list([...outcomes.keys(), ...failures.keys()])
    if (got !== found) return `${what}:\n${got}\ninstead of\n${found}`
    return schedules === undefined || interleavings === schedules
      ? undefined
      : `${what}: ${interleavings} schedules instead of ${schedules}`
  }
  const step = { ...conditions, everyAccess: true } as const
  const folded = explore(program, conditions)
  const plain = explore(program, { ...conditions, everyAtomic: true })
  const unordered = ({ failures }: Exploration) => disorderly(expected.failures) && disorderly(failures.keys())
  const message =
    same('every access, visited states', explore(program, step), expected.schedules) ??
    same('every access, every schedule', explore(program, { ...step, states: 0 }), expected.schedules) ??
    same('every access, few states', explore(program, { ...step, states: 5 }), expected.schedules) ??
    same('every access, preemptions counted', explore(program, { ...step, preemptions: 99 })) ??
    (unordered(plain) ? undefined : same('plain accesses folded', plain)) ??
    (unordered(folded) ? undefined : (same('folded', folded) ?? replayed(program, folded)))
  if (message !== undefined) return { seed, message: `${message}\n${JSON.stringify(random)}` }
  return disorderly(expected.failures) ? 'disorderly' : 'alike'
}

/** Runs what was found by its tokens. @returns what comes to something else. */
function replayed(program: Program<void>, { outcomes, failures }: Exploration): string | undefined {
  for (const [text, { token }] of [...outcomes, ...failures]) {
    const { outcome, finding } = replay(program, token)
    const told = finding === undefined ? outcome : `${finding.kind}: ${finding.about}`
    if (told !== text) return `${token}: ${told}\ninstead of\n${text}`
  }
  return undefined
}
