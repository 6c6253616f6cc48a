import { expect, test } from 'vitest'
import { ACTORS, actorsIn } from './actors.ts'

test('actors are found in the order in which they appear, each once', () => {
  expect(actorsIn(['When Cleo stops', "Then Ada's and Ben's counts are Cleo's"])).toEqual(['Cleo', 'Ada', 'Ben'])
})

test('a name within a word is no actor', () => {
  expect(actorsIn(['the Benefit of Idaho', 'ada'])).toEqual([])
})

test('there are enough actors for a table of eight slots to be too small', () => {
  expect(new Set(ACTORS).size).toBe(10)
})
