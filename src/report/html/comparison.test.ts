import { expect, test } from 'vitest'
import { comparedFields, comparisonTable } from './comparison.ts'

test('two objects are compared field by field, also where only one has it', () => {
  expect(comparedFields('{"alive":false,"state":"merged"}', '{"alive":true,"owner":null}')).toEqual([
    { field: 'alive', expected: 'false', observed: 'true' },
    { field: 'state', expected: 'merged', observed: '' },
    { field: 'owner', expected: '', observed: '–' },
  ])
})

test('what is no object has no fields', () => {
  expect(comparedFields('{"alive":false}', 'true')).toBeUndefined()
  expect(comparedFields('["a"]', '["b"]')).toBeUndefined()
  expect(comparedFields('not even JSON', '{}')).toBeUndefined()
})

test('what differs is marked by a sign, not by a colour alone', () => {
  const table = comparisonTable([
    { field: 'state', expected: 'merged', observed: '<queued>' },
    { field: 'owner', expected: 'Ada', observed: 'Ada' },
  ]).text
  expect(table).toContain('<th scope=col>expected<td><th scope=col>observed')
  expect(table).toContain('<tr class=differs><th scope=row>state<td>merged<td>≠<td>&lt;queued&gt;')
  expect(table).toContain('<tr><th scope=row>owner<td>Ada<td>=<td>Ada')
})
