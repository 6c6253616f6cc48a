import { expect, test } from 'vitest'
import { Refusal, type Subject, SubjectFailure } from '../subject/subject.ts'
import { toySubject } from '../testing/toy-subject.ts'
import type { Case } from './case.ts'
import { Asked, compareOn } from './pair.ts'

const CASE: Case = {
  name: 'adds',
  actors: ['Ada'],
  program: [{ line: 'def f0(a):', body: [{ line: 'return a + a' }] }],
  calls: [{ actor: 'Ada', function: 'f0', args: ['1'], times: 2 }],
  functions: ['f0'],
}

/** Subjects that fail when they are opened, and then none that does. */
function failingAtFirst(error: Error) {
  const log: string[] = []
  const connect = async (): Promise<Subject> => {
    log.push('connected')
    const end = async () => void log.push('ended')
    if (log.length > 1) return { ...toySubject(), end }
    return {
      ...toySubject(),
      end,
      request() {
        throw error
      },
    }
  }
  return { log, asked: new Asked(connect) }
}

test.for([
  ['fails', new SubjectFailure('crash', 'it is gone', 'open')],
  ['refuses', new Refusal('misuse', 'it is gone')],
] as const)('a subject that %s is ended, and another one is asked the next time', async ([, error]) => {
  const { log, asked } = failingAtFirst(error)
  expect(await asked.answers(CASE)).toEqual({ begun: 'the subject failed: it is gone', calls: [], constants: {} })
  expect((await asked.answers(CASE)).begun).toBe('None')
  expect((await asked.answers(CASE)).begun).toBe('None')
  await asked.end()
  await asked.end()
  expect(log).toEqual(['connected', 'ended', 'connected', 'ended'])
})

test('an error of ours is not taken for a failure of the subject', async () => {
  const { log, asked } = failingAtFirst(new Error('ours'))
  await expect(asked.answers(CASE)).rejects.toThrow('ours')
  expect(log).toEqual(['connected', 'ended'])
})

test('two are compared, and what the other answered is told besides', async () => {
  const one = new Asked(async () => toySubject({ form: 'BINARY_OP_ADD_INT' }))
  const other = new Asked(async () => toySubject())
  const { difference, answers } = await compareOn(CASE, one, other)
  expect(difference).toMatchObject({ about: 'f0 for Ada at 2', other: 'BINARY_OP_ADD_FLOAT 52 of 0 (0) line 2' })
  expect(answers).toEqual(await other.answers(CASE))
  await Promise.all([one.end(), other.end()])
})
