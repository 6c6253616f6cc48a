/**
 * Finds a CPython that the user has installed, and asks it what it is.
 */
import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

/** The names that are looked for, if nobody says which interpreter is meant. */
const NAMES = ['python3.14t', 'python3.15t'] as const

/** How long an interpreter may take to say what it is, in milliseconds. Starting one takes some ten. */
const PATIENCE = 60_000

const DESCRIBE = fileURLToPath(new URL('./describe.py', import.meta.url))

/** What `describe.py` says. */
const Description = z.object({
  implementation: z.string(),
  /** As in `3.14.0a2+`. */
  version: z.string(),
  /** As `sys.hexversion`: comparable. */
  hexversion: z.int(),
  freeThreaded: z.boolean(),
  /** Whether it was built with its own checks. */
  debug: z.boolean(),
  /** The folder of its headers. */
  include: z.string(),
  /** Where its static library may lie. */
  libraries: z.array(z.string()),
  /** What has to be linked besides, as the linker's options. */
  linked: z.array(z.string()),
  /** The compiler that it was built with, and that compiler's options. */
  compiler: z.array(z.string()),
})

export interface Interpreter extends z.infer<typeof Description> {
  /** The file. */
  readonly path: string
}

/** The interpreter, or what it takes to embed it, is not there or not usable. Its message says what is missing, and the remedy. */
export class Unusable extends Error {
  override readonly name = 'Unusable'
}

/** What an interpreter is looked for with. */
export interface Sought {
  /** What the user named with `--python`. */
  readonly python: string | undefined
  /** `FTSPEC_PYTHON` and `PATH`. */
  readonly env: Readonly<Record<string, string | undefined>>
}

/**
 * The file of the interpreter that is meant: the one the user named, the one `FTSPEC_PYTHON` names, or the first
 * `python3.14t` or `python3.15t` on the path.
 *
 * @throws Unusable if there is none.
 */
export function findInterpreter({ python, env }: Sought): string {
  if (python !== undefined) return named(python, '--python', env)
  if (env.FTSPEC_PYTHON) return named(env.FTSPEC_PYTHON, 'FTSPEC_PYTHON', env)
  const found = NAMES.map((name) => onPath(name, env)).find((path) => path !== undefined)
  if (found !== undefined) return found
  throw new Unusable(
    `there is no free-threaded CPython: ${NAMES.join(' and ')} are not on PATH. ` +
      'Install one, or name it with --python FILE or FTSPEC_PYTHON',
  )
}

/** @param by what named it. */
function named(python: string, by: string, env: Sought['env']): string {
  const path = python.includes('/') || python.includes('\\') ? python : (onPath(python, env) ?? python)
  if (!existsSync(path)) throw new Unusable(`${by}: there is no interpreter ${python}`)
  if (!isProgram(path)) throw new Unusable(`${by}: ${path} is not a program that may be run`)
  return path
}

const onPath = (name: string, { PATH = '' }: Sought['env']): string | undefined =>
  PATH.split(delimiter)
    .filter(Boolean)
    .map((folder) => join(folder, name))
    .find(isProgram)

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    // It is not there, or not ours to run. Either way it is none.
    return false
  }
}

/** The versions whose internals the adapter can be compiled against: from 3.13, which has all of them. */
const FIRST = 0x030d0000

/**
 * What an interpreter says about itself.
 *
 * @throws Unusable if it is not a CPython, too old, or does not answer.
 */
export function describeInterpreter(path: string): Interpreter {
  const { status, signal, error, stdout, stderr } = spawnSync(path, ['-I', DESCRIBE], { encoding: 'utf8', timeout: PATIENCE })
  if (error) throw new Unusable(`${path} cannot be run: ${error.message}`)
  if (status !== 0) throw new Unusable(`${path} ended with ${signal ?? status} when it was asked what it is:\n${stderr.trim()}`)
  const described = parsed(stdout)
  if (described?.implementation !== 'cpython')
    throw new Unusable(`${path} is not a CPython: it said ${stdout.trim().slice(0, 200) || 'nothing'}`)
  if (described.hexversion < FIRST) throw new Unusable(`${path} is CPython ${described.version}: what is judged here began with 3.13`)
  return { ...described, path }
}

function parsed(text: string): z.infer<typeof Description> | undefined {
  try {
    return Description.parse(JSON.parse(text))
  } catch {
    // Whoever asked quotes the text.
    return undefined
  }
}
