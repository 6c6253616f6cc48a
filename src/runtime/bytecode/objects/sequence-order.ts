/**
 * How sequences of objects compare: by the first items that differ.
 *
 * @see CPython Objects/listobject.c, list_richcompare
 */
import { type Address, NULL } from '../../memory/memory.ts'
import type { Caller } from './mutator.ts'
import { compare, equal } from './operate/compare.ts'
import { Comparison, holds } from './operate/operation.ts'
import { deeper } from './operate/recursion.ts'
import { truthValue } from './singletons.ts'

/** @param left held by the caller, as is the right, so that items live while they are compared. */
export function compareItems(m: Caller, comparison: number, left: readonly Address[], right: readonly Address[]): Address {
  return deeper(m, 'in comparison', () => firstDifference(m, comparison, left, right))
}

function firstDifference(m: Caller, comparison: number, left: readonly Address[], right: readonly Address[]): Address {
  const known = comparison === Comparison.EQ ? false : comparison === Comparison.NE ? true : undefined
  if (known !== undefined && left.length !== right.length) return truthValue(m, known)
  const at = left.findIndex((item, index) => index >= right.length || !equal(m, item, right[index] as Address))
  const [one, other] = [left[at] ?? NULL, right[at] ?? NULL]
  if (one === NULL || other === NULL) return truthValue(m, holds(comparison, left.length - right.length))
  return known === undefined ? compare(m, comparison, one, other) : truthValue(m, known)
}
