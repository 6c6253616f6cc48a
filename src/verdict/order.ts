/**
 * An order of operations on shared memory, as people read it.
 */
import type { RaceStep } from '../protocol/messages.ts'

const HEAD = ['step', 'actor', 'operation', 'where', 'read', 'wrote', ''] as const

/** What says nothing about who came before whom: looking at what nobody else touches, and saying what may be touched. */
const ASIDE: ReadonlySet<string> = new Set(['get', 'expect'])

/** The operations that tell the story: those that others can see, and those that change something. What is guilty stays. */
export const essential = (order: readonly RaceStep[]): RaceStep[] =>
  order.filter(({ operation, guilty }) => guilty || !ASIDE.has(operation))

/** The command that shows one order of a scenario's race. */
export const replayCommand = (scenario: string, token: string): string => `npx ftspec replay ${scenario}:${token}`

/** Why a race failed, in plain text: with the order that shows it, and how to run that again. */
export const failureText = (what: string, order: readonly RaceStep[], replay: string | undefined): string =>
  [what, ...orderLines(essential(order)), ...(replay === undefined ? [] : [`Again: ${replay}`])].join('\n')

/** Such a text without the table of the order, which is drawn elsewhere, and without how to run it again. */
export const withoutOrder = (text: string, order: readonly RaceStep[]): string => {
  const table = orderLines(essential(order)).map((line) => `\n${line}`)
  return text.replace(table.join(''), '').replace(/\nAgain: .*$/, '')
}

/** A table in plain text: one line for each operation, the guilty ones marked; none for no operations. */
export function orderLines(order: readonly RaceStep[]): string[] {
  if (order.length === 0) return []
  const rows = order.map(({ step, actor, operation, at = '', read = '', wrote = '', note = '', guilty }) => [
    String(step),
    actor,
    operation,
    at,
    read,
    wrote,
    [guilty ? '<-- here' : '', note].filter(Boolean).join(' '),
  ])
  const widths = HEAD.map((title, column) => Math.max(title.length, ...rows.map((row) => (row[column] as string).length)))
  return [HEAD, ...rows].map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] as number))
      .join('  ')
      .trimEnd(),
  )
}
