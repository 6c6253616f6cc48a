/**
 * What a scenario leaves behind for whoever judges and reports it: attachments to its steps,
 * told apart by media type.
 */
import { z } from 'zod'
import { RaceLimit } from '../protocol/messages.ts'

/** What the subject said about itself. Attached before each scenario. */
export const HELLO = 'application/x-ftspec-hello+json'

/** One request to the subject, and what came of it. */
export const EXCHANGE = 'application/x-ftspec-exchange+json'

/** What a race came to, row by row of its table. Attached to the step that judges it. */
export const OUTCOMES = 'application/x-ftspec-outcomes+json'

/** Checks, witnesses and what is left behind. Attached once, at the end of a scenario. */
export const SUMMARY = 'application/x-ftspec-summary+json'

/** Why the scenario could not be judged by its checks. Attached at its end, and only then. */
export const ENDING = 'application/x-ftspec-ending+json'

export const Ending = z.discriminatedUnion('ending', [
  /** The subject does not offer something that the scenario needs. */
  z.object({ ending: z.literal('unsupported'), message: z.string() }),
  /** The subject gave no usable answer, or was not asked. `during` is the request that was under way, `stderr` the last the subject wrote there. */
  z.object({
    ending: z.literal('failure'),
    verdict: z.enum(['crash', 'timeout', 'protocol-violation', 'error', 'not-run']),
    message: z.string(),
    during: z.string(),
    stderr: z.string(),
  }),
])
export type Ending = z.infer<typeof Ending>

/**
 * How an outcome of a race is graded: expected ones have to be seen when every order is tried, allowed ones
 * may be seen, and forbidden ones must not. What stands in no row must not be either.
 */
export const GRADES = ['expected', 'allowed', 'forbidden'] as const
export type Grade = (typeof GRADES)[number]

export const Tally = z.object({
  how: z.enum(['explored', 'sampled']).describe('Orders one after the other, or attempts; and whether no order was left out.'),
  complete: z.boolean(),
  limitedBy: RaceLimit.optional(),
  bound: z.int().optional().describe('The bound that it was limited by.'),
  failed: z.boolean().describe('Whether it ended because something failed.'),
  schedules: z.int().describe('Orders, or attempts, that were run.'),
  /** The rows of the table in their order, and behind them what came and stands in none. */
  rows: z.array(
    z.object({
      words: z.array(z.string()),
      grade: z.enum(GRADES).nullable().describe('Null for what stands in no row.'),
      times: z.int().describe('Orders, or attempts, that ended so.'),
    }),
  ),
})
export type Tally = z.infer<typeof Tally>

export const Outcomes = Tally.extend({
  extent: z.string().describe('How far that goes, in one line.'),
})
export type Outcomes = z.infer<typeof Outcomes>
