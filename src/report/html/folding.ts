/**
 * What happens again and again is told once: pauses, runs of alike events, and operations that are repeated.
 */
import { isDeepStrictEqual } from 'node:util'
import type { Event } from '../../protocol/messages.ts'
import { eventText } from '../words.ts'
import type { Act, Moment } from './moment.ts'

/** One event or several, told in one text. */
export interface ToldEvent {
  /** The last of them. */
  readonly event: Event
  readonly text: string
  /** Whether it is a whole pause that nobody else takes part in. */
  readonly pause?: true
}

/** Of more names than this the first and the last are told. */
const MOST_NAMES = 3

/** Events after which somebody rests or goes on: each stands for itself. */
const SINGLE: ReadonlySet<Event['event']> = new Set(['parked', 'resumed', 'failed', 'suspended', 'started'])

/** `events` in words. A pause that nobody else takes part in is one, and so is a run of events that only their objects tell apart. */
export function toldEvents(events: readonly Event[]): ToldEvent[] {
  const told: ToldEvent[] = []
  let run: Event[] = []
  const end = () => {
    const event = run.at(-1)
    if (event) told.push({ event, text: runText(run) })
    run = []
  }
  for (const event of events) {
    const [before] = run
    if (before && run.length === 1 && isPhase(before, event)) {
      run = [event]
      if (event.event === 'started') {
        told.push({ event, text: `paused ${event.scope}`, pause: true })
        run = []
      }
      continue
    }
    if (!before || !isAlike(before, event)) end()
    run.push(event)
  }
  end()
  return told
}

/** Whether `next` goes on with the pause that `before` is a part of. */
function isPhase(before: Event, next: Event): boolean {
  const goesOn = (before.event === 'stopping' && next.event === 'stopped') || (before.event === 'stopped' && next.event === 'started')
  return goesOn && before.actor === next.actor && before.scope === next.scope
}

/** What two events must have in common to be told together: everything but what they happened to. */
const SORT = ['event', 'actor', 'thread', 'scope', 'request', 'on', 'op', 'code', 'message'] as const

function isAlike(one: Event, other: Event): boolean {
  return !SINGLE.has(one.event) && !one.facts && !other.facts && SORT.every((field) => one[field] === other[field])
}

function runText(run: readonly Event[]): string {
  const first = run[0] as Event
  if (run.length === 1) return eventText(first)
  const names = run.flatMap(({ object, block }) => object ?? block ?? [])
  if (names.length === 0) return `${eventText(first)}, ${run.length} times`
  const listed = names.length > MOST_NAMES ? `${names[0]} … ${names.at(-1)} (${names.length})` : names.join(', ')
  return eventText({ ...first, object: listed })
}

/** The moments of a step, exchange by exchange: what was done again with the same result is drawn once, and notes are joined. */
export function folded(passages: readonly (readonly Moment[])[]): Moment[] {
  const kept: { readonly passage: readonly Moment[]; times: number }[] = []
  for (const moments of passages) {
    const passage = joined(moments)
    const last = kept.at(-1)
    if (last && isDeepStrictEqual(last.passage, passage)) last.times += 1
    else kept.push({ passage, times: 1 })
  }
  return kept.flatMap(({ passage, times }) => (times === 1 ? passage : passage.map((moment) => repeated(moment, times))))
}

const repeated = (moment: Moment, times: number): Moment => (moment.kind === 'act' ? ({ ...moment, times } satisfies Act) : moment)

/** Notes that follow each other in one lane are one. */
function joined(moments: readonly Moment[]): Moment[] {
  const lines: Moment[] = []
  for (const moment of moments) {
    const last = lines.at(-1)
    if (moment.kind === 'note' && last?.kind === 'note' && last.lane === moment.lane) {
      lines[lines.length - 1] = { ...moment, text: `${last.text} · ${moment.text}` }
    } else lines.push(moment)
  }
  return lines
}
