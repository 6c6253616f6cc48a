import { describe, expect, test } from 'vitest'
import type { Event } from '../../protocol/messages.ts'
import type { Exchange, RaceExchange, Step, StepExchange } from '../log.ts'
import { broke, did, given, looked, parked, refused, scenario, when } from '../sample/sample-steps.ts'
import type { Moment } from './moment.ts'
import { traceOf } from './trace.ts'

const stepsOf = (...rows: Exchange[][]): readonly Step[] =>
  scenario(
    'BRC-01.1',
    '',
    '',
    rows.map((exchanges) => when('it happens', ...exchanges)),
  ).steps
const momentsOf = (...exchanges: Exchange[]): readonly Moment[] => traceOf(stepsOf(exchanges)).rows[0] as readonly Moment[]

test('there is a row per step, and a lane per actor in the order of appearance', () => {
  const trace = traceOf(stepsOf([did('Ben', 'thread.enter')], [], [did('Ada', 'thread.enter'), did('Ben', 'thread.exit')]))
  expect(trace.lanes).toEqual(['Ben', 'Ada'])
  expect(trace.rows.map((row) => row.filter(({ kind }) => kind === 'act').length)).toEqual([1, 0, 2])
})

test('an operation is drawn with what happened and what it answered', () => {
  expect(
    momentsOf(did('Ada', 'qsbr.poll', { goal: '3' }, { facts: { reached: true }, events: [{ actor: 'Ada', event: 'scanned' }] })),
  ).toEqual([
    { kind: 'rest', lane: 'Ada', rest: undefined },
    { kind: 'act', lane: 'Ada', text: 'qsbr.poll 3', outcome: 'ok' },
    { kind: 'note', lane: 'Ada', text: 'scanned' },
    { kind: 'answer', lane: 'Ada', text: 'reached true' },
  ])
})

test.each([
  ['names the other', { actor: 'Ben', event: 'queued', object: 'it', thread: 'Ada' }, 'Ben', 'Ada', 'queued it'],
  ['is told of the other', { actor: 'Ada', event: 'woken' }, 'Ben', 'Ada', 'woken'],
  ['hands a lock over', { actor: 'Ben', event: 'handed-off', thread: 'Ada', on: 'm' }, 'Ben', 'Ada', 'handed-off on m'],
] as const)('an event that %s is an arrow', (_, event, from, to, text) => {
  expect(momentsOf(did('Ben', 'op', {}, { events: [event] }))).toContainEqual({ kind: 'arrow', from, to, text })
})

test('a thread that parks is at rest until its step is resumed, has failed, or answers', () => {
  const [parks, resumed, failed, answers] = [
    momentsOf(parked('Ben', 'mutex.lock', { mutex: 'm' }, 'mutex m', ['Ada'])),
    momentsOf(did('Ada', 'mutex.unlock', {}, { events: [{ actor: 'Ben', event: 'resumed', op: 'mutex.lock' }] })),
    momentsOf(did('Ada', 'mutex.unlock', {}, { events: [{ actor: 'Ben', event: 'failed', op: 'mutex.lock' }] })),
    momentsOf(did('Ben', 'await')),
  ]
  expect(parks).toEqual([
    { kind: 'act', lane: 'Ben', text: 'mutex.lock m', outcome: 'parked' },
    { kind: 'rest', lane: 'Ben', rest: 'parked' },
    { kind: 'answer', lane: 'Ben', text: 'parked on mutex m, held by Ada' },
    { kind: 'rest', lane: 'Ben', rest: 'parked' },
  ])
  for (const moments of [resumed, failed, answers]) expect(moments).toContainEqual({ kind: 'rest', lane: 'Ben', rest: undefined })
})

test('what parks without a holder, and somebody else who parks meanwhile, are told', () => {
  const reply = { status: 'parked' as const, parked: { on: 'an event' }, events: [{ actor: 'Cleo', event: 'parked' as const }] }
  expect(momentsOf({ method: 'step', request: { actor: 'Ben', op: 'event.wait', args: {} }, reply })).toEqual([
    { kind: 'act', lane: 'Ben', text: 'event.wait', outcome: 'parked' },
    { kind: 'note', lane: 'Cleo', text: 'parked' },
    { kind: 'rest', lane: 'Cleo', rest: 'parked' },
    { kind: 'answer', lane: 'Ben', text: 'parked on an event' },
    { kind: 'rest', lane: 'Ben', rest: 'parked' },
  ])
})

test('suspended threads rest until the world is started, also in a later step', () => {
  const stop = did(
    'Ada',
    'world.stop',
    {},
    {
      events: [
        { actor: 'Ben', event: 'suspended' },
        { actor: 'Ada', event: 'suspended', thread: 'Cleo' },
      ],
    },
  )
  const start = did('Ada', 'world.start', {}, { events: [{ actor: 'Ada', event: 'started' }] })
  const { rows } = traceOf(stepsOf([stop], [start]))
  const rests = rows.map((row) => row.filter((moment) => moment.kind === 'rest' && moment.lane !== 'Ada'))
  expect(rests).toEqual([
    [
      { kind: 'rest', lane: 'Ben', rest: 'suspended' },
      { kind: 'rest', lane: 'Cleo', rest: 'suspended' },
    ],
    [
      { kind: 'rest', lane: 'Ben', rest: undefined },
      { kind: 'rest', lane: 'Cleo', rest: undefined },
    ],
  ])
})

test('a refusal and a failure are told where they happened', () => {
  expect(momentsOf(refused('Ada', 'mutex.unlock', { mutex: 'm' }, 'misuse'))).toEqual([
    { kind: 'act', lane: 'Ada', text: 'mutex.unlock m', outcome: 'refused' },
    { kind: 'answer', lane: 'Ada', text: 'misuse: mutex.unlock was not to be done' },
  ])
  const { request, reply, method } = refused('Ada', 'mutex.unlock', { mutex: 'm' }, 'misuse') as StepExchange
  const events: Event[] = [{ actor: 'Ada', event: 'advanced' }]
  expect(momentsOf({ method, request, reply: { ...reply, events } } as Exchange).map(({ kind }) => kind)).toEqual(['act', 'note', 'answer'])
  expect(momentsOf(broke('Ada', 'thread.exit', {}, 'crash'))).toMatchObject([
    { outcome: 'failed' },
    { text: 'crash: no answer from the subject: crash' },
  ])
})

test('a look at the state has no lane, and is told with everything it saw', () => {
  const { lanes, rows } = traceOf(stepsOf([looked('it', { local: '2' })]))
  expect(lanes).toEqual([])
  expect(rows[0]).toMatchObject([{ kind: 'look', text: 'object it', answer: 'alive true, owner Ada, local 2, references 2, state none' }])
  expect(momentsOf({ method: 'observe', request: { of: 'allocators' } })).toEqual([{ kind: 'look', text: 'allocators', answer: 'nothing' }])
})

test('a look tells what it saw, and the next one at the same thing what has changed', () => {
  const first = looked('it')
  const { rows } = traceOf(stepsOf([first, first, looked('it', { local: '0', shared: '1' }), looked('y')]))
  expect(rows[0]?.map((moment) => moment.kind === 'look' && moment.answer)).toEqual([
    'alive true, owner Ada, local 1, references 1, state none',
    '',
    'local 0, shared 1',
    'alive true, owner Ada, local 1, references 1, state none',
  ])
})

test('a look at copies tells nothing of them, as they are shown below the drawing', () => {
  const request = { of: 'copies', module: 'program', code: 'f' } as const
  expect(momentsOf({ method: 'observe', request, reply: { of: 'copies', size: 16, entries: [] } })).toEqual([
    { kind: 'look', text: 'copies program f', answer: '' },
  ])
})

test('of a long list a look tells how many there are', () => {
  const threads = ['Ada', 'Ben', 'Cleo', 'Dan']
  const interpreter = (many: number) =>
    ({ method: 'observe', request: { of: 'interpreter' }, reply: { of: 'interpreter', threads: threads.slice(0, many) } }) as Exchange
  expect(momentsOf(interpreter(3))).toMatchObject([{ answer: 'threads Ada Ben Cleo' }])
  expect(momentsOf(interpreter(4))).toMatchObject([{ answer: 'threads 4' }])
})

test('what an event has told is not answered again', () => {
  const served = (request: 'merge' | 'stop'): Event => ({ actor: 'Ada', event: 'served', request })
  const answers = (facts: object, events: Event[]) =>
    momentsOf(did('Ada', 'thread.safe-point', {}, { facts: { ...facts }, events })).filter(({ kind }) => kind === 'answer')
  expect(answers({ served: ['merge'], failed: null }, [served('merge')])).toEqual([])
  expect(answers({ served: ['merge', 'stop'], failed: null }, [served('merge')])).toMatchObject([{ text: 'served merge stop' }])
  expect(answers({ served: [], failed: null }, [])).toMatchObject([{ text: 'served none' }])
})

test('what a step that had parked came to is told when it goes on, and not again when it is asked for', () => {
  const resumed: Event = { actor: 'Ben', event: 'resumed', op: 'mutex.lock', facts: { outcome: 'acquired' } }
  const goesOn = did('Ada', 'mutex.unlock', {}, { events: [resumed] })
  const asked = (outcome: string) => did('Ben', 'await', {}, { facts: { outcome } })
  const answers = (...exchanges: Exchange[]) => momentsOf(...exchanges).filter(({ kind }) => kind === 'answer')
  expect(answers(goesOn, asked('acquired'))).toEqual([])
  expect(answers(goesOn, asked('handed off'))).toMatchObject([{ text: 'outcome handed off' }])
  expect(answers(goesOn, did('Ben', 'mutex.lock', {}, { facts: { outcome: 'acquired' } }))).toMatchObject([{ text: 'outcome acquired' }])
})

test('of the set-up it is not told what every thread leads to that arrives', () => {
  const events: Event[] = [
    { actor: 'Ada', event: 'stopping', scope: 'interpreter' },
    { actor: 'Ada', event: 'stopped', scope: 'interpreter' },
    { actor: 'Ada', event: 'started', scope: 'interpreter' },
    { actor: 'Ada', event: 'registered' },
    { actor: 'Ben', event: 'registered' },
    { actor: 'Ada', event: 'advanced' },
  ]
  const enters = did('Ada', 'thread.enter', {}, { events })
  const { rows } = traceOf(scenario('BRC-01.1', '', '', [given('it is so', enters), when('it happens', enters)]).steps)
  const notes = rows.map((row) => row.flatMap((moment) => (moment.kind === 'note' ? moment.text : [])))
  expect(notes).toEqual([
    ['registered', 'advanced'],
    ['paused interpreter · registered', 'registered', 'advanced'],
  ])
})

test('of many actors the busiest keep a lane of their own', () => {
  const many = Array.from({ length: 12 }, (_, index) => did(`thread ${index}`, 'thread.enter'))
  const { lanes, others } = traceOf(stepsOf(many, [did('thread 11', 'qsbr.advance')]))
  expect(lanes).toEqual(['thread 0', 'thread 1', 'thread 2', 'thread 3', 'thread 4', 'thread 5', 'thread 11'])
  expect(others).toEqual(['thread 6', 'thread 7', 'thread 8', 'thread 9', 'thread 10'])
})

test('of a long step the beginning and the end are drawn, and how much is left out', () => {
  const moments = momentsOf(...Array.from({ length: 40 }, (_, index) => did('Ada', `op-${index}`)))
  const acts = moments.flatMap((moment) => (moment.kind === 'act' ? moment.text : []))
  expect(acts).toHaveLength(16)
  expect([acts.at(0), acts.at(-1)]).toEqual(['op-0', 'op-39'])
  expect(moments).toContainEqual({ kind: 'more', count: 24 })
})

describe('a race', () => {
  const END = { answers: {}, states: [], times: 1 }
  const RACE: RaceExchange = {
    method: 'race',
    request: {
      programs: { Ada: [{ op: 'qsbr.advance' }, { op: 'qsbr.poll', args: { goal: '3' } }], Ben: [{ op: 'thread.exit' }] },
      observe: [],
    },
    reply: { how: 'explored', complete: true, schedules: 7, outcomes: [END, END] },
  }
  const told = (reply: Partial<RaceExchange['reply']>) => momentsOf({ ...RACE, reply: { ...RACE.reply, ...reply } }).at(-1)

  test('is drawn as what each actor does, and then as what comes of it', () => {
    expect(momentsOf(RACE)).toEqual([
      { kind: 'act', lane: 'Ada', text: 'qsbr.advance', outcome: 'ok' },
      { kind: 'act', lane: 'Ada', text: 'qsbr.poll 3', outcome: 'ok' },
      { kind: 'act', lane: 'Ben', text: 'thread.exit', outcome: 'ok' },
      { kind: 'look', text: 'at once: every order, 7 runs', answer: '2 different ends' },
    ])
    expect(traceOf(stepsOf([RACE])).lanes).toEqual(['Ada', 'Ben'])
  })

  test('says how many ends there are', () => {
    expect(told({ outcomes: [END] })).toMatchObject({ answer: '1 end' })
    expect(told({ outcomes: [] })).toMatchObject({ answer: '0 different ends' })
  })

  test('says that it was sampled, and how often', () => {
    expect(told({ how: 'sampled', complete: false, schedules: 1000 })).toMatchObject({ text: 'at once: sampled, 1,000 runs' })
  })

  test('says that orders were left out', () => {
    expect(told({ complete: false, schedules: 1 })).toMatchObject({ text: 'at once: not every order, 1 run' })
  })

  test('says what must not happen and did', () => {
    expect(told({ failure: { kind: 'deadlock', message: 'nobody can go on' } })).toMatchObject({ answer: 'nobody can go on' })
  })
})
