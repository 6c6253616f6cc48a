/**
 * `npm run bench`: ratios of one run, as a table, and as JSON with --json; with --python FILE against that CPython too.
 */

import { parseArgs } from 'node:util'
import { exploring } from './exploring.ts'
import { meets, type Result } from './measure.ts'
import { mechanisms } from './mechanisms.ts'
import { copies, programsAgainst, specialisation } from './programs.ts'
import { scaling } from './scaling.ts'
import { suite } from './suite.ts'
import { workers } from './workers.ts'

const { values } = parseArgs({ options: { json: { type: 'boolean' }, python: { type: 'string' } } })
const against = values.python === undefined ? [] : programsAgainst(values.python)

const results: Result[] = [
  ...mechanisms(),
  ...against,
  ...specialisation(),
  ...copies(),
  ...(await scaling()),
  ...(await workers()),
  ...(await exploring()),
  ...suite(),
]

if (values.json) process.stdout.write(`${JSON.stringify(results, null, 2)}\n`)
else process.stdout.write(table(results))
process.exitCode = results.every(meets) ? 0 : 1

function table(results: readonly Result[]): string {
  const rows = results.map((result) => {
    const bar = result.bar ? `${result.bar.is} ${result.bar.value}: ${meets(result) ? 'met' : 'MISSED'}` : ''
    return [result.name, `${result.ratio.toFixed(2)} ×`, result.against, bar]
  })
  const width = (column: number) => Math.max(...rows.map((row) => (row[column] as string).length))
  const widths = [0, 1, 2].map(width)
  return `${rows
    .map((row) =>
      row
        .map((text, column) => text.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')}\n`
}
