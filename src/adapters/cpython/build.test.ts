import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { buildAdapter, cacheFolder } from './build.ts'
import { type Interpreter, Unusable } from './interpreter.ts'
import { DESCRIPTION, embedding, program } from './stand-ins.ts'

/** A compiler that says what it was asked, writes that as its program, and notes that it was called. */
const COMPILER = `
[ "$1" = --version ] && exit 0
echo called >> "$0.calls"
for word; do [ "$before" = -o ] && out=$word; before=$word; done
echo "$@" > "$out"
`

let folder: string
let interpreter: Interpreter
let sources: string
let compiler: string
const told: string[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ftspec-build-'))
  const path = program(folder, 'python3.14t', '')
  interpreter = { ...DESCRIPTION, ...embedding(folder), path }
  sources = join(folder, 'sources')
  mkdirSync(sources)
  writeFileSync(join(sources, 'main.c'), 'int main(void) {}')
  writeFileSync(join(sources, 'part.h'), '')
  writeFileSync(join(sources, 'wrapped.txt'), '# Sleeping\nsem_wait\nsem_post\n')
  compiler = program(folder, 'compiler', COMPILER)
  told.length = 0
})
afterEach(() => rmSync(folder, { recursive: true }))

const build = (more: { cache?: string; env?: Record<string, string> } = {}): string =>
  buildAdapter(interpreter, {
    cache: join(folder, 'cache'),
    sources,
    env: { CC: compiler, PATH: process.env.PATH as string },
    tell: (text) => told.push(text),
    ...more,
  })
const calls = (): number => readFileSync(`${compiler}.calls`, 'utf8').trim().split('\n').length

test('it is built once, and then taken from the cache', () => {
  const made = build()
  expect(told).toEqual(['building the adapter for CPython 3.14.0a2+, once\n'])
  expect(build()).toBe(made)
  expect(told).toHaveLength(1)
  expect(calls()).toBe(1)
  // Nothing is left of the building.
  expect(readdirSync(join(folder, 'cache'))).toEqual([dirname(made).split('/').at(-1)])
})

test('the compiler is given the sources, the headers and the library that is there', () => {
  const asked = readFileSync(build(), 'utf8')
  const { include } = interpreter
  expect(asked).toContain(`-isystem ${include} -isystem ${join(include, 'internal')} -isystem ${join(include, 'internal', 'mimalloc')}`)
  expect(asked).toContain(join(sources, 'main.c'))
  expect(asked).not.toContain('part.h')
  expect(asked).not.toContain('absent.a')
  expect(asked.trim()).toMatch(/ -Wl,--wrap=sem_wait -Wl,--wrap=sem_post \S+libpython3\.14t\.a -ldl -lm -lpthread -rdynamic$/)
})

test.for(['sources', 'library', 'version', 'compiler'])('another %s is another program', (what) => {
  const before = build()
  if (what === 'sources') writeFileSync(join(sources, 'part.h'), '// changed')
  if (what === 'library') writeFileSync(interpreter.libraries[1] as string, 'longer')
  if (what === 'version') interpreter = { ...interpreter, version: '3.14.0a3' }
  if (what === 'compiler') compiler = program(folder, 'another', COMPILER)
  expect(build()).not.toBe(before)
  expect(existsSync(before)).toBe(true)
})

test.for([
  ['Python.h', /the headers of .*python3\.14t are missing: .*Python\.h\. Install its development files/],
  ['internal/pycore_brc.h', /the headers of .* are missing: .*pycore_brc\.h/],
] as const)('a missing header is named: %s', ([header, message]) => {
  rmSync(join(interpreter.include, header))
  expect(build).toThrow(Unusable)
  expect(build).toThrow(message)
})

test('a missing library is named, with why it is needed', () => {
  rmSync(interpreter.libraries[1] as string)
  expect(build).toThrow(/the static library of .* is missing: .*absent\.a or .*libpython3\.14t\.a\. .* does not offer/)
  interpreter = { ...interpreter, libraries: [] }
  expect(build).toThrow('is missing: it names none.')
})

test('a compiler that is named is the only one that is tried', () => {
  expect(() => build({ env: { CC: '/nowhere/cc' } })).toThrow(
    'there is no C compiler: /nowhere/cc cannot be run. Install one, or name it in CC',
  )
})

test('without a name, the compiler that built the interpreter comes first', () => {
  interpreter = { ...interpreter, compiler: [compiler, '-pthread'] }
  build({ env: { PATH: '/nowhere' } })
  expect(calls()).toBe(1)
  interpreter = { ...interpreter, version: '3.14.1', compiler: [] }
  expect(() => build({ env: { PATH: '/nowhere' } })).toThrow('there is no C compiler: cc, gcc, clang cannot be run')
})

test('what the compiler complains of is told, and nothing is kept', () => {
  compiler = program(folder, 'unhappy', '[ "$1" = --version ] && exit 0; seq 1 30 >&2; echo "main.c:1: error" >&2; exit 1')
  expect(build).toThrow(/^the adapter cannot be built for this interpreter; .*unhappy ended with 1:\n12\n13\n[\d\n]*30\nmain\.c:1: error$/)
  expect(readdirSync(join(folder, 'cache'))).toEqual([])
})

test('a compiler that goes away meanwhile is told', () => {
  compiler = program(folder, 'fleeting', 'rm "$0"')
  expect(build).toThrow(/fleeting cannot be run: .*ENOENT/)
})

test('a cache that cannot be written is named, with the remedy', () => {
  const file = join(folder, 'file')
  writeFileSync(file, '')
  chmodSync(file, 0o444)
  expect(() => build({ cache: join(file, 'cache') })).toThrow(/the adapter cannot be kept in .*cache: ENOTDIR.*Set XDG_CACHE_HOME/)
})

test('the cache lies where the user keeps such things', () => {
  expect(cacheFolder({ XDG_CACHE_HOME: '/cache' })).toBe('/cache/ftspec')
  expect(cacheFolder({})).toBe(join(homedir(), '.cache', 'ftspec'))
})
