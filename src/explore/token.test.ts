import { expect, test } from 'vitest'
import { counter } from './classics.ts'
import { replay } from './explore.ts'
import { CHOICES } from './machine.ts'
import { BadToken, parseToken, tokenOf } from './token.ts'

const SETTING = { everyAccess: false, movingClock: false, timeouts: 0 }

test('a token says what it was made of', () => {
  const schedule = [0, 0, 0, 1, 4, 4, 8, 2, 3, 11]
  for (const everyAccess of [false, true]) {
    for (const movingClock of [false, true]) {
      const token = tokenOf(schedule, 4, { everyAccess, movingClock, timeouts: 0 })
      expect(parseToken(token)).toEqual({ schedule, bodies: 4, everyAccess, movingClock })
    }
  }
  expect(parseToken(tokenOf([], 2, SETTING)).schedule).toEqual([])
  const all = Array.from({ length: CHOICES }, (_, choice) => choice)
  expect(parseToken(tokenOf(all, 4, SETTING)).schedule).toEqual(all)
})

test('tokens stay what they are: they stand in reports and in issues', () => {
  expect(tokenOf([0, 0, 1, 4, 9], 2, SETTING)).toBe('x1s2.a2bAx.rtlj')
  expect(tokenOf([0], 3, { everyAccess: true, movingClock: false, timeouts: 1 })).toBe('x1em3.a.aq6c')
})

test.for([
  ['', 'this is no replay token, which begins with x1: ""'],
  ['QSBR-04', 'this is no replay token, which begins with x1: "QSBR-04"'],
  ['x2s2.a.0000', 'the replay token is of version 2, and this program reads version 1'],
  ['x1s2.a2bAx.rtlk', 'the replay token is damaged: "x1s2.a2bAx.rtlk"'],
  ['x1s2.a2bBx.rtlj', 'the replay token is damaged: "x1s2.a2bBx.rtlj"'],
  ['x1s2.a2', 'the replay token is damaged: "x1s2.a2"'],
] as const)('%s is no token', ([token, message]) => {
  expect(() => parseToken(token)).toThrow(new BadToken(message))
})

test('a token of another program is told from a damaged one', () => {
  const program = counter('by addition')
  expect(() => replay(program, tokenOf([0], 3, SETTING))).toThrow(
    new BadToken('the replay token is one of a program with 3 bodies, and this one has 2'),
  )
  expect(() => replay(program, tokenOf([0, 0], 2, SETTING))).toThrow(
    new BadToken('the schedule does not fit this program: step 2 cannot be done'),
  )
  // And a schedule that stops in the midst is one.
  expect(replay(program, tokenOf([0], 2, SETTING))).toMatchObject({ steps: 1 })
})
