import { strict as assert } from 'node:assert'
import { expect, test } from 'vitest'
import { Refusal, SubjectFailure } from '../src/subject/subject.ts'
import { ENDING } from '../src/verdict/evidence.ts'
import { guarded } from './guard.ts'
import { World } from './world.ts'

/** A world that keeps what is attached to it. */
function world(record = true): { world: World; attached: unknown[] } {
  const attached: unknown[] = []
  const attach = (body: string, mediaType: string) => {
    expect(mediaType).toBe(ENDING)
    attached.push(JSON.parse(body))
  }
  return { world: new World({ attach: attach as never, log: () => {}, link: () => {}, parameters: { record } }), attached }
}

const throwing = (error: unknown) =>
  guarded(() => {
    throw error
  })

test('a step that comes to its end answers what it answers, with its own world and arguments', async () => {
  const { world: scenario, attached } = world()
  const step = guarded(function (this: unknown, ...args: unknown[]) {
    return [this, ...args]
  })
  expect(await step.call(scenario, 'Ada', 2)).toEqual([scenario, 'Ada', 2])
  expect(attached).toEqual([])
})

test('what the subject does not offer skips the rest of the scenario', async () => {
  const { world: scenario, attached } = world()
  expect(await throwing(new Refusal('unsupported', 'no forks')).call(scenario)).toBe('skipped')
  expect(attached).toEqual([{ ending: 'unsupported', message: 'no forks' }])
  expect(scenario.failure).toBeUndefined()
})

test('a subject that failed is not asked again', async () => {
  const { world: scenario, attached } = world()
  const failure = new SubjectFailure('timeout', 'no answer', 'step Ada object.decref', 'last words')
  await expect(throwing(failure).call(scenario)).rejects.toBe(failure)
  expect(scenario.failure).toBe(failure)
  expect(attached).toEqual([
    { ending: 'failure', verdict: 'timeout', message: 'no answer', during: 'step Ada object.decref', stderr: 'last words' },
  ])
})

test('an actor that died is a crash', async () => {
  const { world: scenario, attached } = world()
  await expect(throwing(new Refusal('died', 'Ada died')).call(scenario)).rejects.toThrow('Ada died')
  expect(attached).toMatchObject([{ ending: 'failure', verdict: 'crash', message: 'Ada died' }])
})

test('failures of checks, other refusals and mistakes are left as they are', async () => {
  const { world: scenario, attached } = world()
  for (const error of [new assert.AssertionError({ message: 'no' }), new Refusal('misuse', 'twice'), new TypeError('oops'), 'a word']) {
    await expect(throwing(error).call(scenario)).rejects.toBe(error)
  }
  expect(attached).toEqual([])
})

test('nothing is attached where nobody records', async () => {
  const { world: scenario, attached } = world(false)
  expect(await throwing(new Refusal('unsupported', 'no forks')).call(scenario)).toBe('skipped')
  expect(attached).toEqual([])
})

test('hooks around the whole run have no world, and their errors are left as they are', async () => {
  const error = new Refusal('unsupported', 'no')
  await expect(throwing(error).call({ parameters: {} })).rejects.toBe(error)
})
