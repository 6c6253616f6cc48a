/**
 * The words of a command line: a program and its arguments, without a shell.
 *
 * Blanks separate words; quotes of either kind keep them together; a backslash takes the next
 * character as it is, except between single quotes. Nothing is expanded.
 *
 * @throws Error if there is no word, or a quote is never closed.
 */
export function commandWords(command: string): [string, ...string[]] {
  const words = Array.from(command.matchAll(WORD), ([word]) => word.replace(PART, part))
  const rest = command.replace(WORD, '').trim()
  if (rest !== '') throw new Error(`a quote is never closed in the command ${command}`)
  const [program, ...args] = words
  if (program === undefined) throw new Error('the command is empty')
  return [program, ...args]
}

const PART = /\\(.)|'([^']*)'|"((?:[^"\\]|\\.)*)"/gs
const WORD = /(?:\\.|'[^']*'|"(?:[^"\\]|\\.)*"|[^\s'"\\])+/gs

function part(_: string, escaped?: string, single?: string, double?: string): string {
  return escaped ?? single ?? (double as string).replace(/\\(.)/gs, '$1')
}
