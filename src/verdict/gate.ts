/**
 * The gate: from what a run found to the exit code of the command.
 */
import { isFailure, merge, type Verdict } from './verdict.ts'

/** What the exit codes mean, the same for every command. */
export const EXIT = {
  /** Everything was checked, and is as it should be. */
  well: 0,
  /** A check failed. */
  failed: 1,
  /** Nothing failed, but not everything that was asked for was found out. */
  incomplete: 3,
  /** The command was called wrongly. */
  usage: 4,
  /** The suite itself went wrong. */
  internal: 5,
} as const
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** Verdicts that settle a scenario as it should be. One of them at least must be there for a run to be well. */
const SETTLED: ReadonlySet<Verdict> = new Set(['pass', 'expected-failure'])

/**
 * @param verdicts of every scenario that came to an end.
 * @param lost how many scenarios were planned and did not.
 */
export function exitCode(verdicts: readonly Verdict[], lost: number): ExitCode {
  const worst = merge(verdicts)
  if (isFailure(worst)) return EXIT.failed
  if (worst === 'error') return EXIT.internal
  const settled = verdicts.some((verdict) => SETTLED.has(verdict))
  return settled && lost === 0 && (worst === 'unsupported' || SETTLED.has(worst)) ? EXIT.well : EXIT.incomplete
}
