/**
 * `ftspec explore`: every race of the features in every order, and how much that is.
 */
import type { RaceSample } from '../protocol/messages.ts'
import { readFeatures } from '../requirements/features.ts'
import { readLock } from '../requirements/lock.ts'
import { requirementOf } from '../verdict/tags.ts'
import { type Command, listed, optionsOf, wholeNumber } from './command.ts'
import { ExploreTable } from './explore-table.ts'
import { LOCK_FILE, ROOT } from './project.ts'
import { RaceProgress } from './race-progress.ts'
import { type RaceCase, type RaceParameters, type RaceRunner, raceCases } from './race-runs.ts'
import { requestOf } from './selection.ts'
import { UsageError } from './usage-error.ts'

const OPTIONS = {
  requirement: { type: 'string', multiple: true },
  bound: { type: 'string' },
  budget: { type: 'string' },
  sample: { type: 'string' },
  schedules: { type: 'string' },
  seed: { type: 'string' },
} as const

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000 }

/** How many orders are drawn, how deep priorities go, and what chance comes from, if nobody says. */
const SCHEDULES = 10_000
const DEPTH = 3
const SEED = '1'

const HELP = `Usage: npx ftspec explore [--requirement IDS] [--bound N] [--budget TIME]
       npx ftspec explore --sample random|pct[:DEPTH] [--schedules N] [--seed S] [--requirement IDS]

Runs the races of the features on the reference, in every order of the operations on shared
memory, and says of each how many orders and states that were and how fast it went. What the
method is, and what it cannot see, stands in docs/exploring.md.

  --requirement IDS    only races of these requirements, separated by commas
  --bound N            only orders that take the turn away from a thread that could go on at most
                       N times: far fewer, and most mistakes need no more than two
  --budget TIME        what one race may take, as in 500ms, 60s or 2m
  --sample HOW         some orders, drawn by lot, for what is too large: random takes any step, all
                       equally likely; pct gives threads priorities that change DEPTH - 1 times
                       (${DEPTH}), which finds what needs a thread to be held back for long
  --schedules N        how many orders are drawn (${SCHEDULES})
  --seed S             what chance comes from (${SEED}): the same seed draws the same orders
  --help               this text

Exits with 0 if every order was tried and no outcome was wrong, 1 if one was, 3 if orders were
left out. A scenario may declare a bound of its own (@bound:2), if its race has too many orders
to try them all; what is within that bound is then all that there is to try.

Example: npx ftspec explore --requirement BRC-09
`

/** The command over this way to run races. */
export function exploreCommand(runRaces: RaceRunner): Command {
  return {
    help: HELP,
    async run(args, terminal) {
      const values = optionsOf(OPTIONS, args)
      const { requirements } = requestOf([], listed(values.requirement), readLock(LOCK_FILE))
      const cases = casesOf(requirements)
      const parameters = parametersOf(values)
      const table = new ExploreTable(parameters)
      const progress = new RaceProgress(terminal, cases.length)
      terminal.out.write(`${table.head}\n`)
      await runRaces(cases, parameters, {
        begin: (id) => progress.begin(id),
        ...(terminal.live && { progress: (told) => progress.tell(told) }),
        end: (run) => {
          progress.clear()
          terminal.out.write(`${table.line(run)}\n`)
        },
      })
      terminal.out.write(`\n${table.summary()}\n`)
      return table.exitCode()
    },
  }
}

/** The races of these requirements; of all, if there are none. */
function casesOf(requirements: readonly string[]): RaceCase[] {
  const wanted = ({ case: { id } }: RaceCase) => requirements.length === 0 || requirements.includes(requirementOf(id))
  const cases = raceCases(readFeatures(ROOT)).filter(wanted)
  if (cases.length === 0) throw new UsageError(`there is no race of ${requirements.join(' or ')}`)
  return cases
}

type Values = { readonly [Name in 'bound' | 'budget' | 'sample' | 'schedules' | 'seed']?: string | undefined }

function parametersOf({ bound, budget, sample, schedules, seed }: Values): RaceParameters {
  const limits = { ...(bound !== undefined && { bound: boundOf(bound) }), ...(budget !== undefined && { budget: budgetOf(budget) }) }
  if (sample === undefined) {
    for (const [name, value] of Object.entries({ schedules, seed })) {
      if (value !== undefined) throw new UsageError(`--${name} is for orders that are drawn by lot: it needs --sample`)
    }
    return limits
  }
  if (bound !== undefined) throw new UsageError('orders are drawn by lot (--sample) or tried one after the other (--bound), not both')
  return {
    ...limits,
    sample: sampleOf(sample),
    repeat: wholeNumber('--schedules', schedules ?? String(SCHEDULES), 1),
    seed: seedOf(seed ?? SEED),
  }
}

function boundOf(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new UsageError(`--bound takes a whole number, not ${text}`)
}

function budgetOf(text: string): number {
  const [, amount = '', unit = ''] = /^(\d+)(ms|s|m)$/.exec(text) ?? []
  const milliseconds = Number(amount) * (UNITS[unit] ?? 0)
  if (milliseconds > 0) return milliseconds
  throw new UsageError(`--budget takes a time as in 500ms, 60s or 2m, not ${text}`)
}

function sampleOf(text: string): RaceSample {
  if (text === 'random') return { by: 'random' }
  const [, depth] = /^pct(?::([1-9]\d?))?$/.exec(text) ?? [undefined, undefined]
  if (text === 'pct' || depth !== undefined) return { by: 'pct', depth: Number(depth ?? DEPTH) }
  throw new UsageError(`--sample takes random, pct or pct with a depth as in pct:3, not ${text}`)
}

function seedOf(text: string): string {
  if (/^\d{1,9}$/.test(text)) return text
  throw new UsageError(`--seed takes a whole number of at most nine digits, not ${text}`)
}
