import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { describeInterpreter, findInterpreter, Unusable } from './interpreter.ts'
import { DESCRIPTION, interpreterSaying, program } from './stand-ins.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ftspec-interpreter-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const saying = (name: string): string => interpreterSaying(folder, name, DESCRIPTION)

test('the interpreter that the user names is meant, whatever else there is', () => {
  const mine = saying('mine')
  saying('python3.14t')
  expect(findInterpreter({ python: mine, env: { PATH: folder, FTSPEC_PYTHON: '/elsewhere' } })).toBe(mine)
})

test('a name without a folder is looked for on the path', () => {
  const mine = saying('mine')
  expect(findInterpreter({ python: 'mine', env: { PATH: `/nowhere${delimiter}${delimiter}${folder}` } })).toBe(mine)
})

test('then the one that FTSPEC_PYTHON names', () => {
  const mine = saying('mine')
  saying('python3.14t')
  expect(findInterpreter({ python: undefined, env: { PATH: folder, FTSPEC_PYTHON: mine } })).toBe(mine)
})

test('then python3.14t on the path, and after it python3.15t', () => {
  const later = saying('python3.15t')
  expect(findInterpreter({ python: undefined, env: { PATH: folder } })).toBe(later)
  const first = saying('python3.14t')
  expect(findInterpreter({ python: undefined, env: { PATH: folder } })).toBe(first)
})

test('a folder and a file that may not be run are no interpreters', () => {
  mkdirSync(join(folder, 'python3.14t'))
  writeFileSync(join(folder, 'python3.15t'), '')
  chmodSync(join(folder, 'python3.15t'), 0o644)
  const seek = () => findInterpreter({ python: undefined, env: { PATH: folder } })
  expect(seek).toThrow(Unusable)
  expect(seek).toThrow(
    'there is no free-threaded CPython: python3.14t and python3.15t are not on PATH. Install one, or name it with --python',
  )
  expect(() => findInterpreter({ python: undefined, env: {} })).toThrow('there is no free-threaded CPython')
})

test('who names what is not there, or cannot be run, is told by what', () => {
  const none = join(folder, 'none')
  expect(() => findInterpreter({ python: none, env: {} })).toThrow(`--python: there is no interpreter ${none}`)
  expect(() => findInterpreter({ python: undefined, env: { FTSPEC_PYTHON: none } })).toThrow(
    `FTSPEC_PYTHON: there is no interpreter ${none}`,
  )
  expect(() => findInterpreter({ python: folder, env: {} })).toThrow(`--python: ${folder} is not a program that may be run`)
})

test('an interpreter says what it is', () => {
  const path = saying('python3.14t')
  expect(describeInterpreter(path)).toEqual({ ...DESCRIPTION, path })
})

test('a Python that is there is asked for real', ({ skip }) => {
  const path = ['/usr/bin/python3', '/usr/local/bin/python3'].find((file) => findable(file))
  if (path === undefined) return skip('there is no Python here to ask')
  // What it is depends on the machine. That it answers, or is too old, does not.
  try {
    expect(describeInterpreter(path).include).toContain('python')
  } catch (error) {
    expect((error as Error).message).toContain('what is judged here began with 3.13')
  }
})

const findable = (python: string): boolean => {
  try {
    return findInterpreter({ python, env: {} }) === python
  } catch {
    return false
  }
}

test.for([
  ['exit 7', /ended with 7 when it was asked what it is/],
  ['echo "no module" >&2; kill -9 $$', /ended with SIGKILL when it was asked what it is:\nno module/],
  ['echo hello', /is not a CPython: it said hello/],
  ['true', /is not a CPython: it said nothing/],
  [`echo '${JSON.stringify({ ...DESCRIPTION, implementation: 'pypy' })}'`, /is not a CPython/],
  [
    `echo '${JSON.stringify({ ...DESCRIPTION, version: '3.12.1', hexversion: 0x030c01f0 })}'`,
    /is CPython 3\.12\.1: what is judged here began with 3\.13/,
  ],
] as const)('what is of no use says why: %s', ([text, message]) => {
  const path = program(folder, 'other', text)
  expect(() => describeInterpreter(path)).toThrow(Unusable)
  expect(() => describeInterpreter(path)).toThrow(message)
})

test('what the system will not start says why', () => {
  const path = join(folder, 'broken')
  writeFileSync(path, '#!/nowhere/at/all\n')
  chmodSync(path, 0o755)
  expect(() => describeInterpreter(path)).toThrow(/broken cannot be run: .*ENOENT/)
})
