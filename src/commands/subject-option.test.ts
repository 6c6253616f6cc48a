import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { DESCRIPTION, embedding, interpreterSaying, program } from '../adapters/cpython/stand-ins.ts'
import { commandWords } from '../subject/program-command.ts'
import { chosenSubject, isThere } from './subject-option.ts'
import { UsageError } from './usage-error.ts'

let folder: string
const told: string[] = []
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'ftspec-subject-')), "l'été")
  mkdirSync(folder)
  told.length = 0
})
afterEach(() => rmSync(dirname(folder), { recursive: true }))

/** A compiler that writes a program which tells what it is called with. */
const COMPILER = `
[ "$1" = --version ] && exit 0
for word; do [ "$before" = -o ] && out=$word; before=$word; done
echo made > "$out"
`

function choose(subject: string | undefined, python?: string) {
  const env = { CC: program(folder, 'compiler', COMPILER), XDG_CACHE_HOME: join(folder, 'cache'), PATH: folder }
  return chosenSubject({ subject, python }, { env, tell: (text) => told.push(text) })
}

const interpreter = (more: object = {}): string =>
  interpreterSaying(folder, 'python3.14t', { ...DESCRIPTION, ...embedding(folder), ...more })

test('without a name the reference is meant, and any other name is a command', () => {
  expect(choose(undefined)).toEqual({ command: undefined })
  expect(choose('node subject.js')).toEqual({ command: 'node subject.js' })
  expect(() => choose('')).toThrow('--subject: the command is empty')
})

test('for cpython an interpreter is found, and what starts its adapter is one command, whatever its folder is called', () => {
  const path = interpreter()
  const { command = '', list = '' } = choose('cpython')
  const [adapter, ...args] = commandWords(command)
  expect(readFileSync(adapter, 'utf8')).toBe('made\n')
  expect(args).toEqual([path])
  expect(list).toMatch(/known-failures\/3\.14\.0a2\.txt$/)
  expect(told).toEqual(['building the adapter for CPython 3.14.0a2+, once\n'])
})

test.for([
  [{ debug: true }, '3.14.0a2-debug.txt'],
  [{ freeThreaded: false }, '3.14.0a2-default.txt'],
  [{ freeThreaded: false, debug: true }, '3.14.0a2-default-debug.txt'],
] as const)('another build has a list of its own: %o', ([more, name]) => {
  interpreter(more)
  expect(choose('cpython').list).toMatch(new RegExp(`/${name}$`))
})

test('a version that it was not written for is tried, and that is told', () => {
  interpreter({ version: '3.15.0', hexversion: 0x030f00f0 })
  choose('cpython')
  expect(told[0]).toBe('the adapter was written for CPython 3.14.0a2; this is 3.15.0, and is tried all the same\n')
})

test('no interpreter, and one that cannot be embedded, are wrong usage', () => {
  expect(() => choose('cpython')).toThrow(UsageError)
  expect(() => choose('cpython')).toThrow('there is no free-threaded CPython')
  const path = interpreterSaying(folder, 'mine', DESCRIPTION)
  expect(() => choose('cpython', path)).toThrow(/the headers of .*mine are missing/)
})

test('what no user can mend is no wrong usage', () => {
  interpreter()
  const env = { PATH: folder, CC: 'a name that no program can have: \0' }
  expect(() => chosenSubject({ subject: 'cpython', python: undefined }, { env, tell: () => {} })).toThrow(TypeError)
})

test('an interpreter is named for cpython only', () => {
  expect(() => choose('node subject.js', 'python3')).toThrow('--python is for --subject cpython')
})

test('a list is there or not', () => {
  expect(isThere(join(folder, 'none.txt'))).toBe(false)
  expect(isThere(folder)).toBe(true)
})
