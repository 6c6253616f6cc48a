/**
 * `ftspec replay`: one order of a race once more, as a table.
 */
import { readFeatures } from '../requirements/features.ts'
import { EXIT } from '../verdict/gate.ts'
import { orderLines } from '../verdict/order.ts'
import { type Command, optionsOf } from './command.ts'
import { proposal } from './near.ts'
import { ROOT } from './project.ts'
import { type RaceRun, type RaceRunner, raceCases } from './race-runs.ts'
import { UsageError } from './usage-error.ts'

const HELP = `Usage: npx ftspec replay TOKEN

Runs one order of a race on the reference and shows it: each operation on shared memory, who did
it, where, and the values that were read and written. What must not be is marked.

A failed race says its token, and so does each outcome in the event log. The same token gives the
same table.

Example: npx ftspec replay BRC-09.13:x1s2.a3b5a4.92rk
`

/** The command over this way to run races. */
export function replayCommand(runRaces: RaceRunner): Command {
  return {
    help: HELP,
    async run([word, ...rest], { out }) {
      optionsOf({}, rest)
      const { id, order } = tokenOf(word)
      const cases = raceCases(readFeatures(ROOT))
      const found = cases.filter((one) => one.case.id === id)
      if (found.length === 0)
        throw new UsageError(
          `there is no race ${id}${proposal(
            id,
            cases.map((one) => one.case.id),
          )}`,
        )
      const runs: RaceRun[] = []
      await runRaces(found, { order }, { end: (run) => runs.push(run) })
      const [{ exchange, failure }] = runs as [RaceRun]
      if (!exchange) throw new UsageError(`this cannot be replayed: ${failure}`)
      const { reply } = exchange
      out.write(`${[...orderLines(reply.order ?? []), '', reply.failure?.message ?? 'Every actor came to its end.'].join('\n')}\n`)
      return reply.failure ? EXIT.failed : EXIT.well
    },
  }
}

/** A scenario and an order, as in "BRC-09.13:x1s2.a3b5a4.92rk". */
function tokenOf(word: string | undefined): { id: string; order: string } {
  const [, id, order] = /^([A-Z]+-[0-9]+\.[0-9]+(?:#[0-9]+)?):(\S+)$/.exec(word ?? '') ?? []
  if (id === undefined || order === undefined) throw new UsageError('which order? A scenario and a token, as in BRC-09.13:x1s2.a3b5a4.92rk')
  return { id, order }
}
