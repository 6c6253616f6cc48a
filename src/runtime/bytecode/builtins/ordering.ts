/**
 * What orders values: min, max and sorted.
 *
 * @see CPython Python/bltinmodule.c, min_max; Objects/listobject.c, list_sort_impl
 */
import type { Address } from '../../memory/memory.ts'
import { incref } from '../../refcount/biased.ts'
import type { Builtin } from '../objects/builtin-function.ts'
import { newList } from '../objects/list-items.ts'
import type { Caller } from '../objects/mutator.ts'
import { isOrdered } from '../objects/operate/compare.ts'
import { collectItems } from '../objects/operate/iterate.ts'
import { Comparison } from '../objects/operate/operation.ts'
import { sortedPlaces } from '../objects/operate/sort.ts'
import { truth } from '../objects/operate/truth.ts'
import { raise } from '../objects/raise.ts'
import { dropAll, withEach } from '../objects/several.ts'
import { none } from '../objects/singletons.ts'
import { anyhow, mustBeBetween, named } from './definition.ts'

/** Runs an action with what values are ordered by; borrowed. */
function withKeys<T>(m: Caller, values: readonly Address[], key: Address | undefined, action: (keys: readonly Address[]) => T): T {
  if (key === undefined || key === none(m)) return action(values)
  return withEach(m, values, (value) => m.call(key, [value]), action)
}

const extreme = (name: string, comparison: number): Builtin =>
  anyhow(name, (m, values, names) => {
    const { positional, byName } = named(m, name, values, names, ['key', 'default'])
    if (positional.length === 0) raise(m, 'TypeError', `${name} expected at least 1 argument, got 0`)
    if (positional.length > 1) {
      if (byName.default !== undefined) {
        raise(m, 'TypeError', `Cannot specify a default for ${name}() with multiple positional arguments`)
      }
      return bestOf(m, positional, byName.key, comparison)
    }
    const items = collectItems(m, positional[0] as Address)
    try {
      if (items.length > 0) return bestOf(m, items, byName.key, comparison)
      if (byName.default === undefined) raise(m, 'ValueError', `${name}() iterable argument is empty`)
      incref(m, byName.default)
      return byName.default
    } finally {
      dropAll(m, items)
    }
  })

function bestOf(m: Caller, values: readonly Address[], key: Address | undefined, comparison: number): Address {
  return withKeys(m, values, key, (keys) => {
    let best = 0
    for (let index = 1; index < keys.length; index++)
      if (isOrdered(m, comparison, keys[index] as Address, keys[best] as Address)) best = index
    const value = values[best] as Address
    incref(m, value)
    return value
  })
}

const sorted = anyhow('sorted', (m, values, names) => {
  const { positional, byName } = named(m, 'sorted', values, names, ['key', 'reverse'])
  mustBeBetween(m, 'sorted', positional.length, 1, 1)
  const reverse = byName.reverse !== undefined && truth(m, byName.reverse)
  const items = collectItems(m, positional[0] as Address)
  try {
    return withKeys(m, items, byName.key, (keys) =>
      newList(
        m,
        sortedPlaces(m, keys, reverse).map((place) => items[place] as Address),
      ),
    )
  } finally {
    dropAll(m, items)
  }
})

export const ORDERING: readonly Builtin[] = [extreme('min', Comparison.LT), extreme('max', Comparison.GT), sorted]
