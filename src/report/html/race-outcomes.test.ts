import { expect, test } from 'vitest'
import { raced, SAMPLED } from '../sample/sample-steps.ts'
import { outcomesTable, standingOf } from './race-outcomes.ts'

const table = (...of: Parameters<typeof raced>): string => {
  const { table = [], outcomes } = raced(...of)
  return outcomesTable(table, outcomes as NonNullable<typeof outcomes>).text
}

test.each([
  ['expected', 3, true, 'right'],
  ['expected', 0, true, 'wrong'],
  ['expected', 0, false, 'open'],
  ['allowed', 3, true, 'right'],
  ['allowed', 0, true, 'absent'],
  ['forbidden', 3, false, 'wrong'],
  ['forbidden', 0, true, 'right'],
  ['forbidden', 0, false, 'absent'],
  [null, 1, false, 'wrong'],
] as const)('an outcome that is %s and came %i times, of every order: %s, is %s', (grade, times, complete, standing) => {
  expect(standingOf({ words: [], grade, times }, complete)).toBe(standing)
})

test('each row has a sign, says its grade and how often it came, and why it has that grade', () => {
  const html = table([1200, 300, 1], SAMPLED)
  expect(html).toContain('<th scope=col>Ben<th scope=col>grade<th scope=col colspan=2>in 1,501 runs<th scope=col>because')
  expect(html).toContain(
    '<tr class=right><td>✓<i class=h>as it should be</i><td>granted<td><b>expected</b><td>1,200 (80 %)<td><i style="--share:80%"></i><td>he was first',
  )
  expect(html).toContain('<td>busy<td><b>allowed</b><td>1 (<1 %)'.replace('<1', '&lt;1'))
  expect(html).toContain('<td>lost<td><b>forbidden</b><td>not seen<td><td>nobody would find it</table>')
})

test('what did not come was not seen, unless every order was tried: then it never comes', () => {
  expect(table([1], SAMPLED)).toContain('in 1 run<')
  expect(table([1], SAMPLED)).toMatch(/<tr class=open><td>.*\?.*<td>denied<td>.*<td>not seen/)
  expect(table([1], SAMPLED)).not.toContain('never')
  expect(table([1])).toMatch(/<tr class=wrong><td>.*✗.*<td>denied<td>.*<td>never/)
})

test('what stands in no row stands below, whatever it says', () => {
  expect(table([1, 1], SAMPLED, { '<b>\u202e': 7 })).toMatch(
    /<tr class=wrong><td>.*<td>&lt;b&gt;⟨U\+202E⟩<td><b>in no row<\/b><td>7 \(78 %\)<td>.*<td><\/table>$/,
  )
})

test('a row that nothing is told of was not seen', () => {
  const { table: rows = [], outcomes } = raced([1, 1])
  const told = { ...(outcomes as NonNullable<typeof outcomes>), rows: [] }
  expect(outcomesTable(rows, told).text).toContain('<td>granted<td><b>in no row</b><td>never')
})
