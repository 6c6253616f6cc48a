import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Fault, FaultError } from './fault.ts'
import { loadFaulty } from './load.ts'

let folder: URL
beforeAll(() => {
  folder = pathToFileURL(`${mkdtempSync(join(tmpdir(), 'ftspec load ü '))}/`)
})
afterAll(() => rmSync(folder, { recursive: true }))

const SOURCE = 'export const next = (n: number): number => (n as number) + 1\n'

/** A fault in a file of its own, since a thread loads each file only once. */
function faultIn(file: string, text: string): Fault {
  writeFileSync(new URL(file, folder), SOURCE)
  return { id: 'skips-one', title: '', requirement: 'QSBR-04', file, text, replacement: '(n as unknown as number) + 2', why: '' }
}

const imported = (file: string) => import(new URL(file, folder).href) as Promise<{ next(n: number): number }>

test('whoever imports the file afterwards gets the faulty one, types and all', async () => {
  await loadFaulty(faultIn('faulty.ts', '(n as number) + 1'), folder)
  expect((await imported('faulty.ts')).next(1)).toBe(3)
})

test('no other file is changed', async () => {
  await loadFaulty(faultIn('one.ts', '(n as number) + 1'), folder)
  faultIn('other.ts', '')
  expect((await imported('other.ts')).next(1)).toBe(2)
})

test.for([
  ['absent.ts', 'n - 1', 0],
  ['twice.ts', 'number', 3],
] as const)('a fault that does not fit is an error, and the sound file is not loaded in its place: %s', async ([file, text, count]) => {
  const loading = loadFaulty(faultIn(file, text), folder)
  await expect(loading).rejects.toThrow(FaultError)
  await expect(loading).rejects.toThrow(`fault skips-one: ${file} holds its text ${count} times`)
})

test('a file that does not exist is an error that names it', async () => {
  const loading = loadFaulty({ ...faultIn('there.ts', 'n'), file: 'nowhere.ts' }, folder)
  await expect(loading).rejects.toThrow(FaultError)
  await expect(loading).rejects.toThrow('fault skips-one: nowhere.ts cannot be loaded')
})

test('a file that was loaded before is an error: the fault would never run', async () => {
  const fault = faultIn('early.ts', '(n as number) + 1')
  await imported('early.ts')
  await expect(loadFaulty(fault, folder)).rejects.toThrow(FaultError)
  await expect(loadFaulty(fault, folder)).rejects.toThrow('fault skips-one: early.ts was loaded without it')
})
