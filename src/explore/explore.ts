/**
 * Exploring a program: all of its schedules, some of them, or one.
 *
 *     const { failure, outcomes, complete } = explore({
 *       bytes: 4096,
 *       setup: (memory) => memory.store(64, 1),
 *       bodies: [(memory) => memory.add(64, 1), (memory) => memory.add(64, 1)],
 *       observe: (memory) => `${memory.load(64)}`,
 *     })
 *
 * `docs/exploring.md` says how it works and what it cannot see.
 */
import { Explored } from './explored.ts'
import type { Finding, FindingKind } from './finding.ts'
import { search, writeOut } from './passes.ts'
import { nameOf, type Program } from './program.ts'
import { Sampling, type Strategy } from './sampling.ts'
import type { Search, Seen } from './search.ts'
import { shorten } from './shorten.ts'
import { lengthOf, shortest } from './shortest.ts'
import { BadToken, parseToken, type Schedule, tokenOf } from './token.ts'
import { type Row, type Trace, trace } from './trace.ts'

/** How a program is run, whatever the order. */
export interface Conditions {
  /**
   * Whether every access is a step of its own. Unless asked for, plain accesses happen in one step
   * with the operation before them, which loses nothing as long as data races are looked for.
   */
  readonly everyAccess?: boolean
  /**
   * Whether every access that is not plain is a step of its own. Unless asked for, one of a cell for which no threads
   * contend happens in one step with the operation before it. That loses nothing, and is possible only as long as
   * data races are looked for.
   */
  readonly everyAtomic?: boolean
  /** Whether data races are looked for. Only measurements turn it off: without it, plain accesses may hide failures. */
  readonly races?: boolean
  /**
   * Whether bodies may move the clock, with `elapse`. Looking at the clock is then a step, and a sleep whose time has
   * come ends at any moment from then on.
   */
  readonly movingClock?: boolean
  /**
   * How many sleeps of a schedule may time out at any time. Apart from those, and from what a moved clock
   * brings about, a sleep only times out when nobody can do anything else; then time moves on to the earliest end.
   */
  readonly timeouts?: number
}

/** What an exploration keeps to. */
export interface Limits {
  /** Steps of one schedule: a longer one is a failure. 10,000 unless given. */
  readonly depth?: number
  /** Steps altogether. */
  readonly steps?: number
  /** Schedules run to their end. */
  readonly schedules?: number
  /** Asked every few thousand steps. For budgets in time. */
  readonly stop?: () => boolean
  /** Told every few thousand steps. */
  readonly progress?: (progress: Progress) => void
  /**
   * Histories of threads known at a time, at 32 bytes each; eight million unless given. A search
   * stops there. Sampling forgets them, and goes on.
   */
  readonly histories?: number
  /** Steps that may be spent on finding the shortest schedule of a failure. Five million unless given. */
  readonly shortening?: number
}

export interface Exploring extends Conditions, Limits {
  /** How many states are remembered, at 20 to 50 bytes each. Four million unless given; zero runs every schedule. */
  readonly states?: number
  /** Preemptions in one schedule, if they are to be bounded. */
  readonly preemptions?: number
  /** Whether to go on after a failure and count them all. */
  readonly collect?: boolean
  /** Of the fingerprints by which states are recognised. */
  readonly seed?: number
}

export interface Sampled extends Conditions, Limits {
  readonly strategy: Strategy
  readonly seed: number
  readonly schedules: number
}

export interface Progress {
  readonly schedules: number
  readonly states: number
  readonly steps: number
  /** Steps of the present schedule. */
  readonly depth: number
}

/** An outcome, or a failure that was collected. */
export interface Outcome {
  /** How many of the schedules that were run to their end came to it. */
  readonly schedules: number
  /** Replays the first of them. */
  readonly token: string
}

/** Something that must not happen, and the shortest way found to make it happen. */
export interface Failure {
  readonly kind: FindingKind
  readonly message: string
  /** What was thrown, if something was. */
  readonly error?: unknown
  /** Of a deadlock or livelock: who waits for what. */
  readonly waits?: readonly Wait[]
  /** The schedule as a table. */
  readonly rows: readonly Row[]
  /** Replays it. */
  readonly token: string
  readonly preemptions: number
  readonly steps: number
  /** Whether there is no schedule with fewer preemptions, nor one as good with fewer steps. */
  readonly shortest: boolean
}

/** An edge of the wait graph. */
export interface Wait {
  readonly actor: string
  readonly how: 'asleep' | 'spinning'
  /** What the cells are called on which it waits. */
  readonly on: readonly string[]
  /** Who changed them last: as a rule, who would have to change them again. */
  readonly for: readonly string[]
}

/** Why not every schedule was run. */
export type Incomplete = 'failure' | 'preemptions' | 'steps' | 'schedules' | 'histories' | 'stop' | 'sampled'

export interface Exploration {
  /** Whether every schedule was run, or is known to lead where one that was run leads. Then the set of outcomes is exact. */
  readonly complete: boolean
  /** If it is not complete. */
  readonly why?: Incomplete
  /** By text, in the order in which they were found. */
  readonly outcomes: ReadonlyMap<string, Outcome>
  /** The failure that ended it. */
  readonly failure?: Failure
  /** If failures were collected: by kind and what they are about. */
  readonly failures: ReadonlyMap<string, Outcome>
  /** Schedules run to their end, or to where they joined one that was run before. */
  readonly schedules: number
  /** How many schedules there are, of the same steps; a double, so exact up to 2^53. Only if complete. */
  readonly interleavings?: number
  /** States remembered. */
  readonly states: number
  /** Whether there were more than could be remembered. It is as complete, and took longer. */
  readonly full: boolean
  readonly steps: number
}

const DEPTH = 10_000
const STATES = 1 << 22
const HISTORIES = 1 << 23
const SHORTENING = 5_000_000

/**
 * Runs every schedule of a program, as far as the limits let it.
 * @throws Unrepeatable if a body depends on anything but the memory; whatever the setup throws.
 */
export function explore<Context>(program: Program<Context>, exploring: Exploring = {}): Exploration {
  const explored = begin(program, exploring, exploring.seed)
  const { everyAccess = false, everyAtomic = false, races = true } = exploring
  let running!: Search<Context>
  /** Steps of the searches before it. */
  let before = 0
  const bounds = {
    depth: exploring.depth ?? DEPTH,
    states: exploring.states ?? STATES,
    preemptions: exploring.preemptions ?? Infinity,
    steps: exploring.steps ?? Infinity,
    schedules: exploring.schedules ?? Infinity,
    histories: exploring.histories ?? HISTORIES,
    collect: exploring.collect ?? false,
    stop: asker(exploring, () => ({
      schedules: running.schedules,
      states: running.visited.count,
      steps: before + running.steps,
      depth: running.depth,
    })),
  }
  const { contention } = explored.machine
  contention.folds = races && !everyAccess && !everyAtomic
  contention.most = bounds.depth
  const { last, steps } = search(explored, bounds, (search, stepsBefore) => {
    running = search
    before = stepsBefore
  })
  const written = writeOut(explored, last, bounds.depth)
  const failure = written.failure && failureOf(explored, written.failure, exploring)
  const why: Incomplete | undefined = failure ? 'failure' : (last.stopped ?? (last.bounded ? 'preemptions' : undefined))
  return {
    complete: why === undefined,
    ...(why === undefined ? { interleavings: last.interleavings } : { why }),
    ...(failure ? { failure } : {}),
    outcomes: tokens(explored, written.outcomes),
    failures: tokens(explored, written.failures),
    schedules: last.schedules,
    states: last.visited.count,
    full: last.visited.full,
    steps,
  }
}

/**
 * Runs some schedules of a program, drawn by lot.
 * @throws as `explore`.
 */
export function sample<Context>(program: Program<Context>, sampled: Sampled): Exploration {
  const { strategy, seed, schedules, steps = Infinity, depth = DEPTH, histories = HISTORIES } = sampled
  const bounds = { depth, schedules, steps, histories, stop: () => ask() }
  const sampling: Sampling<Context> = new Sampling(() => begin(program, sampled), strategy, seed, bounds)
  const ask = asker(sampled, () => ({ schedules: sampling.schedules, states: 0, steps: sampling.steps, depth: 0 }))
  sampling.run()
  const { explored } = sampling
  const failure = sampling.failure && failureOf(explored, sampling.failure, sampled)
  return {
    complete: false,
    why: failure ? 'failure' : (sampling.stopped ?? 'sampled'),
    ...(failure ? { failure } : {}),
    outcomes: tokens(explored, sampling.outcomes),
    failures: new Map(),
    schedules: sampling.schedules,
    states: 0,
    full: false,
    steps: sampling.steps,
  }
}

/**
 * Runs one schedule of a program.
 * @param token says how it is run; only whether races are looked for is to be said here too.
 * @throws BadToken
 */
export function replay<Context>(program: Program<Context>, token: string, { races }: Pick<Conditions, 'races'> = {}): Trace {
  const { schedule, bodies, everyAccess, movingClock } = parseToken(token)
  if (bodies !== program.bodies.length) {
    throw new BadToken(`the replay token is one of a program with ${bodies} bodies, and this one has ${program.bodies.length}`)
  }
  // Which sleeps time out stands in the schedule.
  const timeouts = movingClock ? schedule.length : 0
  return trace(begin(program, { everyAccess, movingClock, timeouts, ...(races === undefined ? {} : { races }) }), schedule)
}

function begin<Context>(program: Program<Context>, conditions: Conditions, seed = 1): Explored<Context> {
  const { everyAccess = false, races = true, movingClock = false, timeouts = 0 } = conditions
  return new Explored(program, { everyAccess, races, movingClock, timeouts, seed })
}

/** Asks whether to stop, and tells how far it is. */
function asker({ stop, progress }: Limits, progressed: () => Progress): () => boolean {
  return () => {
    progress?.(progressed())
    return stop?.() ?? false
  }
}

function tokens<Context>(explored: Explored<Context>, all: ReadonlyMap<string, Seen>): Map<string, Outcome> {
  const { threads, setting } = explored.machine
  return new Map([...all].map(([key, { schedules, first }]) => [key, { schedules, token: tokenOf(first, threads, setting) }]))
}

function failureOf<Context>(
  explored: Explored<Context>,
  { finding, schedule }: { readonly finding: Finding; readonly schedule: Schedule },
  { depth = DEPTH, shortening = SHORTENING }: Limits,
): Failure {
  const { machine } = explored
  const endless = finding.kind === 'endless'
  const shorter = endless ? schedule : shorten(explored, finding, schedule, depth, shortening)
  const known = lengthOf(explored, shorter)
  const best = endless ? undefined : shortest(explored, finding, known, shortening)
  const { preemptions, steps } = best === undefined ? known : lengthOf(explored, best)
  const { rows, finding: traced = finding } = trace(explored, best ?? shorter)
  const waits = traced.waiting?.map(({ thread, how, cells }): Wait => {
    const on = cells.map((cell) => explored.locate(cell))
    const holders = on.flatMap((location) => rows.findLast((row) => row.location === location && row.wrote !== undefined)?.actor ?? [])
    return { actor: nameOf(explored.program, thread), how, on, for: [...new Set(holders)] }
  })
  return {
    kind: traced.kind,
    message: messageOf(traced, rows),
    ...('error' in traced ? { error: traced.error } : {}),
    ...(waits ? { waits } : {}),
    rows,
    token: tokenOf(best ?? shorter, machine.threads, machine.setting),
    preemptions,
    steps,
    shortest: best !== undefined,
  }
}

/** A race is told with both accesses. */
function messageOf(finding: Finding, rows: readonly Row[]): string {
  if (finding.kind !== 'race') return finding.message
  const [first, second] = rows.filter((row) => row.guilty) as [Row, Row]
  const access = ({ actor, operation, step }: Row) => `${actor}'s ${operation} (${step === 0 ? 'at the start' : `step ${step}`})`
  return `a data race on ${second.location}: nothing orders ${access(first)} and ${access(second)}`
}
