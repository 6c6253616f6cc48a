import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readKnownFailures } from './known.ts'
import { UsageError } from './usage-error.ts'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ftspec-known-'))
  file = join(folder, 'list.txt')
})
afterEach(() => rmSync(folder, { recursive: true }))

const IDS = ['BRC-01.1', 'BRC-01.2#1']

test('a list of scenarios that exist is read', () => {
  writeFileSync(file, '# a list\nBRC-01.2#1 fail always 01234567 why\n')
  expect([...readKnownFailures(file, IDS).keys()]).toEqual(['BRC-01.2#1'])
})

test.for([
  ['BRC-01.3 fail always 01234567 why', /list\.txt, line 1: there is no scenario BRC-01\.3: did you mean BRC-01\.1/],
  ['nonsense', /the known failures cannot be read from .*list\.txt: line 1: an entry is ID VERDICT/],
] as const)('what is wrong in a list is told with file and line: %s', ([text, message]) => {
  writeFileSync(file, text)
  expect(() => readKnownFailures(file, IDS)).toThrow(UsageError)
  expect(() => readKnownFailures(file, IDS)).toThrow(message)
})

test('a list that is not there is told', () => {
  expect(() => readKnownFailures(file, IDS)).toThrow(/cannot be read from .*list\.txt: ENOENT/)
})
