/**
 * Judging a subject: what `ftspec run` and `ftspec baseline` have in common.
 */
import { join, resolve } from 'node:path'
import type { Results } from '../report/results.ts'
import { writeReports } from '../report/write-reports.ts'
import { Unstartable } from '../subject/subject.ts'
import { EXIT } from '../verdict/gate.ts'
import type { Judgement } from '../verdict/judge.ts'
import type { KnownFailure } from '../verdict/known-failures.ts'
import { Progress } from './progress.ts'
import type { Ran } from './run-features.ts'
import type { Planned, Request, Selected } from './selection.ts'
import type { Terminal } from './terminal.ts'
import { UsageError } from './usage-error.ts'

/** Options of every command that judges. */
export const JUDGING = {
  subject: { type: 'string' },
  known: { type: 'string' },
  report: { type: 'string', default: 'report' },
  patience: { type: 'string', default: '1' },
  'race-repeat': { type: 'string', default: '1000' },
} as const

/** What is said of them in a command's help. */
export const JUDGING_HELP = {
  subject: `  --subject COMMAND    the command that starts the implementation, which speaks the protocol of
                       docs/protocol.md on its standard input and output; without it, the
                       reference runtime in this process`,
  limits: `  --report FOLDER      where the report goes (report)
  --race-repeat N      how often a race is tried by an implementation that lets real threads race
                       (1000); one that runs every order, as the reference does, has no need of it
  --patience FACTOR    multiplies every time limit, for a slow machine (1)
  --help               this text`,
} as const

/** What is to be judged, and how. */
export interface Judging {
  readonly request: Request
  readonly selected: readonly Selected[]
  readonly command: string | undefined
  readonly known: ReadonlyMap<string, KnownFailure>
  readonly report: string
  readonly patience: number
  readonly repeat: number
}

export interface Judged extends Ran {
  readonly results: Results
  /** The file of the page to read. */
  readonly page: string
}

/**
 * Runs what was selected, with progress on the terminal, and writes the report.
 *
 * @throws UsageError if the subject cannot be started.
 */
export async function judged({ report, ...run }: Judging, terminal: Terminal): Promise<Judged> {
  const folder = resolve(terminal.folder, report)
  const log = join(folder, 'events.ndjson')
  const total = run.selected.reduce((sum, { planned }) => sum + planned.length, 0)
  const progress = new Progress(terminal, total)
  const { runFeatures } = await import('./run-features.ts')
  const watcher = {
    begin: ({ chapter, case: { id } }: Planned) => progress.begin(chapter, id),
    end: (_: Planned, { verdict }: Judgement) => progress.end(verdict),
  }
  process.on('SIGINT', interrupted).on('SIGTERM', interrupted)
  try {
    const ran = await runFeatures({ ...run, log, watcher })
      .finally(() => progress.finish())
      .catch(unstartable)
    return { ...ran, ...writeReports(log, folder) }
  } finally {
    process.off('SIGINT', interrupted).off('SIGTERM', interrupted)
  }
}

function unstartable(error: Error): never {
  throw error instanceof Unstartable ? new UsageError(error.message) : error
}

/** Leaves the way a program does that ends, so that no subject is left behind. The log stays without a footer. */
const interrupted = (): never => process.exit(EXIT.incomplete)

/** @throws UsageError if it is no factor. */
export function patienceOf(value: string): number {
  const factor = Number(value)
  if (Number.isFinite(factor) && factor > 0) return factor
  throw new UsageError(`--patience takes a number above 0, not ${value}`)
}

/** @throws UsageError if it is no number of times. */
export function repeatOf(value: string): number {
  if (/^[1-9]\d{0,8}$/.test(value)) return Number(value)
  throw new UsageError(`--race-repeat takes a whole number from 1 to 999999999, not ${value}`)
}
