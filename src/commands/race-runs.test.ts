import { expect, test } from 'vitest'
import type { Progress } from '../explore/explore.ts'
import { parseFeature } from '../requirements/features.ts'
import { EXPLORING } from '../subject/reference/race.ts'
import { raceCases, whileWatched } from './race-runs.ts'

test('races are the scenarios whose actors race, with their rows', () => {
  const feature = parseFeature(
    `Feature: F
  @BRC-09
  Rule: R
    @BRC-09.1
    Example: No race
      When it happens
    @BRC-09.2
    Scenario Outline: <one>
      When these race:
        | <one> | detaches |
      Examples:
        | one |
        | Ada |
        | Ben |
`,
    'features/brc/f.feature',
  )
  expect(raceCases([feature]).map(({ case: { id }, file }) => [id, file])).toEqual([
    ['BRC-09.2#1', 'features/brc/f.feature'],
    ['BRC-09.2#2', 'features/brc/f.feature'],
  ])
})

test('whoever watches is told how far a race has come, and nothing once they are over', async () => {
  const told: Progress[] = []
  const come = { schedules: 1, states: 2, steps: 3, depth: 4 }
  await whileWatched({ progress: (progress) => told.push(progress) }, async () => EXPLORING.publish(come))
  expect(told).toEqual([come])
  const broken = whileWatched({ progress: (progress) => told.push(progress) }, () => Promise.reject(new Error('no')))
  await expect(broken).rejects.toThrow('no')
  expect(EXPLORING.hasSubscribers).toBe(false)
  await whileWatched({}, async () => expect(EXPLORING.hasSubscribers).toBe(false))
})
