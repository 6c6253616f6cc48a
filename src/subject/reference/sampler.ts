/**
 * A race, sampled: what came of it when real threads raced, so many times.
 *
 * Each time, the memory is as the scenario left it: it is brought there once and copied, which is the same, since
 * a runtime keeps nothing anywhere else. Then each actor's program runs on a worker of its own, all of them set
 * off at once, and nobody tells them when to go on. That shows some orders, not all.
 */
import type { Params, RaceFailure, RaceResult } from '../../protocol/messages.ts'
import type { Query } from '../../protocol/states.ts'
import type { Program } from '../../protocol/vocabulary.ts'
import { SharedMemory } from '../../runtime/memory/shared-memory.ts'
import { Refusal } from '../subject.ts'
import type { NamedMemory } from './named-memory.ts'
import { Racer } from './racer.ts'
import { BYTES, type Ending, endingOf, type Played, type Scene, type Standing, sceneOf } from './staging.ts'
import { standstill } from './standstill.ts'
import { LANES, TRACK_BYTES, Track } from './track.ts'
import { Unshared } from './unshared.ts'

/** Attempts, if nobody says how many. */
export const ATTEMPTS = 1000

/** How long an attempt may take that does not end, in milliseconds: thousands of times what one takes. */
const LONGEST = 5000

/** When there are no more attempts, in milliseconds. One more that does not end leaves time for a reply, see `isolation-limits.ts`. */
const ENOUGH = 4000

/**
 * How long an attempt may take.
 *
 * @param giveUp is called if that is too long.
 * @param named what the actors race in.
 * @returns what is called if it is not.
 */
export type Patience = (giveUp: () => void, named: NamedMemory) => () => void

const untilLongest: Patience = (giveUp) => {
  const timer = setTimeout(giveUp, LONGEST)
  return () => clearTimeout(timer)
}

/** How long races may take. */
export interface Pace {
  readonly patience: Patience
  /** Milliseconds after which no further attempt is made. */
  readonly enough: number
}

/** Those who race, by name. */
type Field = ReadonlyMap<string, Racer>

export class Sampler {
  readonly #pace: Pace
  readonly #memory = new SharedArrayBuffer(BYTES)
  readonly #cells = new SharedArrayBuffer(TRACK_BYTES)
  readonly #track = new Track(new SharedMemory(this.#cells))
  readonly #racers: Racer[] = []

  constructor(pace: Pace = { patience: untilLongest, enough: ENOUGH }) {
    this.#pace = pace
  }

  /**
   * @param seed for how much later than the others each sets off.
   * @throws Refusal if that takes an explorer; whatever the way to the race throws.
   */
  async race(standing: Standing, params: Params<'race'>, seed = 1): Promise<RaceResult> {
    const { programs, observe: queries, repeat = ATTEMPTS, budget = Infinity } = params
    refuseOrders(params)
    const bytes = new Uint8Array(this.#memory)
    bytes.fill(0)
    const scene = sceneOf(new Unshared(this.#memory), standing)
    const start = bytes.slice()
    const field = this.#enter(standing, programs, seed)
    const times = new Map<string, number>()
    const end = performance.now() + Math.min(budget, this.#pace.enough)
    let failure = await this.#called(field, () => false)
    let schedules = 0
    while (failure === undefined && schedules < repeat && (schedules === 0 || performance.now() < end)) {
      bytes.set(start)
      schedules += 1
      const came = await this.#attempt(field, scene, queries)
      if ('message' in came) failure = came
      else {
        const text = JSON.stringify(came)
        times.set(text, (times.get(text) ?? 0) + 1)
      }
    }
    await this.#leave(field, failure !== undefined)
    const outcomes = [...times].map(([text, times]) => ({ ...(JSON.parse(text) as Ending), times }))
    return { how: 'sampled', complete: false, schedules, outcomes, ...(failure && { failure }) }
  }

  async end(): Promise<void> {
    await Promise.all(this.#racers.splice(0).map((racer) => racer.end()))
  }

  /** Gives everybody their part. Those who raced before race again. */
  #enter(standing: Standing, programs: Readonly<Record<string, Program>>, seed: number): Field {
    const entries = Object.entries(programs)
    return new Map(
      entries.map(([actor, program], lane) => {
        const racer = this.#racer(lane)
        racer.awaited = true
        racer.give({ actor, program, standing, racers: entries.length, seed: seed + lane })
        return [actor, racer]
      }),
    )
  }

  #racer(lane: number): Racer {
    const known = this.#racers[lane]
    if (known && known.dead === undefined) return known
    const racer = new Racer(this.#track, { memory: this.#memory, track: this.#cells }, lane)
    this.#racers[lane] = racer
    return racer
  }

  /** Those who may never end are ended, and others take their place. */
  async #leave(field: Field, failed: boolean): Promise<void> {
    if (failed) await this.end()
    else for (const racer of field.values()) racer.awaited = false
  }

  /** Lets everybody race once. */
  async #attempt(field: Field, scene: Scene, queries: readonly Query[]): Promise<Ending | RaceFailure> {
    let late = false
    const callOff = this.#pace.patience(() => {
      late = true
      this.#track.wake()
    }, scene.named)
    const failure = await this.#called(field, () => late)
    callOff()
    if (failure) return failure
    const played = new Map<string, Played>()
    for (const [actor, racer] of field) {
      const came = racer.take()
      if (came && 'failed' in came) return { kind: 'assertion', message: `${actor} failed: ${came.failed}` }
      if (came) played.set(actor, came.played)
    }
    if (played.size < field.size)
      return standstill(
        scene.named,
        [...field.keys()].filter((actor) => !played.has(actor)),
      )
    try {
      return endingOf(scene, played, queries)
    } catch (error) {
      return { kind: 'assertion', message: `what came of it is wrong: ${error}` }
    }
  }

  /** Calls everybody, and waits until they have done what they were called for. @returns who has died, if somebody has. */
  async #called(field: Field, enough: () => boolean): Promise<RaceFailure | undefined> {
    this.#track.call(field.size)
    await this.#track.ended(field.size, enough)
    for (const [actor, { dead }] of field) if (dead !== undefined) return { kind: 'died', message: `${actor} died: ${dead}` }
    return undefined
  }
}

/** @throws Refusal for what only somebody can do who decides about every order. */
function refuseOrders({ programs, token }: Params<'race'>): void {
  if (token !== undefined) throw new Refusal('unsupported', 'real threads follow no order: a token is run where races are explored')
  const racers = Object.values(programs)
  if (racers.length > LANES) throw new Refusal('unsupported', `no more than ${LANES} actors race here`)
  if (racers.flat().some(({ op }) => op === 'time.pass')) {
    throw new Refusal('unsupported', 'real threads have no clock that could be moved: time is let pass where races are explored')
  }
}
