/**
 * `ftspec explore`: every race of the features in every order, and how much that is.
 */
import { readFeatures } from '../requirements/features.ts'
import { readLock } from '../requirements/lock.ts'
import { EXIT, type ExitCode } from '../verdict/gate.ts'
import { requirementOf } from '../verdict/tags.ts'
import { type Command, listed, optionsOf } from './command.ts'
import { LOCK_FILE, ROOT } from './project.ts'
import { type RaceCase, type RaceRun, type RaceRunner, raceCases } from './race-runs.ts'
import { requestOf } from './selection.ts'
import type { Terminal } from './terminal.ts'
import { UsageError } from './usage-error.ts'

const OPTIONS = {
  requirement: { type: 'string', multiple: true },
  bound: { type: 'string' },
  budget: { type: 'string' },
} as const

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000 }

const HELP = `Usage: npx ftspec explore [--requirement IDS] [--bound N] [--budget TIME]

Runs the races of the features on the reference, in every order of the operations on shared
memory, and says of each how many orders and states that were and how fast it went. What the
method is, and what it cannot see, stands in docs/exploring.md.

  --requirement IDS    only races of these requirements, separated by commas
  --bound N            only orders that take the turn away from a thread that could go on at most
                       N times: far fewer, and most mistakes need no more than two
  --budget TIME        what one race may take, as in 500ms, 60s or 2m
  --help               this text

Exits with 0 if every order was tried and no outcome was wrong, 1 if one was, 3 if orders were
left out.

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
      const bound = values.bound === undefined ? undefined : boundOf(values.bound)
      const budget = values.budget === undefined ? undefined : budgetOf(values.budget)
      const runs: RaceRun[] = []
      terminal.out.write(`${HEAD}\n`)
      await runRaces(cases, { ...(bound !== undefined && { bound }), ...(budget !== undefined && { budget }) }, (run) => {
        runs.push(run)
        terminal.out.write(`${line(run)}\n`)
      })
      return conclude(runs, terminal)
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

function boundOf(text: string): number {
  if (/^\d+$/.test(text)) return Number(text)
  throw new UsageError(`--bound takes a whole number, not ${text}`)
}

function budgetOf(text: string): number {
  const [, amount = '', unit = ''] = /^(\d+)(ms|s|m)$/.exec(text) ?? []
  const milliseconds = Number(amount) * (UNITS[unit] ?? 0)
  if (milliseconds > 0) return milliseconds
  throw new UsageError(`--budget takes a time as in 500ms, 60s or 2m, not ${text}`)
}

const WIDTHS = [14, 10, 10, 12, 10, 9] as const
const row = (cells: readonly string[]): string =>
  cells.map((cell, index) => (index === 0 ? cell.padEnd(WIDTHS[0]) : cell.padStart(WIDTHS[index] ?? 0))).join(' ')

const HEAD = row(['race', 'orders', 'states', 'steps', 'time', 'verdict'])

type Standing = 'complete' | 'partly' | 'fail'

/** Whether every order was tried, and nothing was wrong. */
function standingOf({ exchange, failure }: RaceRun): Standing {
  if (failure !== undefined || !exchange) return 'fail'
  return exchange.reply.complete ? 'complete' : 'partly'
}

function line(run: RaceRun): string {
  const { id, exchange, failure = '', duration } = run
  const { schedules = 0, states = 0, steps = 0 } = exchange?.reply ?? {}
  const standing = standingOf(run)
  const told = standing === 'fail' ? `\n${failure.replace(/^/gm, '  ')}` : ''
  return row([id, number(schedules), number(states), number(steps), `${duration.toFixed(0)} ms`, standing]) + told
}

const number = (value: number): string => value.toLocaleString('en')

function conclude(runs: readonly RaceRun[], { out }: Terminal): ExitCode {
  const sum = (of: (run: RaceRun) => number) => runs.reduce((total, run) => total + of(run), 0)
  const orders = sum(({ exchange }) => exchange?.reply.schedules ?? 0)
  const steps = sum(({ exchange }) => exchange?.reply.steps ?? 0)
  const speed = Math.round((steps / sum(({ duration }) => duration)) * 1000)
  out.write(`\n${runs.length} races, ${number(orders)} orders, ${number(steps)} steps, ${number(speed)} steps in a second\n`)
  const standings = runs.map(standingOf)
  if (standings.includes('fail')) return EXIT.failed
  return standings.includes('partly') ? EXIT.incomplete : EXIT.well
}
