import { expect, test } from 'vitest'
import type { Method, Params, Result } from '../protocol/messages.ts'
import { connectReference } from '../subject/reference.ts'
import { type Subject, SubjectFailure } from '../subject/subject.ts'
import { type Case, lineOf, sourceOf } from './case.ts'
import { differential } from './differential.ts'
import { generate } from './generate.ts'
import type { Known } from './known.ts'
import { Asked, type Connect, compareOn } from './pair.ts'
import { shrink } from './shrink.ts'

/** The reference, with its answers to one method changed. */
const altered = (method: Method, change: (result: string) => string) => async (): Promise<Subject> => {
  const subject = await connectReference()
  return {
    hello: subject.hello,
    end: () => subject.end(),
    async request<M extends Method>(asked: M, params: Params<M>): Promise<Result<M>> {
      const result = await subject.request(asked, params)
      return asked === method ? JSON.parse(change(JSON.stringify(result))) : result
    },
  }
}

/** Every case is a scenario of its own, on a runtime of its own. */
const PATIENT = { timeout: 60_000 }

/** Adds floats, twice as often as it takes to specialise that. */
const ADDS: Case = {
  name: 'adds floats',
  actors: ['Ada', 'Ben'],
  program: [{ line: 'def f0(a):', body: [{ line: 'b = 1' }, { line: 'if a:', body: [{ line: 'b = a + a' }] }, { line: 'return b' }] }],
  calls: ['Ben', 'Ada', 'Ada'].map((actor) => ({ actor, function: 'f0', args: ['0.5'], times: actor === 'Ada' ? 2 : 1 })),
  functions: ['f0'],
}

async function withPair<T>(connect: Connect, action: (one: Asked, other: Asked) => Promise<T>): Promise<T> {
  const [one, other] = [new Asked(connectReference), new Asked(connect)]
  try {
    return await action(one, other)
  } finally {
    await Promise.all([one.end(), other.end()])
  }
}

const run = (connect: Connect, known: readonly Known[] = []) =>
  withPair(connect, async (one, other) => {
    const lines: string[] = []
    const well = await differential({ programs: 1, seed: 1, most: 1, known, attempts: 1 }, one, other, (line) => lines.push(line))
    return { well, lines }
  })

/** Who takes adding floats for adding ints. */
const mistaken = altered('observe', (text) => text.replaceAll('BINARY_OP_ADD_FLOAT', 'BINARY_OP_ADD_INT'))

test('the same seed gives the same program and calls, another one another', () => {
  expect(generate(7)).toEqual(generate(7))
  expect(generate(7)).not.toEqual(generate(8))
})

test('a subject does not differ from itself', PATIENT, async () => {
  const { well, lines } = await run(connectReference)
  expect(lines).toEqual([expect.stringMatching(/^1 programs, \d+ calls: 0 differ, 0 as is known$/)])
  expect(well).toBe(true)
})

test('an instruction that is specialised otherwise is found, and shown with what it takes', PATIENT, async () => {
  await withPair(mistaken, async (one, other) => {
    expect(await compareOn(ADDS, one, other)).toMatchObject({
      when: 'Ada: f0(0.5) 2 times',
      about: expect.stringMatching(/^f0 for Ada at /),
      one: expect.stringContaining('BINARY_OP_ADD_FLOAT'),
      other: expect.stringContaining('BINARY_OP_ADD_INT'),
    })
    const small = await shrink(ADDS, async (smaller) => (await compareOn(smaller, one, other)) !== undefined)
    expect(small.actors).toEqual(['Ada'])
    expect(small.calls.map(lineOf)).toEqual(['Ada: f0(0.5) 2 times'])
    expect(sourceOf(small)).toBe('def f0(a):\n    b = a + a\n')
  })
})

test('what differs is shown with its program', PATIENT, async () => {
  const { well, lines } = await run(
    altered('step', (text) => text.replaceAll('"raised":null', '"raised":{"type":"Error","message":"none","line":1}')),
  )
  expect(well).toBe(false)
  expect(lines[0]).toMatch(/^--- seed 1\n(?:.*\n)*running the program: begin\n {2}one: {3}None\n {2}other: Error: none \(line 1\)/)
})

test('a subject that fails differs', PATIENT, async () => {
  const { well, lines } = await run(async () => {
    const subject = await connectReference()
    return {
      hello: subject.hello,
      end: () => subject.end(),
      request() {
        throw new SubjectFailure('crash', 'it is gone', 'open')
      },
    }
  })
  expect(well).toBe(false)
  expect(lines[0]).toContain('other: the subject failed: it is gone')
})

test('what is known is counted, and struck off once it is no longer to be seen', PATIENT, async () => {
  const entry: Known = { what: 'floats', because: 'for this test', covers: () => true, shownBy: ADDS }
  expect(await run(mistaken, [entry])).toMatchObject({ well: true })
  const { well, lines } = await run(connectReference, [entry])
  expect(well).toBe(false)
  expect(lines[0]).toBe('no longer to be seen, so to be struck off: floats')
})
