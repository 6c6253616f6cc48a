/**
 * What every subcommand of `ftspec` is.
 */
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util'
import type { ExitCode } from '../verdict/gate.ts'
import { proposal } from './near.ts'
import type { Terminal } from './terminal.ts'
import { UsageError } from './usage-error.ts'

export interface Command {
  /** What it does, its options, and an example. */
  readonly help: string
  /**
   * @throws UsageError if the arguments make no sense.
   */
  run(args: readonly string[], terminal: Terminal): Promise<ExitCode>
}

/**
 * The values of a command's options, none of which is empty. There are no arguments without a name.
 *
 * @throws UsageError with what was meant, as far as one can tell.
 */
export function optionsOf<const Options extends ParseArgsOptionsConfig>(options: Options, args: readonly string[]) {
  const { tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true })
  const names = Object.keys(options)
  for (const token of tokens) {
    if (token.kind === 'positional') throw new UsageError(`"${token.value}" is not expected here`)
    if (token.kind === 'option' && token.value !== undefined && isBlank(token.value)) throw new UsageError(`${token.rawName} is empty`)
    if (token.kind === 'option' && !names.includes(token.name)) {
      throw new UsageError(
        `there is no option ${token.rawName}${proposal(
          token.rawName,
          names.map((name) => `--${name}`),
        )}`,
      )
    }
  }
  try {
    return parseArgs({ args: [...args], options }).values
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}

/** The number that an option is given. @throws UsageError if it is none, too small, or of more than nine digits. */
export function wholeNumber(option: string, text: string, least: number): number {
  if (/^(0|[1-9]\d{0,8})$/.test(text) && Number(text) >= least) return Number(text)
  throw new UsageError(`${option} takes a whole number from ${least} to 999999999, not ${text}`)
}

/** Whether there is nothing in it, not even one part of a list. */
const isBlank = (value: string): boolean => /^[\s,]*$/.test(value)

/** The parts of an option that may be given several times, with commas, or both. */
export function listed(values: readonly string[] | undefined): string[] {
  return (values ?? [])
    .flatMap((value) => value.split(','))
    .map((value) => value.trim())
    .filter(Boolean)
}
