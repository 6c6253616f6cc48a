import { describe, expect, test } from 'vitest'
import type { Event, RaceOutcome, RaceStep } from '../src/protocol/messages.ts'
import { PARAMETERS } from '../src/subject/reference/parameters.ts'
import { Refusal, type Subject, SubjectFailure } from '../src/subject/subject.ts'
import { EXCHANGE, OUTCOMES, SUMMARY, type Tally } from '../src/verdict/evidence.ts'
import { type Parameters, World } from './world.ts'

const NOTHING_LEFT = { objects: 0, blocks: 0, threads: 0, queued: 0, pending: 0, locks: 0, parked: 0 }
const ok = (facts = {}, events: Event[] = []) => ({ status: 'ok', facts, events })
const parked = { status: 'parked', parked: { on: 'the mutex m' }, events: [] }

/** A world whose subject answers these, one after the other; what is an error it throws. */
const world = (...answers: unknown[]) => worldWith({ record: true }, ...answers)

function worldWith(parameters: Parameters, ...answers: unknown[]) {
  const asked: unknown[][] = []
  const attached: { type: string; body: unknown }[] = []
  const attach = (body: string, type: string) => attached.push({ type, body: JSON.parse(body) })
  const subject: Subject = {
    hello: { name: 'fake', version: '1', protocol: 1, profiles: [], depth: 'stepped', parameters: PARAMETERS },
    request: async (...request) => {
      asked.push(request)
      const answer = answers.shift()
      if (answer instanceof Error) throw answer
      return answer as never
    },
    end: async () => {},
  }
  const scenario = new World({ attach: attach as never, log: () => {}, link: () => {}, parameters })
  scenario.use(subject)
  return { scenario, asked, attached, left: answers }
}

test('there is no subject before the scenario has one', () => {
  const scenario = new World({ attach: (() => {}) as never, log: () => {}, link: () => {}, parameters: {} })
  expect(scenario.open).toBe(false)
  expect(() => scenario.subject).toThrow('the scenario has no subject yet')
})

test('an operation that is to come to its end and parks instead fails the step', async () => {
  const { scenario } = world(parked)
  await expect(scenario.perform('Ada', 'mutex.lock', { mutex: 'm' })).rejects.toThrow('Ada is parked on the mutex m in mutex.lock')
  expect([scenario.isParked('Ada'), scenario.isParked('Ben')]).toEqual([true, false])
})

test('an attempt may park, be refused or come to its end, and the scenario can ask which', async () => {
  const refusal = new Refusal('misuse', 'twice')
  const { scenario } = world(parked, refusal, ok({ granted: true }), parked, ok({ outcome: 'acquired' }))
  await scenario.attempt('Ada', 'mutex.lock', { mutex: 'm' })
  expect(scenario.outcome).toEqual({ parked: { on: 'the mutex m' } })
  await scenario.attempt('Ben', 'thread.attach', {})
  expect([scenario.outcome, scenario.refusal]).toEqual([{ refused: refusal }, 'misuse'])
  await scenario.attempt('Ben', 'object.try-incref', { object: 'x' })
  expect([scenario.outcome, scenario.refusal]).toEqual([{ facts: { granted: true } }, { facts: { granted: true } }])
  expect(scenario.facts).toEqual({ granted: true })
  expect(await scenario.await('Ada')).toEqual({ parked: { on: 'the mutex m' } })
  expect(await scenario.await('Ada')).toEqual({ facts: { outcome: 'acquired' } })
  expect([scenario.outcome, scenario.facts]).toEqual([{ facts: { outcome: 'acquired' } }, { outcome: 'acquired' }])
})

describe('a refusal that no step asks for', () => {
  const UNREAD = "Ada's thread.attach was refused (misuse: twice), and no step asked for that"
  const NEXT: [string, (scenario: World) => unknown][] = [
    ['operation', (scenario) => scenario.perform('Ben', 'thread.attach', {})],
    ['attempt', (scenario) => scenario.attempt('Ben', 'thread.attach', {})],
    ['wait for the end of a step', (scenario) => scenario.await('Ben')],
    ['race', (scenario) => scenario.race([])],
    ['end of the scenario', async (scenario) => scenario.conclude(NOTHING_LEFT, [])],
  ]

  test.for(NEXT)('fails the scenario at its next %s', async ([, next]) => {
    const { scenario, left } = world(new Refusal('misuse', 'twice'), ok(), ok())
    scenario.check(1, 1, 'one')
    await scenario.attempt('Ada', 'thread.attach', {})
    await expect(next(scenario)).rejects.toThrow(UNREAD)
    expect(left).toHaveLength(2)
  })

  test.for(NEXT)('is asked for by looking at it; the next %s is good then', async ([, next]) => {
    const { scenario } = world(new Refusal('misuse', 'twice'), ok(), ok())
    scenario.check(1, 1, 'one')
    await scenario.attempt('Ada', 'thread.attach', {})
    expect(scenario.refusal).toBe('misuse')
    await expect(Promise.resolve(next(scenario))).resolves.not.toThrow()
  })

  test('fails the winding down too', async () => {
    const { scenario } = world(ok(), new Refusal('misuse', 'twice'))
    await scenario.perform('Ada', 'memory.limit', { allocations: 3 })
    await scenario.attempt('Ada', 'thread.attach', {})
    expect(await scenario.windDown()).toMatchObject({ message: UNREAD })
  })
})

test.for(['misuse', 'out-of-memory'] as const)('%s may come of an attempt', async (code) => {
  const { scenario } = world(new Refusal(code, 'no'))
  await scenario.attempt('Ada', 'thread.attach', {})
  expect(scenario.refusal).toBe(code)
})

test.for(['corrupted', 'busy', 'unknown-name', 'bad-message', 'died'] as const)('%s fails an attempt', async (code) => {
  const refusal = new Refusal(code, 'no')
  const { scenario } = world(refusal)
  await expect(scenario.attempt('Ada', 'thread.attach', {})).rejects.toBe(refusal)
  expect(scenario.outcome).toBeUndefined()
})

test('a step may ask for another refusal than usual, and then for that one only', async () => {
  const { scenario } = world(new Refusal('corrupted', 'a negative count'), new Refusal('misuse', 'no'))
  await scenario.attempt('Ada', 'object.decref', { object: 'it' }, ['corrupted'])
  expect(scenario.refusal).toBe('corrupted')
  await expect(scenario.attempt('Ada', 'object.decref', { object: 'it' }, ['corrupted'])).rejects.toThrow('no')
})

test('who is parked cannot do anything else, but lets time pass, and is parked in the same still', async () => {
  const { scenario, asked } = world(parked, ok(), parked, ok({ outcome: 'acquired' }), ok())
  await scenario.attempt('Ada', 'mutex.lock', { mutex: 'm' })
  await scenario.perform('Ada', 'time.pass', { milliseconds: 1 })
  await scenario.await('Ada')
  const refused = 'Ada is parked in mutex.lock and cannot do thread.detach'
  await expect(scenario.perform('Ada', 'thread.detach', {})).rejects.toThrow(refused)
  await expect(scenario.attempt('Ada', 'thread.detach', {})).rejects.toThrow(refused)
  expect(asked).toHaveLength(3)
  await scenario.await('Ada')
  await scenario.perform('Ada', 'thread.detach', {})
})

test('a scenario fails in which a step never ends', async () => {
  const { scenario } = world(parked, ok())
  await scenario.attempt('Ada', 'mutex.lock', { mutex: 'm' })
  scenario.check(1, 1, 'one')
  expect(() => scenario.conclude(NOTHING_LEFT, [])).toThrow('somebody is parked still: Ada in mutex.lock')
  await scenario.await('Ada')
  scenario.conclude(NOTHING_LEFT, [])
})

test('a scenario fails as soon as a step that was parked ends with an error', async () => {
  const failed: Event = { actor: 'Ada', event: 'failed', code: 'corrupted', message: 'freed twice' }
  const told = 'what Ada was parked in ended with an error (corrupted: freed twice)'
  for (const answer of [ok({}, [failed]), new Refusal('misuse', 'no', { events: [failed] })]) {
    const { scenario, attached } = world(parked, answer)
    await scenario.attempt('Ada', 'mutex.lock', { mutex: 'm' })
    await expect(scenario.attempt('Ben', 'mutex.unlock', { mutex: 'm' })).rejects.toThrow(told)
    expect(attached).toHaveLength(2)
  }
})

test('what the subject does not offer, and a subject that failed, is no outcome of an attempt', async () => {
  const unsupported = new Refusal('unsupported', 'no forks')
  const failure = new SubjectFailure('crash', 'gone', 'step Ada process.fork', 'last words')
  const { scenario, attached } = world(unsupported, failure)
  await expect(scenario.attempt('Ada', 'process.fork', { child: 'Ben' })).rejects.toBe(unsupported)
  await expect(scenario.attempt('Ada', 'process.fork', { child: 'Ben' })).rejects.toBe(failure)
  expect(attached.map(({ type, body }) => [type, (body as { reply: unknown }).reply])).toEqual([
    [EXCHANGE, { refused: 'unsupported', message: 'no forks', events: [] }],
    [EXCHANGE, { failure: 'crash', message: 'gone', during: 'step Ada process.fork', stderr: 'last words' }],
  ])
})

test('a refusal tells what happened all the same, to others too', async () => {
  const resumed: Event = { actor: 'Ada', event: 'resumed', op: 'mutex.lock', facts: { outcome: 'handed off' } }
  const { scenario } = world(parked, new Refusal('misuse', 'no', { events: [resumed] }))
  await scenario.attempt('Ada', 'mutex.lock', { mutex: 'm' })
  await scenario.attempt('Ben', 'mutex.unlock', { mutex: 'm' })
  expect(scenario.isParked('Ada')).toBe(false)
  expect(scenario.saw('resumed', { actor: 'Ada' })).toEqual([resumed])
})

test('that an allocation failed is seen once, whether the subject tells so or not', async () => {
  const refused: Event = { actor: 'Ada', event: 'refused' }
  for (const events of [[], [refused]]) {
    const { scenario } = world(new Refusal('out-of-memory', 'none left', { events }))
    await scenario.attempt('Ada', 'object.create', { object: 'x' })
    expect(scenario.events).toEqual([refused])
  }
})

test('a comparison that fails says what was compared, and counts all the same', () => {
  const { scenario } = world()
  scenario.check({ a: 1 }, { a: 1 }, 'the count')
  expect(() => scenario.check(undefined, 'yes', 'the answer')).toThrow('the answer: expected yes, observed nothing')
  expect(scenario.checks).toBe(2)
})

test('a goal has to be named before it is spoken of', () => {
  const { scenario } = world()
  scenario.goals.set('g', '3')
  expect(scenario.goal('g')).toBe('3')
  expect(() => scenario.goal('h')).toThrow('no goal was named "h"')
})

test('a scenario fails that checked nothing, never saw what it is about, or leaves something behind', () => {
  const { scenario, attached } = world()
  expect(() => scenario.conclude(NOTHING_LEFT, [])).toThrow('the scenario checked nothing')
  scenario.check(1, 1, 'one')
  scenario.conclude(NOTHING_LEFT, [])
  expect(() => scenario.conclude(NOTHING_LEFT, ['queued', 'merged'])).toThrow('never saw what it is about: queued, merged')
  expect(() => scenario.conclude({ ...NOTHING_LEFT, blocks: 2 }, [])).toThrow('something is left behind: 2 blocks')
  expect(attached.at(-1)).toEqual({
    type: SUMMARY,
    body: { checks: 1, census: { ...NOTHING_LEFT, blocks: 2 }, witnesses: [], missing: [] },
  })
})

test('nothing is attached for nobody', async () => {
  const attach = () => expect.unreachable()
  const scenario = new World({ attach: attach as never, log: () => {}, link: () => {}, parameters: {} })
  scenario.summarize(NOTHING_LEFT, [])
})

test('what the winding down does belongs to no report and is no witness, and why it failed is told', async () => {
  const advanced: Event = { actor: 'Ada', event: 'advanced' }
  const failure = new SubjectFailure('timeout', 'no reply', 'observe')
  const { scenario, attached, left } = world(ok(), ok({}, [advanced]), failure)
  await scenario.perform('Ada', 'memory.limit', { allocations: 3 })
  expect(attached.splice(0)).toHaveLength(1)
  scenario.ledger.ended('Ada', 'thread.enter', {}, {})
  expect(await scenario.windDown()).toBe(failure)
  expect([attached, scenario.events, left]).toEqual([[], [], []])
})

describe('a race', () => {
  const PROGRAMS = { Ada: [{ op: 'qsbr.advance' }], Ben: [{ op: 'thread.exit' }] }
  const QUERY = { of: 'interpreter' } as const
  const OUTCOME: RaceOutcome = { answers: {}, states: [], times: 3 }
  const RESULT = { how: 'explored', complete: true, schedules: 3, outcomes: [OUTCOME] }
  const STEPS: RaceStep[] = [{ step: 1, actor: 'Ada', operation: 'add', at: 'main', read: '1', wrote: '3', guilty: true }]
  const TABLE = 'step  actor  operation  where  read  wrote\n1     Ada    add        main   1     3      <-- here'

  function racing(parameters: Parameters, ...answers: unknown[]) {
    const all = worldWith(parameters, ...answers)
    all.scenario.racing = PROGRAMS
    all.scenario.id = 'QSBR-01.1'
    return all
  }

  test('asks what may come of the programs, and is told in the report', async () => {
    const { scenario, asked, attached } = racing({ record: true }, RESULT)
    expect(await scenario.race([QUERY])).toBe(RESULT)
    const request = { programs: PROGRAMS, observe: [QUERY] }
    expect(asked).toEqual([['race', request]])
    expect(attached).toEqual([{ type: EXCHANGE, body: { method: 'race', request, reply: RESULT, duration: expect.any(Number) } }])
  })

  test('tells the report how far it was tried', () => {
    const tally: Tally = { how: 'sampled', complete: false, failed: false, schedules: 7, rows: [] }
    const { scenario, attached } = racing({ record: true })
    scenario.tell(tally)
    expect(attached).toEqual([{ type: OUTCOMES, body: { ...tally, extent: 'sampled, 7 runs' } }])
    const quiet = racing({})
    quiet.scenario.tell(tally)
    expect(quiet.attached).toEqual([])
  })

  test('asks for one order only, or for some, if the user does', async () => {
    const { scenario, asked } = racing({ order: 'x1', bound: 0, budget: 500 }, RESULT)
    await scenario.race([])
    expect(asked).toEqual([['race', { programs: PROGRAMS, observe: [], token: 'x1', bound: 0, budget: 500 }]])
  })

  test('asks for attempts, and for orders drawn by lot, if the user does', async () => {
    const { scenario, asked } = racing({ repeat: 7, sample: { by: 'pct', depth: 3 } }, RESULT)
    await scenario.race([])
    expect(asked).toEqual([['race', { programs: PROGRAMS, observe: [], repeat: 7, sample: { by: 'pct', depth: 3 } }]])
  })

  test('is tried as far as the scenario declares, unless the user says otherwise', async () => {
    const asks = async (parameters: Parameters) => {
      const { scenario, asked } = racing(parameters, RESULT)
      scenario.declaredBound = 2
      await scenario.race([])
      expect(asked[0]?.[1]).toEqual({
        programs: PROGRAMS,
        observe: [],
        ...(scenario.bound !== undefined && { bound: scenario.bound }),
        ...asksToo(parameters),
      })
      return scenario.bound
    }
    const asksToo = ({ order, budget, sample }: Parameters) => ({
      ...(order !== undefined && { token: order }),
      ...(budget !== undefined && { budget }),
      ...(sample !== undefined && { sample }),
    })
    expect(await asks({})).toBe(2)
    expect(await asks({ budget: 500 })).toBe(2)
    expect(await asks({ bound: 1 })).toBe(1)
    expect(await asks({ bound: 0 })).toBe(0)
    expect(await asks({ order: 'x1' })).toBeUndefined()
    expect(await asks({ sample: { by: 'random' } })).toBeUndefined()
    const { scenario } = racing({}, RESULT)
    scenario.declaredBound = 2
    expect(scenario.boundInForce).toBe(2)
    scenario.parameters.bound = 1
    expect(scenario.boundInForce).toBeUndefined()
  })

  test('fails with what must not happen in any order, the steps that lead there and how to see it again', async () => {
    const failure = { kind: 'use after free', message: 'Ben read it after it was freed', token: 'x1s2.ab', steps: STEPS }
    const { scenario, attached } = racing({ record: true }, { ...RESULT, failure })
    const result = await scenario.race([])
    expect(attached).toHaveLength(1)
    expect(() => scenario.unharmed(result)).toThrow(`Ben read it after it was freed\n${TABLE}\nAgain: npx ftspec replay QSBR-01.1:x1s2.ab`)
  })

  test('fails with no more than the subject knows', async () => {
    const { scenario } = racing({}, { ...RESULT, failure: { kind: 'crash', message: 'it was gone' } }, RESULT)
    const [broken, sound] = [await scenario.race([]), await scenario.race([])]
    expect(() => scenario.unharmed(broken)).toThrow(expect.objectContaining({ message: 'it was gone' }))
    expect(() => scenario.unharmed(sound)).not.toThrow()
  })

  test('shows an outcome that must not be with an order that comes to it', async () => {
    const { scenario, asked, attached } = racing({ record: true, bound: 2 }, { ...RESULT, order: STEPS })
    await expect(scenario.shown({ ...OUTCOME, token: 'x1s2.ba' }, 'freed: that is forbidden')).rejects.toMatchObject({
      message: `freed: that is forbidden\n${TABLE}\nAgain: npx ftspec replay QSBR-01.1:x1s2.ba`,
    })
    expect(asked).toEqual([['race', { programs: PROGRAMS, observe: [], token: 'x1s2.ba' }]])
    // The report has the race already, and draws the order.
    expect(attached).toMatchObject([{ type: EXCHANGE, body: { request: { token: 'x1s2.ba' }, reply: { order: STEPS } } }])
  })

  test('shows an outcome without an order if the subject knows none', async () => {
    const { scenario, asked } = racing({})
    await expect(scenario.shown(OUTCOME, 'freed: that is forbidden')).rejects.toMatchObject({ message: 'freed: that is forbidden' })
    expect(asked).toEqual([])
  })
})
