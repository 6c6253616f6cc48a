/**
 * What a subject answers to a case: after each call what it came to, and what stands in the bytecode then.
 *
 * An answer is a set of lines, each with a key, so that two can be compared and only what has changed is kept.
 */
import type { Facts } from '../protocol/operations.ts'
import type { Query, State, StateOf, Value } from '../protocol/states.ts'
import { Refusal, type Subject } from '../subject/subject.ts'
import { type Call, type Case, sourceOf } from './case.ts'

/** What is told, by what it is about. */
export type Told = Readonly<Record<string, string>>

export interface Answers {
  /** What running the program came to. */
  readonly begun: string
  /** What each call came to, and what had changed after it. */
  readonly calls: readonly { readonly outcome: string; readonly changed: Told }[]
  readonly constants: Told
}

/** The instructions that the subjects specialize alike. Of the others only the generic form is told. */
const SHARED: ReadonlySet<string> = new Set(['RESUME', 'BINARY_OP', 'CONTAINS_OP', 'LOAD_CONST'])

const MODULE = 'm'
const BUILD = { threading: 'free-threaded', freelists: true, referenceDebugging: false } as const

/** @throws SubjectFailure, or a Refusal other than those that a case may run into. */
export async function answersOf(subject: Subject, one: Case): Promise<Answers> {
  const { name, actors } = one
  await subject.request('open', { scenario: name, actors: [...actors], build: BUILD, argv: [], env: {}, seed: '1' })
  const entered = new Set<string>()
  const enter = async (actor: string) => {
    if (!entered.has(actor)) await subject.request('step', { actor, op: 'thread.enter', args: {} })
    entered.add(actor)
  }
  for (const actor of actors) await enter(actor)
  const begun = await step(subject, actors[0] as string, 'code.run', { module: MODULE, source: sourceOf(one) })
  const calls: Answers['calls'][number][] = []
  let before: Told = {}
  const present = new Set(begun === 'None' ? one.functions.filter((path) => !path.startsWith('inner_')) : [])
  for (const call of begun === 'None' ? one.calls : []) {
    await enter(call.actor)
    const outcome = await perform(subject, call)
    if (call.keep !== undefined && one.functions.includes(call.keep) && outcome.startsWith('<function')) present.add(call.keep)
    if (call.leaves) {
      await subject.request('step', { actor: call.actor, op: 'thread.exit', args: {} })
      entered.delete(call.actor)
    }
    const now = await bytecode(
      subject,
      actors.filter((actor) => entered.has(actor)),
      [...present],
    )
    calls.push({ outcome: outcome.replace(/ at 0x[0-9a-f]+/g, ''), changed: changedSince(before, now) })
    before = now
  }
  const constants = await constantsOf(subject, [...present])
  await subject.request('close', {})
  return { begun, calls, constants }
}

const perform = (subject: Subject, { actor, function: path, args, times, keep }: Call): Promise<string> =>
  step(subject, actor, 'code.call', { module: MODULE, function: path, args, times, ...(keep === undefined ? {} : { keep }) })

async function step(subject: Subject, actor: string, op: 'code.run' | 'code.call', args: Record<string, unknown>): Promise<string> {
  try {
    const reply = await subject.request('step', { actor, op, args })
    if (reply.status === 'parked') return 'it parked'
    const { raised, result } = reply.facts as Partial<Facts<'code.call'>> & Facts<'code.run'>
    return raised === null ? (result ?? 'None') : `${raised.type}: ${raised.message} (line ${raised.line})`
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    // Of what was never made there is nothing to call.
    return error.code === 'unknown-name' ? 'there is no such name' : `${error.code}: ${error.message}`
  }
}

async function look<Q extends Query>(subject: Subject, what: readonly Q[]): Promise<State[]> {
  return what.length === 0 ? [] : (await subject.request('observe', { what: [...what] })).states
}

/** The copies of every function, and what every actor that has a thread would run. */
async function bytecode(subject: Subject, actors: readonly string[], paths: readonly string[]): Promise<Told> {
  const told: Record<string, string> = {}
  const queries = paths.flatMap((code) => [
    { of: 'copies' as const, module: MODULE, code },
    ...actors.map((thread) => ({ of: 'copy' as const, module: MODULE, code, thread })),
  ])
  const states = await look(subject, queries)
  for (const [at, state] of states.entries()) {
    const query = queries[at] as (typeof queries)[number]
    if (state.of === 'copies') told[`${query.code} copies`] = copiesTold(state)
    else if (state.of === 'copy' && query.of === 'copy') tellCopy(told, `${query.code} for ${query.thread}`, state)
  }
  return told
}

const copiesTold = ({ size, entries }: StateOf<'copies'>): string =>
  `${size} entries: ${entries.map(({ index, threads }) => `${index} of ${threads.toSorted().join('+') || 'nobody'}`).join(', ')}`

function tellCopy(told: Record<string, string>, whose: string, { copy, main, instructions }: StateOf<'copy'>): void {
  told[whose] = copy === null ? 'none' : main ? 'the main copy' : 'a copy'
  for (const { offset, name, form, argument, line, counter } of instructions) {
    const stands = SHARED.has(name) ? `${form}${counter === null ? '' : ` ${counter.value} of ${counter.backoff}`}` : name
    told[`${whose} at ${offset}`] = `${stands} (${argument}) line ${line}`
  }
}

/** What is not as it was. Nothing that is told once is left out later. */
const changedSince = (before: Told, now: Told): Told => ({
  ...Object.fromEntries(Object.entries(now).filter(([key, value]) => before[key] !== value)),
  ...Object.fromEntries(
    Object.keys(before)
      .filter((key) => !(key in now))
      .map((key) => [key, 'gone']),
  ),
})

async function constantsOf(subject: Subject, paths: readonly string[]): Promise<Told> {
  const states = await look(
    subject,
    paths.map((code) => ({ of: 'constants' as const, module: MODULE, code })),
  )
  return Object.fromEntries(
    states.flatMap((state, at) =>
      state.of === 'constants' ? state.constants.map((value, index) => [`${paths[at]} constant ${index}`, valueTold(value)]) : [],
    ),
  )
}

/** A set's items stand in no order, and a code object's text says where it lies. */
function valueTold({ type, text, immortal, interned, items }: Value): string {
  const marks = `${immortal ? ' immortal' : ''}${interned ? ' interned' : ''}`
  const inside = items.map(valueTold)
  if (type === 'code') return `code${marks}`
  return type === 'frozenset'
    ? `frozenset${marks} of ${inside.sort().join(' ')}`
    : `${type} ${text}${marks}${inside.length ? ` [${inside.join(' ')}]` : ''}`
}
