import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Fault, FaultError } from './fault.ts'
import { faultyFile, loadFaulty } from './load.ts'

let folder: URL
beforeAll(() => {
  folder = pathToFileURL(`${mkdtempSync(join(tmpdir(), 'ftspec load ü '))}/`)
})
afterAll(() => rmSync(folder, { recursive: true }))

const SOURCE = 'export const next = (n: number): number => (n as number) + 1\n'

/** A fault in a file of its own, since a thread loads each file only once. */
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

const imported = (file: string) => import(new URL(file, folder).href) as Promise<{ next(n: number): number }>

test('whoever imports the file afterwards gets the faulty one, types and all', async () => {
  await loadFaulty(faultyFile(faultIn('faulty.ts', '(n as number) + 1'), folder))
  expect((await imported('faulty.ts')).next(1)).toBe(3)
})

test('no other file is changed, not even one that the faulty file loads', async () => {
  faultIn('other.ts', '')
  const fault = faultIn('one.ts', '(n as number) + 1')
  writeFileSync(new URL('one.ts', folder), `export { next as sound } from './other.ts'\n${SOURCE}`)
  await loadFaulty(faultyFile(fault, folder))
  const faulty = (await imported('one.ts')) as { next(n: number): number; sound(n: number): number }
  expect([faulty.next(1), faulty.sound(1)]).toEqual([3, 2])
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

test('a file that was loaded before is an error: the fault would never run', async () => {
  const faulty = faultyFile(faultIn('early.ts', '(n as number) + 1'), folder)
  await imported('early.ts')
  await expect(loadFaulty(faulty)).rejects.toThrow(FaultError)
  await expect(loadFaulty(faulty)).rejects.toThrow(/^fault skips-one: file:.*early\.ts was loaded without it$/)
})

test('a faulty file that cannot be run is an error, and the sound one is not loaded in its place', async () => {
  const faulty = { ...faultyFile(faultIn('broken.ts', '(n as number) + 1'), folder), source: 'throw new Error("out of order")' }
  await expect(loadFaulty(faulty)).rejects.toThrow('out of order')
  await expect(imported('broken.ts')).rejects.toThrow('out of order')
})
