/**
 * What was asked and what was answered, in few words: for the labels of a drawing, and for those
 * who do not see it.
 */
import type { Event } from '../protocol/messages.ts'
import type { Query, State } from '../protocol/states.ts'
import { Program } from '../protocol/vocabulary.ts'

/** A value in as few words as it takes. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined) return '–'
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(valueText).join(' ')
  if (typeof value === 'object')
    return Object.entries(value)
      .map(([key, one]) => `${key} ${valueText(one)}`)
      .join(' ')
  return String(value)
}

/**
 * An operation with its arguments: names as they are, anything else with what it is. That it is done once, or that
 * something is so, goes without saying; a text of several lines stands elsewhere.
 */
export function actionText(op: string, args: Readonly<Record<string, unknown>>): string {
  const told = Object.entries(args).filter(([key, value]) => !(key === 'times' && value === 1))
  return [op, ...told.map(([key, value]) => argumentText(key, value))].join(' ')
}

function argumentText(key: string, value: unknown): string {
  if (typeof value === 'string') return value.includes('\n') ? '…' : value
  if (value === true) return key
  const { data = [] } = Array.isArray(value) ? Program.safeParse(value) : {}
  return data.length === 0 ? `${key}=${valueText(value)}` : `${key}: ${data.map(({ op, args = {} }) => actionText(op, args)).join(', ')}`
}

const WITHOUT_SAYING: ReadonlySet<string> = new Set(['failed', 'raised'])

/** Facts, as `reached true, goal 7`. Empty if there are none. That nothing failed and nothing was raised goes without saying. */
export function factsText(facts: Readonly<Record<string, unknown>>): string {
  return Object.entries(facts)
    .filter(([key, value]) => !(WITHOUT_SAYING.has(key) && value === null))
    .map(([key, value]) => `${key} ${valueText(value)}`)
    .join(', ')
}

/** What happened, without the threads that it happened between. */
export function eventText(event: Event): string {
  const { object, block, request, scope, on, op, facts, code, message } = event
  const words = [object ?? block ?? request ?? scope, on === undefined ? undefined : `on ${on}`, op, code, message]
  const told = [event.event, ...words.filter((word) => word !== undefined)].join(' ')
  const answer = factsText(facts ?? {})
  return answer === '' ? told : `${told}: ${answer}`
}

/** What a query asks about: `object x`. A name that stands for two things is told once. */
export function queryText(query: Query): string {
  const { of, ...names } = query
  return [of, ...new Set(Object.values(names))].join(' ')
}

const EMPTY: ReadonlySet<unknown> = new Set([null, undefined, false, 0, '0', ''])

/** Whether a value says that there is nothing: none, no, not one. */
export function isEmpty(value: unknown): boolean {
  return EMPTY.has(value) || (Array.isArray(value) && value.length === 0)
}

/** The fields of a state, without what it is the state of. */
export function fieldsOf(state: State): [name: string, value: unknown][] {
  return Object.entries(state).filter(([name]) => name !== 'of')
}
