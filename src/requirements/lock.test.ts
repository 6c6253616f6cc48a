import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { currentId, extend, type Lock, lockProblems, readLock, writeLock } from './lock.ts'

const lock: Lock = {
  requirements: ['BRC-01', 'BRC-02'],
  scenarios: ['BRC-01.1', 'BRC-01.2', 'BRC-02.1'],
  rows: { 'BRC-02.1': ['a | 1'] },
  aliases: { 'BRC-01.2': 'BRC-02.1' },
  tombstones: { 'BRC-02': 'it said the same as BRC-01; 0.2.0' },
}
const live = { requirements: ['BRC-01'], scenarios: ['BRC-01.1', 'BRC-02.1'], rows: { 'BRC-02.1': ['a | 1'] } }

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ftspec-lock-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

test('ids that are in use, renamed or given up are in order', () => {
  expect(lockProblems(lock, live)).toEqual([])
})

test('a new id has to be entered', () => {
  expect(lockProblems(lock, { ...live, requirements: ['BRC-01', 'BRC-03'] })).toEqual([expect.stringMatching(/^BRC-03 is new/)])
})

test('an id never vanishes', () => {
  expect(lockProblems(lock, { ...live, scenarios: ['BRC-02.1'] })).toEqual([expect.stringMatching(/^BRC-01\.1 has vanished/)])
})

test('an id that was given up never comes back', () => {
  expect(lockProblems(lock, { ...live, requirements: ['BRC-01', 'BRC-02'] })).toEqual([expect.stringMatching(/^BRC-02 was given up/)])
})

test('a row never changes', () => {
  expect(lockProblems(lock, { ...live, rows: { 'BRC-02.1': ['a | 2'] } })).toEqual([
    expect.stringMatching(/^BRC-02\.1#1: the row "a \| 1" has changed or vanished/),
    expect.stringMatching(/^BRC-02\.1: the row "a \| 2" is new/),
  ])
})

test('an alias or a tombstone is of an id that once was', () => {
  const problems = lockProblems({ ...lock, tombstones: { ...lock.tombstones, 'BRC-99': 'a slip' } }, live)
  expect(problems).toEqual([expect.stringMatching(/^BRC-99 has an alias or a tombstone/)])
})

test('an alias leads to an id that is in use', () => {
  const problems = lockProblems({ ...lock, aliases: { 'BRC-01.2': 'BRC-02.9' } }, live)
  expect(problems).toEqual([expect.stringMatching(/^BRC-01\.2 is an alias of BRC-02\.9/)])
})

test('an old id leads to the one that took its place', () => {
  expect(currentId(lock, 'BRC-01.2')).toBe('BRC-02.1')
  expect(currentId(lock, 'BRC-01.1')).toBe('BRC-01.1')
})

test('extending adds in order of chapter and number and takes nothing out', () => {
  const extended = extend(lock, {
    requirements: ['BRC-10', 'BRC-03'],
    scenarios: ['BRC-01.10'],
    rows: { 'BRC-01.10': ['x'], 'BRC-01.2': ['y'] },
  })
  expect(extended.requirements).toEqual(['BRC-01', 'BRC-02', 'BRC-03', 'BRC-10'])
  expect(extended.scenarios).toEqual(['BRC-01.1', 'BRC-01.2', 'BRC-01.10', 'BRC-02.1'])
  expect(Object.entries(extended.rows)).toEqual([
    ['BRC-01.2', ['y']],
    ['BRC-01.10', ['x']],
    ['BRC-02.1', ['a | 1']],
  ])
  expect(extended.aliases).toEqual(lock.aliases)
})

test('a lock file reads back as it was written, one id to a line', () => {
  const file = join(folder, 'ids.json')
  writeLock(file, lock)
  expect(readLock(file)).toEqual(lock)
  expect(readFileSync(file, 'utf8')).toContain('\n    "BRC-01.1",\n')
})

test('a tombstone gives its reason', () => {
  const file = join(folder, 'silent.json')
  writeFileSync(file, JSON.stringify({ ...lock, tombstones: { 'BRC-02': '' } }))
  expect(() => readLock(file)).toThrow()
})
