/**
 * What happened in a scenario, as a sequence diagram needs it: who took part, and step by step the
 * moments to draw, taken from nothing but the executed exchanges.
 */
import { AWAIT, type Event } from '../../protocol/messages.ts'
import { count } from '../../verdict/count.ts'
import type { Exchange, ObserveExchange, RaceExchange, Step, StepExchange } from '../log.ts'
import { actionText, factsText, fieldsOf, isEmpty, queryText, valueText } from '../words.ts'
import { folded, type ToldEvent, toldEvents } from './folding.ts'
import { lanesOf, type Moment } from './moment.ts'
import { setUpLength } from './set-up.ts'

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
/** Of a list with more entries than this, a look tells how many there are. */
const MOST_LISTED = 3

/** What happened during `steps`. */
export function traceOf(steps: readonly Step[]): Trace {
  const told: Told = { suspended: new Set(), answers: new Map(), looks: new Map(), settingUp: true }
  const setUp = setUpLength(steps)
  const all = steps.map(({ exchanges }, index) => {
    told.settingUp = index < setUp
    return folded(exchanges.map((exchange) => momentsOf(exchange, told)))
  })
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

/** What has been told so far, and need not be told again. */
interface Told {
  /** Who is held by a pause. */
  readonly suspended: Set<string>
  /** What an operation answered that had parked, by its actor, as long as nobody has asked for it. */
  readonly answers: Map<string, string>
  /** What was seen by the last look at each thing. */
  readonly looks: Map<string, ReadonlyMap<string, string>>
  /** Whether the set-up is told. */
  settingUp: boolean
}

function momentsOf(exchange: Exchange, told: Told): Moment[] {
  if (exchange.method === 'step') return stepMoments(exchange, told)
  if (exchange.method === 'race') return raceMoments(exchange)
  return [lookMoment(exchange, told)]
}

/** What is looked at here has a table of its own below the drawing. */
const SHOWN_BELOW: ReadonlySet<string> = new Set(['copy', 'copies'])

/** A look tells everything that is not empty; the next one at the same thing, what has changed, if anything has. */
function lookMoment({ request, reply }: ObserveExchange, { looks }: Told): Moment {
  const text = queryText(request)
  if (SHOWN_BELOW.has(request.of)) return { kind: 'look', text, answer: '' }
  const fields = reply ? fieldsOf(reply) : []
  const before = looks.get(text)
  const seen = new Map(
    fields.map(([name, value]) => [name, Array.isArray(value) && value.length > MOST_LISTED ? String(value.length) : valueText(value)]),
  )
  looks.set(text, seen)
  const news = fields.filter(([name, value]) => (before ? before.get(name) !== seen.get(name) : !isEmpty(value)))
  const answer = news.map(([name]) => `${name} ${seen.get(name)}`).join(', ')
  return { kind: 'look', text, answer: before ? answer : answer || 'nothing' }
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

function stepMoments({ request, reply }: StepExchange, told: Told): Moment[] {
  const lane = request.actor
  const text = actionText(request.op, request.args)
  if ('failure' in reply) {
    return [
      { kind: 'act', lane, text, outcome: 'failed' },
      { kind: 'answer', lane, text: `${reply.failure}: ${reply.message}` },
    ]
  }
  const happened = happenedIn(reply.events ?? [], lane, told)
  if ('refused' in reply) {
    return [
      { kind: 'act', lane, text, outcome: 'refused' },
      ...happened,
      { kind: 'answer', lane, text: `${reply.refused}: ${reply.message}` },
    ]
  }
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
  const answer = factsText(withoutServed(reply.facts, reply.events, lane))
  const known = request.op === AWAIT && told.answers.get(lane) === answer
  told.answers.delete(lane)
  return [
    { kind: 'rest', lane, rest: undefined },
    { kind: 'act', lane, text, outcome: 'ok' },
    ...happened,
    ...(answer === '' || known ? [] : [{ kind: 'answer', lane, text: answer } as const]),
  ]
}

/** Events that one thread does to another, although they are told of the other. */
const DONE_TO: ReadonlySet<Event['event']> = new Set(['woken', 'handed-off', 'suspended'])

function happenedIn(events: readonly Event[], asked: string, told: Told): Moment[] {
  const short = events.map((event) =>
    event.facts === undefined ? event : { ...event, facts: withoutServed(event.facts, events, event.actor) },
  )
  return toldEvents(short)
    .filter((one) => !(told.settingUp && isRoutine(one, asked)))
    .flatMap(({ event, text }) => eventMoments(event, text, asked, told))
}

/** What every thread leads to that arrives, and is not told of the set-up: it joins the table of queues, and a pause makes room. */
const isRoutine = ({ event, pause }: ToldEvent, asked: string): boolean =>
  event.actor === asked && (pause === true || event.event === 'registered')

/** Facts without the requests that a thread served, if its events tell of each of them. */
function withoutServed(
  facts: Readonly<Record<string, unknown>>,
  events: readonly Event[],
  actor: string,
): Readonly<Record<string, unknown>> {
  const { served, ...others } = facts
  const known = new Set(events.flatMap((event) => (event.event === 'served' && event.actor === actor ? event.request : [])))
  return Array.isArray(served) && served.length > 0 && served.every((request) => known.has(request)) ? others : facts
}

function eventMoments(event: Event, text: string, asked: string, { suspended, answers }: Told): Moment[] {
  const drawn: Moment = arrowOf(event, asked, text) ?? { kind: 'note', lane: event.actor, text }
  switch (event.event) {
    case 'parked':
      return [drawn, { kind: 'rest', lane: event.actor, rest: 'parked' }]
    case 'resumed':
    case 'failed':
      answers.set(event.actor, factsText(event.facts ?? {}))
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
