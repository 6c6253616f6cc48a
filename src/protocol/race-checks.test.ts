import { describe, expect, test } from 'vitest'
import type { RaceResult } from './messages.ts'
import { checkRace } from './race-checks.ts'

const ASKED = { programs: { Ada: [{ op: 'thread.exit' }] }, observe: [] }
const ended = (times: number) => ({ answers: { Ada: [{ facts: {} }] }, states: [], times })
const FAILURE = { kind: 'deadlock', message: 'nobody can go on' }
const EXPLORED: RaceResult = { how: 'explored', complete: true, schedules: 3, outcomes: [ended(2), ended(1)] }
const SAMPLED: RaceResult = { ...EXPLORED, how: 'sampled', complete: false }

const told = (result: RaceResult) => () => checkRace(ASKED, result)

describe('an answer that does not contradict itself goes through', () => {
  test.for([
    ['every order', EXPLORED],
    ['some orders', { ...EXPLORED, complete: false }],
    ['orders within a bound', { ...EXPLORED, complete: false, limitedBy: 'bound' }],
    ['no order before the budget was spent', { ...EXPLORED, complete: false, limitedBy: 'budget', schedules: 0, outcomes: [] }],
    ['attempts', SAMPLED],
    ['orders up to a failure', { ...EXPLORED, complete: false, schedules: 4, failure: FAILURE }],
    ['a failure at once', { ...SAMPLED, schedules: 1, outcomes: [], failure: FAILURE }],
    ['a failure that is no order', { ...SAMPLED, schedules: 0, outcomes: [], failure: FAILURE }],
  ] as const satisfies readonly (readonly [string, RaceResult])[])('%s', ([, result]) => {
    expect(told(structuredClone(result))).not.toThrow()
  })
})

describe('an answer that contradicts itself is the subject’s violation', () => {
  test.for([
    ['attempts that were every order', { ...SAMPLED, complete: true }, 'result.complete: attempts are never every order'],
    [
      'every order, although some were left out',
      { ...EXPLORED, limitedBy: 'bound' },
      'result.limitedBy: no order was left out, and yet the bound made it leave some out',
    ],
    [
      'every order, and there was none',
      { ...EXPLORED, schedules: 0, outcomes: [] },
      'result.schedules: not one order was run, and yet none was left out',
    ],
    ['attempts, and there was none', { ...SAMPLED, schedules: 0, outcomes: [] }, 'result.schedules: there was not one attempt'],
    ['fewer than were run', { ...EXPLORED, schedules: 4 }, 'result.outcomes: 4 orders were run, and 3 are told of'],
    ['more than were run', { ...SAMPLED, schedules: 2 }, 'result.outcomes: 2 attempts were run, and 3 are told of'],
    ['more than were run, before a failure', { ...SAMPLED, schedules: 2, failure: FAILURE }, 'result.outcomes: 2 attempts were run'],
  ] as const satisfies readonly (readonly [string, RaceResult, string])[])('%s', ([, result, message]) => {
    expect(told(structuredClone(result))).toThrow(
      expect.objectContaining({ name: 'Violation', culprit: 'subject', message: expect.stringContaining(message) }),
    )
  })
})
