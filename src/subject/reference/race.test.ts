import { describe, expect, test, vi } from 'vitest'
import type { Params, RaceOutcome, RaceSample } from '../../protocol/messages.ts'
import type { Program } from '../../protocol/vocabulary.ts'
import { UnknownName } from './actor.ts'
import { EXPLORING, race } from './race.ts'
import type { Done, Standing } from './staging.ts'

const step = (actor: string, op: string, args: Record<string, unknown> = {}): Done => ({ actor, op, args })
const does = (op: string, args?: Record<string, unknown>): Program[number] => (args ? { op, args } : { op })

/** Ada and Ben, attached, after these steps. */
const after = (...steps: Done[]): Standing => {
  const actors = ['Ada', 'Ben']
  return { actors, steps: [...actors.map((actor) => step(actor, 'thread.enter')), ...steps] }
}
const between = (Ada: Program, Ben: Program, more: Partial<Params<'race'>> = {}): Params<'race'> => ({
  programs: { Ada, Ben },
  observe: [],
  ...more,
})

const X = { object: 'x' }
const TAKE = does('object.incref', X)
const DROP = does('object.decref', X)
const IDLE = does('thread.safe-point')
const TRY = does('object.try-incref', X)
const SHARED = after(step('Ada', 'object.create', X), step('Ada', 'object.allow-try-incref', X))
const LOOK = { observe: [{ of: 'object' as const, object: 'x' }] }
const BLOCK = { block: 'b', domain: 'memory' }
const GOALS = [{ of: 'interpreter' as const }]

const facts = ({ answers }: RaceOutcome) =>
  Object.values(answers).map((given) => given.map((answer) => ('facts' in answer ? answer.facts : answer.refused)))

test('every order is tried, and each way to end is told with the states then and how many orders end so', () => {
  const { outcomes, ...result } = race(SHARED, between([DROP], [TRY], LOOK))
  expect(result).toMatchObject({ how: 'explored', complete: true })
  const told = outcomes.map((outcome) => ({ facts: facts(outcome), states: outcome.states }))
  expect(told).toHaveLength(2)
  expect(told).toContainEqual({
    facts: [[{}], [{ granted: true }]],
    states: [expect.objectContaining({ of: 'object', alive: true, references: '1', state: 'merged' })],
  })
  expect(told).toContainEqual({ facts: [[{}], [{ granted: false }]], states: [expect.objectContaining({ alive: false, references: '0' })] })
  expect(outcomes.reduce((sum, { times }) => sum + times, 0)).toBe(result.schedules)
  expect(result.states).toBeGreaterThan(result.schedules)
  expect(result.steps).toBeGreaterThan(0)
})

test('who reads a list that another resizes meanwhile says that the items are others than before', () => {
  const listed = after(step('Ada', 'list.create', { list: 'l' }), step('Ben', 'list.read', { list: 'l' }))
  const { outcomes } = race(listed, between([does('list.resize', { list: 'l' })], [does('list.read', { list: 'l' })]))
  expect(outcomes.map((outcome) => facts(outcome)[1])).toEqual(expect.arrayContaining([[{ block: 'l-1' }], [{ block: 'l-later' }]]))
})

test('who looks up a name that another is about to add finds it or not, and disturbs nobody', () => {
  const module = { module: 'm' }
  const ran = after(
    step('Ada', 'code.run', { ...module, source: 'def add():\n    global later\n    later = len\ndef known():\n    pass\n' }),
  )
  const calling = (name: string) => does('code.call', { ...module, function: name })
  const found = race(ran, between([calling('add')], [calling('known')], { bound: 1 }))
  expect(found.failure?.message).toBeUndefined()
  const { outcomes, failure } = race(
    ran,
    between([calling('add')], [does('code.call', { ...module, function: 'later', args: ["''"] })], { bound: 1 }),
  )
  expect(failure?.message).toBeUndefined()
  expect(outcomes.map((outcome) => facts(outcome)[1])).toEqual(expect.arrayContaining([['unknown-name'], [{ result: '0', raised: null }]]))
})

test('the same race has the same result', () => {
  const once = () => race(SHARED, between([DROP], [TRY], LOOK))
  expect(once()).toEqual(once())
})

test('a token brings back the order of its outcome, operation by operation, with names and values', () => {
  for (const { token = '', ...outcome } of race(SHARED, between([DROP], [TRY], LOOK)).outcomes) {
    const { order = [], ...again } = race(SHARED, between([DROP], [TRY], { ...LOOK, token }))
    expect(again).toEqual({ how: 'explored', complete: false, schedules: 1, outcomes: [{ ...outcome, times: 1, token }] })
    expect(order.filter(({ guilty }) => guilty)).toEqual([])
    expect(order).toContainEqual(expect.objectContaining({ actor: 'Ada', at: 'x local', operation: 'storeRelaxed', wrote: '0' }))
    expect(order).toContainEqual(
      expect.objectContaining({ actor: 'Ben', at: 'x shared', read: expect.stringMatching(/^-?\d+ (maybe weakref|merged)$/) }),
    )
  }
})

test.for([
  ['no token', 'nothing'],
  ['one that is damaged', 'x1s2.a3b5a4.92rk'],
] as const)('a token that is %s is misuse', ([, token]) => {
  expect(() => race(SHARED, between([DROP], [TRY], { token }))).toThrow(expect.objectContaining({ name: 'Refusal', code: 'misuse' }))
})

test('a token of another race is misuse', () => {
  const [{ token }] = race(SHARED, between([DROP], [TRY])).outcomes as [RaceOutcome]
  const other = () => race(SHARED, between([does('qsbr.advance')], [does('qsbr.advance')], { token: token as string }))
  expect(other).toThrow(expect.objectContaining({ name: 'Refusal', code: 'misuse' }))
})

test('with a bound, orders that take the turn away more often are left out, and that is said', () => {
  const turns = between([TAKE, DROP, TAKE], [TAKE, DROP, TAKE])
  const bounded = race(SHARED, { ...turns, bound: 0 })
  expect(bounded).toMatchObject({ complete: false, limitedBy: 'bound', schedules: 2 })
  expect(bounded).not.toHaveProperty('failure')
  expect(race(SHARED, turns).schedules).toBeGreaterThan(2)
})

test('with a budget, orders are left out when it is spent, and that is said', () => {
  const long = Array<Program[number]>(7).fill(TAKE)
  let now = 0
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => now++)
  const stopped = race(SHARED, between(long, long, { budget: 3 }))
  clock.mockRestore()
  expect(stopped).toMatchObject({ complete: false, limitedBy: 'budget' })
  expect(stopped).not.toHaveProperty('failure')
  // Begun at zero, and asked until more than three have gone by.
  expect(now).toBe(5)
})

describe('time that an actor lets pass', () => {
  const M = { mutex: 'm' }
  const held = after(step('Ada', 'mutex.create', M), step('Ada', 'mutex.lock', M))
  const patient = does('mutex.lock', { ...M, timeout: 5 })
  const waits = (...first: Program) => between([...first, does('mutex.unlock', M)], [patient])

  test('ends a wait while others go on', () => {
    const { outcomes } = race(held, waits(does('time.pass', { milliseconds: 5 })))
    const told = outcomes.map((outcome) => facts(outcome)[1])
    expect(told).toContainEqual([{ outcome: 'timed out' }])
    expect(told).toContainEqual([{ outcome: 'acquired' }])
  })

  test('is needed for that: time stands still where nobody lets it pass', () => {
    for (const outcome of race(held, waits()).outcomes) expect(facts(outcome)[1]).toEqual([{ outcome: 'acquired' }])
  })

  test('passes again when an order is run again', () => {
    const params = waits(does('time.pass', { milliseconds: 5 }))
    for (const { token = '', ...outcome } of race(held, params).outcomes) {
      const again = race(held, { ...params, token })
      expect(again.outcomes).toEqual([{ ...outcome, times: 1, token }])
      expect(again.order).toContainEqual(expect.objectContaining({ actor: 'Ada', operation: 'elapse' }))
    }
  })

  test('is nothing that a handler does beside the race', () => {
    const handler = { request: 'cold code', program: [does('time.pass', { milliseconds: 1 })] }
    const asked = after(step('Ada', 'thread.handle', handler), step('Ada', 'thread.request', { thread: 'Ada', request: 'cold code' }))
    for (const outcome of race(asked, between([IDLE], [IDLE])).outcomes) expect(facts(outcome)[0]).toEqual(['unsupported'])
  })
})

describe('orders that are drawn by lot', () => {
  const drawn = (by: RaceSample, seed: number, programs = between([DROP], [TRY], LOOK)) =>
    race(SHARED, { ...programs, sample: by, repeat: 40 }, seed)
  const RANDOM = { by: 'random' } as const
  const PCT = { by: 'pct', depth: 3 } as const

  test.for([RANDOM, PCT])('are attempts, of which each is counted and can be run again: $by', (by) => {
    const { outcomes, ...result } = drawn(by, 7)
    expect(result).toEqual({ how: 'sampled', complete: false, schedules: 40, steps: expect.any(Number) })
    expect(outcomes.reduce((sum, { times }) => sum + times, 0)).toBe(40)
    for (const { token = '', ...outcome } of outcomes) {
      expect(race(SHARED, between([DROP], [TRY], { ...LOOK, token })).outcomes).toEqual([{ ...outcome, times: 1, token }])
    }
  })

  test('are told as they come to whoever subscribes', () => {
    const told: unknown[] = []
    const listen = (progress: unknown) => told.push(progress)
    EXPLORING.subscribe(listen)
    drawn(RANDOM, 7)
    EXPLORING.unsubscribe(listen)
    expect(told).toHaveLength(40)
    expect(told.at(-1)).toEqual({ schedules: 40, states: 0, steps: expect.any(Number), depth: 0 })
  })

  test('are the same for the same seed', () => {
    expect(drawn(RANDOM, 7)).toEqual(drawn(RANDOM, 7))
    expect(drawn(RANDOM, 8)).not.toEqual(drawn(RANDOM, 7))
  })

  test('show what must not happen, with an order and its token', () => {
    const { failure, ...result } = drawn(PCT, 1, between([DROP], [DROP]))
    expect(result).toMatchObject({ how: 'sampled', complete: false })
    expect(race(SHARED, between([DROP], [DROP], { token: failure?.token as string })).failure).toMatchObject({ message: failure?.message })
  })
})

describe('what must not happen in any order', () => {
  test('ends the race, with an order that leads there, what is guilty marked, and its token', () => {
    const { complete, failure } = race(SHARED, between([DROP], [DROP]))
    expect(complete).toBe(false)
    expect(failure).toMatchObject({ kind: expect.any(String), token: expect.stringMatching(/^x1s2\./) })
    expect(failure?.steps?.some(({ guilty }) => guilty)).toBe(true)
  })

  test('fails again when its order is run again, without an outcome', () => {
    const { failure } = race(SHARED, between([DROP], [DROP]))
    const { kind, message, token, steps } = failure as NonNullable<typeof failure>
    const again = race(SHARED, between([DROP], [DROP], { token: token as string }))
    expect(again).toMatchObject({ complete: false, outcomes: [], failure: { kind, message, token } })
    expect(again.order).toEqual(steps)
  })

  test('is what the runtime itself finds corrupted, be it one actor’s doing', () => {
    const made = after(step('Ada', 'block.allocate', BLOCK))
    const free = does('block.free', { block: 'b' })
    expect(race(made, between([free, free], [IDLE])).failure?.message).toMatch(/BlockMisuse: freed twice/)
  })

  test('is a rule that does not hold between two steps', () => {
    const made = after(step('Ada', 'object.create', X))
    const { failure } = race(made, between([IDLE], [DROP, does('object.decref', { ...X, times: 2 })]))
    expect(failure).toMatchObject({ kind: 'invariant', message: expect.stringContaining('negative count') })
  })

  test('is that nobody can go on', () => {
    const held = after(step('Ada', 'mutex.create', { mutex: 'm' }), step('Ada', 'mutex.lock', { mutex: 'm' }))
    const { failure } = race(held, between([does('qsbr.advance')], [does('mutex.lock', { mutex: 'm' })]))
    expect(failure).toMatchObject({ kind: 'deadlock', message: expect.stringContaining('Ben sleeps') })
    expect(failure?.steps).toContainEqual(expect.objectContaining({ actor: 'Ben', at: 'm', note: expect.any(String) }))
  })

  test('is an operation that breaks down', () => {
    const count = { ...X, count: 'many' }
    expect(race(SHARED, between([does('object.set-count', count)], [TRY])).failure?.message).toContain('SyntaxError')
  })
})

describe('an operation that is refused', () => {
  test('is an answer, and what the actor does next goes on', () => {
    const mutex = after(step('Ada', 'mutex.create', { mutex: 'm' }))
    const unlock = does('mutex.unlock', { mutex: 'm' })
    const { failure, outcomes } = race(mutex, between([unlock, does('qsbr.advance')], [does('object.incref', X)]))
    expect(failure).toBeUndefined()
    expect(outcomes.map(facts)).toEqual([[['misuse', { goal: '3' }], ['unknown-name']]])
    expect(outcomes[0]?.answers.Ben).toEqual([{ refused: 'unknown-name', message: 'there is no object named "x"' }])
  })

  test('may be so in one order, and not in another', () => {
    const mutex = after(step('Ada', 'mutex.create', { mutex: 'm' }), step('Ada', 'mutex.lock', { mutex: 'm' }))
    const unlock = does('mutex.unlock', { mutex: 'm' })
    const { outcomes } = race(mutex, between([unlock], [unlock]))
    expect(outcomes.map(facts)).toHaveLength(2)
    expect(outcomes.map(facts)).toEqual(
      expect.arrayContaining([
        [[{}], ['misuse']],
        [['misuse'], [{}]],
      ]),
    )
  })
})

describe('the way to the race', () => {
  const FINALIZER = [does('cell.store', { cell: 'c', value: 7 })]
  const cell = step('Ada', 'cell.create', { cell: 'c', value: 0 })
  const states = (standing: Standing, Ada: Program, Ben: Program, ...observe: Params<'race'>['observe']) => {
    const { failure, outcomes } = race(standing, between(Ada, Ben, { observe }))
    expect(failure).toBeUndefined()
    return outcomes.map(({ states }) => states)
  }

  test('is what was done, by whom, with everything that came of it', () => {
    const standing = after(step('Ada', 'qsbr.advance'), step('Ben', 'thread.detach'))
    const ben = { of: 'thread', thread: 'Ben' } as const
    expect(states(standing, [IDLE], [does('thread.attach')], ben, ...GOALS)).toEqual([
      [expect.objectContaining({ state: 'attached', parked: null }), expect.objectContaining({ writeSequence: '3' })],
    ])
    expect(states(standing, [IDLE], [does('qsbr.quiescent')], ben)).toEqual([[expect.objectContaining({ state: 'detached' })]])
  })

  test('may finalize, and what it finalizes is counted', () => {
    const finalized = after(cell, step('Ada', 'object.create', { ...X, finalizer: FINALIZER }), step('Ada', 'object.decref', X))
    expect(states(finalized, [IDLE], [IDLE], { of: 'object', object: 'x' })).toEqual([
      [expect.objectContaining({ alive: false, finalizations: 1 })],
    ])
  })

  test('may leave a finalizer to the race, whoever comes to run it', () => {
    const made = after(
      cell,
      step('Ada', 'object.create', { ...X, finalizer: [...FINALIZER, does('qsbr.advance')] }),
      step('Ben', 'object.incref', X),
    )
    const came = states(made, [DROP], [DROP], { of: 'object', object: 'x' }, ...GOALS)
    expect(came).toEqual([[expect.objectContaining({ alive: false, finalizations: 1 }), expect.objectContaining({ writeSequence: '3' })]])
  })

  test('gives every finalizer its own program', () => {
    const made = after(
      step('Ada', 'object.create', { object: 'y', finalizer: [does('qsbr.advance')] }),
      step('Ada', 'object.create', { ...X, finalizer: [] }),
    )
    const came = states(made, [does('object.decref', { object: 'y' })], [does('qsbr.poll', { goal: '3' })], ...GOALS)
    expect(came.flat().map((state) => 'writeSequence' in state && state.writeSequence)).toContain('3')
  })

  test('may tell a handler what to do in the race', () => {
    const told = after(step('Ben', 'thread.handle', { request: 'signals', program: [does('qsbr.advance')] }))
    const came = states(told, [does('thread.request', { thread: 'Ben', request: 'signals' })], [does('thread.safe-point')], ...GOALS)
    const sequences = came.flat().map((state) => 'writeSequence' in state && state.writeSequence)
    expect(sequences.sort()).toEqual(['1', '3'])
  })

  test('fails as it fails, even if only one order is asked for', () => {
    const [{ token }] = race(SHARED, between([TAKE], [TAKE])).outcomes as [RaceOutcome]
    for (const more of [{}, { token: token as string }]) {
      const fails = () => race(after(step('Ada', 'object.incref', X)), between([TAKE], [TAKE], more))
      expect(fails).toThrow(new UnknownName('there is no object named "x"'))
    }
  })
})

describe('what was freed', () => {
  const block = (name: string) => ({ of: 'block' as const, block: name })
  const BLOCKS = after(step('Ada', 'block.allocate', BLOCK))

  test('before the race or in it, is seen as freed', () => {
    const other = { block: 'a', domain: 'objects' }
    const standing = after(
      step('Ada', 'block.allocate', other),
      step('Ada', 'block.allocate', BLOCK),
      step('Ada', 'block.allocate', { ...BLOCK, block: 'c' }),
      step('Ada', 'block.free', { block: 'a' }),
    )
    const observe = ['a', 'b', 'c'].map(block)
    const { outcomes } = race(standing, between([does('block.free', { block: 'b' })], [IDLE], { observe }))
    expect(outcomes.map(({ states }) => states)).toEqual([
      [
        { of: 'block', state: 'freed', domain: 'objects', goal: null },
        { of: 'block', state: 'freed', domain: 'memory', goal: null },
        { of: 'block', state: 'allocated', domain: 'memory', goal: null },
      ],
    ])
  })

  test('is still freed when its memory is used again, by what it was or by something else', () => {
    const again = [does('block.free', { block: 'b' }), does('block.allocate', { block: 'again', domain: 'memory' })]
    const observe = ['b', 'again'].map(block)
    for (const { states } of race(BLOCKS, between(again, [IDLE], { observe })).outcomes) {
      expect(states).toMatchObject([{ state: 'freed' }, { state: 'allocated' }])
    }
    const object = [does('block.free', { block: 'b' }), does('object.create', X)]
    for (const { states } of race(BLOCKS, between(object, [IDLE], { observe: [block('b'), ...LOOK.observe] })).outcomes) {
      expect(states).toMatchObject([{ state: 'freed' }, { alive: true }])
    }
  })

  test('is freed once in every order', () => {
    const free = does('block.free', { block: 'b' })
    expect(race(BLOCKS, between([free], [free])).failure).toBeDefined()
  })
})

test('what is made in the race has a name from then on', () => {
  const { outcomes } = race(
    after(),
    between([does('block.allocate', BLOCK), does('block.read', BLOCK)], [does('object.create', X), DROP], LOOK),
  )
  expect(outcomes.map(facts)).toEqual([
    [
      [{}, { intact: true }],
      [{}, {}],
    ],
  ])
  expect(outcomes[0]?.states).toMatchObject([{ alive: false }])
})

test('an object that is finalized in the race is counted in that order only', () => {
  const standing = after(step('Ada', 'object.create', { ...X, references: 2, finalizer: [] }))
  const { outcomes } = race(standing, between([DROP, does('thread.safe-point')], [DROP], LOOK))
  const counted = outcomes.flatMap(({ states }) => states.map((state) => 'finalizations' in state && [state.alive, state.finalizations]))
  expect(counted).toHaveLength(2)
  expect(counted).toEqual(
    expect.arrayContaining([
      [false, 1],
      [true, 0],
    ]),
  )
})

test('a place without a name of its own is told by what it belongs to', () => {
  const make = [does('block.allocate', BLOCK), does('block.free', { block: 'b' })]
  const told = (Ada: Program, Ben: Program) => {
    const [{ token }] = race(after(), between(Ada, Ben)).outcomes as [RaceOutcome]
    const { order = [] } = race(after(), between(Ada, Ben, { token: token as string }))
    return order.flatMap(({ at }) => at ?? [])
  }
  const places = told([does('block.allocate', BLOCK)], make)
  expect(places).toContain('the arena')
  expect(places).toContain('block cell 0')
  expect(places).toContain('header of a block')
  expect(places).toContain('the runtime allocators.memory')
  // Also once it is freed.
  expect(told(make, [IDLE])).toContain('block cell 0')
})
