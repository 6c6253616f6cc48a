import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isFailure, isUnknown, merge, VERDICTS } from './verdict.ts'

const verdict = fc.constantFrom(...VERDICTS)

test('a whole is as good as the worst of its parts', () => {
  expect(merge(['pass', 'fail', 'skipped'])).toBe('fail')
  expect(merge(['pass', 'not-run'])).toBe('not-run')
  expect(merge(['pass', 'unsupported', 'pass'])).toBe('unsupported')
  expect(merge(['pass', 'pass'])).toBe('pass')
})

test('nothing at all is not a pass', () => {
  expect(merge([])).toBe('not-run')
})

test('what is known to be wrong outweighs what is not known, and that what is right', () => {
  const unknown = ['error', 'inconclusive', 'not-run', 'skipped'] as const
  for (const wrong of VERDICTS.filter(isFailure)) for (const open of unknown) expect(merge([open, wrong])).toBe(wrong)
  for (const open of unknown)
    for (const settled of ['unsupported', 'expected-failure', 'pass'] as const) expect(merge([settled, open])).toBe(open)
})

test('a whole is a pass only if every part is', () => {
  fc.assert(
    fc.property(fc.array(verdict, { minLength: 1 }), (parts) => {
      expect(merge(parts) === 'pass').toBe(parts.every((part) => part === 'pass'))
    }),
  )
})

test('neither the order nor the grouping of the parts matters', () => {
  fc.assert(
    fc.property(fc.array(verdict, { minLength: 1 }), fc.array(verdict, { minLength: 1 }), (some, others) => {
      expect(merge([...others, ...some])).toBe(merge([merge(some), merge(others)]))
    }),
  )
})

test('only the verdicts that speak against the subject are failures', () => {
  expect(VERDICTS.filter(isFailure)).toEqual(['crash', 'timeout', 'protocol-violation', 'fail', 'untestable', 'unexpected-pass'])
})

test('what is not a failure and not settled is unknown', () => {
  expect(VERDICTS.filter(isUnknown)).toEqual(['error', 'inconclusive', 'not-run', 'skipped'])
})
