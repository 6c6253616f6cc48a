import { expect, test } from 'vitest'
import { near, proposal } from './near.ts'

const CHAPTERS = ['thread', 'brc', 'uniq', 'qsbr', 'dfree', 'flist', 'heap', 'tlbc']

test.for([
  ['qbsr', ['qsbr']], // swapped
  ['thred', ['thread']], // left out
  ['heapp', ['heap']], // added
  ['flisk', ['flist']], // replaced
  ['BRC', ['brc']], // written otherwise
] as const)('a slip is recognised: %s', ([word, expected]) => {
  expect(near(word, CHAPTERS)).toEqual(expected)
})

test('what has nothing to do with any name proposes nothing', () => {
  expect(near('banana', CHAPTERS)).toEqual([])
  expect(near('', CHAPTERS)).toEqual([])
  expect(proposal('banana', CHAPTERS)).toBe('')
})

test('the nearest come first, three at most', () => {
  expect(near('BRC-3', ['BRC-30', 'BRC-01', 'BRC-03', 'BRC-33', 'QSBR-03'])).toEqual(['BRC-30', 'BRC-03', 'BRC-33'])
})

test('a proposal is a question', () => {
  expect(proposal('qbsr', CHAPTERS)).toBe(': did you mean qsbr?')
  expect(proposal('brd', ['brc', 'bre'])).toBe(': did you mean brc or bre?')
})
