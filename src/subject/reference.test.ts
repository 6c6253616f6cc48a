import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { methods, PROTOCOL } from '../protocol/messages.ts'
import { BUILD, opening } from '../testing/stage.ts'
import { connectReference } from './reference.ts'
import type { Subject } from './subject.ts'

const { highest, lowest } = PROTOCOL

let subject: Subject
beforeAll(async () => {
  subject = await connectReference()
})
afterAll(() => subject.end())

test('it says what it is and claims, in the words of the protocol', async () => {
  const hello = await subject.request('hello', { protocol: [lowest, highest] })
  expect(methods.hello.result.parse(hello)).toEqual(subject.hello)
  expect(hello.depth).toBe('stepped')
})

test.for([
  [highest + 1, highest + 2],
  [lowest - 2, lowest - 1],
] as const)('it refuses a suite that speaks only protocol %i to %i', async ([from, to]) => {
  await expect(subject.request('hello', { protocol: [from, to] })).rejects.toMatchObject({ code: 'unsupported' })
})

test('without an open scenario there is nothing to step, observe or close', async () => {
  const step = { actor: 'Ada', op: 'thread.enter', args: {} } as const
  await expect(subject.request('step', step)).rejects.toMatchObject({ code: 'misuse' })
  await expect(subject.request('observe', { what: [{ of: 'allocators' }] })).rejects.toMatchObject({ code: 'misuse' })
  await expect(subject.request('close', {})).rejects.toMatchObject({ code: 'misuse' })
})

test('one scenario is open at a time', async () => {
  await subject.request('open', opening('Ada'))
  await expect(subject.request('open', opening('Ada'))).rejects.toMatchObject({ code: 'misuse' })
  await subject.request('close', {})
  await subject.request('open', opening('Ben'))
  await subject.request('close', {})
})

test('a process that is told what makes no sense does not start, and no scenario is open then', async () => {
  const message = 'config_init_tlbc: PYTHON_TLBC=N: N is missing or invalid'
  const asked = { ...opening('Ada'), argv: ['-X', 'tlbc=1'], env: { PYTHON_TLBC: 'yes' } }
  await expect(subject.request('open', asked)).rejects.toMatchObject({ code: 'refused-to-start', message })
  await subject.request('open', { ...asked, argv: ['-E', ...asked.argv] })
  await subject.request('close', {})
  // A default build looks at neither.
  await subject.request('open', { ...asked, build: { ...BUILD, threading: 'default' } })
  await subject.request('close', {})
})

test('a scenario finds nothing of the one before', async () => {
  const allocators = { what: [{ of: 'allocators' as const }] }
  await subject.request('open', opening('Ada'))
  const fresh = await subject.request('observe', allocators)
  await subject.request('step', { actor: 'Ada', op: 'thread.enter', args: {} })
  await subject.request('step', { actor: 'Ada', op: 'object.create', args: { object: 'x' } })
  await subject.request('close', {})
  await subject.request('open', opening('Ada'))
  expect(await subject.request('observe', allocators)).toEqual(fresh)
  const step = { actor: 'Ada', op: 'thread.enter', args: {} } as const
  await subject.request('step', step)
  const incref = { actor: 'Ada', op: 'object.incref', args: { object: 'x' } } as const
  await expect(subject.request('step', incref)).rejects.toMatchObject({ code: 'unknown-name' })
  await subject.request('close', {})
})

test('asked to sample, it lets real threads race, and steps as it always does', async () => {
  const sampling = await connectReference('sampled')
  onTestFinished(() => sampling.end())
  expect(sampling.hello).toEqual(subject.hello)
  await sampling.request('open', opening('Ada', 'Ben'))
  const step = (actor: string, op: 'thread.enter' | 'qsbr.advance') => sampling.request('step', { actor, op, args: {} })
  for (const actor of ['Ada', 'Ben']) await step(actor, 'thread.enter')
  const program = [{ op: 'qsbr.advance' }]
  const race = { programs: { Ada: program, Ben: program }, observe: [{ of: 'interpreter' as const }], repeat: 50 }
  const { outcomes, ...result } = await sampling.request('race', race)
  expect(result).toEqual({ how: 'sampled', complete: false, schedules: 50 })
  for (const { states } of outcomes) expect(states).toMatchObject([{ writeSequence: '5' }])
  expect(await step('Ada', 'qsbr.advance')).toMatchObject({ facts: { goal: '3' } })
  await sampling.request('close', {})
})

test('ending it twice does nothing more', async () => {
  await subject.end()
  await expect(subject.end()).resolves.toBeUndefined()
})
