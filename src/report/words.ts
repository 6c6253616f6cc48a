/**
 * What was asked and what was answered, in few words: for the labels of a drawing, and for those
 * who do not see it.
 */
import type { Event, Query, State } from '../protocol/messages.ts'

/** A value as one word. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined) return '–'
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(valueText).join(' ')
  if (typeof value === 'object') return JSON.stringify(value)
  return String(value)
}

/** An operation with its arguments: names as they are, anything else with what it is. */
export function actionText(op: string, args: Readonly<Record<string, unknown>>): string {
  const words = Object.entries(args).map(([key, value]) => (typeof value === 'string' ? value : `${key}=${valueText(value)}`))
  return [op, ...words].join(' ')
}

/** Facts, as `reached true, goal 7`. Empty if there are none. */
export function factsText(facts: Readonly<Record<string, unknown>>): string {
  return Object.entries(facts)
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

/** What a query asks about: `object x`. */
export function queryText(query: Query): string {
  const { of, ...names } = query
  return [of, ...Object.values(names)].join(' ')
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
