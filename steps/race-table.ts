/**
 * The tables of a race: what each actor does, and everything that may come of it, each outcome with
 * its grade and its reason. And what is wrong with what came.
 */
import { strict as assert } from 'node:assert'
import type { RaceLimit, RaceOutcome, RaceResult } from '../src/protocol/messages.ts'
import type { Query } from '../src/protocol/states.ts'
import type { Program } from '../src/protocol/vocabulary.ts'
import { GRADES, type Grade, type Tally } from '../src/verdict/evidence.ts'
import { type Column, column, deed } from './race-words.ts'
import type { World } from './world.ts'

/** What each actor does, one thing in a row. @throws Error if nobody can do it in a race. */
export function readPrograms(world: World, table: readonly (readonly string[])[]): Record<string, Program> {
  const programs: Record<string, Program> = {}
  for (const [actor = '', does = ''] of table) programs[actor] = [...(programs[actor] ?? []), ...deed(world, does)]
  return programs
}

/** The columns that every table ends with. */
const LAST = ['grade', 'because'] as const

export interface RaceTable {
  readonly columns: readonly Column[]
  /** By what the columns say. */
  readonly rows: ReadonlyMap<string, Row>
}

interface Row {
  /** What the columns say. */
  readonly cells: readonly string[]
  readonly grade: Grade
  readonly because: string
}

/** @throws Error if it is no table of outcomes, or asks for something that cannot be looked at. */
export function readTable([head = [], ...body]: readonly (readonly string[])[], racers: readonly string[]): RaceTable {
  const width = head.length - LAST.length
  assert(
    width > 0 && LAST.every((title, index) => head[width + index] === title),
    `a table of outcomes says what is looked at, and its last columns are "${LAST.join('" and "')}"`,
  )
  const columns = head.slice(0, width).map((heading) => column(heading, racers))
  const rows = new Map<string, Row>()
  for (const cells of body) {
    const said = cells.slice(0, width)
    const words = spoken(said)
    const [graded = '', because = ''] = cells.slice(width)
    const grade = GRADES.find((one) => one === graded)
    assert(grade, `an outcome is ${GRADES.join(', ')}, not "${graded}"`)
    assert(!rows.has(words), `the outcome ${words} stands there twice`)
    rows.set(words, { cells: said, grade, because })
  }
  return { columns, rows }
}

/** What has to be looked at, in the order in which the states are wanted. */
export const queriesOf = ({ columns }: RaceTable): Query[] => columns.flatMap(({ queries }) => queries)

export interface Verdict {
  /** An outcome that must not be, and why. */
  readonly wrong?: { readonly outcome: RaceOutcome; readonly what: string }
  /** What the orders that were tried should have come to, and did not. */
  readonly lacking: readonly string[]
}

/** How far a race was to be tried. */
export interface Effort {
  /** Whether the user asked for a part of the orders only. Then nothing is lacking as long as some were left out. */
  readonly limited: boolean
  /** The bound that the scenario declares, unless the user set another. What is expected has to be seen within it. */
  readonly declared?: number | undefined
}

/** What a table says of a result. */
export function judge(table: RaceTable, result: RaceResult, effort: Effort): Verdict {
  const seen = grouped(result, table.columns)
  for (const [words, { outcome }] of seen) {
    const row = table.rows.get(words)
    if (row === undefined) return { wrong: { outcome, what: `${words}: that stands in no row` }, lacking: [] }
    if (row.grade === 'forbidden') return { wrong: { outcome, what: `${words}: that is forbidden, ${row.because}` }, lacking: [] }
  }
  return { lacking: lacking(table, result, effort, seen) }
}

/**
 * How often each row of a table came, and what came besides.
 *
 * @param bound that was set.
 */
export function tallyOf({ columns, rows }: RaceTable, result: RaceResult, bound: number | undefined): Tally {
  const { how, complete, limitedBy, schedules, failure } = result
  const seen = grouped(result, columns)
  const strange = [...seen].filter(([words]) => !rows.has(words))
  return {
    how,
    complete,
    ...(limitedBy && { limitedBy }),
    ...(limitedBy === 'bound' && bound !== undefined && { bound }),
    failed: failure !== undefined,
    schedules,
    rows: [
      ...[...rows].map(([words, { cells, grade }]) => ({ words: [...cells], grade, times: seen.get(words)?.times ?? 0 })),
      ...strange.map(([, { cells, times }]) => ({ words: [...cells], grade: null, times })),
    ],
  }
}

/** Why orders were left out, where nobody asked for that. */
const REASONS: Readonly<Record<RaceLimit, string>> = {
  bound: ': there was a bound',
  budget: ': the time was up',
  size: ': there are too many',
}

function lacking(
  { rows }: RaceTable,
  { how, complete, schedules, limitedBy }: RaceResult,
  { limited, declared }: Effort,
  seen: ReadonlyMap<string, unknown>,
): string[] {
  if (how === 'sampled') return []
  const within = !complete && limitedBy === 'bound' ? declared : undefined
  if (!complete && within === undefined) return limited ? [] : [`some orders were not tried${limitedBy ? REASONS[limitedBy] : ''}`]
  const single = schedules > 1 ? [] : ['there is only one order: nothing races']
  const missing = [...rows].filter(([words, { grade }]) => grade === 'expected' && !seen.has(words))
  const where = within === undefined ? '' : ` within bound ${within}`
  return [...single, ...missing.map(([words]) => `${words}: that is expected, and comes of no order${where}`)]
}

/** Outcomes of which the columns say the same. */
interface Group {
  readonly cells: readonly string[]
  /** The first of them. */
  readonly outcome: RaceOutcome
  /** Of all of them. */
  times: number
}

/** The outcomes by what the columns say of them. */
function grouped({ outcomes }: RaceResult, columns: readonly Column[]): Map<string, Group> {
  const groups = new Map<string, Group>()
  for (const outcome of outcomes) {
    const states: unknown[] = [...outcome.states]
    const cells = columns.map(({ queries, words }) => words(outcome, states.splice(0, queries.length)))
    const words = spoken(cells)
    const group = groups.get(words)
    if (group) group.times += outcome.times
    else groups.set(words, { cells, outcome, times: outcome.times })
  }
  return groups
}

const spoken = (words: readonly string[]): string => words.join(' | ')
