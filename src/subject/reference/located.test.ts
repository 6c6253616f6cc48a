import { expect, test } from 'vitest'
import { Located, type Stretch } from './located.ts'

const PLACE = { of: 'object', name: 'x', path: 'owner', field: 'object owner', record: 128 } as const

/** What was asked so far, and answers from a table. */
function aTable(places: Record<number, typeof PLACE>, stretches: readonly Stretch[]) {
  const located = new Located()
  const searched: number[] = []
  let looked = 0
  const search = (at: number) => {
    searched.push(at)
    return places[at]
  }
  const lines = () => {
    looked += 1
    return stretches
  }
  return {
    located,
    searched,
    look: (at: number) =>
      located.at(
        at,
        () => search(at),
        () => lines(),
      ),
    looked: () => looked,
  }
}

test('an address is searched for once, and only where something lies', () => {
  const { look, searched, looked } = aTable({ 128: PLACE }, [[128, 4]])
  expect([look(128), look(128), look(132), look(124), look(192)]).toEqual([PLACE, PLACE, undefined, undefined, undefined])
  expect(searched).toEqual([128, 132])
  expect(looked()).toBe(1)
})

test('what begins in the middle of a cache line, or goes on in the next, is found in both', () => {
  const { look, searched } = aTable({}, [[188, 8]])
  for (const at of [124, 128, 188, 192, 252, 256]) look(at)
  expect(searched).toEqual([128, 188, 192, 252])
})

test('what is forgotten is searched for again, and lines are looked for again', () => {
  const { located, look, searched, looked } = aTable({ 128: PLACE }, [[128, 64]])
  look(128)
  look(140)
  located.forget(128, 8)
  look(128)
  look(140)
  expect([searched, looked()]).toEqual([[128, 140, 128], 2])
  located.clear()
  look(140)
  expect([searched, looked()]).toEqual([[128, 140, 128, 140], 3])
})
