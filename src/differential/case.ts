/** What is compared: a program, and calls of its functions. */

/** A statement: its line, and those that stand in it. */
export interface Statement {
  readonly line: string
  readonly body?: readonly Statement[]
}

/** One call, by one of the actors. */
export interface Call {
  readonly actor: string
  /** A path, as in `f0`, `object.method` or `g.send`. */
  readonly function: string
  /** Literals and paths. */
  readonly args: readonly string[]
  readonly times: number
  /** The name that the result is given. */
  readonly keep?: string
  /** The actor's thread exits afterwards. Before its next call, the actor enters with a new one. */
  readonly leaves?: boolean
}

export interface Case {
  readonly name: string
  readonly actors: readonly string[]
  readonly program: readonly Statement[]
  readonly calls: readonly Call[]
  /** Paths of the functions that are looked at. */
  readonly functions: readonly string[]
}

/** The program as text. A body that lost its statements passes. */
export const sourceOf = ({ program }: Pick<Case, 'program'>): string => linesOf(program, '').join('\n').concat('\n')

function linesOf(statements: readonly Statement[], indent: string): string[] {
  return statements.flatMap(({ line, body }) =>
    body === undefined ? [indent + line] : [indent + line, ...linesOf(body.length === 0 ? [{ line: 'pass' }] : body, `${indent}    `)],
  )
}

/** A call as a line that can be read. */
export function lineOf({ actor, function: path, args, times, keep, leaves }: Call): string {
  const [result, often, then] = [keep === undefined ? '' : `${keep} = `, times === 1 ? '' : ` ${times} times`, leaves ? ', and leaves' : '']
  return `${actor}: ${result}${path}(${args.join(', ')})${often}${then}`
}
