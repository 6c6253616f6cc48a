import { expect, test } from 'vitest'
import { leftBehind } from './left-behind.ts'

const NOTHING = { objects: 0, blocks: 0, threads: 0, queued: 0, pending: 0, locks: 0, parked: 0 }

test('of what is not left nothing is said', () => {
  expect(leftBehind(NOTHING)).toEqual([])
  expect(leftBehind({ ...NOTHING, leaked: [] })).toEqual([])
})

test('what is left is counted, and what leaked is named', () => {
  expect(leftBehind({ ...NOTHING, objects: 2, parked: 1, leaked: ['free chunk', 'thread state'] })).toEqual([
    '2 objects',
    '1 parked',
    'a leaked free chunk',
    'a leaked thread state',
  ])
})
