/**
 * `ftspec baseline`: write down what a subject is known to fail.
 */
import { writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { makeFolder } from '../folder.ts'
import type { ScenarioResult } from '../report/results.ts'
import { readFeatures } from '../requirements/features.ts'
import { readLock } from '../requirements/lock.ts'
import { count } from '../verdict/count.ts'
import { EXIT } from '../verdict/gate.ts'
import { fingerprintOf, formatKnownFailures, type KnownFailure } from '../verdict/known-failures.ts'
import { isFailure, isUnknown } from '../verdict/verdict.ts'
import { type Command, optionsOf } from './command.ts'
import { askedIn, JUDGING, JUDGING_HELP, type judged } from './judging.ts'
import { readKnownFailures } from './known.ts'
import { LOCK_FILE, ROOT } from './project.ts'
import { casesOf, requestOf, select } from './selection.ts'
import { isThere } from './subject-option.ts'
import { UsageError } from './usage-error.ts'

/** @param judge runs the features against a subject. */
export const baselineCommand = (judge: typeof judged): Command => ({
  help: `Usage: npx ftspec baseline --subject COMMAND --known FILE [--python FILE] [--report FOLDER]
                           [--race-repeat N] [--patience FACTOR]

Runs everything against a subject and writes the list of what it fails, one scenario in a line: its
verdict, a fingerprint of how it fails, the reason in words, and where that is publicly reported.
Reasons and links that stand in the list already are kept; a new entry says what the check said, for
you to put the reason in its place. The list is for ftspec run --known.

${JUDGING_HELP.subject}
  --known FILE         the list. Of CPython, the one of its version, beside the adapter
${JUDGING_HELP.limits}

Exits with 0 if the list was written, 3 if something was not found out, so that it was not, 4 if the
command was called wrongly or the subject cannot be started, 5 if the suite itself went wrong.

Example: npx ftspec baseline --subject "python3 adapter.py" --known known-failures.txt
`,
  async run(args, terminal) {
    const values = optionsOf(JUDGING, args)
    const features = readFeatures(ROOT)
    const request = requestOf([], [], readLock(LOCK_FILE))
    if (values.subject === undefined) throw new UsageError('whose failures? A list is of a subject: --subject')
    const { file, ...asked } = await askedIn(values, terminal)
    if (file === undefined) throw new UsageError('where is the list? It is named by --known')
    const ids = casesOf(features).map(({ case: { id } }) => id)
    const before = isThere(file) ? readKnownFailures(file, ids) : new Map<string, KnownFailure>()
    const selected = select(request, features)
    const { results, lost } = await judge({ ...asked, request, selected, known: new Map() }, terminal, () => {})
    const open = lost + results.scenarios.filter(({ verdict }) => isUnknown(verdict)).length
    if (open > 0) {
      const many = count(open, 'scenario was', 'scenarios were')
      terminal.err.write(`ftspec: the list was not written: ${many} not found out\n`)
      return EXIT.incomplete
    }
    const entries = results.scenarios.flatMap((scenario) => entryFor(scenario, before.get(scenario.id)))
    const { name = '', version = '' } = results.log.hello ?? {}
    makeFolder(dirname(file))
    writeFileSync(file, formatKnownFailures([`What ${name} ${version} is known to fail, written by ftspec baseline.`], entries))
    terminal.out.write(`${changes(before, entries)}\nList: ${file}\n`)
    return EXIT.well
  },
})

/** What the list says of a scenario now. A race that is sampled may fail another time. */
function entryFor(scenario: ScenarioResult, before: KnownFailure | undefined): KnownFailure[] {
  const { id, verdict, reason = '', races } = scenario
  if (!isFailure(verdict)) return before?.sometimes && verdict === 'pass' ? [before] : []
  const sampled = races.some(({ how }) => how === 'sampled')
  const found = { id, verdict, sometimes: sampled, fingerprint: fingerprintOf({ verdict, reason }, sampled) }
  const { reason: known = reason.trim().split('\n', 1)[0] || verdict, link } = before ?? {}
  return [{ ...found, reason: known, ...(link !== undefined && { link }) }]
}

/** How a list differs from what it was. */
function changes(before: ReadonlyMap<string, KnownFailure>, entries: readonly KnownFailure[]): string {
  const now = new Map(entries.map((entry) => [entry.id, entry]))
  const added = entries.filter(({ id }) => !before.has(id)).length
  const gone = [...before.keys()].filter((id) => !now.has(id)).length
  const changed = entries.filter(({ id, fingerprint }) => before.has(id) && before.get(id)?.fingerprint !== fingerprint).length
  return `${entries.length} known to fail: ${added} new, ${changed} that fail otherwise than before, ${gone} that fail no more`
}
