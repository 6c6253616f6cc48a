/**
 * The reference runtime as a subject, in this process: real worker threads over shared memory.
 */
import { CHAPTERS, type Hello, type Method, type Params, PROTOCOL, type Result } from '../protocol/messages.ts'
import { PARAMETERS } from './reference/parameters.ts'
import { Pool } from './reference/pool.ts'
import { race } from './reference/race.ts'
import { Sampler } from './reference/sampler.ts'
import { type Racing, Scenario } from './reference/scenario.ts'
import { Refusal, type Subject } from './subject.ts'

/** The chapters that the reference has so far. */
const BUILT: readonly (typeof CHAPTERS)[number][] = ['thread', 'brc', 'qsbr', 'dfree', 'tlbc', 'immortal']

/** The suite and its reference share a version: neither is published without the other. */
export const VERSION = '0.1.0'

const HELLO: Hello = {
  name: 'ftspec reference',
  version: VERSION,
  protocol: PROTOCOL.highest,
  profiles: CHAPTERS.filter((chapter) => BUILT.includes(chapter)).flatMap((chapter) => [
    { chapter, level: 'core' as const },
    { chapter, level: 'extended' as const },
  ]),
  depth: 'stepped',
  parameters: PARAMETERS,
}

/** How races are run: every order of them, or as often as is asked for by real threads. */
export const RACES = ['explored', 'sampled'] as const
export type Races = (typeof RACES)[number]

export async function connectReference(races: Races = 'explored'): Promise<Subject> {
  return new Reference(races)
}

class Reference implements Subject {
  readonly hello = HELLO
  readonly #pool = new Pool()
  readonly #sampler = new Sampler()
  readonly #racing: Racing
  #scenario: Scenario | undefined

  constructor(races: Races) {
    this.#racing = races === 'explored' ? race : (...asked) => this.#sampler.race(...asked)
  }

  async request<M extends Method>(method: M, params: Params<M>): Promise<Result<M>> {
    return (await this.#answer(method, params)) as Result<M>
  }

  async end(): Promise<void> {
    await Promise.all([this.#pool.end(), this.#sampler.end()])
  }

  async #answer(method: Method, params: unknown): Promise<unknown> {
    switch (method) {
      case 'hello':
        return this.#hello(params as Params<'hello'>)
      case 'open':
        return this.#open(params as Params<'open'>)
      case 'step':
        return this.#current().step(params as Params<'step'>)
      case 'observe':
        return this.#current().observe(params as Params<'observe'>)
      case 'race':
        return this.#current().race(params as Params<'race'>)
      case 'close':
        return this.#close()
    }
  }

  #hello({ protocol: [lowest, highest] }: Params<'hello'>): Hello {
    if (lowest > PROTOCOL.highest || highest < PROTOCOL.lowest) {
      throw new Refusal('unsupported', `this subject speaks protocol ${PROTOCOL.lowest} to ${PROTOCOL.highest}`)
    }
    return HELLO
  }

  async #open(params: Params<'open'>): Promise<Result<'open'>> {
    if (this.#scenario) throw new Refusal('misuse', 'a scenario is open already')
    this.#scenario = await Scenario.open(this.#pool, params, this.#racing)
    return {}
  }

  async #close(): Promise<Result<'close'>> {
    const census = await this.#current().close()
    this.#scenario = undefined
    return { census }
  }

  #current(): Scenario {
    if (!this.#scenario) throw new Refusal('misuse', 'no scenario is open')
    return this.#scenario
  }
}
