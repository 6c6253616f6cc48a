/**
 * An order of operations on shared memory, as a table in plain text.
 */
import type { RaceStep } from '../src/protocol/messages.ts'

const HEAD = ['step', 'actor', 'operation', 'where', 'read', 'wrote', ''] as const

/** One line for each operation, the guilty ones marked; none for no operations. */
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
