/**
 * `npm run bench`: ratios of one run, as a table, and as JSON with --json; with --python FILE against that CPython too.
 */
import { optionsOf } from '../commands/command.ts'
import { script } from '../commands/script.ts'
import { exploring } from './exploring.ts'
import { meets, type Result } from './measure.ts'
import { mechanisms } from './mechanisms.ts'
import { copies, programsAgainst, specialization } from './programs.ts'
import { scaling } from './scaling.ts'
import { suite } from './suite.ts'
import { workers } from './workers.ts'

const OPTIONS = { json: { type: 'boolean' }, python: { type: 'string' } } as const

process.exitCode = await script('npm run bench', process.stderr, async () => {
  const { json, python } = optionsOf(OPTIONS, process.argv.slice(2))
  const against = python === undefined ? [] : programsAgainst(python)
  const results: Result[] = [
    ...mechanisms(),
    ...against,
    ...specialization(),
    ...copies(),
    ...(await scaling()),
    ...(await workers()),
    ...(await exploring()),
    ...suite(),
  ]
  process.stdout.write(json ? `${JSON.stringify(results, null, 2)}\n` : table(results))
  return results.every(meets)
})

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
