import { expect, test } from 'vitest'
import { compareOn, compareWith } from './comparison.ts'
import { type Enumerated, enumerate } from './enumeration.ts'
import { BadArguments, prove } from './prove.ts'
import type { RandomProgram } from './random-program.ts'

test('1,000 small programs have the outcomes, failures and schedules that plain enumeration finds', () => {
  const lines: string[] = []
  expect(
    prove(['1000'], (line) => lines.push(line)),
    lines.join('\n'),
  ).toBe(true)
  const [, alike, disorderly] = /^1000 programs: (\d+) as enumerated, (\d+) of them/.exec(lines.at(-1) as string) ?? []
  expect(Number(alike)).toBeGreaterThan(950)
  expect(Number(disorderly)).toBeGreaterThan(75)
}, 60_000)

test('a first seed may be given', () => {
  const lines: string[] = []
  expect(prove(['3', '70001'], (line) => lines.push(line))).toBe(true)
  expect(lines).toHaveLength(1)
})

test.for([['0'], ['-1'], ['many'], ['1.5'], ['10', '20', '30'], ['10', '']])('%s is not understood', (args) => {
  expect(() => prove(args, () => {})).toThrow(BadArguments)
})

test('a program that is too large to enumerate is counted as such', () => {
  const thread = Array.from({ length: 12 }, () => ({ do: 'add', cell: 0, value: 1 }) as const)
  expect(compareOn({ threads: [thread, thread], timeouts: 0 }, 1)).toBe('too large')
})

test('the first that differs ends it, with its seed', () => {
  const lines: string[] = []
  const comparing = (seed: number) => (seed === 3 ? { seed, message: 'differs' } : 'alike')
  expect(prove(['9'], (line) => lines.push(line), comparing)).toBe(false)
  expect(lines).toEqual(['seed 3: differs'])
})

test('a difference is found, whatever it is in', () => {
  const store = (value: number) => ({ do: 'store', cell: 0, value }) as const
  const set = { do: 'set', cell: 0, value: 1 } as const
  const program: RandomProgram = { threads: [[store(1), store(2)], [store(0)]], timeouts: 0 }
  const right = enumerate(program, 100) as Enumerated
  const messageOf = (expected: Enumerated, on = program) => {
    const verdict = compareWith(expected, on, 1)
    return typeof verdict === 'string' ? verdict : verdict.message.split('\n')[0]
  }
  expect(messageOf(right)).toBe('alike')
  expect(messageOf({ ...right, schedules: 4 })).toBe('every access, visited states: 3 schedules instead of 4')
  expect(messageOf({ ...right, outcomes: new Set([...right.outcomes, 'another']) })).toBe('every access, visited states:')
  const racy: RandomProgram = { threads: [[set], [set]], timeouts: 0 }
  expect(messageOf(enumerate(racy, 100) as Enumerated, racy)).toBe('disorderly')
  expect(messageOf({ outcomes: new Set(), failures: new Set(), schedules: 2 }, racy)).toBe('every access, visited states:')
})
