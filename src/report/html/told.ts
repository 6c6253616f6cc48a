/** What tools were told, event by event, beside the step during which they were. */
import type { Event } from '../../protocol/messages.ts'
import type { Exchange, Step } from '../log.ts'
import { type Markup, markup } from '../markup.ts'
import { factsText } from '../words.ts'
import { lineText, programsOf } from './program-text.ts'

/** Of a step that told more than this, the first and the last events are shown. */
const MOST_EVENTS = 16
const LAST_EVENTS = 3

/** Every step that ran a program after a tool had asked for events, with what was told; nothing if there is none. */
export function toldTable(steps: readonly Step[]): Markup | undefined {
  const [program, ...others] = programsOf(steps).values()
  // An event does not say whose line it is.
  const text = others.length === 0 ? program : undefined
  let asked = false
  const rows = steps.flatMap(({ text: step, exchanges }) => {
    const told = exchanges.flatMap(eventsOf).filter(({ event }) => event === 'told')
    const awaited = asked && exchanges.some((exchange) => does(exchange, 'code.run', 'code.call'))
    asked ||= exchanges.some((exchange) => does(exchange, 'tool.watch'))
    return awaited || told.length > 0 ? [rowsOf(step, told, text)] : []
  })
  if (rows.length === 0) return undefined
  return markup`<div class=code><details open><summary>What tools were told</summary><div class=scroll><table class=told><thead><tr><th scope=col>During<th scope=col>Tool<th scope=col>Event<th scope=col>Who ran<th scope=col>Function<th scope=col>Where<th scope=col>Further<tbody>${rows}</table></div></details></div>`
}

const does = ({ method, request }: Exchange, ...operations: readonly string[]): boolean =>
  method === 'step' && operations.includes(request.op)

const eventsOf = ({ method, reply }: Exchange): readonly Event[] => (method === 'step' && 'events' in reply && reply.events) || []

function rowsOf(step: string, told: readonly Event[], program: readonly string[] | undefined): Markup {
  if (told.length === 0) return markup`<tr class=line><th scope=row>${step}<td colspan=6>nothing`
  const cells = told.map((event) => cellsOf(event, program))
  const left = told.length - MOST_EVENTS
  if (left > 0) cells.splice(MOST_EVENTS - LAST_EVENTS, left, markup`<td colspan=6>… ${left} more`)
  const [first, ...rest] = cells
  return markup`<tr class=line><th scope=rowgroup rowspan=${cells.length}>${step}${first}${rest.map((row) => markup`<tr>${row}`)}`
}

function cellsOf(told: Event, program: readonly string[] | undefined): Markup {
  const { event, tool, about, actor, function: name, line, offset, ...more } = told
  const places = [line === undefined ? [] : `line ${lineText(program, line)}`, offset === undefined ? [] : `unit ${offset}`]
  return markup`<td>${tool}<td>${about}<td>${actor}<td><code>${name}</code><td><code>${places.flat().join(', ')}</code><td><code>${factsText(more)}</code>`
}
