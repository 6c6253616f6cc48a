/**
 * How the shared state went on from step to step: a column per cell, a row per step.
 *
 * The columns are the cells that the subject says it wrote, if a step left them with another value
 * than it found. A subject that does not tell leaves what was observed, and one of which nothing was
 * observed, the facts it answered with.
 */
import type { Step } from '../log.ts'
import { fieldsOf, isEmpty, queryText, valueText } from '../words.ts'
import { setUpLength } from './set-up.ts'

export interface Column {
  /** What the cell belongs to, as `x` or `interpreter main`; empty if it stands alone. */
  readonly of: string
  readonly name: string
  /** Its value before the first step, where that is known. */
  readonly initially: string | undefined
}

export interface Value {
  readonly text: string
  /** Whether this step gave it that value. */
  readonly changed: boolean
}

export interface StateTable {
  readonly source: 'changes' | 'observations' | 'facts'
  /** Columns of the same thing stand together. */
  readonly columns: readonly Column[]
  /** For each step the value of each column after it; nothing as long as it is not known. */
  readonly rows: readonly (readonly (Value | undefined)[])[]
  /** Cells that only the set-up changed, with what it left in them. Nobody has to follow these from row to row. */
  readonly settled: readonly Settled[]
  /** How many more columns there would have been. */
  readonly left: number
}

export interface Settled {
  readonly of: string
  readonly name: string
  readonly value: string
}

/** More columns than this are not read. */
const MOST_COLUMNS = 12

interface Cell {
  readonly column: Column
  /** Its last value in each step that told of it. */
  readonly after: Map<number, string>
}

interface Sighting {
  readonly of: string
  readonly name: string
  readonly from?: string
  readonly to: string
  /** Whether the value says that there is nothing. */
  readonly empty?: boolean
}

/** The table for `steps`. It has no columns if the steps tell of no state at all. */
export function stateTableOf(steps: readonly Step[]): StateTable {
  const begins = setUpLength(steps)
  const changes = steps.map(changesIn)
  if (changes.some((step) => step.length > 0)) return tableOf('changes', changes, begins)
  const observations = steps.map(observationsIn)
  if (observations.some((step) => step.length > 0)) return tableOf('observations', withoutDull(observations), begins)
  return tableOf('facts', steps.map(factsIn), begins)
}

/** @param begins the first step after the set-up. */
function tableOf(source: StateTable['source'], steps: readonly (readonly Sighting[])[], begins: number): StateTable {
  const cells = new Map<string, Cell>()
  for (const [row, sightings] of steps.entries()) {
    for (const { of, name, from, to } of sightings) {
      const key = `${of}\n${name}`
      const cell = cells.get(key) ?? { column: { of, name, initially: from }, after: new Map<number, string>() }
      cells.set(key, cell)
      cell.after.set(row, to)
    }
  }
  // A fact is the answer to one operation; nothing says that it still holds afterwards.
  const lasting = source !== 'facts'
  const columns = [...cells.values()].map(({ column, after }) => ({
    column,
    values: valuesOf(steps.length, column.initially, after, lasting),
  }))
  const telling = columns.filter(({ values }) => values.some((value) => value?.changed))
  const moving = telling.filter(({ values }) => lastChangeOf(values) >= begins)
  const settled = telling.filter(({ values }) => lastChangeOf(values) < begins)
  const groups = [...Map.groupBy(moving, ({ column }) => column.of).values()]
  // What the scenario is about changes to its end; what only its beginning touched can stand far to the right.
  const together = groups.toSorted((one, other) => lastChange(other) - lastChange(one)).flat()
  const shown = together.slice(0, MOST_COLUMNS)
  const rows = steps.map((_, row) => shown.map(({ values }) => values[row]))
  return {
    source,
    columns: shown.map(({ column }) => column),
    rows,
    settled: settled.map(({ column: { of, name }, values }) => ({ of, name, value: values.at(-1)?.text ?? '' })),
    left: together.length - shown.length,
  }
}

/** The last step that changed a cell with these values. */
const lastChangeOf = (values: readonly (Value | undefined)[]): number => values.findLastIndex((value) => value?.changed)

/** The last step that changed any of these cells. */
const lastChange = (cells: readonly { readonly values: readonly (Value | undefined)[] }[]): number =>
  Math.max(...cells.map(({ values }) => lastChangeOf(values)))

/** The value of a cell after each of so many steps. */
function valuesOf(
  steps: number,
  initially: string | undefined,
  after: ReadonlyMap<number, string>,
  lasting: boolean,
): (Value | undefined)[] {
  const values: (Value | undefined)[] = []
  let before = initially
  for (let row = 0; row < steps; row += 1) {
    const text: string | undefined = after.get(row) ?? (lasting ? before : undefined)
    values.push(text === undefined ? undefined : { text, changed: text !== before })
    before = text
  }
  return values
}

function changesIn({ exchanges }: Step): Sighting[] {
  return exchanges.flatMap(({ reply }) => {
    const changes = reply && 'changes' in reply ? (reply.changes ?? []) : []
    return changes.map(({ at, from, to }) => ({ ...placeOf(at), from, to }))
  })
}

function observationsIn({ exchanges }: Step): Sighting[] {
  return exchanges.flatMap((exchange) => {
    if (exchange.method !== 'observe' || !exchange.reply) return []
    const of = queryText(exchange.request)
    return fieldsOf(exchange.reply).map(([name, value]) => ({ of, name, to: valueText(value), empty: isEmpty(value) }))
  })
}

function factsIn({ exchanges }: Step): Sighting[] {
  return exchanges.flatMap((exchange) => {
    if (exchange.method !== 'step' || !('facts' in exchange.reply)) return []
    const { actor, op } = exchange.request
    return Object.entries(exchange.reply.facts).map(([name, value]) => ({ of: `${actor} ${op}`, name, to: valueText(value) }))
  })
}

/** Leaves out the fields that never held anything but nothing. */
function withoutDull(steps: readonly (readonly Sighting[])[]): Sighting[][] {
  const telling = new Set(steps.flatMap((step) => step.filter(({ empty }) => !empty).map(({ of, name }) => `${of}\n${name}`)))
  return steps.map((step) => step.filter(({ of, name }) => telling.has(`${of}\n${name}`)))
}

/** `x local` and `x.local` are the cell `local` of `x`; a name without a blank or a dot stands alone. */
function placeOf(at: string): { of: string; name: string } {
  const [, of = '', name = at] = /^([^ .]+?):?[ .](.+)$/s.exec(at) ?? []
  return { of, name }
}
