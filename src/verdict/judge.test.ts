import { expect, test } from 'vitest'
import { judge, type StepOutcome } from './judge.ts'

const passed: StepOutcome = { status: 'passed' }
const skipped: StepOutcome = { status: 'skipped' }
const failed = (type: string, message: string): StepOutcome => ({ status: 'failed', error: { type, message } })
const broke: StepOutcome = {
  status: 'failed',
  error: { type: 'SubjectFailure', message: 'gone' },
  ending: { ending: 'failure', verdict: 'crash', message: 'it exited with 3', during: 'step Ada object.decref', stderr: 'boom' },
}
const refused: StepOutcome = { status: 'skipped', ending: { ending: 'unsupported', message: 'no forks here' } }

test('a scenario passes if every step and hook did', () => {
  expect(judge([passed, passed, passed], true)).toEqual({ verdict: 'pass' })
})

test('a scenario of which nothing ran is not run', () => {
  expect(judge([], true).verdict).toBe('not-run')
})

test('a comparison that does not hold, or an operation that the subject refuses, is a failure', () => {
  expect(judge([passed, failed('AssertionError', 'expected 1, observed 2'), skipped], true)).toEqual({
    verdict: 'fail',
    reason: 'expected 1, observed 2',
  })
  expect(judge([failed('Refusal', 'misuse')], true).verdict).toBe('fail')
})

test('any other error is ours', () => {
  expect(judge([failed('TypeError', 'undefined is not a function')], true)).toEqual({
    verdict: 'error',
    reason: 'undefined is not a function',
  })
})

test.for(['undefined', 'ambiguous', 'pending', 'unknown'] as const)('a step that is %s is our mistake', (status) => {
  expect(judge([passed, { status }], true)).toEqual({ verdict: 'error', reason: `a step is ${status}` })
})

test('a subject that gave no usable answer gets the verdict of how it failed, with the request and its last words', () => {
  expect(judge([passed, broke, skipped], true)).toEqual({
    verdict: 'crash',
    reason: 'it exited with 3 (during step Ada object.decref)',
    stderr: 'boom',
  })
})

test('what the subject claims and does not offer is untestable', () => {
  expect(judge([passed, refused, skipped], true)).toEqual({
    verdict: 'untestable',
    reason: 'the subject claims this and does not offer it: no forks here',
  })
})

test('what the subject neither claims nor offers is unsupported, for the reason that it gives', () => {
  expect(judge([passed, refused, skipped], false)).toEqual({
    verdict: 'unsupported',
    reason: 'the subject does not claim this, and does not offer it: no forks here',
  })
})

test.for([true, false])('a scenario that was not begun says why, whether it is claimed (%s) or not', (claimed) => {
  const message = 'the run took longer than its limit of 1 ms'
  const unbegun: StepOutcome = {
    status: 'failed',
    error: { type: 'SubjectFailure', message },
    ending: { ending: 'failure', verdict: 'not-run', message, during: 'open "BRC-01.1"', stderr: '' },
  }
  expect(judge([unbegun, skipped], claimed)).toEqual({ verdict: 'not-run', reason: message })
})

test('only the first thing that went wrong counts', () => {
  expect(judge([passed, failed('AssertionError', 'first'), skipped, broke], true)).toEqual({ verdict: 'fail', reason: 'first' })
})

test('a scenario that a step skipped is skipped', () => {
  expect(judge([passed, skipped], true).verdict).toBe('skipped')
})

test.for([
  ['a failure', [failed('AssertionError', 'no')]],
  ['a crash', [broke]],
] as const)('%s where the subject claims nothing says only that it does not claim it', ([, steps]) => {
  expect(judge(steps, false).verdict).toBe('unsupported')
})

test('what the subject can do without claiming it is a pass, and our mistakes stay ours', () => {
  expect(judge([passed], false).verdict).toBe('pass')
  expect(judge([{ status: 'undefined' }], false).verdict).toBe('error')
})
