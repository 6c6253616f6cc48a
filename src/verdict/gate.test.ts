import { expect, test } from 'vitest'
import { EXIT, exitCode } from './gate.ts'
import { isFailure, VERDICTS } from './verdict.ts'

test('a run is well if every scenario came to an end that is as it should be', () => {
  expect(exitCode(['pass', 'pass'], 0)).toBe(EXIT.well)
  expect(exitCode(['pass', 'unsupported', 'expected-failure'], 0)).toBe(EXIT.well)
})

test('a failure outweighs everything', () => {
  for (const verdict of VERDICTS.filter(isFailure)) expect(exitCode(['pass', 'error', 'not-run', verdict], 3)).toBe(EXIT.failed)
})

test('a mistake of ours is said to be one', () => {
  expect(exitCode(['pass', 'error', 'skipped'], 1)).toBe(EXIT.internal)
})

test('a run that did not find out everything is not well', () => {
  for (const verdict of ['inconclusive', 'not-run', 'skipped'] as const) expect(exitCode(['pass', verdict], 0)).toBe(EXIT.incomplete)
  expect(exitCode(['pass'], 1)).toBe(EXIT.incomplete)
})

test('a run in which nothing was checked is not well', () => {
  expect(exitCode([], 0)).toBe(EXIT.incomplete)
  expect(exitCode(['unsupported', 'unsupported'], 0)).toBe(EXIT.incomplete)
})
