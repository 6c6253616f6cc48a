/** The table of a race's outcomes as the feature has it, with what became of each. */

import { count } from '../../verdict/count.ts'
import type { Grade, Outcomes } from '../../verdict/evidence.ts'
import { type Markup, markup } from '../markup.ts'
import { visibleLine } from '../visible.ts'

/** The columns that a table of outcomes ends with: the grade and the reason. */
export const LAST = 2

/** What became of an outcome: whether that is as it should be, and the sign for it. */
export type Standing = 'right' | 'wrong' | 'open' | 'absent'

const SIGNS: Readonly<Record<Standing, string>> = { right: '✓', wrong: '✗', open: '?', absent: '–' }
const SAID: Readonly<Record<Standing, string>> = {
  right: 'as it should be',
  wrong: 'wrong',
  open: 'expected, and not seen yet',
  absent: 'not seen',
}

/** What an outcome of that grade that came so often stands for. `complete` says that no order was left out. */
export function standingOf({ grade, times }: Outcomes['rows'][number], complete: boolean): Standing {
  if (times > 0) return grade === 'forbidden' || grade === null ? 'wrong' : 'right'
  if (grade === 'expected') return complete ? 'wrong' : 'open'
  return grade === 'forbidden' && complete ? 'right' : 'absent'
}

/** `table` has a head and a row for each outcome. What came and stands in no row stands below. */
export function outcomesTable([head = [], ...body]: readonly (readonly string[])[], outcomes: Outcomes): Markup {
  const { complete, schedules, rows } = outcomes
  const width = head.length - LAST
  const strange = rows.slice(body.length).map(({ words }) => [...words, '', ''])
  const lines = [...body, ...strange].map((cells, index) => {
    const row = rows[index] ?? { words: [], grade: null, times: 0 }
    const standing = standingOf(row, complete)
    return markup`<tr class=${standing}><td>${SIGNS[standing]}<i class=h>${SAID[standing]}</i>${cells.slice(0, width).map(cell)}<td>${chip(row.grade)}<td>${counted(row.times, schedules, complete)}<td>${share(row.times, schedules)}${cell(cells[width + 1] ?? '')}`
  })
  return markup`<table class=outcomes><thead><tr><th scope=col><span class=h>sign</span>${head.slice(0, width).map(title)}<th scope=col>grade<th scope=col colspan=2>in ${count(schedules, 'run')}<th scope=col>because<tbody>${lines}</table>`
}

function counted(times: number, schedules: number, complete: boolean): string {
  if (times === 0) return complete ? 'never' : 'not seen'
  const percent = (100 * times) / schedules
  return `${times.toLocaleString('en')} (${percent < 1 ? '<1' : Math.round(percent)} %)`
}

/** How much of all runs ended so. It tells nothing that the number beside it does not. */
function share(times: number, schedules: number): Markup | undefined {
  if (times === 0) return undefined
  return markup`<i style="--share:${Math.max(1, Math.round((100 * times) / schedules))}%"></i>`
}

const chip = (grade: Grade | null): Markup => markup`<b>${grade ?? 'in no row'}</b>`
const title = (text: string): Markup => markup`<th scope=col>${text}`
const cell = (text: string): Markup => markup`<td>${visibleLine(text)}`
