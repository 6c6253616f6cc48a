/**
 * The coverage gate: whether every file is covered as far as it has to be, from what c8 writes.
 * One threshold for all would be too little here or too much there.
 */
import { globSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { z } from 'zod'

/** Folders whose every line, branch and function has to be run. */
const WHOLE = ['src/runtime/', 'src/protocol/', 'src/verdict/', 'src/requirements/']
const METRICS = ['lines', 'statements', 'functions', 'branches'] as const

const Percent = z.object({ pct: z.union([z.number(), z.literal('Unknown')]) })
const Summary = z.record(z.string(), z.object({ lines: Percent, statements: Percent, functions: Percent, branches: Percent }))
const Details = z.record(
  z.string(),
  z.object({ fnMap: z.record(z.string(), z.object({ name: z.string() })), f: z.record(z.string(), z.number()) }),
)

/**
 * What V8 makes of the fields of a class: a function that nobody wrote. It counts how often it ran on one thread and
 * whether each of its parts did on another, and where these are put together the first is lost.
 */
const FIELDS = '<instance_members_initializer>'

/** Files and folders that are not measured, and why. */
const EXEMPT: Readonly<Record<string, string>> = {
  'src/check.ts': 'it starts the measurement, so nothing of it is inside',
  'src/bench/': 'benchmarks are run by `npm run bench`, and measuring coverage would falsify them',
  'src/differential/cpython.ts': 'it starts a CPython, which the tests do not need',
  'src/differential/main.ts': 'it is run by `npm run differential`, against a CPython',
  'src/differential/record.ts': 'it asks a CPython, and what it writes is what the tests read',
  'src/subject/hostile/': 'these programs are killed or break off, and then nothing is written about them',
}

/** How much of a file has to be covered, in percent. */
export function threshold(file: string): number {
  return WHOLE.some((folder) => file.startsWith(folder)) ? 100 : 95
}

/** Whether a source text holds anything that can be run: types alone cannot. It is laid out as the formatter does. */
export function isRunnable(text: string): boolean {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\/\/.*$/gm, '')
  return code
    .split('\n')
    .some((line) => /^\S/.test(line) && !/^(?:(?:import|export) type|(?:export )?(?:type|interface)|[)}\]])\b|^[)}\]]/.test(line))
}

/** Comments that exempt lines from coverage and do not say why: "-- reason" has to follow. */
export function unexplained(text: string): string[] {
  const exempt = text.match(/\/\*\s*(?:c8|v8|node:coverage) ignore[^*]*\*\//g) ?? []
  return exempt.filter((comment) => !/ignore (?:stop|end)|--\s*\S/.test(comment))
}

/**
 * What is not covered as it should be, as sentences.
 *
 * @param root the project's folder.
 * @param folder holds c8's `coverage-summary.json` and `coverage-final.json`.
 */
export function coverageProblems(root: string, folder: string): string[] {
  const summary = Summary.parse(JSON.parse(readFileSync(join(folder, 'coverage-summary.json'), 'utf8')))
  const details = Details.parse(JSON.parse(readFileSync(join(folder, 'coverage-final.json'), 'utf8')))
  const covered = new Map(
    Object.entries(summary).map(([file, metrics]) => [
      slashed(relative(root, file)),
      { ...metrics, functions: functionsOf(details[file]) ?? metrics.functions },
    ]),
  )
  const files = globSync('{src,steps}/**/*.ts', { cwd: root, exclude: ['**/*.test.ts', ...Object.keys(EXEMPT)] })
    .map(slashed)
    .sort()
  return files.flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8')
    const metrics = covered.get(file)
    const silent = unexplained(text).map((comment) => `${file}: "${comment}" does not say why`)
    if (!isRunnable(text)) return silent
    if (!metrics) return [...silent, `${file}: was not measured`]
    const low = METRICS.filter((metric) => !(Number(metrics[metric].pct) >= threshold(file)))
    const told = low.map((metric) => `${metrics[metric].pct} % of ${metric}`).join(', ')
    return low.length === 0 ? silent : [...silent, `${file}: covers ${told}, of ${threshold(file)} %`]
  })
}

/** How many of the functions that somebody wrote have run; nothing if there are none. */
function functionsOf(detail: z.infer<typeof Details>[string] | undefined): { pct: number } | undefined {
  const written = Object.entries(detail?.fnMap ?? {}).filter(([, { name }]) => name !== FIELDS)
  if (written.length === 0) return undefined
  const run = written.filter(([key]) => (detail?.f[key] as number) > 0)
  return { pct: Math.floor((10_000 * run.length) / written.length) / 100 }
}

const slashed = (file: string): string => file.replaceAll(sep, '/')
