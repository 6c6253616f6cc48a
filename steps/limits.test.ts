import { expect, test } from 'vitest'
import { PARAMETERS } from '../src/subject/reference/parameters.ts'
import { AMOUNTS, round, sequenceAfter, TURNS } from './limits.ts'

test('a round is as long as the subject’s rule says', () => {
  expect(round({ ...PARAMETERS, 'qsbr.deferral': { rule: 'calls', limit: 10 } })).toBe(10)
  expect(round({ ...PARAMETERS, 'qsbr.deferral': { rule: 'items-or-bytes', items: 127, bytes: 1_048_576 } })).toBe(128)
})

test('a sequence wraps where the subject’s does', () => {
  const narrow = { ...PARAMETERS, 'qsbr.sequence-bits': 32, 'qsbr.step': 2, 'qsbr.first': '1' } as const
  expect([sequenceAfter(narrow, '4294967295', 1), sequenceAfter(narrow, '1', -1)]).toEqual(['1', '4294967295'])
  expect([TURNS['the wrap'](narrow), TURNS['the half-way turn'](narrow)]).toEqual(['1', '2147483649'])
})

test('only completed rounds count as completed', () => {
  const parameters = { ...PARAMETERS, 'dfree.chunk': 25, 'qsbr.deferral': { rule: 'calls', limit: 10 } } as const
  expect(AMOUNTS['the blocks of all completed rounds of a full chunk'](parameters)).toBe(20)
  expect(AMOUNTS['the blocks of all completed rounds of two full chunks'](parameters)).toBe(40)
})
