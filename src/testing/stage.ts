/** Scenarios on the reference, for tests of the subject: who acts, and what came of it. */
import { afterAll, afterEach, beforeAll } from 'vitest'
import type { Census, StepResult } from '../protocol/messages.ts'
import type { Query, State } from '../protocol/states.ts'
import { connectReference } from '../subject/reference.ts'
import type { Subject } from '../subject/subject.ts'

export const BUILD = { threading: 'free-threaded', freelists: true, referenceDebugging: false } as const

export const opening = (...actors: string[]) => ({ scenario: 'test', actors, build: BUILD, argv: [], env: {}, seed: '1', changes: true })

/** A scenario that is open. */
export interface Stage {
  step(actor: string, op: string, args?: Record<string, unknown>): Promise<StepResult>
  observe(query: Query): Promise<State>
  close(): Promise<Census>
}

/** One reference for all tests of a file: its workers take far longer to start than a scenario takes. */
export class Theatre {
  #subject: Subject | undefined
  #open = false

  constructor() {
    beforeAll(async () => {
      this.#subject = await connectReference()
    })
    afterEach(() => this.#clear())
    afterAll(() => this.subject.end())
  }

  get subject(): Subject {
    return this.#subject as Subject
  }

  /** Opens a scenario with these actors, none of which has a thread state. */
  async opened(...actors: string[]): Promise<Stage> {
    await this.#clear()
    await this.subject.request('open', opening(...actors))
    this.#open = true
    return {
      step: (actor, op, args = {}) => this.subject.request('step', { actor, op, args }),
      observe: async (query) => (await this.subject.request('observe', { what: [query] })).states[0] as State,
      close: async () => {
        this.#open = false
        return (await this.subject.request('close', {})).census
      },
    }
  }

  /** Opens a scenario with these actors, each with a thread state of its own in the main interpreter. */
  async attached(...actors: string[]): Promise<Stage> {
    const stage = await this.opened(...actors)
    for (const actor of actors) await stage.step(actor, 'thread.enter')
    return stage
  }

  async #clear(): Promise<void> {
    if (this.#open) await this.subject.request('close', {})
    this.#open = false
  }
}
