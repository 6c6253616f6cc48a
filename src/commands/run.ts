/**
 * `ftspec run`: judge a subject.
 */
import { join, resolve } from 'node:path'
import type { Results } from '../report/results.ts'
import { tableOf } from '../report/table.ts'
import { writeReports } from '../report/write-reports.ts'
import { readFeatures } from '../requirements/features.ts'
import { INVENTORY } from '../requirements/inventory.ts'
import { readLock } from '../requirements/lock.ts'
import { notBuilt } from '../requirements/requirement.ts'
import { commandWords } from '../subject/program-command.ts'
import type { Checked } from '../verdict/conformance.ts'
import { EXIT, exitCode } from '../verdict/gate.ts'
import type { Judgement } from '../verdict/judge.ts'
import { type Command, listed, optionsOf } from './command.ts'
import { conformanceLine } from './conformance-line.ts'
import { Progress } from './progress.ts'
import { LOCK_FILE, ROOT } from './project.ts'
import { type Planned, requestOf, select } from './selection.ts'
import { UsageError } from './usage-error.ts'

const OPTIONS = {
  subject: { type: 'string' },
  chapter: { type: 'string', multiple: true },
  requirement: { type: 'string', multiple: true },
  report: { type: 'string', default: 'report' },
  patience: { type: 'string', default: '1' },
  'race-repeat': { type: 'string', default: '1000' },
} as const

export const run: Command = {
  help: `Usage: npx ftspec run [--subject COMMAND] [--chapter NAMES] [--requirement IDS] [--report FOLDER]
                      [--race-repeat N] [--patience FACTOR]

Runs the specification against a subject, shows a table, and writes a report: the event log
(events.ndjson), a page to read (index.html) and JUnit XML (junit.xml).

  --subject COMMAND    the command that starts the implementation, which speaks the protocol of
                       docs/protocol.md on its standard input and output; without it, the
                       reference runtime in this process
  --chapter NAMES      only these chapters, separated by commas
  --requirement IDS    only these requirements (of those chapters), separated by commas
  --report FOLDER      where the report goes (report)
  --race-repeat N      how often a race is tried by an implementation that lets real threads race
                       (1000); one that runs every order, as the reference does, has no need of it
  --patience FACTOR    multiplies every time limit, for a slow machine (1)
  --help               this text

Exits with 0 if all is well, 1 if a check failed, 3 if something was not found out, 4 if the
command was called wrongly, 5 if the suite itself went wrong.

Example: npx ftspec run --subject "python3 adapter.py" --chapter brc,qsbr
`,
  async run(args, terminal) {
    const values = optionsOf(OPTIONS, args)
    const command = commandOf(values.subject)
    const patience = patienceOf(values.patience)
    const repeat = repeatOf(values['race-repeat'])
    const request = requestOf(listed(values.chapter), listed(values.requirement), readLock(LOCK_FILE))
    const selected = select(request, readFeatures(ROOT))
    const total = selected.reduce((sum, { planned }) => sum + planned.length, 0)
    if (total === 0) throw new UsageError(`there is nothing to run: ${selected.map(({ notRun }) => notRun)[0]}`)
    const folder = resolve(terminal.folder, values.report)
    const log = join(folder, 'events.ndjson')
    const progress = new Progress(terminal, total)
    const { runFeatures } = await import('./run-features.ts')
    const watcher = {
      begin: ({ chapter, case: { id } }: Planned) => progress.begin(chapter, id),
      end: (_: Planned, { verdict }: Judgement) => progress.end(verdict),
    }
    process.on('SIGINT', interrupted).on('SIGTERM', interrupted)
    try {
      const { verdicts, lost } = await runFeatures({ request, selected, command, patience, repeat, log, watcher }).finally(() =>
        progress.finish(),
      )
      const { results, page } = writeReports(log, folder)
      terminal.out.write(tableOf(results, terminal))
      if (results.log.hello) terminal.out.write(`\n${conformanceLine(results.log.hello, checkedIn(results))}\n`)
      terminal.out.write(`\nReport: ${page}\n`)
      return exitCode(verdicts, lost)
    } finally {
      process.off('SIGINT', interrupted).off('SIGTERM', interrupted)
    }
  },
}

/** Every requirement that there are scenarios for, with what came of it; those that were not asked for were skipped. */
function checkedIn({ chapters }: Results): Checked[] {
  const found = new Map(chapters.flatMap(({ requirements }) => requirements.map(({ id, verdict }) => [id, verdict])))
  return INVENTORY.flatMap((chapter) =>
    chapter.requirements
      .filter((requirement) => notBuilt(chapter, requirement) === undefined)
      .map(({ id, level }) => ({ id, chapter: chapter.id, level, verdict: found.get(id) ?? 'skipped' })),
  )
}

/** Leaves the way a program does that ends, so that no subject is left behind. The log stays without a footer. */
const interrupted = (): never => process.exit(EXIT.incomplete)

function commandOf(command: string | undefined): string | undefined {
  try {
    if (command !== undefined) commandWords(command)
    return command
  } catch (error) {
    throw new UsageError(`--subject: ${(error as Error).message}`)
  }
}

function patienceOf(value: string): number {
  const factor = Number(value)
  if (Number.isFinite(factor) && factor > 0) return factor
  throw new UsageError(`--patience takes a number above 0, not ${value}`)
}

function repeatOf(value: string): number {
  if (/^[1-9]\d{0,8}$/.test(value)) return Number(value)
  throw new UsageError(`--race-repeat takes a whole number from 1 to 999999999, not ${value}`)
}
