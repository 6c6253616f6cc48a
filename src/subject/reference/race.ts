/**
 * A race, explored: what may come of it in every order of what the actors do to shared memory, in some of those
 * orders, or in one.
 *
 * In a memory of the explorer's, the actors' programs are run over the unmodified runtime.
 */
import { channel } from 'node:diagnostics_channel'
import { type Exploration, explore, type Failure, type Incomplete, type Progress, replay, sample } from '../../explore/explore.ts'
import type { Program as Explored } from '../../explore/program.ts'
import { BadToken } from '../../explore/token.ts'
import type { Row, Trace } from '../../explore/trace.ts'
import type { Params, RaceFailure, RaceLimit, RaceResult, RaceSample, RaceStep } from '../../protocol/messages.ts'
import type { Query } from '../../protocol/states.ts'
import type { Program } from '../../protocol/vocabulary.ts'
import { FIRST_BLOCK } from '../../runtime/memory/arena.ts'
import { type Address, CELL } from '../../runtime/memory/memory.ts'
import { Refusal } from '../subject.ts'
import type { Actor } from './actor.ts'
import { Holdings, holdableIn } from './holdings.ts'
import { invariants } from './invariants/index.ts'
import { locate } from './locate.ts'
import type { NamedMemory } from './named-memory.ts'
import { BYTES, type Ending, endingOf, type Played, play, type Scene, type Standing, sceneOf } from './staging.ts'
import { valueText } from './values.ts'

/**
 * Where the `Progress` of a race is told while it is explored, every few thousand steps. That holds this thread up, so
 * whoever wants to show it subscribes.
 */
export const EXPLORING = channel('ftspec:exploring')

/** Orders that are drawn by lot if nobody says how many. */
const DRAWN = 10_000

/** Steps after which an exploration is given up as too large. */
const STEPS = 30_000_000

/** Steps that the search for the shortest order of a failure may take: far more than it needs for most. */
const SHORTENING = 100_000

/** Steps of one order after which it is said to have no end. */
const DEPTH = 2000

/** What the bodies start from. */
interface Stage extends Scene {
  readonly holdings: Holdings
}

/**
 * @param seed for what is drawn by lot.
 * @throws Unrepeatable if an operation depends on more than shared memory; whatever the way to the race throws.
 */
export function race(standing: Standing, params: Params<'race'>, seed = 1): RaceResult {
  const { programs, observe: queries, token, bound, budget = Infinity, repeat = DRAWN, sample: drawn } = params
  const program = staged(standing, programs, queries)
  if (token !== undefined) return replayed(program, token)
  const end = performance.now() + budget
  const keeping = {
    steps: STEPS,
    depth: DEPTH,
    shortening: SHORTENING,
    stop: () => performance.now() > end,
    progress: (progress: Progress) => EXPLORING.publish(progress),
    movingClock: moveClock(programs),
  }
  if (drawn) return resultOf(sample(program, { ...keeping, strategy: strategyOf(drawn), schedules: repeat, seed }), 'sampled')
  return resultOf(explore(program, { ...keeping, ...(bound === undefined ? {} : { preemptions: bound }) }), 'explored')
}

/** Whether somebody lets time pass while the others race. */
const moveClock = (programs: Params<'race'>['programs']): boolean =>
  Object.values(programs).some((program) => program.some(({ op }) => op === 'time.pass'))

const strategyOf = (drawn: RaceSample) => (drawn.by === 'pct' ? { kind: drawn.by, depth: drawn.depth } : { kind: drawn.by })

const LIMITS: Readonly<Record<Incomplete, RaceLimit | undefined>> = {
  preemptions: 'bound',
  stop: 'budget',
  steps: 'size',
  histories: 'size',
  // What was run is what was asked for.
  schedules: undefined,
  sampled: undefined,
  failure: undefined,
}

function resultOf({ complete, why, schedules, states, steps, outcomes, failure }: Exploration, how: RaceResult['how']): RaceResult {
  const limitedBy = why && LIMITS[why]
  return {
    how,
    complete,
    ...(limitedBy && { limitedBy }),
    schedules,
    ...(how === 'explored' && { states }),
    steps,
    outcomes: [...outcomes].map(([text, { schedules: times, token }]) => ({ ...endingIn(text), times, token })),
    ...(failure && { failure: failureOf(failure) }),
  }
}

function replayed(program: Explored<Stage>, token: string): RaceResult {
  const { rows, finding, outcome } = ordered(program, token)
  const order = stepsOf(rows)
  return {
    how: 'explored',
    complete: false,
    schedules: 1,
    outcomes: outcome === undefined ? [] : [{ ...endingIn(outcome), times: 1, token }],
    ...(finding && { failure: { kind: finding.kind, message: finding.message, token } }),
    order,
  }
}

/** @throws Refusal if the token is none of this race. */
function ordered(program: Explored<Stage>, token: string): Trace {
  try {
    return replay(program, token)
  } catch (error) {
    if (error instanceof BadToken) throw new Refusal('misuse', error.message)
    throw error
  }
}

function staged(standing: Standing, programs: Readonly<Record<string, Program>>, queries: readonly Query[]): Explored<Stage> {
  const racers = Object.entries(programs)
  // Else nobody's choice is to end a sleep whose time has come, so time must not pass.
  const moving = moveClock(programs)
  const holdable = holdableIn(standing.actors, [...standing.steps, ...racers.flatMap(([, program]) => program)])
  return {
    bytes: BYTES + Holdings.bytes(holdable),
    names: racers.map(([name]) => name),
    setup: (memory) => {
      const holdings = new Holdings(memory, BYTES, holdable)
      return { ...sceneOf(memory, standing, holdings), holdings }
    },
    bodies: racers.map(
      ([name, program]) =>
        (memory, { actors, holdings }) =>
          play(actors.get(name) as Actor, program, {
            holdings,
            ...(moving && { elapse: (microseconds: number) => memory.elapse(microseconds) }),
          }),
    ),
    observe: (_memory, results, stage) => {
      const played = new Map(racers.map(([name], index) => [name, results[index] as Played]))
      return JSON.stringify(endingOf(stage, played, queries))
    },
    invariants: invariants(),
    locate: (address, { named }) => placeOf(named, address),
    read: (address, value, { named }) => meaningOf(named, address, value),
  }
}

/** What lies at an address, in words. */
function placeOf(named: NamedMemory, address: Address): string {
  const found = locate(named, address)
  if (found) return [found.name ?? `the ${found.of}`, found.path].filter(Boolean).join(' ')
  const block = named.runtime.arena.around(address)
  if (!block) return address < FIRST_BLOCK ? 'the arena' : `memory at ${address}`
  return address < block.address ? `header of a ${block.name}` : `${block.name} cell ${(address - block.address) / CELL}`
}

function meaningOf(named: NamedMemory, address: Address, value: number): string {
  const found = locate(named, address)
  return found ? valueText(named, found, value) : String(value)
}

const endingIn = (text: string): Ending => JSON.parse(text) as Ending

const failureOf = ({ kind, message, token, rows }: Failure): RaceFailure => ({ kind, message, token, steps: stepsOf(rows) })

/** What was done to the runtime's memory. What is written beside it is nobody's business. */
function stepsOf(rows: readonly Row[]): RaceStep[] {
  const isShown = ({ address = 0 }: Row) => address < BYTES
  // What is guilty of a broken rule is the last operation, and that may have been followed by what it means for the actor.
  const hidden = rows.find((row) => row.guilty && !isShown(row))
  const instead = hidden && rows.slice(0, rows.indexOf(hidden)).findLast((row) => row.thread === hidden.thread && isShown(row))
  return rows.filter(isShown).map((row) => stepOf(row === instead ? { ...row, guilty: true } : row))
}

const stepOf = ({ step, actor, operation, location, found, left, note, guilty }: Row): RaceStep => ({
  step,
  actor,
  operation,
  ...(location === undefined ? {} : { at: location }),
  ...(found === undefined ? {} : { read: found }),
  ...(left === undefined ? {} : { wrote: left }),
  ...(note === undefined ? {} : { note }),
  guilty,
})
