import { describe, expect, test } from 'vitest'
import type { Params, RaceOutcome, RaceResult } from '../../protocol/messages.ts'
import { opening, Theatre } from '../../testing/stage.ts'
import { Pool } from './pool.ts'
import { Scenario } from './scenario.ts'
import { BYTES, sceneOf } from './staging.ts'
import { Unshared } from './unshared.ts'

const theatre = new Theatre()

const refused = (code: string) => ({ code })

test('a step answers what its operation answers, and what happened', async () => {
  const { step } = await theatre.attached('Ada', 'Ben')
  await step('Ada', 'object.create', { object: 'x' })
  const dropped = await step('Ben', 'object.decref', { object: 'x' })
  expect(dropped).toMatchObject({ status: 'ok', facts: {}, events: [{ actor: 'Ben', event: 'queued', object: 'x', thread: 'Ada' }] })
  const passed = await step('Ada', 'thread.safe-point')
  expect(passed).toMatchObject({ facts: { served: ['merge'], failed: null } })
  expect(passed.events.map(({ event }) => event)).toEqual(['drained', 'merged', 'freed', 'served'])
})

test('the same steps give the same answers', async () => {
  const run = async () => {
    const { step, close } = await theatre.attached('Ada', 'Ben')
    const answers = [
      await step('Ada', 'mutex.create', { mutex: 'm' }),
      await step('Ada', 'mutex.lock', { mutex: 'm' }),
      await step('Ben', 'mutex.lock', { mutex: 'm' }),
      await step('Ada', 'mutex.unlock', { mutex: 'm' }),
      await step('Ben', 'mutex.unlock', { mutex: 'm' }),
    ]
    return [...answers, await close()]
  }
  expect(await run()).toEqual(await run())
})

describe('an actor that sleeps', () => {
  const waiting = async () => {
    const stage = await theatre.attached('Ada', 'Ben')
    await stage.step('Ada', 'mutex.create', { mutex: 'm' })
    await stage.step('Ada', 'mutex.lock', { mutex: 'm' })
    const parked = await stage.step('Ben', 'mutex.lock', { mutex: 'm', timeout: 5 })
    return { ...stage, parked }
  }

  test('is told as parked, on what and because of whom', async () => {
    const { parked, step, observe } = await waiting()
    const on = { on: 'the mutex m', holders: ['Ada'] }
    expect(parked).toMatchObject({ status: 'parked', parked: on })
    expect(await step('Ben', 'await')).toMatchObject({ status: 'parked', parked: on, events: [] })
    expect(await observe({ of: 'thread', thread: 'Ben' })).toMatchObject({ state: 'detached', parked: on })
  })

  test('can do nothing else meanwhile', async () => {
    const { step } = await waiting()
    await expect(step('Ben', 'thread.safe-point')).rejects.toMatchObject(refused('busy'))
  })

  test('goes on in the step that wakes it, and its outcome can be asked for', async () => {
    const { step } = await waiting()
    const unlocked = await step('Ada', 'mutex.unlock', { mutex: 'm' })
    expect(unlocked.events.at(-1)).toEqual({ actor: 'Ben', event: 'resumed', op: 'mutex.lock', facts: { outcome: 'acquired' } })
    expect(await step('Ben', 'await')).toMatchObject({ status: 'ok', facts: { outcome: 'acquired' } })
  })

  test('goes on when enough time passes', async () => {
    const { step } = await waiting()
    expect((await step('Ada', 'time.pass', { milliseconds: 4.9 })).events).toEqual([])
    const passed = await step('Ada', 'time.pass', { milliseconds: 0.1 })
    expect(passed.events.at(-1)).toMatchObject({ actor: 'Ben', event: 'resumed', facts: { outcome: 'timed out' } })
  })

  test('is told as failed if its step fails when it goes on', async () => {
    const { step } = await theatre.attached('Ada', 'Ben')
    await step('Ada', 'once.create', { once: 'o' })
    await step('Ada', 'mutex.create', { mutex: 'm' })
    await step('Ada', 'mutex.lock', { mutex: 'm' })
    const program = [
      { op: 'mutex.lock', args: { mutex: 'm' } },
      { op: 'mutex.unlock', args: { mutex: 'm' } },
      { op: 'mutex.unlock', args: { mutex: 'm' } },
    ]
    expect(await step('Ben', 'once.run', { once: 'o', during: program })).toMatchObject({ status: 'parked' })
    const unlocked = await step('Ada', 'mutex.unlock', { mutex: 'm' })
    expect(unlocked.events.at(-1)).toMatchObject({ actor: 'Ben', event: 'failed', op: 'once.run', code: 'misuse' })
    await expect(step('Ben', 'await')).rejects.toMatchObject(refused('misuse'))
  })

  test('is dismissed at the end of the scenario, and counted', async () => {
    const { close } = await waiting()
    expect(await close()).toMatchObject({ parked: 1, locks: 1, threads: 2 })
  })
})

test('who has done nothing has no outcome', async () => {
  const { step } = await theatre.opened('Ada')
  await expect(step('Ada', 'await')).rejects.toMatchObject(refused('misuse'))
})

test.for([
  ['an actor', 'thread.enter', {}, 'Eve'],
  ['an object', 'object.incref', { object: 'x' }, 'Ada'],
  ['an interpreter', 'thread.enter', { interpreter: 'other' }, 'Ada'],
  ['a thread state', 'object.create', { object: 'x' }, 'Ada'],
] as const)('%s that does not exist is refused', async ([, op, args, actor]) => {
  const { step } = await theatre.opened('Ada')
  await expect(step(actor, op, args)).rejects.toMatchObject(refused('unknown-name'))
})

test('an interpreter that has ended is refused', async () => {
  const { step } = await theatre.opened('Ada')
  await step('Ada', 'interpreter.create', { interpreter: 'other' })
  await step('Ada', 'thread.enter', { interpreter: 'other' })
  await step('Ada', 'interpreter.end')
  await expect(step('Ada', 'thread.enter', { interpreter: 'other' })).rejects.toMatchObject(refused('unknown-name'))
})

test('an actor that ends one of its interpreters goes on with the thread state that it had before', async () => {
  const { step, observe } = await theatre.attached('Ada')
  await step('Ada', 'interpreter.create', { interpreter: 'other' })
  await step('Ada', 'thread.detach')
  await step('Ada', 'thread.enter', { interpreter: 'other' })
  await step('Ada', 'interpreter.end')
  expect(await observe({ of: 'thread', thread: 'Ada' })).toMatchObject({ state: 'detached', interpreter: 'main' })
})

test.for([
  ['an object', { of: 'object', object: 'x' }],
  ['an interpreter', { of: 'interpreter', interpreter: 'x' }],
  ['a mutex', { of: 'mutex', mutex: 'x' }],
  ['a block', { of: 'block', block: 'x' }],
] as const)('%s that does not exist cannot be observed', async ([, query]) => {
  const { observe } = await theatre.opened('Ada')
  await expect(observe(query)).rejects.toMatchObject(refused('unknown-name'))
})

test.for([
  ['block.allocate', { block: 'b', domain: 'memory' }],
  ['slot.create', { slot: 's' }],
  ['list.create', { list: 'l' }],
  ['cell.create', { cell: 'c', value: 1 }],
  ['interpreter.create', { interpreter: 'i' }],
  ['object.create', { object: 'o' }],
] as const)('without memory there is no %s, and the scenario goes on', async ([op, args]) => {
  const { step } = await theatre.attached('Ada')
  await step('Ada', 'memory.limit', { allocations: 0 })
  await expect(step('Ada', op, args)).rejects.toMatchObject({
    code: 'out-of-memory',
    events: expect.arrayContaining([{ actor: 'Ada', event: 'refused' }]),
  })
  await step('Ada', 'memory.limit', { allocations: null })
  expect(await step('Ada', op, args)).toMatchObject({ status: 'ok' })
})

test('a program that asks for something else than an operation is unsupported', async () => {
  const { step } = await theatre.attached('Ada')
  await step('Ada', 'thread.handle', { request: 'signals', program: [{ op: 'sing' }] })
  await step('Ada', 'thread.request', { thread: 'Ada', request: 'signals' })
  await expect(step('Ada', 'thread.safe-point')).rejects.toMatchObject(refused('unsupported'))
})

test('only the host lets time pass, no program does', async () => {
  const { step } = await theatre.attached('Ada')
  await step('Ada', 'thread.handle', { request: 'cold code', program: [{ op: 'time.pass', args: { milliseconds: 1 } }] })
  await step('Ada', 'thread.request', { thread: 'Ada', request: 'cold code' })
  await expect(step('Ada', 'thread.safe-point')).rejects.toMatchObject(refused('unsupported'))
})

test('a failure of the runtime itself is told as the death of the actor, with the place where it happened', async () => {
  const { step } = await theatre.attached('Ada')
  // No schema has looked at these arguments.
  await expect(step('Ada', 'object.set-count', { object: 'Ada' })).rejects.toMatchObject(refused('unknown-name'))
  await step('Ada', 'object.create', { object: 'x' })
  await expect(step('Ada', 'object.set-count', { object: 'x', count: 'many' })).rejects.toMatchObject({
    code: 'died',
    message: expect.stringContaining('SyntaxError'),
  })
})

test('an actor whose worker has died is told by name, with the reason, and the next scenario has another worker', async () => {
  const pool = new Pool()
  const scenario = await Scenario.open(pool, opening('Ada'))
  const step = { actor: 'Ada', op: 'thread.enter', args: {} } as const
  await scenario.step(step)
  await (await pool.seat(0)).end()
  const next = { actor: 'Ada', op: 'thread.exit', args: {} } as const
  await expect(scenario.step(next)).rejects.toMatchObject({ code: 'died', message: 'Ada died in thread.exit: ended' })
  expect(await scenario.close()).toMatchObject({ parked: 1 })
  const another = await Scenario.open(pool, opening('Ada'))
  expect(await another.step(step)).toMatchObject({ status: 'ok' })
  await pool.end()
})

describe('a race', () => {
  const X = { object: 'x' }
  const DROP = { op: 'object.decref', args: X }
  const IDLE = { op: 'thread.safe-point' }
  const observe = [{ of: 'object' as const, object: 'x' }]
  const race = (programs: Params<'race'>['programs'], more: Partial<Params<'race'>> = {}) =>
    theatre.subject.request('race', { programs, observe, ...more })
  const alive = ({ outcomes }: RaceResult) => outcomes.map(({ states: [state] }) => state?.of === 'object' && state.alive)

  test('begins where the scenario stands, and the scenario goes on as if nobody had asked', async () => {
    const { step, observe } = await theatre.attached('Ada', 'Ben')
    await step('Ada', 'object.create', X)
    await step('Ben', 'object.incref', X)
    const before = await observe({ of: 'object', object: 'x' })
    const first = await race({ Ada: [DROP], Ben: [DROP] })
    expect(first).toMatchObject({ how: 'explored', complete: true })
    expect(alive(first)).toEqual([false])
    expect(await observe({ of: 'object', object: 'x' })).toEqual(before)
    expect(await race({ Ada: [DROP], Ben: [DROP] })).toEqual(first)
    await step('Ben', 'object.incref', X)
    expect(alive(await race({ Ada: [DROP], Ben: [DROP] }))).toEqual([true])
  })

  test('knows who has nothing to do in it, and how far each has come', async () => {
    const { step } = await theatre.opened('Ada', 'Ben', 'Cleo')
    for (const actor of ['Cleo', 'Ada', 'Ben']) await step(actor, 'thread.enter')
    await step('Cleo', 'object.create', X)
    await step('Cleo', 'thread.exit')
    const result = await race({ Ada: [DROP], Ben: [IDLE] })
    expect(result).toMatchObject({ complete: true })
    expect(alive(result)).toEqual([false])
  })

  test('knows what a step did not do', async () => {
    const { step } = await theatre.attached('Ada', 'Ben')
    await step('Ada', 'mutex.create', { mutex: 'm' })
    await expect(step('Ada', 'mutex.unlock', { mutex: 'm' })).rejects.toMatchObject(refused('misuse'))
    await step('Ada', 'object.create', X)
    expect(alive(await race({ Ada: [DROP], Ben: [IDLE] }))).toEqual([false])
  })

  test('may follow steps that had parked and went on', async () => {
    const { step } = await theatre.attached('Ada', 'Ben')
    await step('Ada', 'object.create', X)
    await step('Ada', 'mutex.create', { mutex: 'm' })
    await step('Ada', 'mutex.lock', { mutex: 'm' })
    await step('Ben', 'mutex.lock', { mutex: 'm' })
    await step('Ada', 'mutex.unlock', { mutex: 'm' })
    const mutex = { of: 'mutex', mutex: 'm' } as const
    const { outcomes } = await race({ Ada: [IDLE], Ben: [{ op: 'qsbr.quiescent' }] }, { observe: [mutex] })
    expect(outcomes.map(({ states }) => states)).toEqual([[expect.objectContaining({ locked: true })]])
  })

  test('runs the order of a token, and none of another race', async () => {
    const { step } = await theatre.attached('Ada', 'Ben')
    await step('Ada', 'object.create', X)
    const [{ token }] = (await race({ Ada: [DROP], Ben: [IDLE] })).outcomes as [RaceOutcome]
    const replayed = await race({ Ada: [DROP], Ben: [IDLE] }, { token: token as string })
    expect(replayed).toMatchObject({
      schedules: 1,
      order: expect.arrayContaining([expect.objectContaining({ actor: 'Ada', at: 'x local' })]),
    })
    await expect(race({ Ada: [DROP], Ben: [IDLE] }, { token: 'x1' })).rejects.toMatchObject(refused('misuse'))
  })

  test.for([
    ['somebody whom nobody knows', { Ada: [IDLE], Eve: [IDLE] }, 'unknown-name', 'there is no actor named "Eve"'],
    ['one actor', { Ada: [IDLE] }, 'misuse', 'a race takes two actors or more'],
    ['nobody', {}, 'misuse', 'a race takes two actors or more'],
  ] as const)('of %s is refused', async ([, programs, code, message]) => {
    await theatre.attached('Ada', 'Ben')
    await expect(race(structuredClone(programs) as Params<'race'>['programs'])).rejects.toMatchObject({ code, message })
  })

  test('is refused while somebody is parked, whether that one takes part or not', async () => {
    const { step } = await theatre.attached('Ada', 'Ben', 'Cleo')
    await step('Ada', 'mutex.create', { mutex: 'm' })
    await step('Ada', 'mutex.lock', { mutex: 'm' })
    await step('Cleo', 'mutex.lock', { mutex: 'm' })
    const message = 'Cleo is parked; a race begins with everybody at rest'
    for (const other of ['Ben', 'Cleo']) {
      await expect(race({ Ada: [IDLE], [other]: [IDLE] })).rejects.toMatchObject({ code: 'misuse', message })
    }
  })

  test('is run in a process that is told the same when it starts', async () => {
    const pool = new Pool()
    const told: boolean[][] = []
    const nothing: RaceResult = { how: 'sampled', complete: false, schedules: 1, outcomes: [] }
    for (const argv of [[], ['-X', 'tlbc=0']]) {
      const scenario = await Scenario.open(pool, { ...opening('Ada', 'Ben'), argv }, (standing) => {
        const { runtime } = sceneOf(new Unshared(new SharedArrayBuffer(BYTES)), standing)
        told.push([runtime.record.freeThreaded, runtime.record.copying].map((at) => runtime.memory.get(at) !== 0))
        return nothing
      })
      await scenario.race({ programs: { Ada: [IDLE], Ben: [IDLE] }, observe: [] })
    }
    expect(told).toEqual([
      [true, true],
      [true, false],
    ])
    await pool.end()
  })

  test('is given the chance of its scenario', async () => {
    const pool = new Pool()
    const seeds: number[] = []
    const nothing: RaceResult = { how: 'sampled', complete: false, schedules: 1, outcomes: [] }
    for (const seed of ['7', '4294967298']) {
      const scenario = await Scenario.open(pool, { ...opening('Ada', 'Ben'), seed }, (_standing, _params, seed) => {
        seeds.push(seed)
        return nothing
      })
      expect(await scenario.race({ programs: { Ada: [IDLE], Ben: [IDLE] }, observe: [] })).toBe(nothing)
    }
    expect(seeds).toEqual([7, 2])
    await pool.end()
  })

  test('is unsupported after a fork', async () => {
    const { step } = await theatre.opened('Ada', 'Kim')
    await step('Ada', 'thread.enter')
    await step('Ada', 'process.fork', { child: 'Kim' })
    await expect(race({ Ada: [IDLE], Kim: [IDLE] })).rejects.toMatchObject(refused('unsupported'))
  })
})
