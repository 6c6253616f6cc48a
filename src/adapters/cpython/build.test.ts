import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { unmeasured } from '../../testing/unmeasured.ts'
import { buildAdapter, cacheFolder } from './build.ts'
import { type Interpreter, Unusable } from './interpreter.ts'
import { DESCRIPTION, embedding, program } from './stand-ins.ts'

unmeasured()

/** A compiler that notes what it was asked. */
const COMPILER = `
[ "$1" = --version ] && exit 0
echo "$@" >> "$0.asked"
for word; do [ "$before" = -o ] && out=$word; before=$word; done
echo made > "$out"
`

/** No process has this number: it is larger than Linux lets one be. */
const NOBODY = 1 << 23

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
  writeFileSync(join(sources, 'more.c'), '')
  writeFileSync(join(sources, 'part.h'), '')
  writeFileSync(join(sources, 'wrapped.txt'), '# Sleeping\nsem_wait\nsem_post\n')
  compiler = program(folder, 'compiler', COMPILER)
  told.length = 0
})
afterEach(() => rmSync(folder, { recursive: true }))

const build = (more: { cache?: string; env?: Record<string, string> } = {}): Promise<string> =>
  buildAdapter(interpreter, {
    cache: join(folder, 'cache'),
    sources,
    env: { CC: compiler, PATH: process.env.PATH as string },
    tell: (text) => told.push(text),
    ...more,
  })
/** What the compiler was asked: for the objects in the order of their names, and for the program. */
const asked = (): string[] => readFileSync(`${compiler}.asked`, 'utf8').trim().split('\n').sort(byLast)
const byLast = (one: string, other: string): number => Number(/ -c /.test(other)) - Number(/ -c /.test(one)) || (one < other ? -1 : 1)

test('it is built once, and then taken from the cache', async () => {
  const made = await build()
  expect(told).toEqual(['building the adapter for CPython 3.14.0a2+, once\n'])
  expect(await build()).toBe(made)
  expect(told).toHaveLength(1)
  expect(asked()).toHaveLength(3)
  // Nothing is left of the building.
  expect(readdirSync(join(folder, 'cache'))).toEqual([basename(dirname(made))])
})

test('the compiler is given each source with the headers, and then the objects with the library that is there', async () => {
  const made = await build()
  expect(readFileSync(made, 'utf8')).toBe('made\n')
  const { include } = interpreter
  const headers = `-isystem ${include} -isystem ${join(include, 'internal')} -isystem ${join(include, 'internal', 'mimalloc')}`
  const [main, more, linked] = asked()
  expect(main).toMatch(new RegExp(` ${headers} -c -o \\S+/0\\.o ${join(sources, 'main.c')}$`))
  expect(more).toMatch(/ -c -o \S+\/1\.o \S+\/more\.c$/)
  expect(linked).toMatch(
    /^-o \S+\/adapter \S+\/0\.o \S+\/1\.o -Wl,--wrap=sem_wait -Wl,--wrap=sem_post \S+libpython3\.14t\.a -ldl -lm -lpthread -rdynamic$/,
  )
})

test('for a default build there is another program, which needs neither internal headers nor a library', async () => {
  mkdirSync(join(sources, 'default'))
  for (const file of ['default/main.c', 'json.c', 'lines.c', 'replies.c', 'text.c']) writeFileSync(join(sources, file), '')
  interpreter = { ...interpreter, freeThreaded: false, libraries: [] }
  rmSync(join(interpreter.include, 'internal'), { recursive: true })
  await build()
  const [main, ...others] = asked()
  expect(main).toMatch(new RegExp(` -isystem ${interpreter.include} -c -o \\S+/0\\.o ${join(sources, 'default', 'main.c')}$`))
  expect(others.map((line) => line.split('/').at(-1))).toEqual(['json.c', 'lines.c', 'replies.c', 'text.c', '4.o'])
  rmSync(join(interpreter.include, 'Python.h'))
  await expect(build()).rejects.toThrow(/the headers of .* are missing: .*Python\.h/)
})

test('who builds it at the same time does no harm', async () => {
  const [one, other] = await Promise.all([build(), build()])
  expect(told).toHaveLength(2)
  expect(other).toBe(one)
  expect(readFileSync(one, 'utf8')).toBe('made\n')
  expect(readdirSync(join(folder, 'cache'))).toEqual([basename(dirname(one))])
})

test('what was left by a build that was killed is cleared away, and what is being built is not', async () => {
  const cache = join(folder, 'cache')
  const [left, going] = [`build-${NOBODY}-a1b2c3`, `build-${process.pid}-d4e5f6`]
  for (const name of [left, going]) mkdirSync(join(cache, name), { recursive: true })
  writeFileSync(join(cache, left, '0.o'), '')
  const made = await build()
  expect(readdirSync(cache).sort()).toEqual([going, basename(dirname(made))].sort())
})

test.for(['sources', 'sources below', 'library', 'version', 'compiler'])('another %s is another program', async (what) => {
  const before = await build()
  if (what === 'sources') writeFileSync(join(sources, 'part.h'), '// changed')
  if (what === 'sources below') {
    mkdirSync(join(sources, 'default'))
    writeFileSync(join(sources, 'default', 'main.c'), '')
  }
  if (what === 'library') writeFileSync(interpreter.libraries[1] as string, 'longer')
  if (what === 'version') interpreter = { ...interpreter, version: '3.14.0a3' }
  if (what === 'compiler') compiler = program(folder, 'another', COMPILER)
  expect(await build()).not.toBe(before)
  expect(existsSync(before)).toBe(true)
})

test.for([
  ['Python.h', /the headers of .*python3\.14t are missing: .*Python\.h\. Install its development files/],
  ['internal/pycore_brc.h', /the headers of .* are missing: .*pycore_brc\.h/],
] as const)('a missing header is named: %s', async ([header, message]) => {
  rmSync(join(interpreter.include, header))
  await expect(build()).rejects.toThrow(Unusable)
  await expect(build()).rejects.toThrow(message)
})

test('a missing library is named, with why it is needed', async () => {
  rmSync(interpreter.libraries[1] as string)
  await expect(build()).rejects.toThrow(/the static library of .* is missing: .*absent\.a or .*libpython3\.14t\.a\. .* does not offer/)
  interpreter = { ...interpreter, libraries: [] }
  await expect(build()).rejects.toThrow('is missing: it names none.')
})

test('a compiler that is named is the only one that is tried', async () => {
  await expect(build({ env: { CC: '/nowhere/cc' } })).rejects.toThrow(
    'there is no C compiler: /nowhere/cc cannot be run. Install one, or name it in CC',
  )
})

test('without a name, the compiler that built the interpreter comes first', async () => {
  interpreter = { ...interpreter, compiler: [compiler, '-pthread'] }
  await build({ env: { PATH: '/nowhere' } })
  expect(asked()).toHaveLength(3)
  interpreter = { ...interpreter, version: '3.14.1', compiler: [] }
  await expect(build({ env: { PATH: '/nowhere' } })).rejects.toThrow('there is no C compiler: cc, gcc, clang cannot be run')
})

/** A compiler that complains, with that many lines before and after, about whatever it is given. */
const unhappy = (complaint: string): string =>
  program(folder, 'unhappy', `[ "$1" = --version ] && exit 0; (seq 1 30; echo "${complaint}"; seq 31 60) >&2; exit 1`)

test.for(['main.c:1:5: error: what is that?', 'main.c:1:10: fatal error: no such file', "main.c:7: undefined reference to 'it'"])(
  'what the compiler complains of first is told, and nothing is kept: %s',
  async (complaint) => {
    compiler = unhappy(complaint)
    const failed = build()
    await expect(failed).rejects.toThrow(Unusable)
    const said = `the adapter cannot be built for CPython 3.14.0a2+; ${compiler} ended with 1:\n${complaint}\n31\n`
    const { message } = (await failed.catch((error) => error)) as Error
    expect(message.slice(0, said.length)).toBe(said)
    expect(message).toMatch(/\n49$/)
    expect(readdirSync(join(folder, 'cache'))).toEqual([])
  },
)

test('that it was written for another version is told with the complaint, if it was', async () => {
  compiler = unhappy('main.c:1:5: error: what is that?')
  interpreter = { ...interpreter, version: '3.15.0', hexversion: 0x030f00f0 }
  await expect(build()).rejects.toThrow(/^the adapter, which was written for 3\.14\.0a2, cannot be built for CPython 3\.15\.0; .*\nmain\.c/)
})

test('where nothing looks like a complaint, the last lines are told', async () => {
  compiler = unhappy('alas')
  await expect(build()).rejects.toThrow(/ended with 1:\n41\n[\d\n]*60$/)
})

test('of several sources that do not compile, the first is told', async () => {
  compiler = program(folder, 'unhappy', '[ "$1" = --version ] && exit 0; for word; do :; done; echo "$word: error: no" >&2; kill -9 $$')
  await expect(build()).rejects.toThrow(/unhappy ended with SIGKILL:\n\S+main\.c: error: no$/)
})

test('a compiler that goes away meanwhile is told', async () => {
  compiler = program(folder, 'fleeting', 'rm "$0"')
  await expect(build()).rejects.toThrow(/fleeting cannot be run: .*ENOENT/)
})

test('a cache that cannot be written is named, with the remedy', async () => {
  const file = join(folder, 'file')
  writeFileSync(file, '')
  chmodSync(file, 0o444)
  await expect(build({ cache: join(file, 'cache') })).rejects.toThrow(/the adapter cannot be kept in .*cache: ENOTDIR.*Set XDG_CACHE_HOME/)
})

test('the cache lies where the user keeps such things, which a relative path does not say', () => {
  expect(cacheFolder({ XDG_CACHE_HOME: '/cache' })).toBe('/cache/ftspec')
  for (const env of [{}, { XDG_CACHE_HOME: '' }, { XDG_CACHE_HOME: 'here' }]) {
    expect(cacheFolder(env)).toBe(join(homedir(), '.cache', 'ftspec'))
  }
})

test('without a home folder somebody has to say where the cache is', () => {
  const nobody = () => {
    throw new Error('no such user')
  }
  expect(cacheFolder({ XDG_CACHE_HOME: '/cache' }, nobody)).toBe('/cache/ftspec')
  expect(() => cacheFolder({}, nobody)).toThrow(/^there is no home folder \(no such user\), so .* Set XDG_CACHE_HOME/)
  expect(() => cacheFolder({}, () => '')).toThrow(/^HOME is not the whole path of a folder, so .* Set XDG_CACHE_HOME/)
  expect(() => cacheFolder({}, nobody)).toThrow(Unusable)
})
