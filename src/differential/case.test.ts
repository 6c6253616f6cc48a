import { expect, test } from 'vitest'
import { type Call, lineOf, sourceOf } from './case.ts'

test('a program is written with its bodies indented, and a body that has lost its statements passes', () => {
  const program = [{ line: 'x = 1' }, { line: 'def f():', body: [{ line: 'if x:', body: [] }, { line: 'return x' }] }]
  expect(sourceOf({ program })).toBe('x = 1\ndef f():\n    if x:\n        pass\n    return x\n')
})

test('a call is written as one would write it', () => {
  const call: Call = { actor: 'Ada', function: 'f', args: ['1', 'LIST'], times: 1 }
  expect(lineOf(call)).toBe('Ada: f(1, LIST)')
  expect(lineOf({ ...call, times: 53, keep: 'made' })).toBe('Ada: made = f(1, LIST) 53 times')
  expect(lineOf({ ...call, leaves: true })).toBe('Ada: f(1, LIST), and leaves')
})
