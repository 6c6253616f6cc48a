/**
 * How long a subject may take, and how often it may be started again.
 *
 * A limit is a safety net. No verdict but `timeout` depends on one, and a subject that works never
 * comes near it; on a slow machine all of them grow by one factor.
 */
export interface Limits {
  /** For one reply of a program, its first included, in milliseconds. */
  readonly reply: number
  /** From the opening of a scenario to the end of its last request, in milliseconds. */
  readonly scenario: number
  /** From the first scenario to the end of the last, in milliseconds. */
  readonly run: number
  /** How long a program that is asked to end may take before it is killed, in milliseconds. */
  readonly grace: number
  /** How many times in a row a subject is started again without answering a step. */
  readonly restarts: number
}

/** The limits that hold unless somebody says otherwise. */
export const LIMITS: Limits = { reply: 10_000, scenario: 30_000, run: 1_800_000, grace: 2_000, restarts: 3 }

/** The longest that a timer of Node can wait, in milliseconds. */
const LONGEST = 2 ** 31 - 1

/**
 * The limits with every time multiplied, each at most some 24 days.
 *
 * @throws RangeError if the factor is not a number above zero.
 */
export function scaled(limits: Limits, factor: number): Limits {
  if (!(factor > 0)) throw new RangeError(`limits are multiplied by a number above 0, not by ${factor}`)
  const times = (milliseconds: number): number => Math.min(milliseconds * factor, LONGEST)
  const { reply, scenario, run, grace, restarts } = limits
  return { reply: times(reply), scenario: times(scenario), run: times(run), grace: times(grace), restarts }
}
