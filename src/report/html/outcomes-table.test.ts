import { expect, test } from 'vitest'
import { raced, SAMPLED } from '../sample/sample-steps.ts'
import { outcomesTable } from './outcomes-table.ts'

const table = (...of: Parameters<typeof raced>): string => {
  const { table = [], outcomes } = raced(...of)
  return outcomesTable(table, outcomes as NonNullable<typeof outcomes>).text
}

test('each row says its grade and how often it was seen', () => {
  expect(table([1200, 300, 1], SAMPLED)).toBe(
    '<table class="arg outcomes"><thead><tr><th scope=col>Ben<th scope=col class=n>in 1,501 runs<th scope=col>grade<th scope=col>because<tbody>' +
      '<tr><td>granted<td class=n>1,200<td>expected<td>he was first' +
      '<tr><td>denied<td class=n>300<td>expected<td>Ada was first' +
      '<tr><td>busy<td class=n>1<td>allowed<td>it may be so' +
      '<tr><td>lost<td class=n>not seen<td>forbidden<td>nobody would find it</table>',
  )
})

test('what did not come was not seen, unless every order was tried: then it never comes', () => {
  expect(table([1], SAMPLED)).toContain('<th scope=col class=n>in 1 run<')
  expect(table([1], SAMPLED)).toContain('<tr class=open><td>denied<td class=n>not seen')
  expect(table([1], SAMPLED)).not.toContain('never')
  expect(table([1])).toContain('<tr class=wrong><td>denied<td class=n>never')
  expect(table([1], { complete: false })).toContain('<td>denied<td class=n>not seen')
})

test('what must not be and came is marked', () => {
  expect(table([1, 1, 0, 2])).toContain('<tr class=wrong><td>lost<td class=n>2<td>forbidden')
})

test('what stands in no row stands below, whatever it says', () => {
  expect(table([1, 1], SAMPLED, { '<b>\u202e': 7 })).toMatch(
    /<tr class=wrong><td>&lt;b&gt;⟨U\+202E⟩<td class=n>7<td>in no row<td><\/table>$/,
  )
})
