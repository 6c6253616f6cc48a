import { expect, test } from 'vitest'
import type { Chapter, Hello } from '../protocol/messages.ts'
import { HELLO } from './hostile/conduct.ts'
import { falseClaims } from './probes.ts'
import { connectReference } from './reference.ts'
import { Refusal, type Subject, SubjectFailure } from './subject.ts'

const TLBC = {
  'tlbc.entries': 16,
  'tlbc.counter': {
    value: 12,
    warmUp: { value: 1, backoff: 1 },
    coolDown: { value: 52, backoff: 0 },
    restarts: [0, 1],
    highest: 12,
    unreachable: 15,
  },
  'tlbc.families': ['BINARY_OP'],
  'tlbc.constants': 'at creation',
} satisfies Partial<Hello['parameters']>

/** A subject that claims these chapters, and answers as it is told. It keeps what it was asked. */
function claiming(chapters: readonly Chapter[], answer: (asked: string) => void, parameters: object = TLBC) {
  const asked: string[] = []
  const profiles = chapters.flatMap((chapter) => (['core', 'extended'] as const).map((level) => ({ chapter, level })))
  const subject: Subject = {
    hello: { ...HELLO, profiles, parameters: { ...HELLO.parameters, ...parameters } },
    async request(method, params) {
      const { op, what } = params as { op?: string; what?: [{ of: string }] }
      const name = op ?? what?.[0].of ?? method
      asked.push(name)
      answer(name)
      return {} as never
    },
    end: async () => undefined,
  }
  return { subject, asked }
}

const without = (missing: string) => (name: string) => {
  if (name === missing) throw new Refusal('unsupported', 'not here')
}

test('the reference has what it claims', async () => {
  const subject = await connectReference()
  try {
    expect(subject.hello.profiles.length).toBeGreaterThan(0)
    expect(await falseClaims(subject)).toEqual([])
  } finally {
    await subject.end()
  }
})

test('each chapter that is claimed is probed in a scenario of its own, which is closed', async () => {
  const { subject, asked } = claiming(['dfree', 'brc'], () => undefined)
  expect(await falseClaims(subject)).toEqual([])
  expect(asked.filter((name) => name === 'open' || name === 'close')).toEqual(['open', 'close', 'open', 'close'])
  expect(asked.indexOf('object.create')).toBeLessThan(asked.indexOf('block.allocate'))
  expect(asked).not.toContain('code.run')
})

test.for([
  ['object.try-incref', 'brc', 'the operation object.try-incref (not here)'],
  ['copies', 'tlbc', 'what "copies" asks for (not here)'],
  ['thread.enter', 'thread', 'the operation thread.enter (not here)'],
] as const)('what is missing is named: %s', async ([name, chapter, missing]) => {
  const { subject, asked } = claiming([chapter], without(name))
  expect(await falseClaims(subject)).toEqual([{ chapter, missing }])
  expect(asked.at(-1)).toBe('close')
})

test('who does not open what it claims has nothing of it', async () => {
  const { subject, asked } = claiming(['qsbr'], without('open'))
  expect(await falseClaims(subject)).toEqual([{ chapter: 'qsbr', missing: 'a free-threaded build (not here)' }])
  expect(asked).toEqual(['open'])
})

test('a chapter may need parameters', async () => {
  const { subject, asked } = claiming(['tlbc'], () => undefined, { ...TLBC, 'tlbc.counter': undefined })
  expect(await falseClaims(subject)).toEqual([{ chapter: 'tlbc', missing: 'the parameter tlbc.counter' }])
  expect(asked).toEqual([])
})

test('what is refused for another reason is for the scenarios to judge', async () => {
  const { subject } = claiming(['thread'], (name) => {
    if (name === 'world.stop') throw new Refusal('misuse', 'it is stopped')
  })
  expect(await falseClaims(subject)).toEqual([])
})

test('a chapter without a probe is believed', async () => {
  const { subject, asked } = claiming(['flist'], () => undefined)
  expect(await falseClaims(subject)).toEqual([])
  expect(asked).toEqual([])
})

test('where it fails, nothing more is found out', async () => {
  const { subject } = claiming(['thread', 'brc', 'qsbr'], (name) => {
    if (name === 'mutex.create') throw new Refusal('unsupported', 'not here')
    if (name === 'object.create') throw new SubjectFailure('crash', 'it is gone', 'step Ada object.create')
  })
  expect(await falseClaims(subject)).toEqual([{ chapter: 'thread', missing: 'the operation mutex.create (not here)' }])
})

test('a fault of the suite is not hidden', async () => {
  const { subject } = claiming(['brc'], (name) => {
    if (name === 'object.create') throw new TypeError('what is that?')
  })
  await expect(falseClaims(subject)).rejects.toThrow(TypeError)
})
