/**
 * The trace of a scenario as one table: a row per step, with the step's words, its slice of the
 * sequence diagram and the values of the cells after it. The diagram is told in words as well.
 */
import type { Step } from '../log.ts'
import { type Markup, markup } from '../markup.ts'
import { shortened, visibleLine } from '../visible.ts'
import { diagramOf, type Slice } from './diagram.ts'
import { outcomesTable } from './outcomes-table.ts'
import { type Column, type StateTable, stateTableOf, type Value } from './state-table.ts'
import { type Moment, momentText, traceOf } from './trace.ts'

/** The longest value that is shown whole, in characters: any 64-bit number is. */
const LONGEST_VALUE = 22

/** The table of `steps`. `label` names it for assistive technology; `told` is the error that stands above it already. */
export function traceTable(steps: readonly Step[], label: string, told: string | undefined): Markup {
  const trace = traceOf(steps)
  const states = stateTableOf(steps)
  const diagram = diagramOf(trace)
  const drawn = trace.lanes.length > 0
  const initially = states.columns.some((column) => column.initially !== undefined)
  const rows = steps.map((step, index) => {
    const lane = drawn && laneCell(diagram.slices[index] as Slice, trace.rows[index] as readonly Moment[])
    const values = states.rows[index]?.map(valueCell)
    const { table, outcomes } = step
    // Its reasons are sentences: they take the width of the whole trace.
    const below =
      table && outcomes && markup`<tr><td class=o colspan=${1 + Number(drawn) + states.columns.length}>${outcomesTable(table, outcomes)}`
    return markup`<tr${step.status === 'passed' ? '' : markup` class=${step.status}`}><th scope=row>${stepWords(step, told)}${lane}${values}${below}`
  })
  const heading = drawn && markup`<th class=d rowspan=2 style="width:${diagram.width}px;min-width:${diagram.width}px">${diagram.heading}`
  const first =
    initially && markup`<tr class=first><th scope=row>before the first step${drawn && markup`<td class=d>`}${states.columns.map(firstCell)}`
  return markup`<div class=scroll tabindex=0 role=region aria-label="${label}"><table class=trace${drawn && markup` style="--lane:${diagram.lane}px"`}><thead><tr><th rowspan=2 class=w>Step${heading}${groupCells(states)}<tr>${states.columns.map(nameCell)}<tbody>${first}${rows}</table></div>${footnote(states, trace.others)}`
}

function stepWords({ keyword, text, table, docString, status, error, outcomes }: Step, told: string | undefined): Markup {
  const rows = !outcomes && table?.map((cells) => markup`<tr>${cells.map((cell) => markup`<td>${cell}`)}`)
  return markup`<b>${keyword}</b> ${text}${rows && markup`<table class=arg>${rows}</table>`}${
    docString !== undefined && markup`<pre>${docString}</pre>`
  }${status !== 'passed' && markup` <em>${status}</em>`}${error !== undefined && !told?.includes(error) && markup`<span class=err>${shortened(visibleLine(error), 300)}</span>`}`
}

function laneCell({ image, height }: Slice, moments: readonly Moment[]): Markup {
  const words = moments.flatMap((moment) => momentText(moment) ?? [])
  return markup`<td class=d style="height:${height}px">${image}<span class=h>${words.map(visibleLine).join('.\n')}</span>`
}

function groupCells({ columns }: StateTable): Markup[] {
  const groups = Map.groupBy(columns, ({ of }) => of)
  return [...groups].map(
    ([of, { length }]) => markup`<th scope=colgroup colspan=${length}>${shortened(visibleLine(of), LONGEST_VALUE * length)}`,
  )
}

function nameCell({ name }: Column): Markup {
  return markup`<th scope=col>${shortened(visibleLine(name), LONGEST_VALUE)}`
}

function firstCell({ initially }: Column): Markup {
  return markup`<td>${initially !== undefined && shortened(visibleLine(initially), LONGEST_VALUE)}`
}

function valueCell(value: Value | undefined): Markup {
  if (value === undefined) return markup`<td>`
  const text = shortened(visibleLine(value.text), LONGEST_VALUE)
  return value.changed ? markup`<td><b>${text}</b>` : markup`<td>${text}`
}

function footnote({ columns, left, source }: StateTable, others: readonly string[]): Markup {
  const notes = [
    columns.length > 0 && source !== 'changes' && `The subject does not tell what it writes; the columns are the ${source}.`,
    left > 0 && `${left} more columns are not shown.`,
    others.length > 0 && `Of many actors, the quieter ones share a lane: ${others.join(', ')}.`,
  ].filter((note) => note !== false)
  return markup`${notes.map((note) => markup`<p class=note>${shortened(note, 400)}</p>`)}`
}
