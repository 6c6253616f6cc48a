import { expect, test } from 'vitest'
import type { Event } from '../src/protocol/messages.ts'
import type { Query, State } from '../src/protocol/states.ts'
import { PARAMETERS } from '../src/subject/reference/parameters.ts'
import { Refusal, type Subject } from '../src/subject/subject.ts'
import { windDown } from './wind-down.ts'
import { World } from './world.ts'

const THREAD = { of: 'thread', state: 'attached', bound: true, registered: true, interpreter: 'main', queued: 0, pending: 0 }
const GONE = { ...THREAD, state: 'absent', bound: false, registered: false }

/**
 * A world whose subject tells of each thread one state after the other, the last one for ever, and of everything else
 * what `state` says. A step comes to its end, unless `results` says otherwise.
 */
function world(
  threads: Record<string, object[]>,
  state: (query: Query) => object = () => ({ threads: [], pending: 0 }),
  results: Record<string, object> | ((step: string) => object | undefined) = {},
) {
  const steps: string[] = []
  const request = async (method: string, params: unknown): Promise<unknown> => {
    if (method === 'observe') {
      const query = (params as { what: [Query] }).what[0]
      const states = query.of === 'thread' ? threads[query.thread] : undefined
      const next = states && (states.length > 1 ? states.shift() : states[0])
      return { states: [(next ?? state(query)) as State] }
    }
    const { actor, op, args } = params as { actor: string; op: string; args: object }
    const step = [actor, op, ...Object.values(args)].join(' ')
    steps.push(step)
    const result = typeof results === 'function' ? results(step) : results[step]
    if (result instanceof Error) throw result
    return result ?? { status: 'ok', facts: {}, events: [] }
  }
  const hello: Subject['hello'] = { name: 'fake', version: '1', protocol: 1, profiles: [], depth: 'stepped', parameters: PARAMETERS }
  const scenario = new World({ attach: (() => {}) as never, log: () => {}, link: () => {}, parameters: {} })
  scenario.use({ hello, request: request as Subject['request'], end: async () => {} })
  return { scenario, steps }
}

test('a scenario in which nobody holds anything is over', async () => {
  const { scenario, steps } = world({})
  await windDown(scenario)
  scenario.ledger.ended('Ada', 'event.create', { event: 'e' }, {})
  await windDown(scenario)
  expect(steps).toEqual([])
})

test('worlds are started, locks given back and the limit on memory lifted before anything else', async () => {
  const { scenario, steps } = world({ Ada: [THREAD, THREAD, GONE] })
  const { ledger } = scenario
  ledger.ended('Ada', 'thread.enter', {}, {})
  ledger.ended('Ada', 'mutex.lock', { mutex: 'm' }, { outcome: 'acquired' })
  ledger.ended('Ada', 'world.stop', { scope: 'interpreter' }, {})
  ledger.ended('Ada', 'memory.limit', { allocations: 3 }, {})
  await windDown(scenario)
  expect(steps).toEqual(['Ada memory.limit ', 'Ada world.start interpreter', 'Ada mutex.unlock m', 'Ada thread.exit'])
})

test('a thread that is detached attaches before it leaves its section', async () => {
  const { scenario, steps } = world({ Ada: [{ ...THREAD, state: 'detached' }, THREAD, THREAD, THREAD, GONE] })
  scenario.ledger.ended('Ada', 'thread.enter', {}, {})
  scenario.ledger.ended('Ada', 'section.begin', { mutex: 'm' }, {})
  await windDown(scenario)
  expect(steps).toEqual(['Ada thread.attach', 'Ada section.end', 'Ada thread.exit'])
})

test('of two worlds that were stopped, the one that was not started yet is started', async () => {
  const { scenario, steps } = world({})
  for (const actor of ['Ada', 'Cleo']) scenario.ledger.ended(actor, 'world.stop', { scope: 'interpreter' }, {})
  scenario.ledger.ended('Ada', 'world.start', { scope: 'interpreter' }, {})
  scenario.ledger.ended('Ada', 'world.start', { scope: 'interpreter' }, {})
  await windDown(scenario)
  expect(steps).toEqual(['Cleo world.start interpreter'])
})

const PARKED = { status: 'parked', parked: { on: 'the threads of its interpreter to come to rest' }, events: [] }
const STOPPED = [{ actor: 'Ada', event: 'resumed', op: 'world.stop', facts: {} }]

test('a pause that somebody waits for begins when the others come to rest, and is ended', async () => {
  const { scenario, steps } = world({ Ben: [THREAD, THREAD, THREAD, GONE] }, undefined, {
    'Ada world.stop interpreter': PARKED,
    'Ben thread.safe-point': { ...PARKED, events: STOPPED },
    'Ada world.start interpreter': {
      status: 'ok',
      facts: {},
      events: [{ actor: 'Ben', event: 'resumed', op: 'thread.safe-point', facts: {} }],
    },
  })
  scenario.ledger.ended('Ben', 'thread.enter', {}, {})
  await scenario.attempt('Ada', 'world.stop', { scope: 'interpreter' })
  await windDown(scenario)
  expect(steps.slice(1)).toEqual(['Ben thread.safe-point', 'Ada world.start interpreter', 'Ben thread.exit'])
})

test('a thread that is detached is noticed by the pause when time passes', async () => {
  const { scenario, steps } = world({ Ben: [{ ...THREAD, state: 'detached' }, GONE] }, undefined, {
    'Ada world.stop interpreter': PARKED,
    'Ada time.pass 2': { status: 'ok', facts: {}, events: STOPPED },
  })
  scenario.ledger.ended('Ben', 'thread.enter', {}, {})
  await scenario.attempt('Ada', 'world.stop', { scope: 'interpreter' })
  await windDown(scenario)
  expect(steps.slice(1, 3)).toEqual(['Ada time.pass 2', 'Ada world.start interpreter'])
})

test.for([
  ['unsupported', 'is no matter: there it passes by itself'],
  ['died', 'is told'],
] as const)('time that a subject refuses to let pass (%s) %s', async ([code]) => {
  const { scenario, steps } = world({ Ben: [{ ...THREAD, state: 'detached' }, THREAD, THREAD, GONE] }, undefined, {
    'Ada event.wait e': PARKED,
    'Ada time.pass 2': new Refusal(code, 'time cannot be moved'),
  })
  scenario.ledger.ended('Ben', 'thread.enter', {}, {})
  await scenario.attempt('Ada', 'event.wait', { event: 'e' })
  if (code === 'died') await expect(windDown(scenario)).rejects.toThrow('time cannot be moved')
  else await windDown(scenario)
  expect(steps.slice(1)).toEqual(code === 'died' ? ['Ada time.pass 2'] : ['Ada time.pass 2', 'Ben thread.exit'])
})

test('a fork that comes to its end only then leaves a process that is wound down too', async () => {
  const { scenario, steps } = world({ Ada: [THREAD, GONE], Ben: [THREAD, THREAD, THREAD, GONE], Eve: [THREAD, THREAD, GONE] }, undefined, {
    'Ada process.fork Eve': PARKED,
    'Ben thread.safe-point': { status: 'ok', facts: {}, events: [{ actor: 'Ada', event: 'resumed', op: 'process.fork', facts: {} }] },
  })
  for (const actor of ['Ada', 'Ben']) scenario.ledger.ended(actor, 'thread.enter', {}, {})
  await scenario.attempt('Ada', 'process.fork', { child: 'Eve' })
  await windDown(scenario)
  expect(steps.at(-1)).toBe('Eve thread.exit')
})

test('whoever still sleeps is woken by somebody who does not', async () => {
  const { scenario, steps } = world({ Ada: [THREAD, THREAD, GONE], Ben: [{ ...THREAD, state: 'detached' }, GONE] }, undefined, {
    'Ben cell.park w 1': PARKED,
    'Ada cell.unpark-all w': {
      status: 'ok',
      facts: { woken: 1 },
      events: [{ actor: 'Ben', event: 'resumed', op: 'cell.park', facts: { outcome: 'woken' } }],
    },
  })
  for (const actor of ['Ada', 'Ben']) scenario.ledger.ended(actor, 'thread.enter', {}, {})
  scenario.ledger.ended('Ada', 'event.create', { event: 'e' }, {})
  scenario.ledger.ended('Ada', 'cell.create', { cell: 'w', value: 1 }, {})
  await scenario.attempt('Ben', 'cell.park', { cell: 'w', expected: 1 })
  await windDown(scenario)
  expect(steps.slice(1, 5)).toEqual(['Ada thread.safe-point', 'Ada time.pass 2', 'Ada event.set e', 'Ada cell.unpark-all w'])
})

test('the limit on memory is lifted by somebody who is not parked', async () => {
  const { scenario, steps } = world({ Ada: [THREAD] }, undefined, { 'Ada block.retire b': PARKED })
  scenario.ledger.ended('Ada', 'memory.limit', { allocations: 0 }, {})
  scenario.ledger.ended('Ben', 'event.create', { event: 'e' }, {})
  await scenario.attempt('Ada', 'block.retire', { block: 'b' })
  await windDown(scenario)
  expect(steps[1]).toBe('Ben memory.limit ')
})

test('nobody who is parked is asked to give a lock back', async () => {
  const { scenario, steps } = world({ Ada: [{ ...THREAD, state: 'detached' }], Ben: [THREAD, THREAD, THREAD, GONE] }, undefined, {
    'Ada event.wait e': PARKED,
    'Ben thread.exit': { status: 'ok', facts: {}, events: [] },
  })
  scenario.ledger.ended('Ada', 'mutex.lock', { mutex: 'm' }, { outcome: 'acquired' })
  scenario.ledger.ended('Ben', 'thread.enter', {}, {})
  await scenario.attempt('Ada', 'event.wait', { event: 'e' })
  await windDown(scenario)
  expect(steps.slice(1)).toEqual(['Ben thread.safe-point', 'Ada time.pass 2', 'Ben thread.exit'])
})

test('whoever is attached drops what is held; the others leave before it does', async () => {
  const { scenario, steps } = world({ Ada: [{ ...THREAD, state: 'suspended' }, THREAD, GONE], Ben: [THREAD, THREAD, GONE] }, ({ of }) =>
    of === 'object' ? { alive: true, immortal: false } : { threads: ['Ada', 'Ben'], pending: 0 },
  )
  for (const actor of ['Ada', 'Ben']) scenario.ledger.ended(actor, 'thread.enter', {}, {})
  scenario.ledger.ended('Ada', 'object.create', { object: 'x', references: 2 }, {})
  scenario.ledger.ended('Ada', 'object.create', { object: 'y', references: 1000 }, {})
  scenario.ledger.ended('Ada', 'thread.create', { thread: 'Cleo' }, {})
  await windDown(scenario)
  expect(steps).toEqual([
    'Ben object.decref x 2',
    'Ben object.set-count y 1',
    'Ben object.decref y 1',
    'Ben thread.discard Cleo',
    'Ada thread.exit',
    'Ben thread.exit',
  ])
})

test('an object that has become immortal is left alone, one that is gone already fails the scenario', async () => {
  const immortal = world({ Ada: [THREAD, THREAD, GONE] }, () => ({ alive: true, immortal: true, threads: [], pending: 0 }))
  const gone = world({ Ada: [THREAD] }, () => ({ alive: false, immortal: false }))
  for (const { ledger } of [immortal.scenario, gone.scenario]) {
    ledger.ended('Ada', 'thread.enter', {}, {})
    ledger.ended('Ada', 'object.create', { object: 'x' }, {})
  }
  await windDown(immortal.scenario)
  expect(immortal.steps).toEqual(['Ada thread.exit'])
  await expect(windDown(gone.scenario)).rejects.toThrow('the object "x" was freed although references to it are held')
})

test('somebody detached attaches to do it; if nobody is there, somebody comes', async () => {
  const detached = world({ Ada: [{ ...THREAD, state: 'detached' }, { ...THREAD, state: 'detached' }, THREAD, GONE] })
  detached.scenario.ledger.ended('Ada', 'thread.enter', {}, {})
  await windDown(detached.scenario)
  expect(detached.steps).toEqual(['Ada thread.attach', 'Ada thread.exit'])
  const newcomer = world({ Ada: [THREAD, GONE] })
  newcomer.scenario.ledger.ended('Ada', 'block.allocate', { block: 'b' }, {})
  await windDown(newcomer.scenario)
  expect(newcomer.steps).toEqual(['Ada thread.enter', 'Ada block.free b', 'Ada thread.exit'])
})

test('if everybody is parked, nothing more can be done', async () => {
  const { scenario, steps } = world({}, undefined, { 'Ada mutex.lock m': PARKED })
  await scenario.attempt('Ada', 'mutex.lock', { mutex: 'm' })
  scenario.ledger.ended('Ada', 'block.allocate', { block: 'b' }, {})
  await windDown(scenario)
  expect(steps.slice(1)).toEqual(['Ada time.pass 2'])
})

test('a state that is not bound, not attached or cleared already leaves in its own way', async () => {
  const { scenario, steps } = world({
    Ada: [THREAD, THREAD, GONE],
    Ben: [{ ...THREAD, registered: false }, { ...THREAD, bound: false }, GONE],
    Cleo: [{ ...THREAD, state: 'detached' }, GONE],
  })
  for (const actor of ['Ada', 'Ben', 'Cleo']) scenario.ledger.ended(actor, 'thread.enter', {}, {})
  await windDown(scenario)
  expect(steps).toEqual([
    'Ben thread.delete',
    'Ben thread.bind',
    'Ben thread.exit',
    'Cleo thread.attach',
    'Cleo thread.exit',
    'Ada thread.exit',
  ])
})

test.for([
  [{ queued: 1 }, { threads: ['Ada'], pending: 0 }],
  [{ pending: 1 }, { threads: ['Ada'], pending: 0 }],
  [{}, { threads: ['Ada'], pending: 1 }],
] as const)('the last one collects what still waits: %o, %o', async ([own, interpreter]) => {
  const { scenario, steps } = world({ Ada: [THREAD, { ...THREAD, ...own }, GONE] }, () => interpreter)
  scenario.ledger.ended('Ada', 'thread.enter', {}, {})
  await windDown(scenario)
  expect(steps).toEqual(['Ada collector.run', 'Ada thread.exit'])
})

test('what a finalizer has kept of its object while everything was dropped is dropped too', async () => {
  const finalized: Event = { actor: 'Ada', event: 'finalized', object: 'x' }
  let ran = false
  const { scenario, steps } = world(
    { Ada: [THREAD, THREAD, GONE] },
    ({ of }) => (of === 'object' ? { alive: true, immortal: false } : { threads: ['Ada'], pending: 0 }),
    (step) => {
      const first = !ran && step === 'Ada object.decref x 1'
      ran ||= first
      return first ? { status: 'ok', facts: {}, events: [finalized] } : undefined
    },
  )
  const finalizer = [{ op: 'object.incref', args: { object: 'x' } }]
  scenario.ledger.ended('Ada', 'thread.enter', {}, {})
  scenario.ledger.ended('Ada', 'object.create', { object: 'x', finalizer }, {})
  await windDown(scenario)
  expect(steps).toEqual(['Ada object.decref x 1', 'Ada object.decref x 1', 'Ada thread.exit'])
})
