/**
 * What a scenario leaves behind for whoever judges and reports it: attachments to its steps,
 * told apart by media type.
 */
import { z } from 'zod'

/** What the subject said about itself. Attached before each scenario. */
export const HELLO = 'application/x-ftspec-hello+json'

/** One request to the subject, and what came of it. */
export const EXCHANGE = 'application/x-ftspec-exchange+json'

/** Checks, witnesses and what is left behind. Attached once, at the end of a scenario. */
export const SUMMARY = 'application/x-ftspec-summary+json'

/** Why the scenario could not be judged by its checks. Attached at its end, and only then. */
export const ENDING = 'application/x-ftspec-ending+json'

export const Ending = z.discriminatedUnion('ending', [
  /** The subject does not offer something that the scenario needs. */
  z.object({ ending: z.literal('unsupported'), message: z.string() }),
  /** The subject gave no usable answer. `during` is the request that was under way, `stderr` the last the subject wrote there. */
  z.object({
    ending: z.literal('failure'),
    verdict: z.enum(['crash', 'timeout', 'protocol-violation', 'error']),
    message: z.string(),
    during: z.string(),
    stderr: z.string(),
  }),
])
export type Ending = z.infer<typeof Ending>
