/** What tools were told, event by event, beside the step during which they were. */
import type { Event } from '../../protocol/messages.ts'
import type { Exchange, Step } from '../log.ts'
import { type Markup, markup } from '../markup.ts'
import { factsText } from '../words.ts'
import { lineOf, programsOf } from './program-text.ts'

/** Of a step that told more than this, the first and the last events are shown. */
const MOST_EVENTS = 16
const LAST_EVENTS = 3

/** Every step that ran a program after a tool had asked for events, with what was told; nothing if there is none. */
export function toldTable(steps: readonly Step[]): Markup | undefined {
  let asked = false
  const told = steps.flatMap(({ text, exchanges }) => {
    const events = exchanges.flatMap(eventsOf).filter(({ event }) => event === 'told')
    const awaited = asked && exchanges.some((exchange) => does(exchange, 'code.run', 'code.call'))
    asked ||= exchanges.some((exchange) => does(exchange, 'tool.watch'))
    return awaited || events.length > 0 ? [{ text, events }] : []
  })
  if (told.length === 0) return undefined
  const columns = COLUMNS.filter(({ always, cell }) => always || told.some(({ events }) => events.some((event) => cell(event, []) !== '')))
  const [program = [], ...others] = programsOf(steps).values()
  // An event does not say whose line it is.
  const rows = told.map(({ text, events }) => rowsOf(text, events, columns, others.length === 0 ? program : []))
  const heads = columns.map(({ head }) => markup`<th scope=col>${head}`)
  return markup`<div class=code><details open><summary>What tools were told</summary><div class=scroll><table class=told><thead><tr><th scope=col>During${heads}<tbody>${rows}</table></div></details></div>`
}

const does = ({ method, request }: Exchange, ...operations: readonly string[]): boolean =>
  method === 'step' && operations.includes(request.op)

const eventsOf = ({ method, reply }: Exchange): readonly Event[] => (method === 'step' && 'events' in reply && reply.events) || []

interface Column {
  readonly head: string
  /** Whether it stands there though no event has anything in it. */
  readonly always: boolean
  readonly cell: (told: Event, program: readonly string[]) => string | number | undefined
}

const COLUMNS: readonly Column[] = [
  { head: 'Tool', always: true, cell: ({ tool }) => tool },
  { head: 'Event', always: true, cell: ({ about }) => about },
  { head: 'Who ran', always: true, cell: ({ actor }) => actor },
  { head: 'Function', always: true, cell: (told) => told.function },
  { head: 'Where', always: true, cell: placeOf },
  { head: 'With', always: false, cell: restOf },
]

function placeOf({ line, offset }: Event, program: readonly string[]): string {
  if (line === undefined) return offset === undefined ? '' : `unit ${offset}`
  const text = lineOf(program, line)
  const place = `line ${line}${text && `: ${text}`}`
  return offset === undefined ? place : `${place}, unit ${offset}`
}

/** What an event says beyond what every event does. */
function restOf({ event, tool, about, actor, function: name, line, offset, ...rest }: Event): string {
  return factsText(rest)
}

function rowsOf(step: string, told: readonly Event[], columns: readonly Column[], program: readonly string[]): Markup {
  if (told.length === 0) return markup`<tr class=line><th scope=row>${step}<td colspan=${columns.length}>nothing`
  const rows = told.map((event) => markup`${columns.map(({ cell }) => markup`<td>${cell(event, program)}`)}`)
  const left = told.length - MOST_EVENTS
  if (left > 0) rows.splice(MOST_EVENTS - LAST_EVENTS, left, markup`<td colspan=${columns.length}>… ${left} more`)
  const [first, ...others] = rows
  return markup`<tr class=line><th scope=rowgroup rowspan=${rows.length}>${step}${first}${others.map((row) => markup`<tr>${row}`)}`
}
