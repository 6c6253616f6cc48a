/**
 * Whether threads get copies of bytecode of their own: what the environment and the command line say.
 *
 * `PYTHON_TLBC` counts first and `-X tlbc` outweighs it, but both are looked at, so that a value that makes no
 * sense is refused even where it would not count. Of several `-X tlbc` the first one counts, and only that is looked at.
 *
 * @see CPython Python/initconfig.c, config_init_tlbc
 */

/** What a process is told when it starts. */
export interface CodeSettings {
  /** Whether the build has threads that run at once. */
  readonly freeThreaded: boolean
  /** Whether every thread runs copies of its own. */
  readonly copying: boolean
}

/** What holds if nothing is said. */
export const DEFAULT_SETTINGS: CodeSettings = { freeThreaded: true, copying: true }

/** A process that is told what makes no sense does not start. */
export interface RefusedStart {
  /** What it says of its fatal error before it exits with status 1. */
  readonly fatal: string
}

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>

/**
 * Reads the settings.
 * @param argv what follows the program on the command line.
 * @param freeThreaded whether the build has threads that run at once. One that has not ignores both places.
 */
export function readSettings(argv: readonly string[], env: Environment, freeThreaded: boolean): CodeSettings | RefusedStart {
  if (!freeThreaded) return { freeThreaded, copying: false }
  const { ignoresEnvironment, extended } = readOptions(argv)
  let { copying } = DEFAULT_SETTINGS
  const variable = ignoresEnvironment ? '' : (env.PYTHON_TLBC ?? '')
  if (variable !== '') {
    const value = switchOf(variable)
    if (value === undefined) return refused('PYTHON_TLBC=N: N is missing or invalid')
    copying = value
  }
  const option = extended.find((each) => each === 'tlbc' || each.startsWith('tlbc='))
  if (option !== undefined) {
    const value = option === 'tlbc' ? undefined : switchOf(option.slice('tlbc='.length))
    if (value === undefined) return refused('-X tlbc=n: n is missing or invalid')
    copying = value
  }
  return { freeThreaded, copying }
}

/** Whether the process does not start. */
export const isRefused = (answer: CodeSettings | RefusedStart): answer is RefusedStart => 'fatal' in answer

const refused = (reason: string): RefusedStart => ({ fatal: `config_init_tlbc: ${reason}` })

/** A decimal number, as C reads it: blanks and a sign may come before it, nothing after. No text at all is zero. */
const NUMBER = /^(?:[ \t\n\v\f\r]*[+-]?[0-9]+)?$/

/** On or off; undefined if the text is neither 0 nor 1. */
function switchOf(text: string): boolean | undefined {
  if (!NUMBER.test(text)) return undefined
  const value = Number(text)
  return value === 0 || value === 1 ? value === 1 : undefined
}

interface Options {
  /** The values of `-X`, in order. */
  readonly extended: readonly string[]
  readonly ignoresEnvironment: boolean
}

/** Options that are followed by a value, in the same word or the next. */
const WITH_VALUE = 'cmWX'
/** Of these, the ones that say what to run: what comes behind is for the program. */
const LAST = 'cm'
/** The one long option that is followed by a value. */
const LONG_WITH_VALUE = '--check-hash-based-pycs'

/** Reads the options of the interpreter itself. Several letters may stand in one word. */
function readOptions(argv: readonly string[]): Options {
  const extended: string[] = []
  let ignoresEnvironment = false
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at] as string
    if (word === '-' || word === '--' || !word.startsWith('-')) break
    if (word.startsWith('--')) {
      if (word === LONG_WITH_VALUE) at += 1
      continue
    }
    for (let letter = 1; letter < word.length; letter++) {
      const option = word[letter] as string
      if (option === 'E' || option === 'I') ignoresEnvironment = true
      if (!WITH_VALUE.includes(option)) continue
      if (LAST.includes(option)) return { extended, ignoresEnvironment }
      const rest = word.slice(letter + 1)
      if (rest === '') at += 1
      if (option === 'X') extended.push(rest === '' ? (argv[at] ?? '') : rest)
      break
    }
  }
  return { extended, ignoresEnvironment }
}
