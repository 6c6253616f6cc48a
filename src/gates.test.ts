import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import { type Gate, runGates, scenarioCount, testCount, verifyProgram } from './gates.ts'

const gate = (name: string, holds: boolean, counted = {}): Gate => ({
  name,
  verify: async () => ({ holds, output: `${name} said so`, ...counted }),
})

test('every gate is told in a line, and counts with what it counted', async () => {
  const told: string[] = []
  const tally = await runGates([gate('types', true), gate('unit tests', true, { passed: 7, failed: 0 })], (text) => told.push(text))
  expect(tally).toEqual({ passed: 9, failed: 0 })
  expect(told.join('')).toMatch(/^ok {6}types {8} +\d+\.\d s\nok {6}unit tests +\d+\.\d s {2}7 passed\n$/)
})

test('the first gate that does not hold ends the run with what it said', async () => {
  const told: string[] = []
  const gates = [gate('types', true), gate('features', false, { passed: 2, failed: 1 }), gate('faults', true)]
  expect(await runGates(gates, (text) => told.push(text))).toEqual({ passed: 3, failed: 2 })
  expect(told.join('')).toMatch(/FAILED {2}features +\d+\.\d s {2}2 passed, 1 failed\n\nfeatures said so\n/)
  expect(told.join('')).not.toContain('faults')
})

test('a program holds if it exits with 0, and everything it says is kept', async () => {
  const script = 'console.log(process.env.WORD); console.error("err"); process.exitCode = Number(process.argv[1])'
  const program = (code: string) => ({ args: ['-e', script, code], cwd: tmpdir(), env: { WORD: 'out' } })
  const good = await verifyProgram(program('0'), (output) => ({ passed: output.length, failed: 0 }))
  expect(good).toMatchObject({ holds: true, passed: good.output.length })
  expect(good.output.split('\n').sort()).toEqual(['', 'err', 'out'])
  expect((await verifyProgram(program('3'))).holds).toBe(false)
  // A scenario that is skipped, or a run in which there was none, makes cucumber-js fail no more than one that passed.
  for (const counted of [
    { passed: 3, failed: 1 },
    { passed: 0, failed: 0 },
  ]) {
    expect(await verifyProgram(program('0'), () => counted)).toMatchObject({ holds: false, ...counted })
  }
})

test('scenarios are counted from what cucumber-js says', () => {
  expect(scenarioCount('2 hooks\n12 scenarios (1 failed, 2 skipped, 9 passed)\n30 steps (30 passed)\n')).toEqual({ passed: 9, failed: 3 })
  expect(scenarioCount('1 scenario (1 passed)')).toEqual({ passed: 1, failed: 0 })
  expect(scenarioCount('1 scenario (1 failed)')).toEqual({ passed: 0, failed: 1 })
  expect(scenarioCount('it broke')).toEqual({ passed: 0, failed: 0 })
})

test('tests are counted from what vitest says', () => {
  expect(testCount(' Test Files  1 failed | 2 passed (3)\n      Tests  1 failed | 20 passed (21)\n')).toEqual({ passed: 20, failed: 1 })
  expect(testCount('      Tests  8 passed (8)')).toEqual({ passed: 8, failed: 0 })
  expect(testCount('it broke')).toEqual({ passed: 0, failed: 0 })
})
