import { setImmediate } from 'node:timers/promises'
import type { Worker } from 'node:worker_threads'
import { afterAll, afterEach, expect, onTestFinished, test, vi } from 'vitest'
import type { Params, RaceResult } from '../../protocol/messages.ts'
import type { Program } from '../../protocol/vocabulary.ts'
import type { NamedMemory } from './named-memory.ts'
import { race } from './race.ts'
import { type Patience, Sampler } from './sampler.ts'
import { isParked } from './sleeps.ts'
import type { Done, Standing } from './staging.ts'

const step = (actor: string, op: string, args: Record<string, unknown> = {}): Done => ({ actor, op, args })
const does = (op: string, args?: Record<string, unknown>): Program[number] => (args ? { op, args } : { op })
const after = (...steps: Done[]): Standing => {
  const actors = ['Ada', 'Ben']
  return { actors, steps: [...actors.map((actor) => step(actor, 'thread.enter')), ...steps] }
}
const between = (Ada: Program, Ben: Program, more: Partial<Params<'race'>> = {}): Params<'race'> => ({
  programs: { Ada, Ben },
  observe: [],
  repeat: 20,
  ...more,
})

const X = { object: 'x' }
const DROP = does('object.decref', X)
const TRY = does('object.try-incref', X)
const IDLE = does('thread.safe-point')
const LOCK = does('mutex.lock', { mutex: 'm' })
const SHARED = after(step('Ada', 'object.create', X), step('Ada', 'object.allow-try-incref', X))
const HELD = after(step('Ada', 'mutex.create', { mutex: 'm' }), step('Ada', 'mutex.lock', { mutex: 'm' }))
const LOOK = { observe: [{ of: 'object' as const, object: 'x' }] }

/** Nobody gives up: what does not end is found by the test's own limit. */
const endless: Patience = () => () => {}

const sampler = new Sampler({ patience: endless, enough: Infinity })
afterAll(() => sampler.end())

const samplerWith = (patience: Patience): Sampler => {
  const one = new Sampler({ patience, enough: Infinity })
  onTestFinished(() => one.end())
  return one
}

/** Workers that are started, until the test ends. */
function started(): Worker[] {
  const workers: Worker[] = []
  const note = (worker: Worker) => workers.push(worker)
  process.on('worker', note)
  onTestFinished(() => {
    process.off('worker', note)
  })
  return workers
}

const endings = ({ outcomes }: RaceResult) => outcomes.map(({ answers, states }) => ({ answers, states }))
const count = ({ outcomes }: RaceResult) => outcomes.reduce((sum, { times }) => sum + times, 0)

afterEach(() => {
  vi.restoreAllMocks()
})

test('every attempt is counted, and ends as some order ends that the explorer knows', async () => {
  const asked = between([DROP], [TRY], { ...LOOK, repeat: 300 })
  const sampled = await sampler.race(SHARED, asked)
  expect(sampled).toMatchObject({ how: 'sampled', complete: false, schedules: 300 })
  expect(count(sampled)).toBe(300)
  expect(endings(race(SHARED, asked))).toEqual(expect.arrayContaining(endings(sampled)))
})

test('where there is only one way to end, it is told as the explorer tells it', async () => {
  const asked = between([DROP, does('block.allocate', { block: 'b', domain: 'memory' })], [IDLE], {
    observe: [...LOOK.observe, { of: 'block', block: 'b' }, { of: 'thread', thread: 'Ben' }],
  })
  const sampled = await sampler.race(SHARED, asked)
  expect(endings(sampled)).toEqual(endings(race(SHARED, asked)))
})

test('attempts begin where the scenario stands, all of them, with its finalizers and handlers', async () => {
  const standing = after(
    step('Ada', 'object.create', { ...X, finalizer: [does('qsbr.advance')] }),
    step('Ben', 'thread.handle', { request: 'signals', program: [does('qsbr.advance')] }),
    step('Ada', 'thread.request', { thread: 'Ben', request: 'signals' }),
  )
  const asked = between([DROP], [IDLE], { observe: [...LOOK.observe, { of: 'interpreter' }] })
  const [{ states }, ...others] = endings(await sampler.race(standing, asked)) as [ReturnType<typeof endings>[number]]
  expect(others).toEqual([])
  expect(states).toMatchObject([{ alive: false, finalizations: 1 }, { writeSequence: '5' }])
})

test('who sleeps is woken by the other, and an operation that is refused is an answer', async () => {
  const unlock = does('mutex.unlock', { mutex: 'm' })
  const sampled = await sampler.race(HELD, between([unlock, unlock], [LOCK], { observe: [{ of: 'mutex', mutex: 'm' }] }))
  for (const { answers, states } of sampled.outcomes) {
    expect(answers.Ben).toEqual([{ facts: { outcome: expect.stringMatching(/^(acquired|handed off)$/) } }])
    expect(answers.Ada?.[0]).toEqual({ facts: {} })
    // Her second time, the mutex is his or nobody's.
    if (answers.Ada?.[1] && 'refused' in answers.Ada[1]) expect(states).toMatchObject([{ locked: true }])
  }
  expect(count(sampled)).toBe(20)
})

test('those who raced before race again', async () => {
  const workers = started()
  const one = samplerWith(endless)
  await one.race(SHARED, between([IDLE], [IDLE]))
  await one.race(SHARED, between([DROP], [TRY]))
  expect(workers).toHaveLength(2)
})

test('who has died in between is replaced', async () => {
  const workers = started()
  const one = samplerWith(endless)
  await one.race(SHARED, between([IDLE], [IDLE]))
  await workers[1]?.terminate()
  expect(await one.race(SHARED, between([DROP], [TRY]))).toMatchObject({ schedules: 20 })
  expect(workers).toHaveLength(3)
})

test('without a number there are a thousand attempts', async () => {
  expect(await sampler.race(SHARED, { programs: { Ada: [IDLE], Ben: [TRY] }, observe: [] })).toMatchObject({ schedules: 1000 })
})

test('with a budget there are no more attempts once it is spent, but one there is', async () => {
  let now = 0
  vi.spyOn(performance, 'now').mockImplementation(() => now++)
  expect(await sampler.race(SHARED, between([IDLE], [IDLE], { budget: 3 }))).toMatchObject({ schedules: 3 })
  now = 0
  vi.spyOn(performance, 'now').mockImplementation(() => 10 * now++)
  expect(await sampler.race(SHARED, between([IDLE], [IDLE], { budget: 1 }))).toMatchObject({ schedules: 1 })
})

test('there are no more attempts than there is time for', async () => {
  let now = 0
  vi.spyOn(performance, 'now').mockImplementation(() => 1000 * now++)
  const one = new Sampler()
  onTestFinished(() => one.end())
  expect(await one.race(SHARED, between([IDLE], [IDLE]))).toMatchObject({ how: 'sampled', schedules: 4 })
})

/** Gives up as soon as these actors are parked. */
const untilParked =
  (...actors: string[]): Patience =>
  (giveUp, named) => {
    let over = false
    const look = async (named: NamedMemory): Promise<void> => {
      while (!over && !actors.every((actor) => isParked(named, actor))) await setImmediate()
      if (!over) giveUp()
    }
    look(named)
    return () => {
      over = true
    }
  }

test('an attempt that does not end fails, with who sleeps on what, and the next race has other workers', async () => {
  const workers = started()
  const one = samplerWith(untilParked('Ada', 'Ben'))
  const { failure, ...result } = await one.race(HELD, between([LOCK], [IDLE, LOCK]))
  expect(result).toEqual({ how: 'sampled', complete: false, schedules: 1, outcomes: [] })
  expect(failure).toEqual({
    kind: 'deadlock',
    message: 'nobody can go on: Ada is parked and waits for the mutex m; Ben is parked and waits for the mutex m',
  })
  expect(await one.race(SHARED, between([IDLE], [IDLE]))).toMatchObject({ schedules: 20 })
  expect(workers).toHaveLength(4)
})

test('an actor that breaks down fails the race at once, whoever waits for it', async () => {
  const made = after(step('Ada', 'block.allocate', { block: 'b', domain: 'memory' }), step('Ada', 'event.create', { event: 'e' }))
  const free = does('block.free', { block: 'b' })
  const { failure } = await sampler.race(
    made,
    between([free, free, does('event.set', { event: 'e' })], [does('event.wait', { event: 'e' })]),
  )
  expect(failure).toEqual({ kind: 'assertion', message: expect.stringMatching(/^Ada failed: BlockMisuse: freed twice/) })
  expect(await sampler.race(SHARED, between([IDLE], [IDLE]))).toMatchObject({ schedules: 20 })
})

test('an actor whose worker dies fails the race', async () => {
  const workers = started()
  const one = samplerWith(() => {
    workers[0]?.terminate()
    return () => {}
  })
  const { failure } = await one.race(SHARED, between([IDLE], [IDLE], { repeat: 1_000_000 }))
  expect(failure).toEqual({ kind: 'died', message: 'Ada died: the worker ended with code 1' })
})

test('what cannot be looked at in the end fails the race', async () => {
  const { failure } = await sampler.race(SHARED, between([IDLE], [IDLE], { observe: [{ of: 'object', object: 'y' }] }))
  expect(failure).toEqual({ kind: 'assertion', message: 'what came of it is wrong: UnknownName: there is no object named "y"' })
})

test('the way to the race cannot sleep: nobody would wake it', async () => {
  const stuck = after(step('Ada', 'event.create', { event: 'e' }), step('Ada', 'event.wait', { event: 'e' }))
  await expect(sampler.race(stuck, between([IDLE], [IDLE]))).rejects.toThrow('nobody else runs who could end the sleep')
})

test.for([
  ['an order that was named', between([IDLE], [IDLE], { token: 'x1s2.ab.1234' }), 'real threads follow no order'],
  ['a clock that is moved', between([IDLE, does('time.pass', { milliseconds: 1 })], [IDLE]), 'real threads have no clock'],
  [
    'too many actors',
    { programs: Object.fromEntries(Array.from({ length: 17 }, (_, index) => [`A${index}`, [IDLE]])), observe: [] },
    'no more than 16 actors race here',
  ],
] as const)('%s is unsupported', async ([, asked, message]) => {
  const params = structuredClone(asked) as Params<'race'>
  await expect(sampler.race(SHARED, params)).rejects.toMatchObject({ code: 'unsupported', message: expect.stringContaining(message) })
})
