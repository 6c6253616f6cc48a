import { expect, test } from 'vitest'
import type { Answers } from './answers.ts'
import { Tally } from './tally.ts'

const PLACE = 'f0 for Ada at 8'

/** A program in which these stand at one place, one after the other. */
const program = (...standing: readonly string[]): Answers => ({
  begun: 'None',
  calls: standing.map((text) => ({ outcome: '1', changed: { 'f0 for Ada': 'the main copy', [PLACE]: `${text} (0) line 2` } })),
  constants: {},
})

/** What is counted, of the rows in which there is any. */
function counts(...programs: readonly Answers[]): string[] {
  const tally = new Tally()
  for (const each of programs) tally.add(each)
  return tally
    .lines()
    .slice(1)
    .filter((line) => /[1-9]/.test(line))
    .map((line) => line.replace(/ +/g, ' '))
}

test('an instruction is specialized, missed, given up and specialized anew', () => {
  const steps = [
    'BINARY_OP 1 of 1',
    'BINARY_OP_ADD_INT 52 of 0',
    'BINARY_OP_ADD_INT 3 of 0',
    'BINARY_OP 0 of 1',
    'BINARY_OP_ADD_FLOAT 52 of 0',
  ]
  expect(counts(program(...steps.slice(0, 2)))).toEqual(['BINARY_OP_ADD_INT 1 0 0 0'])
  expect(counts(program(...steps.slice(0, 3)))).toEqual(['BINARY_OP_ADD_INT 1 1 0 0'])
  expect(counts(program(...steps.slice(0, 4)))).toEqual(['BINARY_OP_ADD_INT 1 1 1 0'])
  expect(counts(program(...steps))).toEqual(['BINARY_OP_ADD_INT 1 1 1 0', 'BINARY_OP_ADD_FLOAT 0 0 0 1'])
})

test('a form that becomes another one at once is given up for it', () => {
  expect(counts(program('CONTAINS_OP_SET 52 of 0', 'CONTAINS_OP_DICT 52 of 0'))).toEqual([
    'CONTAINS_OP_SET 1 0 1 0',
    'CONTAINS_OP_DICT 0 0 0 1',
  ])
})

test('each program counts once, however often it happens there, and each place is on its own', () => {
  const twice: Answers = program('BINARY_OP_ADD_INT 52 of 0', 'BINARY_OP_ADD_INT 51 of 0', 'BINARY_OP_ADD_INT 50 of 0')
  expect(counts(twice, twice)).toEqual(['BINARY_OP_ADD_INT 2 2 0 0'])
  const elsewhere = { outcome: '1', changed: { 'f0 for Ben at 8': 'BINARY_OP_ADD_FLOAT 52 of 0 (0) line 2' } }
  expect(counts({ ...twice, calls: [...twice.calls, elsewhere] })).toEqual(['BINARY_OP_ADD_INT 1 1 0 0', 'BINARY_OP_ADD_FLOAT 1 0 0 0'])
})

test('what is told of another copy is not taken for what has become of the one before', () => {
  const [first, second] = [program('BINARY_OP_ADD_INT 52 of 0'), program('BINARY_OP_ADD_FLOAT 51 of 0')]
  const gone = { outcome: '1', changed: { 'f0 for Ada': 'gone', [PLACE]: 'gone' } }
  expect(counts({ ...first, calls: [...first.calls, gone, ...second.calls] })).toEqual([
    'BINARY_OP_ADD_INT 1 0 0 0',
    'BINARY_OP_ADD_FLOAT 1 0 0 0',
  ])
})

test('of what has no counter only that it was specialized is asked', () => {
  expect(counts(program('RESUME', 'RESUME_CHECK'))).toEqual(['RESUME_CHECK 1'])
})

test('what no program has shown is told', () => {
  const tally = new Tally()
  expect(tally.missing()).toHaveLength(10 * 4 + 2)
  tally.add(program('RESUME_CHECK'))
  tally.add(program('BINARY_OP_ADD_INT 52 of 0', 'BINARY_OP 0 of 1', 'BINARY_OP_ADD_INT 52 of 0'))
  expect(tally.missing().filter((line) => /ADD_INT|RESUME/.test(line))).toEqual(['no program has shown BINARY_OP_ADD_INT missed'])
})
