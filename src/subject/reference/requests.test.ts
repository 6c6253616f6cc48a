import { expect, test } from 'vitest'
import { Request } from '../../protocol/vocabulary.ts'
import * as bits from '../../runtime/thread/requests.ts'
import { bitOf, nameOf, namesIn } from './requests.ts'

test('every request of the protocol has a bit of its own, and every bit a name', () => {
  const all = Request.options.map(bitOf)
  expect(new Set(all).size).toBe(Request.options.length)
  expect(all.map(nameOf)).toEqual(Request.options)
})

test('requests are named in the order in which a safe point serves them', () => {
  const set = bits.EXCEPTION | bits.STOP | bits.MERGE
  expect(namesIn(set)).toEqual(['stop', 'merge', 'exception'])
  expect(namesIn(Request.options.map(bitOf).reduce((all, bit) => all | bit, 0))).toEqual(Request.options)
  expect(namesIn(0)).toEqual([])
})
