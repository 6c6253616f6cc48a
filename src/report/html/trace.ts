/**
 * What happened in a scenario, as a sequence diagram needs it: who took part, and step by step the
 * moments to draw, taken from nothing but the executed exchanges.
 */
import type { Event } from '../../protocol/messages.ts'
import { count } from '../../verdict/count.ts'
import type { Exchange, RaceExchange, Step, StepExchange } from '../log.ts'
import { actionText, eventText, factsText, fieldsOf, isEmpty, queryText, valueText } from '../words.ts'

/** Why a thread is not running: it waits, or a pause holds it. */
export type Rest = 'parked' | 'suspended'

/** Something that stands on one line of the diagram. Lanes are actors. */
export type Moment =
  | { readonly kind: 'act'; readonly lane: string; readonly text: string; readonly outcome: 'ok' | 'parked' | 'refused' | 'failed' }
  | { readonly kind: 'answer' | 'note'; readonly lane: string; readonly text: string }
  | { readonly kind: 'arrow'; readonly from: string; readonly to: string; readonly text: string }
  | { readonly kind: 'look'; readonly text: string; readonly answer: string }
  /** A thread comes to rest, or goes on. Has no line of its own. */
  | { readonly kind: 'rest'; readonly lane: string; readonly rest: Rest | undefined }
  /** So many moments are not shown. */
  | { readonly kind: 'more'; readonly count: number }

export interface Trace {
  /** Actors, in the order in which they appear. */
  readonly lanes: readonly string[]
  /** Actors that share one lane at the end, since there are too many. */
  readonly others: readonly string[]
  /** For each step what happened during it. */
  readonly rows: readonly (readonly Moment[])[]
}

/** A diagram with more lanes than this is not looked at. */
const MOST_LANES = 8
/** Of a step with more moments than this, the first and the last ones are shown. */
const MOST_MOMENTS = 16
const LAST_MOMENTS = 3

/** What happened during `steps`. */
export function traceOf(steps: readonly Step[]): Trace {
  const suspended = new Set<string>()
  const all = steps.map(({ exchanges }) => exchanges.flatMap((exchange) => momentsOf(exchange, suspended)))
  const activity = new Map<string, number>()
  for (const lane of all.flat().flatMap(lanesOf)) activity.set(lane, (activity.get(lane) ?? 0) + 1)

  const appeared = [...activity.keys()]
  const fit = appeared.length <= MOST_LANES
  const busiest = [...activity].sort(([, one], [, other]) => other - one).map(([lane]) => lane)
  const shown = new Set(fit ? appeared : busiest.slice(0, MOST_LANES - 1))
  return {
    lanes: appeared.filter((lane) => shown.has(lane)),
    others: appeared.filter((lane) => !shown.has(lane)),
    rows: all.map(abridged),
  }
}

/** Every moment in words, for those who do not see the diagram. */
export function momentText(moment: Moment): string | undefined {
  switch (moment.kind) {
    case 'act':
      return `${moment.lane}: ${moment.text}${moment.outcome === 'ok' ? '' : `, ${moment.outcome}`}`
    case 'answer':
    case 'note':
      return `${moment.lane}: ${moment.text}`
    case 'arrow':
      return `${moment.from} to ${moment.to}: ${moment.text}`
    case 'look':
      return `${moment.text}: ${moment.answer}`
    case 'more':
      return `${moment.count} more`
    case 'rest':
      return undefined
  }
}

function momentsOf(exchange: Exchange, suspended: Set<string>): Moment[] {
  if (exchange.method === 'step') return stepMoments(exchange, suspended)
  if (exchange.method === 'race') return raceMoments(exchange)
  const { request, reply } = exchange
  const fields = reply ? fieldsOf(reply).filter(([, value]) => !isEmpty(value)) : []
  const answer = fields.map(([name, value]) => `${name} ${valueText(value)}`).join(', ')
  return [{ kind: 'look', text: queryText(request), answer: answer || 'nothing' }]
}

function raceMoments({ request: { programs, token }, reply }: RaceExchange): Moment[] {
  // The drawing of that order stands elsewhere.
  if (token !== undefined) return [{ kind: 'look', text: 'one of these orders again', answer: reply.failure?.message ?? 'it ends so' }]
  const acts = Object.entries(programs).flatMap(([lane, program]) =>
    program.map(({ op, args = {} }): Moment => ({ kind: 'act', lane, text: actionText(op, args), outcome: 'ok' })),
  )
  const runs = count(reply.schedules, 'run')
  const orders = reply.how === 'sampled' ? `sampled, ${runs}` : `${reply.complete ? 'every order' : 'not every order'}, ${runs}`
  const ends = count(reply.outcomes.length, 'end', 'different ends')
  return [...acts, { kind: 'look', text: `at once: ${orders}`, answer: reply.failure ? reply.failure.message : ends }]
}

function stepMoments({ request, reply }: StepExchange, suspended: Set<string>): Moment[] {
  const lane = request.actor
  const text = actionText(request.op, request.args)
  if ('refused' in reply) {
    return [
      { kind: 'act', lane, text, outcome: 'refused' },
      ...(reply.events ?? []).flatMap((event) => eventMoments(event, lane, suspended)),
      { kind: 'answer', lane, text: `${reply.refused}: ${reply.message}` },
    ]
  }
  if ('failure' in reply) {
    return [
      { kind: 'act', lane, text, outcome: 'failed' },
      { kind: 'answer', lane, text: `${reply.failure}: ${reply.message}` },
    ]
  }
  const happened = reply.events.flatMap((event) => eventMoments(event, lane, suspended))
  if (reply.status === 'parked') {
    const held = reply.parked.holders ?? []
    const answer = `parked on ${reply.parked.on}${held.length === 0 ? '' : `, held by ${held.join(', ')}`}`
    return [
      { kind: 'act', lane, text, outcome: 'parked' },
      // The reply says so itself, in more detail.
      ...happened.filter((moment) => !(moment.kind === 'note' && moment.lane === lane && moment.text.startsWith('parked'))),
      { kind: 'answer', lane, text: answer },
      { kind: 'rest', lane, rest: 'parked' },
    ]
  }
  const answer = factsText(reply.facts)
  return [
    { kind: 'rest', lane, rest: undefined },
    { kind: 'act', lane, text, outcome: 'ok' },
    ...happened,
    ...(answer === '' ? [] : [{ kind: 'answer', lane, text: answer } as const]),
  ]
}

/** Events that one thread does to another, although they are told of the other. */
const DONE_TO: ReadonlySet<Event['event']> = new Set(['woken', 'handed-off', 'suspended'])

function eventMoments(event: Event, asked: string, suspended: Set<string>): Moment[] {
  const text = eventText(event)
  const drawn: Moment = arrowOf(event, asked, text) ?? { kind: 'note', lane: event.actor, text }
  switch (event.event) {
    case 'parked':
      return [drawn, { kind: 'rest', lane: event.actor, rest: 'parked' }]
    case 'resumed':
    case 'failed':
      return [{ kind: 'rest', lane: event.actor, rest: undefined }, drawn]
    case 'suspended': {
      const lane = event.thread ?? event.actor
      suspended.add(lane)
      return [drawn, { kind: 'rest', lane, rest: 'suspended' }]
    }
    case 'started': {
      const released = [...suspended]
      suspended.clear()
      return [drawn, ...released.map((lane) => ({ kind: 'rest', lane, rest: undefined }) as const)]
    }
    default:
      return [drawn]
  }
}

function arrowOf(event: Event, asked: string, text: string): Moment | undefined {
  const { actor, thread } = event
  if (thread !== undefined && thread !== actor) return { kind: 'arrow', from: actor, to: thread, text }
  if (DONE_TO.has(event.event) && actor !== asked) return { kind: 'arrow', from: asked, to: actor, text }
  return undefined
}

function lanesOf(moment: Moment): string[] {
  if (moment.kind === 'arrow') return [moment.from, moment.to]
  return 'lane' in moment ? [moment.lane] : []
}

function abridged(moments: readonly Moment[]): readonly Moment[] {
  const lines = moments.filter(({ kind }) => kind !== 'rest')
  if (lines.length <= MOST_MOMENTS) return moments
  const left = lines.slice(MOST_MOMENTS - LAST_MOMENTS, -LAST_MOMENTS)
  const dropped = new Set<Moment>(left)
  const more: Moment = { kind: 'more', count: left.length }
  return moments.flatMap((moment) => {
    if (moment === left[0]) return [more]
    return dropped.has(moment) ? [] : [moment]
  })
}
