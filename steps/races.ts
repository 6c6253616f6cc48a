/**
 * Races: what actors do at once, and everything that may come of it.
 */
import { strict as assert } from 'node:assert'
import { type DataTable, Then, When } from '@cucumber/cucumber'
import type { RaceOutcome, RaceResult } from '../src/protocol/messages.ts'
import type { Program } from '../src/protocol/operations.ts'
import { type Column, column, deed } from './race-words.ts'
import type { World } from './world.ts'

/**
 * How an outcome is graded: expected ones have to be seen when every order is tried, allowed ones
 * may be seen, and forbidden ones must not. What stands in no row must not be either.
 */
const GRADES = ['expected', 'allowed', 'forbidden'] as const
type Grade = (typeof GRADES)[number]

const GRADE = 'grade'
const BECAUSE = 'because'

When('these race:', function (this: World, table: DataTable) {
  const programs: Record<string, Program> = {}
  for (const [actor = '', does = ''] of table.raw()) programs[actor] = [...(programs[actor] ?? []), ...deed(this, does)]
  this.racing = programs
})

Then('the outcomes are:', async function (this: World, table: DataTable) {
  const { headings, rows } = readTable(table)
  const columns = headings.map((heading) => column(heading, Object.keys(this.racing)))
  const result = await this.race(columns.flatMap(({ query }) => query ?? []))
  const seen = grouped(result, columns)
  if (result.how === 'explored') {
    this.check(result.complete, true, 'whether every order was tried')
    assert(result.schedules > 1, 'there is only one order: nothing races')
  }
  for (const [words, outcome] of seen) {
    const grade = rows.get(words)?.grade
    if (grade === 'forbidden') await this.shown(outcome, `${words}: that is forbidden, ${rows.get(words)?.because}`)
    if (grade === undefined) await this.shown(outcome, `${words}: that stands in no row`)
  }
  const missing = [...rows].filter(([words, { grade }]) => grade === 'expected' && !seen.has(words)).map(([words]) => words)
  if (result.how === 'explored') this.check(missing, [], 'outcomes that are expected and come of no order')
})

interface Row {
  readonly grade: Grade
  readonly because: string
}

function readTable(table: DataTable): { headings: string[]; rows: Map<string, Row> } {
  const [head = []] = table.raw()
  const headings = head.filter((heading) => heading !== GRADE && heading !== BECAUSE)
  assert(head.length === headings.length + 2, `the last columns of a table of outcomes are "${GRADE}" and "${BECAUSE}"`)
  const rows = new Map<string, Row>()
  for (const row of table.hashes()) {
    const words = headings.map((heading) => row[heading]).join(' | ')
    const grade = GRADES.find((one) => one === row[GRADE])
    assert(grade, `an outcome is ${GRADES.join(', ')}, not "${row[GRADE]}"`)
    assert(!rows.has(words), `the outcome ${words} stands there twice`)
    rows.set(words, { grade, because: row[BECAUSE] ?? '' })
  }
  return { headings, rows }
}

/** The outcomes by what the table's columns say of them; of each the first. */
function grouped({ outcomes }: RaceResult, columns: readonly Column[]): Map<string, RaceOutcome> {
  const groups = new Map<string, RaceOutcome>()
  for (const outcome of outcomes) {
    const states: unknown[] = [...outcome.states]
    const words = columns.map(({ query, words }) => words(outcome, query ? [states.shift()] : [])).join(' | ')
    if (!groups.has(words)) groups.set(words, outcome)
  }
  return groups
}
