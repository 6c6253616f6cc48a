/**
 * `ftspec compare`: whether two runs found the same.
 */
import { resolve } from 'node:path'
import { type Log, readLog } from '../report/log-reader.ts'
import { count } from '../verdict/count.ts'
import { EXIT } from '../verdict/gate.ts'
import { type Command, optionsOf } from './command.ts'
import { logIn } from './report-folder.ts'
import { UsageError } from './usage-error.ts'

const OPTIONS = { report: { type: 'string' }, with: { type: 'string' } } as const

export const compare: Command = {
  help: `Usage: npx ftspec compare --report FOLDER --with FOLDER

Holds the verdicts of two runs against each other, scenario by scenario, and shows those that
differ. Of a run that did not come to its end, only what it had found out is compared. Exits with 1
if anything differs, with 3 if nothing does and a run did not come to its end.

  --report FOLDER      the report of one run
  --with FOLDER        the report of the other
  --help               this text

Example: npx ftspec compare --report report/in-process --with report/over-stdio
`,
  async run(args, { out, folder }) {
    const values = optionsOf(OPTIONS, args)
    if (values.report === undefined || values.with === undefined) throw new UsageError('two reports are compared: --report and --with')
    const logs = [values.report, values.with].map((name) => ({ name, log: readReport(resolve(folder, name)) }))
    const incomplete = logs.filter(({ log }) => !log.complete)
    for (const { name, log } of incomplete) out.write(`${name} is incomplete: ${gap(log)}; only the others are compared\n`)
    const open = new Set(logs.flatMap(({ log }) => log.scenarios.filter(({ end }) => !end).map(({ id }) => id)))
    const [verdicts, others] = logs.map(({ log }) => verdictsOf(log)) as [Map<string, string>, Map<string, string>]
    const ids = [...new Set([...verdicts.keys(), ...others.keys()])].filter((id) => !open.has(id))
    const different = ids.filter((id) => verdicts.get(id) !== others.get(id))
    for (const id of different) out.write(`${id}: ${verdicts.get(id) ?? 'absent'}, and ${others.get(id) ?? 'absent'}\n`)
    out.write(`${different.length} of ${count(ids.length, 'scenario differs', 'scenarios differ')}\n`)
    if (different.length > 0) return EXIT.failed
    return incomplete.length === 0 ? EXIT.well : EXIT.incomplete
  },
}

function readReport(folder: string): Log {
  try {
    return readLog(logIn(folder))
  } catch (error) {
    throw new UsageError(`there is no report to be read in ${folder}: ${(error as Error).message}`)
  }
}

/** What came of each scenario that came to its end. */
const verdictsOf = ({ scenarios }: Log): Map<string, string> =>
  new Map(scenarios.flatMap(({ id, end }) => (end ? [[id, end.verdict]] : [])))

/** What a run that is incomplete lacks, and where in its log that was first noticed. */
function gap({ scenarios, faults }: Log): string {
  const lost = scenarios.filter(({ end }) => !end).length
  const noticed = faults.slice(0, 1).map(({ line, problem }) => ` (line ${line}: ${problem})`)
  return `${lost} of ${count(scenarios.length, 'planned scenario')} came to no end${noticed.join('')}`
}
