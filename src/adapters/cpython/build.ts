/**
 * Builds the adapter for an interpreter, once: the program is kept in the user's cache, under a name made from all
 * that went into it.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, isAbsolute, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { makeFolder } from '../../folder.ts'
import { compile } from './compile.ts'
import { type Interpreter, Unusable } from './interpreter.ts'

/** The adapter's sources. */
const SOURCES = fileURLToPath(new URL('./adapter/', import.meta.url))

/** The functions of the interpreter that the adapter stands in front of, one in a line; a line with `#` is a remark. */
const WRAPPED = 'wrapped.txt'

/** The version that the adapter was written for, as `sys.hexversion` and in words. */
export const WRITTEN_FOR = { hexversion: 0x030e00a2, version: '3.14.0a2' } as const

/** Whether it was written for just this interpreter. What stands for a default build knows no version. */
export const isWrittenFor = ({ freeThreaded, hexversion }: Interpreter): boolean => !freeThreaded || hexversion === WRITTEN_FOR.hexversion

export interface Building {
  /** Where programs are kept: see `cacheFolder`. */
  readonly cache: string
  /** The sources, if they are not ours. */
  readonly sources?: string
  /** `CC` and `PATH`. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** Told before what takes long. */
  readonly tell: (text: string) => void
}

/**
 * Where programs are kept that were built for this user. A relative `XDG_CACHE_HOME` counts for nothing, as the XDG
 * Base Directory Specification has it.
 *
 * @param home the user's own folder, as the system knows it.
 * @throws Unusable if there is none.
 */
export function cacheFolder({ XDG_CACHE_HOME: cache = '' }: Building['env'], home = homedir): string {
  return join(isAbsolute(cache) ? cache : join(homeFolder(home), '.cache'), 'ftspec')
}

function homeFolder(home: () => string): string {
  const remedy = 'so there is no place for the adapter. Set XDG_CACHE_HOME to a folder that can be written'
  try {
    const folder = home()
    if (isAbsolute(folder)) return folder
  } catch (error) {
    throw new Unusable(`there is no home folder (${(error as Error).message}), ${remedy}`)
  }
  throw new Unusable(`HOME is not the whole path of a folder, ${remedy}`)
}

/**
 * The adapter's program for an interpreter, built if it has not been yet.
 *
 * @returns its file.
 * @throws Unusable if the compiler, the headers or the static library are missing, or do not go together.
 */
export async function buildAdapter(interpreter: Interpreter, { cache, sources = SOURCES, env, tell }: Building): Promise<string> {
  const { version, path } = interpreter
  const compiler = compilerFor(interpreter, env)
  const parts = partsFor(interpreter, sources)
  const texts = filesIn(sources).map((file) => [file, readFileSync(join(sources, file), 'utf8')] as const)
  const ingredients = { texts, compiler, interpreter: { ...interpreter, path: realpathSync(path) }, library: parts.library }
  const key = createHash('sha256').update(JSON.stringify(ingredients)).digest('hex').slice(0, KEY)
  const folder = join(cache, `cpython-${version}-${key}`)
  const program = join(folder, 'adapter')
  if (existsSync(program)) return program
  tell(`building the adapter for CPython ${version}, once\n`)
  const build = writable(cache)
  const clear = (): void => rmSync(build, { recursive: true, force: true })
  process.on('exit', clear)
  try {
    const made = join(build, 'adapter')
    const objects = parts.files.map((_, index) => join(build, `${index}.o`))
    const writtenFor = isWrittenFor(interpreter) ? '' : `, which was written for ${WRITTEN_FOR.version},`
    const failing = `the adapter${writtenFor} cannot be built for CPython ${version}`
    const called = { program: compiler, env, temporary: build, failing }
    await compile(
      called,
      parts.files.map((file, index) => [...OPTIONS, ...parts.headers, '-c', '-o', objects[index] as string, join(sources, file)]),
    )
    await compile(called, [['-o', made, ...objects, ...parts.linked]])
    makeFolder(folder)
    // Whoever builds it at the same time builds the same.
    renameSync(made, program)
    return program
  } finally {
    process.off('exit', clear)
    clear()
  }
}

const OPTIONS = ['-std=gnu11', '-D_GNU_SOURCE', '-O1', '-g']

/** What a program is made from. */
interface Parts {
  /** Its sources. */
  readonly files: readonly string[]
  /** Where headers lie, as options. */
  readonly headers: readonly string[]
  /** What is linked besides, as options. */
  readonly linked: readonly string[]
  /** What the interpreter's static library is like now. */
  readonly library: readonly unknown[]
}

/** The sources of the program for a default build: one of its own, and what answers requests in the other one too. */
const FOR_DEFAULT_BUILDS = [join('default', 'main.c'), 'json.c', 'lines.c', 'replies.c', 'text.c'] as const

/** @throws Unusable if something of the interpreter is missing. */
function partsFor(interpreter: Interpreter, sources: string): Parts {
  const headers = (...below: string[]): string[] => below.flatMap((folder) => ['-isystem', join(interpreter.include, folder)])
  if (!interpreter.freeThreaded) {
    requireHeaders(interpreter, 'Python.h')
    return { files: FOR_DEFAULT_BUILDS, headers: headers(''), linked: [], library: [] }
  }
  requireHeaders(interpreter, 'Python.h', join('internal', 'pycore_brc.h'))
  const library = interpreter.libraries.find((file) => existsSync(file))
  if (library === undefined) {
    throw new Unusable(
      `the static library of ${interpreter.path} is missing: ${interpreter.libraries.join(' or ') || 'it names none'}. ` +
        'The adapter calls functions that a shared library does not offer: install an interpreter that comes with its static library',
    )
  }
  const { mtimeMs, size } = statSync(library)
  return {
    files: filesIn(sources).filter((file) => file.endsWith('.c') && dirname(file) === '.'),
    headers: headers('', 'internal', join('internal', 'mimalloc')),
    linked: [
      ...wrappedIn(readFileSync(join(sources, WRAPPED), 'utf8')).map((name) => `-Wl,--wrap=${name}`),
      ...[library, ...interpreter.linked, '-lm', '-lpthread', '-rdynamic'],
    ],
    library: [library, mtimeMs, size],
  }
}

function requireHeaders({ include, path }: Interpreter, ...headers: string[]): void {
  const missing = headers.map((header) => join(include, header)).find((header) => !existsSync(header))
  if (missing === undefined) return
  throw new Unusable(
    `the headers of ${path} are missing: ${missing}. Install its development files, or an interpreter that comes with them`,
  )
}

/** Every file in the folder and below it. */
const filesIn = (sources: string): string[] =>
  readdirSync(sources, { recursive: true, encoding: 'utf8' })
    .filter((file) => statSync(join(sources, file)).isFile())
    .sort()

const wrappedIn = (text: string): string[] => text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))

/** Digits of a key: enough that two never meet. */
const KEY = 16

/** Whether it is the folder of a build whose process does not exist any more: that was killed. */
function isLeft(name: string): boolean {
  const builder = /^build-(\d+)-/.exec(name)?.[1]
  if (builder === undefined) return false
  try {
    process.kill(Number(builder), 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}

/** A fresh folder in the cache, from which goes what builds left that were killed. @throws Unusable if it cannot be written. */
function writable(cache: string): string {
  try {
    makeFolder(cache)
    for (const left of readdirSync(cache).filter(isLeft)) rmSync(join(cache, left), { recursive: true, force: true })
    return mkdtempSync(join(cache, `build-${process.pid}-`))
  } catch (error) {
    throw new Unusable(
      `the adapter cannot be kept in ${cache}: ${(error as Error).message}. Set XDG_CACHE_HOME to a folder that can be written`,
    )
  }
}

/**
 * The compiler that `CC` names, the one the interpreter was built with, or `cc`; the first that is there.
 *
 * @throws Unusable if none is.
 */
function compilerFor({ compiler: [own] }: Interpreter, env: Building['env']): string {
  const candidates = env.CC ? [env.CC] : [...(own === undefined ? [] : [own]), 'cc', 'gcc', 'clang']
  const found = candidates.find((name) => spawnSync(name, ['--version'], { env: { ...env }, stdio: 'ignore' }).status === 0)
  if (found !== undefined) return found
  throw new Unusable(`there is no C compiler: ${candidates.join(', ')} cannot be run. Install one, or name it in CC`)
}
