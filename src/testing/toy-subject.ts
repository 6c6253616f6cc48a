/** A subject that runs nothing, and is quick: for tests of those who ask about programs. */
import { type Method, type Params, PROTOCOL, type Result } from '../protocol/messages.ts'
import type { Query, State, StateOf } from '../protocol/states.ts'
import { PARAMETERS } from '../subject/reference/parameters.ts'
import type { Subject } from '../subject/subject.ts'

/** What to call so that no instruction stands anywhere any more. */
export const FORGET = 'forget'

type Step = Params<'step'>
type Answer = Result<'step'>

export interface Toy {
  /** What addition is specialized to for whoever has called the function twice. There is none in a program without `+`. */
  readonly form?: string
  /** What it answers to a step, instead of what it answers by itself. */
  readonly answer?: (step: Step) => Answer | undefined
  /** The constants that every function has. */
  readonly constants?: StateOf<'constants'>['constants']
}

const HELLO = { name: 'toy', version: '1', protocol: PROTOCOL.highest, profiles: [], depth: 'stepped', parameters: PARAMETERS } as const
const CENSUS = { objects: 0, blocks: 0, threads: 0, queued: 0, pending: 0, locks: 0, parked: 0 }

/** What a step comes to that goes well. */
export const done = (facts: Record<string, unknown>): Answer => ({ status: 'ok', facts, events: [] })

export function toySubject({ form = 'BINARY_OP_ADD_FLOAT', answer = () => undefined, constants = [] }: Toy = {}): Subject {
  let [actors, source]: [readonly string[], unknown] = [[], '']
  const calls = new Map<string, number>()
  const step = ({ actor, op, args }: Step): Answer => {
    const { function: path, times = 0 } = args as { function?: string; times?: number }
    if (op === 'code.run') ({ source } = args as { source: string })
    if (path === FORGET) source = ''
    calls.set(actor, (calls.get(actor) ?? 0) + times)
    return done(op === 'code.run' ? { raised: null } : { result: '1', raised: null })
  }
  const look = (query: Query): State => {
    if (query.of === 'constants') return { of: 'constants', constants }
    const entry = { index: 0, copy: 'the copy', threads: [...actors] }
    if (query.of === 'copies') return { of: 'copies', size: 16, entries: [entry] }
    const specialized = (calls.get((query as { thread: string }).thread) ?? 0) > 1
    const addition = { offset: 2, name: 'BINARY_OP', form: specialized ? form : 'BINARY_OP', argument: 0, line: 2 }
    const counted = { ...addition, counter: specialized ? { value: 52, backoff: 0 } : { value: 1, backoff: 1 } }
    return { of: 'copy', copy: 'the copy', main: true, instructions: `${source}`.includes('+') ? [counted] : [] }
  }
  const reply = (method: Method, params: unknown): unknown => {
    switch (method) {
      case 'open':
        ;({ actors } = params as Params<'open'>)
        calls.clear()
        return {}
      case 'step':
        return answer(params as Step) ?? step(params as Step)
      case 'observe':
        return { states: (params as Params<'observe'>).what.map(look) }
      default:
        return { census: CENSUS }
    }
  }
  return {
    hello: HELLO as unknown as Subject['hello'],
    end: async () => {},
    request: async (method, params) => reply(method, params) as never,
  }
}
