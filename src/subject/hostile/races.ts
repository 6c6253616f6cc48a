/**
 * Says of each race what it came to in its own way, most of them wrong: the scenario's id says which. It offers
 * no more than those races need, and claims that it lets real threads race.
 */
import { converse, HELLO, type Request, say } from './conduct.ts'

type Answers = Readonly<Record<string, readonly { readonly facts: Readonly<Record<string, unknown>> }[]>>

const DONE = { facts: {} }
const REACHED = { facts: { reached: true } }
const NOT_REACHED = { facts: { reached: false } }
const goal = (goal: string) => ({ facts: { goal } })

const interpreter = (writeSequence: string, threads: readonly string[] = []) => ({
  of: 'interpreter',
  threads,
  writeSequence,
  readSequence: '3',
  slots: 8,
  freeSlots: 6,
  pending: 0,
  chunks: 0,
  hasWork: false,
  finalizing: false,
  stopped: false,
  countdown: 0,
  requester: null,
})

/** A thread that is attached, or is not there. */
const thread = (attached: boolean) => ({
  of: 'thread',
  state: attached ? 'attached' : 'absent',
  bound: attached,
  interpreter: attached ? 'main' : null,
  requests: [],
  queued: 0,
  registered: attached,
  sequence: attached ? '1' : '0',
  slot: null,
  deferrals: 0,
  pending: 0,
  chunks: 0,
  publicFields: [],
  index: null,
  suppressed: 0,
  privateFields: [],
  parked: null,
})

const outcome = (answers: Answers, states: readonly unknown[], times: number) => ({ answers, states, times })

/** What is answered to a race, by the scenario that it belongs to. */
const WAYS: Readonly<Record<string, (repeat: number) => unknown>> = {
  // One of two expected outcomes, as often as was asked.
  'QSBR-02.7': (repeat) => ({
    how: 'sampled',
    complete: false,
    schedules: repeat,
    outcomes: [outcome({ Ada: [REACHED], Ben: [DONE] }, [], repeat)],
  }),
  // A forbidden outcome, once.
  'QSBR-03.13': (repeat) => ({
    how: 'sampled',
    complete: false,
    schedules: repeat,
    outcomes: [
      outcome({ Ada: [goal('3')], Ben: [goal('5')] }, [interpreter('5')], repeat - 1),
      outcome({ Ada: [goal('3')], Ben: [goal('3')] }, [interpreter('3')], 1),
    ],
  }),
  // An outcome that stands in no row.
  'QSBR-03.14': (repeat) => ({
    how: 'sampled',
    complete: false,
    schedules: repeat,
    outcomes: [outcome({ Ada: [NOT_REACHED], Ben: [REACHED], Cleo: [goal('7')] }, [interpreter('7')], repeat)],
  }),
  // Something that must not happen.
  'QSBR-05.12': () => ({
    how: 'sampled',
    complete: false,
    schedules: 7,
    outcomes: [],
    failure: { kind: 'crash', message: 'Ben touched memory that was not his' },
  }),
  // Every order, and there was none.
  'QSBR-05.13': () => ({ how: 'explored', complete: true, schedules: 0, outcomes: [] }),
  // Attempts that were every order, and more of them than it tells of.
  'QSBR-06.13': (repeat) => ({ how: 'sampled', complete: true, schedules: repeat, outcomes: [] }),
}

let scenario = ''
let advances = 0
const attached = new Set<string>()

/** The facts of a step, for the operations that it offers. */
const FACTS: Readonly<Record<string, (actor: string) => unknown>> = {
  'thread.enter': (actor) => {
    attached.add(actor)
    return {}
  },
  'thread.exit': (actor) => {
    attached.delete(actor)
    return {}
  },
  'thread.detach': () => ({}),
  'qsbr.quiescent': () => ({}),
  'qsbr.advance': () => {
    advances += 1
    return { goal: String(1 + 2 * advances) }
  },
}

const reply = ({ id }: Request, result: unknown): void => say(`${JSON.stringify({ jsonrpc: '2.0', id, result })}\n`)

const refuse = ({ id }: Request): void => {
  const error = { code: -32001, message: 'it is not offered', data: { code: 'unsupported' } }
  say(`${JSON.stringify({ jsonrpc: '2.0', id, error })}\n`)
}

converse({
  hello: (request) => reply(request, { ...HELLO, profiles: [...HELLO.profiles, { chapter: 'qsbr', level: 'extended' }], depth: 'sampled' }),
  open: (request) => {
    scenario = String(request.params.scenario).split(' ')[0] ?? ''
    advances = 0
    attached.clear()
    reply(request, {})
  },
  step: (request) => {
    const { op, actor } = request.params
    const facts = FACTS[String(op)]
    if (facts) reply(request, { status: 'ok', facts: facts(String(actor)), events: [] })
    else refuse(request)
  },
  observe: (request) => {
    const [query = {}] = request.params.what as readonly { readonly of?: string; readonly thread?: string }[]
    reply(request, { states: [query.of === 'thread' ? thread(attached.has(String(query.thread))) : interpreter('1', [...attached])] })
  },
  race: (request) => {
    const way = WAYS[scenario]
    if (way) reply(request, way(Number(request.params.repeat)))
    else refuse(request)
  },
})
