/**
 * Judging a subject: what `ftspec run` and `ftspec baseline` have in common.
 */
import { resolve } from 'node:path'
import type { Reports } from '../report/write-reports.ts'
import { LIMITS, scaled } from '../subject/isolation-limits.ts'
import { falseClaims } from '../subject/probes.ts'
import { connectProgram } from '../subject/program.ts'
import { SubjectFailure, Unstartable } from '../subject/subject.ts'
import type { Judgement } from '../verdict/judge.ts'
import type { KnownFailure } from '../verdict/known-failures.ts'
import { wholeNumber } from './command.ts'
import { untilInterrupted } from './interruptions.ts'
import { Progress } from './progress.ts'
import { logIn, prepareFolder, reportSoFar } from './report-folder.ts'
import type { Ran } from './run-features.ts'
import type { Planned, Request, Selected } from './selection.ts'
import { chosenSubject } from './subject-option.ts'
import type { Terminal } from './terminal.ts'
import { UsageError } from './usage-error.ts'

/** Options of every command that judges. */
export const JUDGING = {
  subject: { type: 'string' },
  python: { type: 'string' },
  known: { type: 'string' },
  report: { type: 'string', default: 'report' },
  patience: { type: 'string', default: '1' },
  'race-repeat': { type: 'string', default: '1000' },
} as const

/** What is said of them in a command's help. */
export const JUDGING_HELP = {
  subject: `  --subject COMMAND    the command that starts the implementation, which speaks the protocol of
                       docs/protocol.md on its standard input and output; without it, the
                       reference runtime in this process; cpython is the CPython that is installed
  --python FILE        which CPython (FTSPEC_PYTHON; else python3.14t or python3.15t on PATH)`,
  limits: `  --report FOLDER      where the report goes (report, in the folder that the command is called in)
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
  readonly python: string | undefined
  readonly known: ReadonlyMap<string, KnownFailure>
  /** The list that they stand in. */
  readonly list?: string | undefined
  readonly report: string
  readonly patience: number
  readonly repeat: number
}

/** What a run came to, and its report. */
export type Judged = Ran & Reports

/**
 * Runs what was selected, with progress on the terminal, and writes the report.
 *
 * @param tell is told what was found out: when the run is over, however it ended, or interrupted by a signal, after
 * which this process ends.
 * @throws UsageError if the subject cannot be started, or the folder for the report not be written.
 */
export async function judged({ report: where, ...run }: Judging, terminal: Terminal, tell: (reports: Reports) => void): Promise<Judged> {
  const folder = resolve(terminal.folder, where)
  prepareFolder(folder)
  const total = run.selected.reduce((sum, { planned }) => sum + planned.length, 0)
  const progress = new Progress(terminal, total)
  const { runFeatures } = await import('./run-features.ts')
  const watcher = {
    begin: ({ chapter, case: { id } }: Planned) => progress.begin(chapter, id),
    end: (_: Planned, { verdict }: Judgement) => progress.end(verdict),
  }
  let reports: Reports | undefined
  const report = (): void => {
    progress.finish()
    reports = reportSoFar(folder)
    if (reports) tell(reports)
  }
  return untilInterrupted(report, async () => {
    try {
      const ran = await runFeatures({ ...run, log: logIn(folder), watcher }).finally(report)
      return { ...ran, ...(reports as Reports) }
    } catch (error) {
      throw error instanceof Unstartable ? new UsageError(error.message) : error
    }
  })
}

interface Options {
  readonly subject?: string | undefined
  readonly python?: string | undefined
  readonly known?: string | undefined
  readonly report: string
  readonly patience: string
  readonly 'race-repeat': string
}

/** What was asked for, and where the list of known failures is: the one that is named, or the subject's own. */
type Asked = Pick<Judging, 'command' | 'python' | 'report' | 'patience' | 'repeat'> & { readonly file: string | undefined }

/**
 * What such options mean.
 *
 * @throws UsageError if one makes no sense, or the subject cannot be had.
 */
export async function askedIn(values: Options, terminal: Terminal): Promise<Asked> {
  const patience = patienceOf(values.patience)
  const repeat = wholeNumber('--race-repeat', values['race-repeat'], 1)
  const surroundings = { env: process.env, tell: (text: string) => terminal.err.write(text) }
  const { command, python, list } = await chosenSubject({ subject: values.subject, python: values.python }, surroundings)
  if (python !== undefined && command !== undefined) await tellFalseClaims(command, patience, surroundings.tell)
  const file = values.known === undefined ? list : resolve(terminal.folder, values.known)
  return { command, python, report: values.report, patience, repeat, file }
}

/** An adapter was written for one version and tried with another: what is missing in it is told before, in a line each. */
async function tellFalseClaims(command: string, patience: number, tell: (text: string) => void): Promise<void> {
  const subject = await connectProgram(command, scaled(LIMITS, patience)).catch(unlessItFails)
  if (!subject) return // The run will say why.
  try {
    for (const { chapter, missing } of await falseClaims(subject)) tell(`the adapter claims ${chapter}, and does not have ${missing}\n`)
  } finally {
    await subject.end()
  }
}

function unlessItFails(error: unknown): undefined {
  if (!(error instanceof SubjectFailure)) throw error
}

/** @throws UsageError if it is no factor. */
function patienceOf(value: string): number {
  const factor = Number(value)
  if (Number.isFinite(factor) && factor > 0) return factor
  throw new UsageError(`--patience takes a number above 0, not ${value}`)
}
