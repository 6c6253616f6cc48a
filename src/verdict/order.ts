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
