/**
 * The parts that a made-up log is built from: steps, what was asked in them, and what was answered.
 */
import type { Event, StepResult } from '../../protocol/messages.ts'
import type { State } from '../../protocol/states.ts'
import type { Tally } from '../../verdict/evidence.ts'
import { extentText } from '../../verdict/extent.ts'
import { requirementOf } from '../../verdict/tags.ts'
import type { Exchange, ScenarioEnd, ScenarioStart, Step } from '../log.ts'

export interface SampleScenario {
  readonly start: ScenarioStart
  readonly steps: readonly Step[]
  readonly end: ScenarioEnd
}

export type SampleStep = Pick<Step, 'keyword' | 'text'> &
  Partial<Pick<Step, 'exchanges' | 'status' | 'error' | 'table' | 'docString' | 'outcomes'>>

export const NOTHING_LEFT = { objects: 0, blocks: 0, threads: 0, queued: 0, pending: 0, locks: 0, parked: 0 }

/** A scenario of `steps` under a rule. It passes if `ending` does not say otherwise. */
export function scenario(
  id: string,
  rule: string,
  name: string,
  steps: readonly SampleStep[],
  ending: Partial<ScenarioEnd> = {},
): SampleScenario {
  const requirement = requirementOf(id)
  const chapter = requirement.slice(0, requirement.indexOf('-')).toLowerCase()
  const witnesses = [...new Set(steps.flatMap(({ exchanges = [] }) => exchanges.flatMap(eventsOf)).map(({ event }) => event))].slice(0, 2)
  return {
    start: {
      record: 'scenario-start',
      id,
      requirement,
      feature: {
        name: `The ${chapter} feature`,
        prose: `Threads share what they can without asking each other.\n\nThis is about what they do when that is not enough.`,
        file: `features/${chapter}/sample.feature`,
      },
      rule: { name: rule, prose: 'Only a rule that says why is remembered.' },
      name,
      line: 12 + steps.length,
      tags: [`@${requirement}`, `@${id.replace(/#.*/, '')}`, ...witnesses.map((witness) => `@sees:${witness}`)],
    },
    steps: steps.map((step) => ({ exchanges: [], status: 'passed', ...step, record: 'step', scenario: id, duration: 0.4 })),
    end: {
      record: 'scenario-end',
      id,
      verdict: 'pass',
      summary: { checks: 2, census: NOTHING_LEFT, witnesses, missing: [] },
      duration: 1.4 + steps.length,
      ...ending,
    },
  }
}

const step =
  (keyword: string) =>
  (text: string, ...exchanges: Exchange[]): SampleStep => ({ keyword, text, exchanges })
export const given = step('Given')
export const and = step('And')
export const when = step('When')
export const thus = step('Then')

/** The same step, failed. */
export const failed = (of: SampleStep, error: string): SampleStep => ({ ...of, status: 'failed', error })

/** What a race may come to: rows that are expected, allowed and forbidden. */
const OUTCOMES_TABLE = [
  ['Ben', 'grade', 'because'],
  ['granted', 'expected', 'he was first'],
  ['denied', 'expected', 'Ada was first'],
  ['busy', 'allowed', 'it may be so'],
  ['lost', 'forbidden', 'nobody would find it'],
]

/** A race that came to the rows of that table so often, and to anything else, by what it is, as often as is said. */
export function raced(times: readonly number[], tally: Partial<Tally> = {}, strange: Readonly<Record<string, number>> = {}): SampleStep {
  const rows: Tally['rows'] = [
    ...OUTCOMES_TABLE.slice(1).map(([word = '', grade], row) => ({ words: [word], grade: grade as 'expected', times: times[row] ?? 0 })),
    ...Object.entries(strange).map(([word, times]) => ({ words: [word], grade: null, times })),
  ]
  const whole: Tally = {
    how: 'explored',
    complete: true,
    failed: false,
    schedules: rows.reduce((sum, { times }) => sum + times, 0),
    rows,
    ...tally,
  }
  return { keyword: 'Then', text: 'the outcomes are:', table: OUTCOMES_TABLE, outcomes: { ...whole, extent: extentText(whole) } }
}

/** How a race is told that was sampled. */
export const SAMPLED = { how: 'sampled', complete: false } as const

/** A step that nobody came to. */
export const skipped = ({ keyword, text }: SampleStep): SampleStep => ({ keyword, text, status: 'skipped' })

type Ok = Extract<StepResult, { status: 'ok' }>

/** An operation that came to its end. */
export function did(actor: string, op: string, args: Record<string, unknown> = {}, more: Partial<Ok> = {}): Exchange {
  return { method: 'step', request: { actor, op, args }, reply: { status: 'ok', facts: {}, events: [], ...more }, duration: 0.3 }
}

/** An operation that put its actor to sleep. */
export function parked(actor: string, op: string, args: Record<string, unknown>, on: string, holders: string[]): Exchange {
  const reply: StepResult = { status: 'parked', parked: { on, holders }, events: [{ actor, event: 'parked', on }] }
  return { method: 'step', request: { actor, op, args }, reply }
}

/** An operation that the subject did not do. */
export function refused(actor: string, op: string, args: Record<string, unknown>, code: 'misuse' | 'unsupported'): Exchange {
  return { method: 'step', request: { actor, op, args }, reply: { refused: code, message: `${op} was not to be done` } }
}

/** An operation after which the subject could not be asked any more. */
export function broke(actor: string, op: string, args: Record<string, unknown>, failure: string, stderr = ''): Exchange {
  const reply = { failure, message: `no answer from the subject: ${failure}`, during: `step ${actor} ${op}`, stderr }
  return { method: 'step', request: { actor, op, args }, reply }
}

/** An object looked at. Alive with one reference of Ada's if nothing else is said. */
export function looked(name: string, state: Partial<Extract<State, { of: 'object' }>> = {}): Exchange {
  const { local = '1', shared = '0' } = state
  const reply: State = {
    of: 'object',
    alive: true,
    owner: 'Ada',
    local,
    shared,
    references: String(BigInt(local) + BigInt(shared)),
    state: 'none',
    immortal: false,
    queuedFor: null,
    finalizations: 0,
    ...state,
  }
  return { method: 'observe', request: { of: 'object', object: name }, reply }
}

/** A write to shared state. */
export const wrote = (actor: string, at: string, from: string, to: string) => ({ actor, at, from, to })

function eventsOf({ reply }: Exchange): Event[] {
  return (reply && 'events' in reply && reply.events) || []
}
