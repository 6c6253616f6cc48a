import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { DESCRIPTION, embedding, interpreterSaying, program } from '../adapters/cpython/stand-ins.ts'
import { commandWords } from '../subject/program-command.ts'
import { unmeasured } from '../testing/unmeasured.ts'
import { chosenSubject, isThere } from './subject-option.ts'
import { UsageError } from './usage-error.ts'

unmeasured()

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

test('without a name the reference is meant, and any other name is a command', async () => {
  expect(await choose(undefined)).toEqual({ command: undefined })
  expect(await choose('node subject.js')).toEqual({ command: 'node subject.js' })
  await expect(choose('')).rejects.toThrow('--subject: the command is empty')
})

test('for cpython an interpreter is found, and what starts its adapter is one command, whatever its folder is called', async () => {
  const path = interpreter()
  const { command = '', python, list = '' } = await choose('cpython')
  expect(python).toBe(path)
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
] as const)('another build has a list of its own: %o', async ([more, name]) => {
  interpreter(more)
  expect((await choose('cpython')).list).toMatch(new RegExp(`/${name}$`))
})

test.for([
  ['3.13.0', 0x030d00f0],
  ['3.14.0a1', 0x030e00a1],
  ['3.14.0a3', 0x030e00a3],
  ['3.14.0', 0x030e00f0],
  ['3.15.0', 0x030f00f0],
] as const)('%s, which it was not written for, is tried, and that is told', async ([version, hexversion]) => {
  interpreter({ version, hexversion })
  await choose('cpython')
  expect(told).toEqual([
    `the adapter was written for CPython 3.14.0a2; this is ${version}, and is tried all the same\n`,
    `building the adapter for CPython ${version}, once\n`,
  ])
})

test('of a default build is told that there is nothing to judge, whatever its version', async () => {
  interpreter({ version: '3.13.0', hexversion: 0x030d00f0, freeThreaded: false })
  await choose('cpython')
  expect(told).toEqual([
    'CPython 3.13.0 is a default build, which has none of what is judged here: it claims nothing, and all is unsupported\n',
    'building the adapter for CPython 3.13.0, once\n',
  ])
})

test('no interpreter, and one that cannot be embedded, are wrong usage', async () => {
  await expect(choose('cpython')).rejects.toThrow(UsageError)
  await expect(choose('cpython')).rejects.toThrow('there is no free-threaded CPython')
  const path = interpreterSaying(folder, 'mine', DESCRIPTION)
  await expect(choose('cpython', path)).rejects.toThrow(/the headers of .*mine are missing/)
})

test('what no user can mend is no wrong usage', async () => {
  interpreter()
  const env = { PATH: folder, CC: 'a name that no program can have: \0' }
  await expect(chosenSubject({ subject: 'cpython', python: undefined }, { env, tell: () => {} })).rejects.toThrow(TypeError)
})

test('an interpreter is named for cpython only', async () => {
  await expect(choose('node subject.js', 'python3')).rejects.toThrow('--python is for --subject cpython')
})

test('a list is there or not', async () => {
  expect(isThere(join(folder, 'none.txt'))).toBe(false)
  expect(isThere(folder)).toBe(true)
})
