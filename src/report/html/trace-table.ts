/**
 * The trace of a scenario as one table: a row per step, with the step's words, its slice of the sequence diagram and the
 * values of the cells after it.
 */
import type { Step } from '../log.ts'
import { type Markup, markup } from '../markup.ts'
import { shortened, visibleLine } from '../visible.ts'
import { laneCount, laneNames, slicesOf } from './diagram.ts'
import { type Column, type Settled, type StateTable, stateTableOf, type Value } from './state-table.ts'
import { traceOf } from './trace.ts'

/** The longest value that is shown whole, in characters: any 64-bit number is. */
const LONGEST_VALUE = 22
const LONGEST_NOTE = 400

/** The table of `steps`; `told` is the error that stands above it already. */
export function traceTable(steps: readonly Step[], told: string | undefined): Markup {
  const trace = traceOf(steps)
  const states = stateTableOf(steps)
  const slices = slicesOf(trace)
  const lanes = laneCount(trace)
  const drawn = slices.some(({ text }) => text !== '')
  // Beside data a heading is one of its row; alone it has to say so.
  const head = drawn || states.columns.length > 0 ? markup`<th>` : markup`<th scope=row>`
  const rows = steps.map((step, index) => {
    const values = states.rows[index]?.map(valueCell)
    return markup`<tr${step.status === 'passed' ? '' : markup` class=${step.status}`}>${head}${stepWords(step, told)}${drawn && markup`<td>${slices[index]}`}${values}`
  })
  const twice = states.columns.length > 0 && markup` rowspan=2`
  const names = drawn && (lanes > 0 ? markup`<td${twice}>${laneNames(trace)}` : markup`<td${twice}>`)
  const values = states.columns.length > 0 && markup`${groupCells(states)}<tr>${states.columns.map(nameCell)}`
  return markup`<div class=scroll><table class="trace${drawn && ` drawn n${Math.max(1, lanes)}`}"><thead><tr><th scope=col${twice}>Step${names}${values}<tbody>${before(states, drawn)}${rows}</table></div>${footnotes(states, trace.others)}`
}

function stepWords({ keyword, text, table, docString, status, error }: Step, told: string | undefined): Markup {
  const rows = table?.map((cells) => markup`<tr>${cells.map((cell) => markup`<td>${cell}`)}`)
  return markup`<b>${keyword}</b> ${text}${rows && markup`<table class=arg>${rows}</table>`}${
    docString !== undefined && markup`<pre>${docString}</pre>`
  }${status !== 'passed' && markup` <em>${status}</em>`}${error !== undefined && !told?.includes(error) && markup`<span class=err>${shortened(visibleLine(error), 300)}</span>`}`
}

function groupCells({ columns }: StateTable): Markup[] {
  const groups = Map.groupBy(columns, ({ of }) => of)
  return [...groups].map(
    ([of, { length }]) =>
      markup`<th scope=colgroup${length > 1 && markup` colspan=${length}`}>${shortened(visibleLine(of), LONGEST_VALUE * length)}`,
  )
}

function nameCell({ name }: Column): Markup {
  return markup`<th scope=col>${shortened(visibleLine(name), LONGEST_VALUE)}`
}

/** The values before the first step, unless the first row shows the same. */
function before({ columns, rows: [first = []] }: StateTable, drawn: boolean): Markup | undefined {
  if (!columns.some(({ initially }, index) => initially !== undefined && first[index]?.changed)) return undefined
  return markup`<tr class=first><th>before the first step${drawn && markup`<td>`}${columns.map(firstCell)}`
}

function firstCell({ initially }: Column): Markup {
  return markup`<td>${initially !== undefined && shortened(visibleLine(initially), LONGEST_VALUE)}`
}

function valueCell(value: Value | undefined): Markup {
  if (value === undefined) return markup`<td>`
  const text = shortened(visibleLine(value.text), LONGEST_VALUE)
  return value.changed ? markup`<td><b>${text}</b>` : markup`<td>${text}`
}

function footnotes({ columns, left, source, settled }: StateTable, others: readonly string[]): Markup {
  const notes = [
    settled.length > 0 && `Set up: ${settledText(settled)}.`,
    columns.length + settled.length > 0 && source !== 'changes' && `The subject does not tell what it writes; the values are ${source}.`,
    left > 0 && `${left} more columns are not shown.`,
    others.length > 0 && `Of many actors, the quieter ones share a lane: ${others.join(', ')}.`,
  ].filter((note) => note !== false)
  return markup`${notes.map((note) => markup`<p class=note>${shortened(visibleLine(note), LONGEST_NOTE)}</p>`)}`
}

/** `Ada, Ben: state attached, sequence 1; it: owner Ada`: things with the same values are told together. */
function settledText(settled: readonly Settled[]): string {
  const things = [...Map.groupBy(settled, ({ of }) => of)]
  const alike = Map.groupBy(things, ([, cells]) => cells.map(({ name, value }) => `${name} ${value}`).join(', '))
  return [...alike]
    .map(([values, group]) => {
      const names = group.map(([of]) => of).filter(Boolean)
      return names.length === 0 ? values : `${names.join(', ')}: ${values}`
    })
    .join('; ')
}
