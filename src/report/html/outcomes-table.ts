/** The table of a race's outcomes as the feature has it, with how often each was seen. */
import { count } from '../../verdict/count.ts'
import type { Outcomes } from '../../verdict/evidence.ts'
import { type Markup, markup } from '../markup.ts'
import { visibleLine } from '../visible.ts'

/** The columns that a table of outcomes ends with: the grade and the reason. */
const LAST = 2

/** `table` has a head and a row for each outcome. What came and stands in no row stands below. */
export function outcomesTable([head = [], ...body]: readonly (readonly string[])[], { complete, schedules, rows }: Outcomes): Markup {
  const width = head.length - LAST
  const strange = rows.slice(body.length).map(({ words }) => [...words.map(visibleLine), 'in no row', ''])
  const lines = [...body, ...strange].map((cells, index) => {
    const { grade, times } = rows[index] ?? { grade: null, times: 0 }
    const came = times > 0 ? times.toLocaleString('en') : complete ? 'never' : 'not seen'
    const wrong = times > 0 ? grade === 'forbidden' || grade === null : complete && grade === 'expected'
    const open = times === 0 && !complete && grade === 'expected'
    return markup`<tr${wrong && markup` class=wrong`}${open && markup` class=open`}>${cells.slice(0, width).map(cell)}<td class=n>${came}${cells.slice(width).map(cell)}`
  })
  return markup`<table class="arg outcomes"><thead><tr>${head.slice(0, width).map(title)}<th scope=col class=n>in ${count(schedules, 'run')}${head.slice(width).map(title)}<tbody>${lines}</table>`
}

const title = (text: string): Markup => markup`<th scope=col>${text}`
const cell = (text: string): Markup => markup`<td>${text}`
