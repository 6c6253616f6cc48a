/**
 * `ftspec run`: judge a subject.
 */
import { tableOf } from '../report/table.ts'
import type { Reports } from '../report/write-reports.ts'
import { type Feature, readFeatures } from '../requirements/features.ts'
import { readLock } from '../requirements/lock.ts'
import { exitCode } from '../verdict/gate.ts'
import type { KnownFailure } from '../verdict/known-failures.ts'
import { type Command, listed, optionsOf } from './command.ts'
import { askedIn, JUDGING, JUDGING_HELP, judged } from './judging.ts'
import { readKnownFailures } from './known.ts'
import { LOCK_FILE, ROOT } from './project.ts'
import { casesOf, type Request, requestOf, scenariosNamed, select } from './selection.ts'
import { isThere } from './subject-option.ts'
import type { Terminal } from './terminal.ts'
import { UsageError } from './usage-error.ts'

const OPTIONS = {
  ...JUDGING,
  chapter: { type: 'string', multiple: true },
  requirement: { type: 'string', multiple: true },
  scenario: { type: 'string', multiple: true },
} as const

const NOTHING_KNOWN: ReadonlyMap<string, KnownFailure> = new Map()

export const run: Command = {
  help: `Usage: npx ftspec run [--subject COMMAND] [--chapter NAMES] [--requirement IDS] [--scenario IDS]
                      [--report FOLDER] [--race-repeat N] [--patience FACTOR] [--known FILE]
                      [--python FILE]

Runs the specification against a subject, shows a table, and writes a report: the event log
(events.ndjson), a page to read (index.html) and JUnit XML (junit.xml).

${JUDGING_HELP.subject}
  --known FILE         a list of known failures, as ftspec baseline writes it: what stands there and
                       passes, or fails otherwise, is an error. Of CPython, the list of its version
  --chapter NAMES      only these chapters, separated by commas
  --requirement IDS    only these requirements (of those chapters), separated by commas
  --scenario IDS       only these scenarios, separated by commas; a row with all of its outline
${JUDGING_HELP.limits}

Exits with 0 if all is well, 1 if a check failed, 3 if something was not found out, 4 if the
command was called wrongly or the subject cannot be started, 5 if the suite itself went wrong.

Example: npx ftspec run --subject "python3 adapter.py" --chapter brc,qsbr
`,
  async run(args, terminal) {
    const values = optionsOf(OPTIONS, args)
    const features = readFeatures(ROOT)
    const request = requested(values, features)
    const selected = select(request, features)
    if (selected.every(({ planned }) => planned.length === 0))
      throw new UsageError(`there is nothing to run: ${selected.map(({ notRun }) => notRun)[0]}`)
    const { file, ...asked } = await askedIn(values, terminal)
    const ids = casesOf(features).map(({ case: { id } }) => id)
    const list = file !== undefined && (values.known !== undefined || isThere(file)) ? file : undefined
    const known = list === undefined ? NOTHING_KNOWN : readKnownFailures(list, ids)
    const { verdicts, lost } = await judged({ ...asked, request, selected, known, list }, terminal, (reports) => tell(reports, terminal))
    return exitCode(verdicts, lost)
  },
}

/** What is to be run: scenarios, or requirements. */
function requested({ chapter, requirement, scenario }: Selection, features: readonly Feature[]): Request {
  const lock = readLock(LOCK_FILE)
  if (scenario === undefined) return requestOf(listed(chapter), listed(requirement), lock)
  if (chapter ?? requirement) throw new UsageError('--scenario names what is run by itself: leave --chapter and --requirement out')
  return { chapters: [], requirements: [], scenarios: scenariosNamed(listed(scenario), features, lock) }
}

interface Selection {
  readonly chapter?: readonly string[] | undefined
  readonly requirement?: readonly string[] | undefined
  readonly scenario?: readonly string[] | undefined
}

function tell({ results, page }: Reports, terminal: Terminal): void {
  terminal.out.write(tableOf(results, terminal))
  terminal.out.write(`\nReport: ${page}\n`)
}
