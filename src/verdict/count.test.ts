import { expect, test } from 'vitest'
import { count } from './count.ts'

test.for([
  [0, '0 races'],
  [1, '1 race'],
  [2, '2 races'],
  [1200, '1,200 races'],
] as const)('there are %i', ([many, text]) => {
  expect(count(many, 'race')).toBe(text)
})

test('some words have a plural of their own', () => {
  expect([count(1, 'end', 'different ends'), count(2, 'end', 'different ends')]).toEqual(['1 end', '2 different ends'])
})
