/**
 * Sorting: stable, and by nothing but "less than".
 *
 * @see CPython Objects/listobject.c, list.sort
 */
import type { Address } from '../../../memory/memory.ts'
import type { Caller } from '../mutator.ts'
import { isOrdered } from './compare.ts'
import { Comparison } from './operation.ts'

/**
 * Sorts by keys. Merges ever longer runs, so that each two are compared once at most.
 * @param keys of what is sorted, borrowed.
 * @param reverse the largest first; what is equal keeps its order all the same.
 * @returns the places of the keys, in order.
 */
export function sortedPlaces(m: Caller, keys: readonly Address[], reverse: boolean): number[] {
  const goesBefore = (one: number, other: number) => {
    const [a, b] = [keys[one] as Address, keys[other] as Address]
    return reverse ? isOrdered(m, Comparison.LT, b, a) : isOrdered(m, Comparison.LT, a, b)
  }
  let places = keys.map((_, place) => place)
  for (let run = 1; run < places.length; run *= 2) {
    const merged: number[] = []
    for (let from = 0; from < places.length; from += 2 * run) {
      merged.push(...merge(places.slice(from, from + run), places.slice(from + run, from + 2 * run), goesBefore))
    }
    places = merged
  }
  return places
}

function merge(left: readonly number[], right: readonly number[], goesBefore: (one: number, other: number) => boolean): number[] {
  const merged: number[] = []
  let [one, other] = [0, 0]
  while (one < left.length && other < right.length) {
    const [a, b] = [left[one] as number, right[other] as number]
    // Of what is equal the left one comes first.
    if (goesBefore(b, a)) {
      merged.push(b)
      other++
    } else {
      merged.push(a)
      one++
    }
  }
  return [...merged, ...left.slice(one), ...right.slice(other)]
}
