/**
 * Verdicts, and how several become one.
 *
 * The verdicts stand in one fixed order, from the worst to the best, and a whole is as good as
 * the worst of its parts. What is known to be wrong comes before what is not known, and what is
 * not known before what is right: a chapter with one failure and one check that never ran is a
 * failure, and a chapter with one check that never ran is not a pass. Nothing is not a pass
 * either: the verdict of no parts at all is `not-run`.
 */
import { z } from 'zod'

/** From the worst to the best. The order is part of what is promised; `merge` follows it. */
export const VERDICTS = [
  // Known to be wrong
  'crash', // the subject ended when nobody asked it to
  'timeout', // the subject did not answer in time
  'protocol-violation', // the subject answered what the protocol does not allow
  'fail', // the subject answered, and the answer breaks the rule
  'untestable', // the subject claims the chapter and lacks what it takes to check it
  'unexpected-pass', // a check that is listed as failing passes: the list is out of date
  // Not known
  'error', // the suite itself went wrong
  'inconclusive', // a bound was reached before there was an answer
  'not-run', // nobody looked
  'skipped', // the user asked not to look
  // Known, and as it should be
  'unsupported', // the subject does not claim it
  'expected-failure', // it fails the way a list says it does
  'pass',
] as const

export const Verdict = z.enum(VERDICTS)
export type Verdict = z.infer<typeof Verdict>

/** The verdict of a whole, made from those of its parts, in any order. */
export function merge(parts: Iterable<Verdict>): Verdict {
  const seen = new Set(parts)
  return VERDICTS.find((verdict) => seen.has(verdict)) ?? 'not-run'
}

/** Whether a verdict leaves open what the subject does. */
export function isUnknown(verdict: Verdict): boolean {
  return !isFailure(verdict) && VERDICTS.indexOf(verdict) < VERDICTS.indexOf('unsupported')
}

/** Whether a verdict says that the subject broke a rule, or that a list of its failures is wrong. */
export function isFailure(verdict: Verdict): boolean {
  return VERDICTS.indexOf(verdict) < VERDICTS.indexOf('error')
}
