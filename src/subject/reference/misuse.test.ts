import { afterAll, expect, test } from 'vitest'
import { z } from 'zod'
import { contractOf } from '../../protocol/contracts.ts'
import type { Params } from '../../protocol/messages.ts'
import { type OperationName, operations } from '../../protocol/operations.ts'
import { connectReference } from '../reference.ts'
import { Refusal } from '../subject.ts'

const OPERATIONS = Object.keys(operations) as OperationName[]

const ACTORS = ['Ada', 'Ben', 'Cleo', 'Dan', 'Eve', 'Finn', 'Gus', 'Hal', 'Ida']

/** What an actor does: Ada unless another is named. */
type Deed = readonly [op: OperationName, args?: Record<string, unknown>, actor?: string]

const reference = await connectReference()
afterAll(() => reference.end())

/** How the last of these deeds ends: with the code of an error, or not. All others have to come to their end. */
async function endOf(...deeds: Deed[]): Promise<string> {
  const build = { threading: 'free-threaded', freelists: true, referenceDebugging: false } as const
  await reference.request('open', { scenario: 'X-01.1', actors: [...ACTORS], build, argv: [], env: {}, seed: '1' })
  try {
    let status = ''
    for (const [index, [op, args = {}, actor = 'Ada']] of deeds.entries()) {
      const end = await reference.request('step', { actor, op, args } as Params<'step'>).catch(codeOf)
      status = typeof end === 'string' ? end : end.status
      if (index < deeds.length - 1) expect([op, status]).toEqual([op, 'ok'])
    }
    return status
  } finally {
    await reference.request('close', {})
  }
}

function codeOf(error: unknown): string {
  if (error instanceof Refusal) return error.code
  throw error
}

/** Args that fit, for names that nobody gave. */
const fitting = (op: OperationName): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(operations[op].args.shape).flatMap(([name, field]) =>
      field instanceof z.ZodOptional ? [] : [[name, valueFor(field as z.ZodType)]],
    ),
  )

function valueFor(field: z.ZodType): unknown {
  const value = ['x', '1', 1, [], true].find((one) => field.safeParse(one).success)
  return value ?? (field as z.ZodEnum).options[0]
}

test.for(OPERATIONS)('%s is for whom its contract says', async (op) => {
  const attached = await endOf(['thread.enter'], [op, fitting(op)])
  const detached = await endOf(['thread.enter'], ['thread.detach'], [op, fitting(op)])
  const { by } = contractOf(op)
  if (by === 'attached') expect(detached).toBe('misuse')
  if (by === 'not attached') expect(attached).toBe('misuse')
  // Whoever may perform it at all is refused in both states, or in neither.
  if (by === 'anybody') expect(attached === 'misuse').toBe(detached === 'misuse')
})

const ENTERS: Deed = ['thread.enter']
const STOPS: Deed = ['world.stop', { scope: 'interpreter' }]
const MUTEX: Deed = ['mutex.create', { mutex: 'm' }]
const SECTION: Deed = ['section.begin', { mutex: 'm' }]
const MADE: Deed = ['thread.create', { thread: 'Ben' }]
const BOUND: Deed = ['thread.bind', {}, 'Ben']

/** What comes to each misuse, the operation itself not included. */
const WAYS: Readonly<Record<string, readonly Deed[]>> = {
  'thread.enter, the actor has stopped the world that it enters': [['world.stop', { scope: 'all' }]],
  'thread.bind, the thread state is bound already': [ENTERS, ['thread.detach']],
  'thread.attach, the thread state is suspended by a pause of the actor itself': [
    ENTERS,
    STOPS,
    ['thread.create', { thread: 'Ada' }],
    ['thread.detach'],
    ['thread.bind'],
  ],
  'thread.create, the table of slots has to grow, and the actor has stopped a world': [ENTERS, ...fills(), STOPS],
  'thread.clear, the thread state is cleared already': [ENTERS, ['thread.clear']],
  'thread.clear, the actor is in a critical section': [ENTERS, MUTEX, SECTION],
  'thread.clear, the actor has stopped a world': [ENTERS, STOPS],
  'thread.delete, the thread state is not cleared': [ENTERS],
  'thread.delete, the actor has stopped a world': [ENTERS, ['thread.clear'], STOPS],
  'thread.exit, the actor is in a critical section': [ENTERS, MUTEX, SECTION],
  'thread.exit, the actor has stopped a world': [ENTERS, STOPS],
  'thread.discard, the thread state has been bound': [ENTERS, MADE, BOUND],
  'world.stop, the actor has stopped a world': [ENTERS, STOPS],
  'world.start, the actor has not stopped it': [ENTERS],
  'mutex.unlock, the mutex is not locked': [ENTERS, MUTEX],
  'section.begin, the actor is in sixteen critical sections already': [ENTERS, ...sections(16)],
  'section.end, the actor is in no critical section': [ENTERS],
  'rwlock.unlock, nobody holds it in that mode': [ENTERS, ['rwlock.create', { rwlock: 'l' }]],
  'interpreter.end, the interpreter has other threads still': [ENTERS, ['thread.enter', {}, 'Ben']],
  'interpreter.end, the actor is in a critical section': [ENTERS, MUTEX, SECTION],
  'interpreter.end, the actor has stopped a world': [ENTERS, STOPS],
  'process.fork, the actor has stopped a world': [ENTERS, STOPS],
}

/** Takes what is left of the first table of slots. */
function fills(): Deed[] {
  const others = reference.hello.parameters['qsbr.slots'] - 1
  return Array.from({ length: others }, (_, index): Deed => ['thread.create', { thread: ACTORS[index + 1] }])
}

/** Critical sections inside one another, each on a mutex of its own. */
function sections(many: number): Deed[] {
  return Array.from({ length: many }, (_, index): Deed[] => [
    ['mutex.create', { mutex: `m${index}` }],
    ['section.begin', { mutex: `m${index}` }],
  ]).flat()
}

const ARGS: Readonly<Partial<Record<OperationName, Record<string, unknown>>>> = {
  'thread.create': { thread: 'Ida' },
  'thread.discard': { thread: 'Ben' },
  'world.stop': { scope: 'interpreter' },
  'world.start': { scope: 'interpreter' },
  'mutex.unlock': { mutex: 'm' },
  'section.begin': { mutex: 'm0' },
  'rwlock.unlock': { rwlock: 'l', mode: 'read' },
  'process.fork': { child: 'Ben' },
}

test('every way to misuse an operation is tried, and no other', () => {
  const told = OPERATIONS.flatMap((op) => contractOf(op).misuse.map((when) => `${op}, ${when}`))
  expect(Object.keys(WAYS).sort()).toEqual(told.sort())
})

test.for(Object.entries(WAYS))('it is misuse: %s', async ([way, deeds]) => {
  const op = way.slice(0, way.indexOf(',')) as OperationName
  expect(await endOf(...deeds, [op, ARGS[op] ?? {}])).toBe('misuse')
})
