import { expect, test } from 'vitest'
import { scenariosByKind } from './kinds.ts'

test('in a scenario of the features actors race, or they take turns', () => {
  const { races, turns } = scenariosByKind()
  expect([races.has('BRC-04.12'), turns.includes('BRC-04.12')]).toEqual([true, false])
  expect([races.has('BRC-04.2'), turns.includes('BRC-04.2')]).toEqual([false, true])
  expect(turns.filter((id) => races.has(id))).toEqual([])
})
