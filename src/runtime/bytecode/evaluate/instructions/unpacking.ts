/**
 * Taking apart: an iterable into variables.
 *
 * @see CPython Python/ceval.c, _PyEval_UnpackIterableStackRef
 */
import { type Address, NULL } from '../../../memory/memory.ts'
import { decref } from '../../../refcount/biased.ts'
import { OP } from '../../compile/opcodes.ts'
import { Kind, kindOf } from '../../objects/kinds.ts'
import { newListGiven } from '../../objects/list.ts'
import { length } from '../../objects/operate/items.ts'
import { isIterable, iterate, next } from '../../objects/operate/iterate.ts'
import { raise } from '../../objects/raise.ts'
import { given } from '../../objects/reference.ts'
import { dropAll } from '../../objects/several.ts'
import { typeName } from '../../objects/type-name.ts'
import type { Execution } from '../execution.ts'
import type { Handlers } from './handler.ts'

/** Kinds whose length tells how many values there were too many. */
const SIZED: ReadonlySet<number> = new Set([Kind.LIST, Kind.TUPLE, Kind.DICT])

/** How many values variables ask for: without a starred one exactly so many, else at least. */
interface Wanted {
  readonly before: number
  /** Behind the starred variable; undefined without one. */
  readonly after: number | undefined
}

/** Puts the values of the topmost object in its place, the first one topmost. */
function unpack(run: Execution, wanted: Wanted): void {
  const { m, memory } = run
  const iterable = run.object(1)
  if (!isIterable(m, iterable)) raise(m, 'TypeError', `cannot unpack non-iterable ${typeName(m, iterable)} object`)
  const values: Address[] = []
  const iterator = iterate(m, iterable)
  try {
    collect(run, iterator, iterable, wanted, values)
  } catch (error) {
    dropAll(m, values)
    throw error
  } finally {
    decref(m, iterator)
  }
  run.drop(1)
  for (const value of values.reverse()) run.push(given(memory, value))
}

/** Adds new references to the values that the variables get, in their order. */
function collect(run: Execution, iterator: Address, iterable: Address, { before, after }: Wanted, values: Address[]): void {
  const { m } = run
  const least = before + (after ?? 0)
  const more = () => {
    const value = next(m, iterator)
    if (value !== NULL) values.push(value)
    return value !== NULL
  }
  while (values.length < before && more());
  if (values.length < before) raiseTooFew(run, least, values.length, after)
  if (after === undefined) {
    if (more()) raiseTooMany(run, before, iterable)
    return
  }
  while (more());
  if (values.length < least) raiseTooFew(run, least, values.length, after)
  const starred = values.splice(before, values.length - least)
  values.splice(before, 0, newListGiven(m, starred))
}

const raiseTooFew = (run: Execution, expected: number, got: number, after: number | undefined): never =>
  raise(run.m, 'ValueError', `not enough values to unpack (expected ${after === undefined ? '' : 'at least '}${expected}, got ${got})`)

function raiseTooMany(run: Execution, expected: number, iterable: Address): never {
  const { m } = run
  const sized = SIZED.has(kindOf(m.memory, iterable)) ? length(m, iterable) : 0
  const got = sized > expected ? `, got ${sized}` : ''
  return raise(m, 'ValueError', `too many values to unpack (expected ${expected}${got})`)
}

export const UNPACKING: Handlers = {
  [OP.UNPACK_SEQUENCE]: (run, count) => unpack(run, { before: count, after: undefined }),
  [OP.UNPACK_EX]: (run, counts) => unpack(run, { before: counts & 0xff, after: counts >> 8 }),
}
