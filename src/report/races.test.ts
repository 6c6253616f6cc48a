import { expect, test } from 'vitest'
import type { Outcomes } from '../verdict/evidence.ts'
import { racesText } from './races.ts'
import { raced, SAMPLED } from './sample/sample-steps.ts'

const outcomes = (...of: Parameters<typeof raced>): Outcomes => raced(...of).outcomes as Outcomes
const complete = outcomes([3, 4])
const bounded = outcomes([3, 4], { complete: false, limitedBy: 'bound', bound: 2 })
const sampled = outcomes([3, 4], SAMPLED)

test('without races there is nothing to tell', () => {
  expect(racesText([])).toBeUndefined()
})

test('races are counted by how they were tried', () => {
  expect(racesText([complete])).toBe('1 race: 1 in every order')
  expect(racesText([sampled, sampled])).toBe('2 races: 2 only sampled')
  expect(racesText([complete, sampled, bounded, complete])).toBe('4 races: 2 in every order, 1 only in part, 1 only sampled')
})

test('what is expected and was not seen is told, unless it cannot come', () => {
  expect(racesText([complete, outcomes([3], SAMPLED)])).toBe(
    '2 races: 1 in every order, 1 only sampled; in 1 not everything was seen that is expected',
  )
  expect(racesText([outcomes([3])])).toBe('1 race: 1 in every order')
})
