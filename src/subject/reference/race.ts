/**
 * A race: what may come of it if actors act at once, in every order of what they do to shared memory.
 *
 * The scenario is brought to the same point once more, in a memory of the explorer's. From there the
 * actors' programs are run over the unmodified runtime, in every order. The scenario itself is not
 * touched.
 */

import { explore, type Failure, replay } from '../../explore/explore.ts'
import type { Program as Explored } from '../../explore/program.ts'
import { BadToken } from '../../explore/token.ts'
import type { Row, Trace } from '../../explore/trace.ts'
import type { Params, Query, RaceAnswer, RaceFailure, RaceOutcome, RaceResult, RaceStep, State } from '../../protocol/messages.ts'
import type { Program } from '../../protocol/operations.ts'
import { Runtime } from '../../runtime/interpreter/runtime.ts'
import { sleeper } from '../../runtime/interpreter/thread.ts'
import { FIRST_BLOCK } from '../../runtime/memory/arena.ts'
import { type Address, CACHE_LINE, CELL, type Memory } from '../../runtime/memory/memory.ts'
import { Refusal } from '../subject.ts'
import { Actor, type Surroundings } from './actor.ts'
import { type Holdable, Holdings, holdableIn } from './holdings.ts'
import { invariants } from './invariants/index.ts'
import { locate } from './locate.ts'
import { NamedMemory } from './named-memory.ts'
import { observe } from './observe.ts'
import { refusalOf } from './refusals.ts'
import type { Note } from './trace.ts'

/** An operation that came to its end. */
export interface Done {
  readonly actor: string
  readonly op: string
  readonly args: Record<string, unknown>
}

/** Where a scenario stands: who acts in it, and what they did to get there. */
export interface Standing {
  readonly actors: readonly string[]
  readonly steps: readonly Done[]
}

/** Bytes of the memory: what the longest scenario before a race uses, many times. */
const BYTES = 128 * 1024

/** Steps after which an exploration is given up as too large. */
const STEPS = 30_000_000

/** Steps that the search for the shortest order of a failure may take: far more than it needs for most. */
const SHORTENING = 100_000

/** Steps of one order after which it is said to have no end. */
const DEPTH = 2000

/** What the bodies start from. */
interface Scene {
  readonly runtime: Runtime
  readonly named: NamedMemory
  readonly holdings: Holdings
  readonly actors: ReadonlyMap<string, Actor>
}

/** What a body comes to. */
interface Played {
  readonly answers: RaceAnswer[]
  readonly notes: Note[]
}

/** @throws Unrepeatable if an operation depends on more than shared memory; whatever the way to the race throws. */
export function race(standing: Standing, { programs, observe: queries, token, bound, budget = Infinity }: Params<'race'>): RaceResult {
  const program = staged(standing, programs, queries)
  if (token !== undefined) return replayed(program, token)
  const end = performance.now() + budget
  const exploration = explore(program, {
    steps: STEPS,
    depth: DEPTH,
    shortening: SHORTENING,
    stop: () => performance.now() > end,
    ...(bound === undefined ? {} : { preemptions: bound }),
  })
  const { complete, schedules, states, steps, outcomes, failure } = exploration
  return {
    how: 'explored',
    complete,
    schedules,
    states,
    steps,
    outcomes: [...outcomes].map(([text, { schedules: times, token }]) => ({ ...outcomeOf(text), times, token })),
    ...(failure && { failure: failureOf(failure) }),
  }
}

function replayed(program: Explored<Scene>, token: string): RaceResult {
  const { rows, finding, outcome } = ordered(program, token)
  const order = stepsOf(rows)
  return {
    how: 'explored',
    complete: false,
    schedules: 1,
    outcomes: outcome === undefined ? [] : [{ ...outcomeOf(outcome), times: 1, token }],
    ...(finding && { failure: { kind: finding.kind, message: finding.message, token } }),
    order,
  }
}

/** @throws Refusal if the token is none of this race. */
function ordered(program: Explored<Scene>, token: string): Trace {
  try {
    return replay(program, token)
  } catch (error) {
    if (error instanceof BadToken) throw new Refusal('misuse', error.message)
    throw error
  }
}

function staged(standing: Standing, programs: Readonly<Record<string, Program>>, queries: readonly Query[]): Explored<Scene> {
  const racers = Object.entries(programs)
  const holdable = holdableIn(standing.actors, [...standing.steps, ...racers.flatMap(([, program]) => program)])
  return {
    bytes: BYTES + Holdings.bytes(holdable),
    names: racers.map(([name]) => name),
    setup: (memory) => sceneOf(memory, standing, holdable),
    bodies: racers.map(
      ([name, program]) =>
        (_memory, { actors, holdings }) =>
          play(actors.get(name) as Actor, program, holdings),
    ),
    observe: (_memory, results, scene) => {
      const played = results as Played[]
      const named = after(scene, played)
      const answers = Object.fromEntries(racers.map(([name], index) => [name, (played[index] as Played).answers]))
      return JSON.stringify({ answers, states: queries.map((query) => observe(named, query, () => ({ parked: null }))) })
    },
    invariants: invariants(),
    locate: (address, { named }) => placeOf(named, address),
  }
}

/** Brings a runtime to where the scenario stands. */
function sceneOf(memory: Memory, { actors: names, steps }: Standing, holdable: Holdable): Scene {
  const runtime = Runtime.create(memory, BYTES)
  const named = new NamedMemory(runtime)
  const holdings = new Holdings(memory, BYTES, holdable)
  const note = (note: Note): void => {
    take(named, note)
    write(holdings, note)
  }
  const surroundings = (name: string) => ({ note, unchecked: memory, around: aroundOf(holdings, name) })
  const actors = new Map(names.map((name) => [name, new Actor(name, runtime, runtime.createOsThread(), surroundings(name))]))
  for (const [name, { os }] of actors) note({ did: 'name', key: `actor ${name}`, at: os.address })
  named.give('interpreter main', runtime.createInterpreter(sleeper(runtime, runtime.createOsThread())).address)
  for (const actor of actors.values()) actor.names = named.names
  for (const { actor, op, args } of steps) {
    if ('finalizer' in args) for (const each of actors.values()) each.programs.push(args.finalizer as Program)
    ;(actors.get(actor) as Actor).perform(op as never, args)
  }
  return { runtime, named, holdings, actors }
}

const aroundOf =
  (holdings: Holdings, actor: string): NonNullable<Surroundings['around']> =>
  (op, args, perform) =>
    holdings.around(actor, op, args, perform)

/** Writes down where something lies that was just given a name. */
function write(holdings: Holdings, note: Note): void {
  if (note.did !== 'name') return
  const space = note.key.indexOf(' ')
  holdings.named(note.key.slice(0, space), note.key.slice(space + 1), note.at)
}

function play(actor: Actor, program: Program, holdings: Holdings): Played {
  const notes: Note[] = []
  const note = (note: Note): void => {
    notes.push(note)
    write(holdings, note)
  }
  const twin = actor.again({ note, unchecked: actor.unchecked, around: aroundOf(holdings, actor.name) })
  const answers = program.map(({ op, args = {} }): RaceAnswer => {
    try {
      return { facts: twin.perform(op as never, args) }
    } catch (error) {
      const { code, message } = refusalOf(error)
      // What is no refusal is the runtime's own failure, or the explorer's way to interrupt.
      if (code === 'died' || code === 'corrupted') throw error
      return { refused: code, message }
    }
  })
  return { answers, notes }
}

/** The names once the race is over, and what was freed. */
function after({ runtime, named }: Scene, played: readonly Played[]): NamedMemory {
  const then = new NamedMemory(runtime)
  for (const [key, address] of named.namings) then.give(key, address)
  for (const [name, times] of named.finalizations) then.finalizations.set(name, times)
  for (const { notes } of played) for (const note of notes) take(then, note)
  for (const kind of ['object', 'block'] as const) {
    for (const [name, address] of then.all(kind)) {
      // Its memory may be somebody else's by now.
      const lives = runtime.arena.isInUse(address) && runtime.arena.nameAt(address) === kind && then.nameAt(kind, address) === name
      if (!lives) then.freed.add(`${kind} ${name}`)
    }
  }
  return then
}

function take(named: NamedMemory, note: Note): void {
  if (note.did === 'name') named.give(note.key, note.at)
  else if (note.event.event === 'finalized') {
    const object = named.nameAt('object', note.event.address as Address)
    if (object !== null) named.finalizations.set(object, (named.finalizations.get(object) ?? 0) + 1)
  }
}

/** What lies at an address, in words. */
function placeOf(named: NamedMemory, address: Address): string {
  const found = locate(named, address)
  if (found) return [found.name ?? `the ${found.of}`, found.path].filter(Boolean).join(' ')
  if (address < FIRST_BLOCK) return 'the arena'
  // A block's header lies in front of it, and is shorter than a cache line.
  const block = [...named.runtime.arena.blocks()].find((one) => address >= one.address - CACHE_LINE && address < one.address + one.bytes)
  if (!block) return `memory at ${address}`
  return address < block.address ? `header of a ${block.name}` : `${block.name} cell ${(address - block.address) / CELL}`
}

const outcomeOf = (text: string): Pick<RaceOutcome, 'answers' | 'states'> =>
  JSON.parse(text) as { answers: Record<string, RaceAnswer[]>; states: State[] }

const failureOf = ({ kind, message, token, rows }: Failure): RaceFailure => ({ kind, message, token, steps: stepsOf(rows) })

/** What was done to the runtime's memory. What is written beside it is nobody's business. */
function stepsOf(rows: readonly Row[]): RaceStep[] {
  const isShown = ({ address = 0 }: Row) => address < BYTES
  // What is guilty of a broken rule is the last operation, and that may have been followed by what it means for the actor.
  const hidden = rows.find((row) => row.guilty && !isShown(row))
  const instead = hidden && rows.slice(0, rows.indexOf(hidden)).findLast((row) => row.thread === hidden.thread && isShown(row))
  return rows.filter(isShown).map((row) => stepOf(row === instead ? { ...row, guilty: true } : row))
}

const stepOf = ({ step, actor, operation, location, read, wrote, note, guilty }: Row): RaceStep => ({
  step,
  actor,
  operation,
  ...(location === undefined ? {} : { at: location }),
  ...(read === undefined ? {} : { read: String(read) }),
  ...(wrote === undefined ? {} : { wrote: String(wrote) }),
  ...(note === undefined ? {} : { note }),
  guilty,
})
