/**
 * `ftspec compare`: whether two runs found the same.
 */
import { join, resolve } from 'node:path'
import { type Log, readLog } from '../report/log-reader.ts'
import { count } from '../verdict/count.ts'
import { EXIT } from '../verdict/gate.ts'
import { type Command, optionsOf } from './command.ts'
import { UsageError } from './usage-error.ts'

const OPTIONS = { report: { type: 'string' }, with: { type: 'string' } } as const

export const compare: Command = {
  help: `Usage: npx ftspec compare --report FOLDER --with FOLDER

Holds the verdicts of two runs against each other, scenario by scenario, and shows those that
differ. Exits with 1 if any does, with 3 if one of the runs did not come to its end.

  --report FOLDER      the report of one run
  --with FOLDER        the report of the other
  --help               this text

Example: npx ftspec compare --report report/in-process --with report/over-stdio
`,
  async run(args, { out, folder }) {
    const values = optionsOf(OPTIONS, args)
    if (values.report === undefined || values.with === undefined) throw new UsageError('two reports are compared: --report and --with')
    const one = readReport(resolve(folder, values.report))
    const other = readReport(resolve(folder, values.with))
    const [verdicts, others] = [verdictsOf(one), verdictsOf(other)]
    const ids = [...new Set([...verdicts.keys(), ...others.keys()])]
    const different = ids.filter((id) => verdicts.get(id) !== others.get(id))
    for (const id of different) out.write(`${id}: ${verdicts.get(id) ?? 'absent'}, and ${others.get(id) ?? 'absent'}\n`)
    out.write(`${different.length} of ${count(ids.length, 'scenario')} differ\n`)
    if (different.length > 0) return EXIT.failed
    return one.complete && other.complete ? EXIT.well : EXIT.incomplete
  },
}

function readReport(folder: string): Log {
  try {
    return readLog(join(folder, 'events.ndjson'))
  } catch (error) {
    throw new UsageError(`there is no report to be read in ${folder}: ${(error as Error).message}`)
  }
}

/** What came of each planned scenario; a scenario that the run never ended was not run. */
const verdictsOf = ({ scenarios }: Log): Map<string, string> => new Map(scenarios.map(({ id, end }) => [id, end?.verdict ?? 'not-run']))
