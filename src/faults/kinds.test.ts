import { expect, test } from 'vitest'
import { scenariosByKind } from './kinds.ts'

test('in a scenario of the features actors race, or they take turns', () => {
  const { races } = scenariosByKind()
  expect([races.has('BRC-04.12'), races.has('BRC-04.2')]).toEqual([true, false])
})

test('the files are those in which the scenarios stand, and all scenarios of the requirements', () => {
  const { filesOf } = scenariosByKind()
  expect(filesOf(['BRC-04.12'])).toEqual([expect.stringMatching(/^features\/brc\/.*\.feature$/)])
  expect(filesOf(['BRC-04.12', 'QSBR-04.1']).length).toBe(2)
  expect(filesOf(['BRC-04', 'BRC-04.12'])).toEqual(filesOf(['BRC-04']))
  expect(filesOf(['BRC-04.999'])).toEqual([])
})
