import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeFolder } from './folder.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ftspec-folder-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

test('a folder is made with all that it lies in, and left alone if it is there', () => {
  const deep = join(folder, 'a', 'b', 'c')
  makeFolder(deep)
  writeFileSync(join(deep, 'file'), '')
  makeFolder(deep)
  expect(existsSync(join(deep, 'file'))).toBe(true)
})

test('what lies in a file cannot be made', () => {
  const file = join(folder, 'file')
  writeFileSync(file, '')
  expect(() => makeFolder(join(file, 'in', 'it'))).toThrow('ENOTDIR')
  expect(() => makeFolder(file)).toThrow('EEXIST')
})

test('where nothing can be made, that is said at once', ({ skip }) => {
  if (!existsSync('/proc/self')) return skip('there is no /proc here')
  expect(() => makeFolder('/proc/nowhere/at/all')).toThrow('ENOENT')
})
