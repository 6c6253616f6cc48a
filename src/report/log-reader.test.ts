import { readFileSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { parseLog, readLog, UnreadableLog } from './log-reader.ts'
import { HELLO, REQUIREMENTS, writeSample } from './sample/sample-log.ts'
import { SCENARIOS } from './sample/sample-scenarios.ts'

const file = writeSample()
const text = readFileSync(file, 'utf8')
afterAll(() => rmSync(dirname(file), { recursive: true }))
const lines = text.trimEnd().split('\n')
const without = (from: number, to: number, ...instead: string[]): string => `${lines.toSpliced(from, to, ...instead).join('\n')}\n`

test('what was written is read back, and the log is complete', () => {
  const log = readLog(file)
  expect(log).toMatchObject({ hello: HELLO, requirements: REQUIREMENTS, faults: [], complete: true })
  expect(log.scenarios.map(({ start, steps, end }) => ({ start, steps, end }))).toEqual(SCENARIOS)
})

test('a log without a footer is incomplete, and shows what it has', () => {
  const log = parseLog(without(-1, 1))
  expect(log.complete).toBe(false)
  expect(log.footer).toBeUndefined()
  expect(log.scenarios).toHaveLength(SCENARIOS.length)
  expect(log.faults).toEqual([
    { line: lines.length - 1, problem: 'the log ends here without a footer', remedy: expect.stringContaining('Run it again') },
  ])
})

test('a line that breaks off is told apart from one that was changed', () => {
  const broken = parseLog(text.slice(0, text.length - 40))
  expect(broken.faults[0]).toEqual({ line: lines.length, problem: 'this is not JSON', remedy: expect.stringContaining('while it wrote') })
  const changed = parseLog(without(4, 1, 'rm -rf'))
  expect(changed.faults[0]).toEqual({ line: 5, problem: 'this is not JSON', remedy: expect.stringContaining('Nothing but the run') })
  expect(changed.complete).toBe(false)
})

test('a record of a wrong shape is named with its line and what is wrong in it', () => {
  const log = parseLog(without(1, 1, '{"record":"requirement","id":"x"}', '{"record":"gossip"}'))
  expect(log.faults.map(({ line }) => line).slice(0, 2)).toEqual([2, 3])
  expect(log.faults[0]?.problem).toMatch(/^id: .*; chapter: /)
  expect(log.faults[1]?.problem).toMatch(/^record: /)
})

test('a line that is JSON and no object is a fault like any other', () => {
  expect(parseLog(without(1, 0, '3')).faults).toMatchObject([{ line: 2, problem: expect.stringMatching(/^the record: /) }])
})

test('a record that is missing is noticed by the footer at the latest', () => {
  const end = lines.findIndex((line) => line.includes('scenario-end'))
  expect(parseLog(without(end, 1)).faults).toMatchObject([{ line: lines.length - 1, problem: expect.stringMatching(/^the footer counts/) }])
})

test.each([
  ['nothing', '', 'the log is empty. The run never began'],
  ['an empty line', '\n', 'the log is empty'],
  ['no JSON', 'hello\n', 'this is not JSON. Nothing but the run may write this file'],
  ['half a header', lines[0]?.slice(0, 60) ?? '', 'this is not JSON. The run was ended while it wrote this line'],
  ['another record', without(0, 1), 'the first record is a requirement, not the header'],
  ['a header without half of it', '{"record":"header","format":1}\n', 'suite: '],
  [
    'another format',
    '{"record":"header","format":7,"suite":"9.1.0"}\n',
    'format 7, and this program reads format 1. Read it with the version that wrote it: 9.1.0',
  ],
])('a log that begins with %s cannot be read, and says why', (_, log, problem) => {
  expect(() => parseLog(log)).toThrow(UnreadableLog)
  expect(() => parseLog(log)).toThrow(problem)
})
