/**
 * Builds the adapter for an interpreter, once: the program is kept in the user's cache, under a name made from all
 * that went into it.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Interpreter, Unusable } from './interpreter.ts'

/** The adapter's sources. */
const SOURCES = fileURLToPath(new URL('./adapter/', import.meta.url))

/** The functions of the interpreter that the adapter stands in front of, one in a line; a line with `#` is a remark. */
const WRAPPED = 'wrapped.txt'

/** How many of the last lines of a compiler's complaints are told. */
const TOLD = 20

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

/** Where programs are kept that were built for this user. */
export const cacheFolder = ({ XDG_CACHE_HOME }: Building['env']): string => join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'ftspec')

/**
 * The adapter's program for an interpreter, built if it has not been yet.
 *
 * @returns its file.
 * @throws Unusable if the compiler, the headers or the static library are missing, or do not go together.
 */
export function buildAdapter(interpreter: Interpreter, { cache, sources = SOURCES, env, tell }: Building): string {
  const { include, version, path } = interpreter
  const compiler = compilerFor(interpreter, env)
  for (const header of ['Python.h', join('internal', 'pycore_brc.h')]) {
    if (!existsSync(join(include, header))) {
      throw new Unusable(
        `the headers of ${path} are missing: ${join(include, header)}. ` +
          'Install its development files, or an interpreter that comes with them',
      )
    }
  }
  const library = interpreter.libraries.find((file) => existsSync(file))
  if (library === undefined) {
    throw new Unusable(
      `the static library of ${path} is missing: ${interpreter.libraries.join(' or ') || 'it names none'}. ` +
        'The adapter calls functions that a shared library does not offer: install an interpreter that comes with its static library',
    )
  }
  const files = readdirSync(sources).sort()
  const texts = files.map((file) => [file, readFileSync(join(sources, file), 'utf8')] as const)
  const { mtimeMs, size } = statSync(library)
  const ingredients = { texts, compiler, interpreter: { ...interpreter, path: realpathSync(path) }, library: [library, mtimeMs, size] }
  const key = createHash('sha256').update(JSON.stringify(ingredients)).digest('hex').slice(0, KEY)
  const folder = join(cache, `cpython-${version}-${key}`)
  const program = join(folder, 'adapter')
  if (existsSync(program)) return program
  tell(`building the adapter for CPython ${version}, once\n`)
  const build = writable(cache)
  try {
    const made = join(build, 'adapter')
    compile(compiler, [
      ...['-std=gnu11', '-D_GNU_SOURCE', '-O1', '-g', '-o', made],
      ...['', 'internal', join('internal', 'mimalloc')].flatMap((below) => ['-isystem', join(include, below)]),
      ...files.filter((file) => file.endsWith('.c')).map((file) => join(sources, file)),
      ...wrappedIn(readFileSync(join(sources, WRAPPED), 'utf8')).map((name) => `-Wl,--wrap=${name}`),
      ...[library, ...interpreter.linked, '-lm', '-lpthread', '-rdynamic'],
    ])
    mkdirSync(folder, { recursive: true })
    // Whoever builds it at the same time builds the same.
    renameSync(made, program)
    return program
  } finally {
    rmSync(build, { recursive: true, force: true })
  }
}

const wrappedIn = (text: string): string[] => text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))

/** Digits of a key: enough that two never meet. */
const KEY = 16

/** A fresh folder in the cache. @throws Unusable if it cannot be written. */
function writable(cache: string): string {
  try {
    mkdirSync(cache, { recursive: true })
    return mkdtempSync(join(cache, 'build-'))
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

function compile(compiler: string, args: readonly string[]): void {
  const { status, error, stderr } = spawnSync(compiler, args, { encoding: 'utf8' })
  if (error) throw new Unusable(`${compiler} cannot be run: ${error.message}`)
  if (status === 0) return
  const told = stderr.trim().split('\n').slice(-TOLD).join('\n')
  throw new Unusable(`the adapter cannot be built for this interpreter; ${compiler} ended with ${status}:\n${told}`)
}
