import { expect, test } from 'vitest'
import { durationText } from './duration.ts'

test('a duration is told in the unit that fits', () => {
  expect([0.25, 12.4, 4210, 59_999, 125_000].map(durationText)).toEqual(['0.3 ms', '12 ms', '4.2 s', '1 min 0 s', '2 min 5 s'])
})
