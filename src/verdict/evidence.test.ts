import { expect, test } from 'vitest'
import { ENDING, Ending, EXCHANGE, HELLO, SUMMARY } from './evidence.ts'

test('no two kinds of evidence share a media type', () => {
  expect(new Set([HELLO, EXCHANGE, SUMMARY, ENDING]).size).toBe(4)
})

test('an ending says either what is not offered or how the subject failed', () => {
  const failure = { ending: 'failure', verdict: 'timeout', message: 'no answer', during: 'open', stderr: '' }
  expect(Ending.parse(failure)).toEqual(failure)
  expect(Ending.parse({ ending: 'unsupported', message: 'no forks' })).toEqual({ ending: 'unsupported', message: 'no forks' })
  expect(Ending.safeParse({ ...failure, verdict: 'pass' }).success).toBe(false)
})
