import { expect, test } from 'vitest'
import { extendRows, rowNumbers, rowProblems } from './rows.ts'

const ID = 'BRC-01.1'
const RECORDED = { [ID]: ['a', 'b', 'c'] }

test('rows are numbered as they stand, and none takes the number of one that was given up', () => {
  expect(rowNumbers(undefined, 2)).toEqual([1, 2])
  expect(rowNumbers(['a', 'b'], 3)).toEqual([1, 2, 3])
  expect(rowNumbers(['a', '', 'c', ''], 3)).toEqual([1, 3, 5])
})

test('rows that stand as they are recorded are in order', () => {
  expect(rowProblems(RECORDED, { [ID]: ['a', 'b', 'c'], 'BRC-01.2': [] })).toEqual([])
  expect(rowProblems({ [ID]: ['a', '', 'c'] }, { [ID]: ['a', 'c'] })).toEqual([])
})

test('a new row has to be entered', () => {
  expect(rowProblems(RECORDED, { [ID]: ['a', 'b', 'c', 'd'] })).toEqual([expect.stringMatching(/^BRC-01\.1: the row "d" is new: /)])
  expect(rowProblems({}, { [ID]: ['a'] })).toEqual([expect.stringMatching(/^BRC-01\.1: the row "a" is new: /)])
})

test('a row never moves', () => {
  expect(rowProblems(RECORDED, { [ID]: ['a', 'c', 'b'] })).toEqual([
    expect.stringMatching(/^BRC-01\.1#2: the row "b" has moved/),
    expect.stringMatching(/^BRC-01\.1#3: the row "c" has moved/),
  ])
})

test('a row never changes or vanishes without a trace', () => {
  expect(rowProblems(RECORDED, { [ID]: ['a', 'b'] })).toEqual([expect.stringMatching(/^BRC-01\.1#3: the row "c" has changed or vanished/)])
  expect(rowProblems(RECORDED, { [ID]: ['a', 'B', 'c'] })).toEqual([
    expect.stringMatching(/^BRC-01\.1#2: the row "b" has changed or vanished/),
    expect.stringMatching(/^BRC-01\.1: the row "B" is new/),
  ])
  expect(rowProblems(RECORDED, { [ID]: [] })).toHaveLength(3)
})

test('an outline that is gone is a matter of its own id', () => {
  expect(rowProblems(RECORDED, {})).toEqual([])
})

test('new rows are recorded last, those of an outline that is not in order not at all', () => {
  expect(extendRows(RECORDED, { [ID]: ['a', 'b', 'c', 'd'], 'BRC-01.2': ['x'], 'BRC-01.3': [] })).toEqual({
    [ID]: ['a', 'b', 'c', 'd'],
    'BRC-01.2': ['x'],
  })
  expect(extendRows({ [ID]: ['a', '', 'c'] }, { [ID]: ['a', 'c', 'd'] })).toEqual({ [ID]: ['a', '', 'c', 'd'] })
  expect(extendRows(RECORDED, { [ID]: ['b', 'a', 'c', 'd'] })).toEqual(RECORDED)
})
