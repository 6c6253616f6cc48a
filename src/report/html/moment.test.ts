import { expect, test } from 'vitest'
import { lanesOf } from './moment.ts'

test('a moment touches the lanes of those who take part in it', () => {
  expect(lanesOf({ kind: 'arrow', from: 'Ben', to: 'Ada', text: 'woken' })).toEqual(['Ben', 'Ada'])
  expect(lanesOf({ kind: 'rest', lane: 'Ada', rest: undefined })).toEqual(['Ada'])
  expect(lanesOf({ kind: 'look', text: 'object it', answer: '' })).toEqual([])
})
