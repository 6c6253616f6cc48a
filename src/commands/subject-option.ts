/**
 * What `--subject` and `--python` name.
 */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { buildAdapter, cacheFolder, isWrittenFor, WRITTEN_FOR } from '../adapters/cpython/build.ts'
import { describeInterpreter, findInterpreter, type Interpreter, Unusable } from '../adapters/cpython/interpreter.ts'
import { commandWords } from '../subject/program-command.ts'
import { untilInterrupted } from './interruptions.ts'
import { UsageError } from './usage-error.ts'

/** The one name of a subject that is not a command. A program of that name is `./cpython`. */
export const CPYTHON = 'cpython'

/** The lists that are kept beside the adapter. */
const LISTS = fileURLToPath(new URL('../adapters/cpython/known-failures/', import.meta.url))

export interface ChosenSubject {
  /** What starts it; the reference in this process without one. */
  readonly command: string | undefined
  /** The interpreter that it is an adapter of. */
  readonly python?: string
  /** The list of its known failures that belongs to it, whether there is one yet or not. */
  readonly list?: string
}

export interface Choice {
  readonly subject: string | undefined
  readonly python: string | undefined
}

/** Where an interpreter is looked for, where its adapter is kept, and who is told that it takes a while. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly tell: (text: string) => void
}

/**
 * The subject that is meant. For `cpython`, an interpreter is found and its adapter is built, if it has not been.
 *
 * @throws UsageError if there is none that can be started.
 */
export async function chosenSubject({ subject, python }: Choice, surroundings: Surroundings): Promise<ChosenSubject> {
  if (subject === CPYTHON) return cpython(python, surroundings)
  if (python !== undefined) throw new UsageError(`--python is for --subject ${CPYTHON}`)
  try {
    if (subject !== undefined) commandWords(subject)
    return { command: subject }
  } catch (error) {
    throw new UsageError(`--subject: ${(error as Error).message}`)
  }
}

async function cpython(python: string | undefined, { env, tell }: Surroundings): Promise<ChosenSubject> {
  try {
    const interpreter = describeInterpreter(findInterpreter({ python, env }))
    const remark = remarkOn(interpreter)
    if (remark !== undefined) tell(`${remark}\n`)
    const building = { cache: cacheFolder(env), env, tell }
    const program = await untilInterrupted(
      () => tell('interrupted while the adapter was being built\n'),
      () => buildAdapter(interpreter, building),
    )
    return { command: [program, interpreter.path].map(quoted).join(' '), python: interpreter.path, list: listFor(interpreter) }
  } catch (error) {
    if (error instanceof Unusable) throw new UsageError(error.message)
    throw error
  }
}

/** What whoever judges it should know before. */
function remarkOn(interpreter: Interpreter): string | undefined {
  const { version } = interpreter
  if (!interpreter.freeThreaded) {
    return `CPython ${version} is a default build, which has none of what is judged here: it claims nothing, and all is unsupported`
  }
  if (isWrittenFor(interpreter)) return undefined
  return `the adapter was written for CPython ${WRITTEN_FOR.version}; this is ${version}, and is tried all the same`
}

/** As one word of a command, whatever is in it. */
const quoted = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`

/** A build with its own checks, or without free threads, fails otherwise: it has a list of its own. */
function listFor({ version, debug, freeThreaded }: Interpreter): string {
  const build = `${freeThreaded ? '' : '-default'}${debug ? '-debug' : ''}`
  return `${LISTS}${version.replace(/\+$/, '')}${build}.txt`
}

/** Whether there is such a list. */
export const isThere = (list: string): boolean => existsSync(list)
