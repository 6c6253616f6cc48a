import { describe, expect, test } from 'vitest'
import { DEFAULT_SETTINGS, isRefused, readSettings } from './settings.ts'

const OPTION = 'config_init_tlbc: -X tlbc=n: n is missing or invalid'
const VARIABLE = 'config_init_tlbc: PYTHON_TLBC=N: N is missing or invalid'

/** What comes of it: on, off, or the message. */
function outcome(argv: readonly string[], env: Record<string, string> = {}): boolean | string {
  const answer = readSettings(argv, env, true)
  return isRefused(answer) ? answer.fatal : answer.copying
}

test('without a word about them threads have copies', () => {
  expect(readSettings([], {}, true)).toEqual(DEFAULT_SETTINGS)
  expect(outcome(['-X', 'dev', '-u', 'tlbc=0'], { TLBC: '0' })).toBe(true)
})

test('a build without threads that run at once has no copies, whatever is said', () => {
  expect(readSettings(['-X', 'tlbc=1'], { PYTHON_TLBC: '1' }, false)).toEqual({ freeThreaded: false, copying: false })
  expect(readSettings(['-X', 'tlbc=bad'], { PYTHON_TLBC: 'bad' }, false)).toEqual({ freeThreaded: false, copying: false })
})

describe.for([
  ['0', false],
  ['1', true],
  ['01', true],
  ['+0', false],
  ['-0', false],
  ['+1', true],
  [' 1', true],
  ['\t\n 0', false],
  ['2', undefined],
  ['-1', undefined],
  ['foo', undefined],
  ['0x0', undefined],
  ['1 ', undefined],
  [' ', undefined],
  ['+', undefined],
  ['1.0', undefined],
  ['99999999999999999999', undefined],
] as const)('%j', ([text, value]) => {
  test('as the option', () => expect(outcome(['-X', `tlbc=${text}`])).toBe(value ?? OPTION))
  test('as the variable', () => expect(outcome([], { PYTHON_TLBC: text })).toBe(value ?? VARIABLE))
})

test('an empty option means zero, an option without a value nothing, and an empty variable was not set', () => {
  expect(outcome(['-X', 'tlbc='])).toBe(false)
  expect(outcome(['-X', 'tlbc'])).toBe(OPTION)
  expect(outcome([], { PYTHON_TLBC: '' })).toBe(true)
})

test('the option outweighs the variable, which is looked at all the same', () => {
  expect(outcome(['-X', 'tlbc=1'], { PYTHON_TLBC: '0' })).toBe(true)
  expect(outcome(['-X', 'tlbc=0'], { PYTHON_TLBC: '1' })).toBe(false)
  expect(outcome(['-X', 'tlbc=0'], { PYTHON_TLBC: 'bad' })).toBe(VARIABLE)
  expect(outcome(['-X', 'tlbc=bad'], { PYTHON_TLBC: 'bad' })).toBe(VARIABLE)
})

test.for(['-E', '-I', '-uE', '-Iu'])('%s ignores the variable', (option) => {
  expect(outcome([option], { PYTHON_TLBC: '0' })).toBe(true)
  expect(outcome([option], { PYTHON_TLBC: 'bad' })).toBe(true)
  expect(outcome([option, '-X', 'tlbc=0'], { PYTHON_TLBC: 'bad' })).toBe(false)
})

test('the first of several options counts, and the others are not looked at', () => {
  expect(outcome(['-X', 'tlbc=0', '-X', 'tlbc=1'])).toBe(false)
  expect(outcome(['-X', 'tlbc=0', '-X', 'tlbc=bad'])).toBe(false)
  expect(outcome(['-X', 'tlbc=bad', '-X', 'tlbc=0'])).toBe(OPTION)
})

test('the name is taken as it is written', () => {
  expect(outcome(['-X', 'TLBC=0'])).toBe(true)
  expect(outcome(['-X', 'tlbcs=0'])).toBe(true)
  expect(outcome(['-X', 'tl=0'])).toBe(true)
})

test.for([
  [['-Xtlbc=0'], false],
  [['-uX', 'tlbc=0'], false],
  [['-uXtlbc=0'], false],
  [['-W', '-Xtlbc=0'], true],
  [['-Wdefault', '-Xtlbc=0'], false],
  [['--help-xoptions', '-Xtlbc=0'], false],
  [['--check-hash-based-pycs', 'never', '-Xtlbc=0'], false],
  [['-c', 'pass', '-Xtlbc=0'], true],
  [['-mpdb', '-Xtlbc=0'], true],
  [['-uc', 'pass', '-Xtlbc=0'], true],
  [['script.py', '-Xtlbc=0'], true],
  [['-', '-Xtlbc=0'], true],
  [['--', '-Xtlbc=0'], true],
  [['-X'], true],
] as const)('on the command line %j', ([argv, value]) => {
  expect(outcome(argv)).toBe(value)
})
