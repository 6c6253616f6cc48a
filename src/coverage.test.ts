import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { coverageProblems, isRunnable, threshold, unexplained } from './coverage.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'ftspec-coverage-'))
})
afterEach(() => rmSync(root, { recursive: true }))

interface Measured {
  readonly text?: string
  /** Percent of branches; everything else is covered whole. */
  readonly branches?: number | 'Unknown'
  /** How often each function ran, by name. */
  readonly functions?: Readonly<Record<string, number>>
}

/** A project of these files. */
function problems(files: Readonly<Record<string, Measured>>): string[] {
  const summary: Record<string, unknown> = {}
  const details: Record<string, unknown> = {}
  for (const [file, { text = 'export const x = 1\n', branches, functions = {} }] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), text)
    const whole = { pct: 100 }
    if (branches !== undefined)
      summary[join(root, file)] = { lines: whole, statements: whole, functions: whole, branches: { pct: branches } }
    const names = Object.keys(functions)
    details[join(root, file)] = {
      fnMap: Object.fromEntries(names.map((name, index) => [index, { name }])),
      f: Object.fromEntries(names.map((name, index) => [index, functions[name]])),
    }
  }
  writeFileSync(join(root, 'coverage-summary.json'), JSON.stringify(summary))
  writeFileSync(join(root, 'coverage-final.json'), JSON.stringify(details))
  return coverageProblems(root, root)
}

test('the runtime and what judges it are covered whole, everything else nearly', () => {
  for (const file of ['src/runtime/sync/mutex.ts', 'src/protocol/wire.ts', 'src/verdict/judge.ts', 'src/requirements/lock.ts']) {
    expect(threshold(file)).toBe(100)
  }
  for (const file of ['src/main.ts', 'src/report/table.ts']) expect(threshold(file)).toBe(95)
})

test('a file below its threshold is told with the number', () => {
  expect(problems({ 'src/runtime/a.ts': { branches: 99.9 }, 'src/report/b.ts': { branches: 95 }, 'src/c.ts': { branches: 94.9 } })).toEqual(
    ['src/c.ts: covers 94.9 % of branches, of 95 %', 'src/runtime/a.ts: covers 99.9 % of branches, of 100 %'],
  )
})

test('functions count if somebody wrote them', () => {
  const functions = { one: 1, two: 5, never: 0, '<instance_members_initializer>': 0 }
  expect(problems({ 'src/a.ts': { branches: 100, functions } })).toEqual(['src/a.ts: covers 66.66 % of functions, of 95 %'])
  expect(problems({ 'src/a.ts': { branches: 100, functions: { ...functions, never: 1 } } })).toEqual([])
})

test('a file that nobody loaded is not forgotten', () => {
  expect(problems({ 'src/a.ts': {} })).toEqual(['src/a.ts: was not measured'])
})

test('a metric that could not be computed does not pass', () => {
  expect(problems({ 'src/a.ts': { branches: 'Unknown' } })).toEqual(['src/a.ts: covers Unknown % of branches, of 95 %'])
})

test('tests are not measured, nor what is exempt, nor types alone', () => {
  const types = '/** A type. */\nimport type { B } from "./b.ts"\nexport interface A { b: B } // here\n'
  expect(problems({ 'src/a.test.ts': {}, 'src/check.ts': {}, 'src/bench/main.ts': {}, 'src/types.ts': { text: types } })).toEqual([])
  expect(isRunnable(types)).toBe(false)
  expect(isRunnable('export type A =\n  | 1\n  | 2\ntype B = (\n  a: A,\n) => void\n')).toBe(false)
  for (const line of ['export const a = 1', 'start()', "import './start.ts'", 'await start()', 'export default {}']) {
    expect(isRunnable(`export type A = 1\n${line}\n`)).toBe(true)
  }
})

test('lines are exempt only with a reason', () => {
  const silent = '/* c8 ignore next */\nexport const a = 1\n'
  expect(problems({ 'src/a.ts': { text: silent, branches: 100 } })).toEqual(['src/a.ts: "/* c8 ignore next */" does not say why'])
  expect(unexplained('/* v8 ignore start */')).toHaveLength(1)
  expect(unexplained('/* v8 ignore start -- only on Windows */ x() /* v8 ignore stop */')).toEqual([])
})
