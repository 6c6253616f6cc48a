import { expect, test } from 'vitest'
import type { Answers } from './answers.ts'
import type { Case } from './case.ts'
import { differenceOf } from './difference.ts'

const CASE: Case = {
  name: 'two calls',
  actors: ['Ada'],
  program: [],
  calls: ['1', '2'].map((arg) => ({ actor: 'Ada', function: 'f', args: [arg], times: 1 })),
  functions: ['f'],
}
const ANSWERS: Answers = {
  begun: 'None',
  calls: [
    { outcome: '1', changed: { place: 'BINARY_OP' } },
    { outcome: '2', changed: {} },
  ],
  constants: { first: 'int 1' },
}

const differs = (other: Partial<Answers>) => differenceOf(CASE, ANSWERS, { ...ANSWERS, ...other })

test('equal answers do not differ', () => {
  expect(differs({})).toBeUndefined()
})

test('the first difference is told: of a result, of what stands there, of a constant', () => {
  const [first, second] = ANSWERS.calls as [Answers['calls'][number], Answers['calls'][number]]
  expect(differs({ calls: [first, { ...second, outcome: '3' }], constants: {} })).toEqual({
    when: 'Ada: f(2)',
    about: 'outcome',
    one: '2',
    other: '3',
  })
  expect(differs({ calls: [{ ...first, changed: {} }, second] })).toEqual({
    when: 'Ada: f(1)',
    about: 'place',
    one: 'BINARY_OP',
    other: 'as before',
  })
  expect(differs({ constants: { first: 'int 1', second: 'int 2' } })).toEqual({
    when: 'at the end',
    about: 'second',
    one: 'as before',
    other: 'int 2',
  })
})

test('a program that does not begin shows nothing, although both say the same', () => {
  const failed = { begun: 'SyntaxError', calls: [], constants: {} }
  const difference = { when: 'running the program', about: 'begin', other: 'SyntaxError' }
  expect(differenceOf(CASE, failed, failed)).toEqual({ ...difference, one: 'SyntaxError' })
  expect(differs(failed)).toEqual({ ...difference, one: 'None' })
})

test('who has answered to fewer calls differs', () => {
  expect(differs({ calls: ANSWERS.calls.slice(0, 1) })).toEqual({ when: 'Ada: f(2)', about: 'outcome', one: '2', other: 'no answer' })
})
