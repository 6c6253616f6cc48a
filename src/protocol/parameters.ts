/**
 * Parameters: limits, widths and constants that are not law. Checks are computed from these, never from numbers in a
 * feature.
 */
import { z } from 'zod'
import { Counter } from './states.ts'
import { Sequence } from './vocabulary.ts'

const Digits = z.string().regex(/^[0-9]+$/)

/** All counts are numbers; sequences and large limits are decimal digits. */
export const Parameters = z.object({
  'qsbr.sequence-bits': z.int().describe('Bits of a write sequence: it wraps at two to this power.'),
  'qsbr.first': Sequence.describe('The first write sequence.'),
  'qsbr.step': z.int().describe('What an advance adds to the write sequence.'),
  'qsbr.deferral': z
    .discriminatedUnion('rule', [
      z.object({ rule: z.literal('calls'), limit: z.int().describe('The call that advances.') }),
      z.object({
        rule: z.literal('items-or-bytes'),
        items: z.int().describe('The first item beyond these advances.'),
        bytes: z.int().describe('The first byte beyond these advances.'),
      }),
    ])
    .describe('When a deferred advance really advances: every so many calls, or by items and bytes retired.'),
  'qsbr.slots': z.int().describe('Slots that the table of threads has at first. It doubles.'),
  'dfree.chunk': z.int().describe('Delayed frees that fit into a chunk. A full one is processed at once.'),
  'dfree.at-safe-point': z
    .boolean()
    .describe("Whether a safe point that serves a request also looks at its thread's delayed frees, if a round of them is complete."),
  'brc.chunk': z.int().describe('Queued objects that fit into a chunk of the merge queue.'),
  'brc.buckets': z.int().describe("Buckets of the merge queues' table of threads."),
  'brc.local-limit': Digits.describe('The highest local count; one more reference makes the object immortal.'),
  'brc.immortal-count': Digits.describe('What an immortal object answers when it is asked for its count.'),
  'tlbc.entries': z
    .int()
    .optional()
    .describe(
      'Entries that an array of copies has at first. It doubles. This and the next three are for a subject that has copies of bytecode.',
    ),
  'tlbc.counter': z
    .object({
      value: z.int().describe('Bits of the value.'),
      warmUp: Counter.describe('Of an instruction that was never specialized.'),
      coolDown: Counter.describe('After an instruction was specialized.'),
      restarts: z.array(z.int()).describe('The value after an attempt that failed, by the backoff that it has from then on.'),
      highest: z.int().describe('The highest backoff.'),
      unreachable: z.int().describe('The backoff with which no attempt is ever made.'),
    })
    .optional()
    .describe('The counters that decide when an instruction is specialized.'),
  'tlbc.families': z
    .array(z.enum(['BINARY_OP', 'CONTAINS_OP']))
    .optional()
    .describe('The instructions that are specialized, of those that scenarios are about.'),
  'tlbc.constants': z
    .enum(['at creation', 'when first run', 'never'])
    .optional()
    .describe(
      'When the instruction that loads an immortal constant is replaced by its quick form; never, if the general one counts nothing either.',
    ),
  'mutex.fair-after': z.number().describe('A waiter older than this is handed the lock, in milliseconds.'),
  'world.poll-every': z.number().describe('How often a pause looks for threads that came to rest by themselves, in milliseconds.'),
})
export type Parameters = z.infer<typeof Parameters>
