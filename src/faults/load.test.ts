import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Fault, FaultError } from './fault.ts'
import { faultyFile } from './load.ts'

let folder: URL
beforeAll(() => {
  folder = pathToFileURL(`${mkdtempSync(join(tmpdir(), 'ftspec load ü '))}/`)
})
afterAll(() => rmSync(folder, { recursive: true }))

const SOURCE = 'export const next = (n: number): number => (n as number) + 1\n'

/** A fault in a file of its own. */
function faultIn(file: string, text: string): Fault {
  writeFileSync(new URL(file, folder), SOURCE)
  return {
    id: 'skips-one',
    title: '',
    requirement: 'QSBR-04',
    shownBy: '',
    file,
    text,
    replacement: '(n as unknown as number) + 2',
    why: '',
  }
}

test('the faulty file is what the sound one is but for the fault, without its types', () => {
  const [[url, source] = [], ...others] = Object.entries(faultyFile(faultIn('faulty.ts', '(n as number) + 1'), folder))
  expect([url, others]).toEqual([new URL('faulty.ts', folder).href, []])
  expect(source?.replace(/ +/g, ' ')).toBe('export const next = (n ) => (n ) + 2\n')
})

test.for([
  ['absent.ts', 'n - 1', 0],
  ['twice.ts', 'number', 3],
] as const)('a text that does not stand there once is an error that names fault, file and count: %s', ([file, text, count]) => {
  const making = () => faultyFile(faultIn(file, text), folder)
  expect(making).toThrow(FaultError)
  expect(making).toThrow(`fault skips-one: ${file} holds its text ${count} times`)
})

test('a file that does not exist is an error that names it', () => {
  const making = () => faultyFile({ ...faultIn('there.ts', 'n'), file: 'nowhere.ts' }, folder)
  expect(making).toThrow(FaultError)
  expect(making).toThrow('fault skips-one: nowhere.ts cannot be read')
})
