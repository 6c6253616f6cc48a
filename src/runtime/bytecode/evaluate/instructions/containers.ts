/** Displays: tuples, lists, dictionaries, sets and slices, made of what lies on the stack. */
import type { Address } from '../../../memory/memory.ts'
import { decref } from '../../../refcount/biased.ts'
import { OP } from '../../compile/opcodes.ts'
import { newDict } from '../../objects/dict.ts'
import { dictGet, dictSet, dictUpdate, withEntries } from '../../objects/dict-items.ts'
import { itself } from '../../objects/itself.ts'
import { Kind, kindOf } from '../../objects/kinds.ts'
import { append } from '../../objects/list.ts'
import { extend, newList } from '../../objects/list-items.ts'
import { isIterable } from '../../objects/operate/iterate.ts'
import { text } from '../../objects/operate/repr.ts'
import { raise } from '../../objects/raise.ts'
import { given } from '../../objects/reference.ts'
import { newSetOf, setAdd, setUpdate } from '../../objects/set-items.ts'
import { none } from '../../objects/singletons.ts'
import { newSlice } from '../../objects/slice.ts'
import { newTuple } from '../../objects/tuple.ts'
import { typeName } from '../../objects/type-name.ts'
import { describeCallable } from '../describe.ts'
import type { Execution } from '../execution.ts'
import type { Handler, Handlers } from './handler.ts'

/** The topmost objects, the lowest first; borrowed. */
export function topmost(run: Execution, count: number): Address[] {
  const objects: Address[] = []
  for (let depth = count; depth > 0; depth--) objects.push(run.object(depth))
  return objects
}

const buildMap: Handler = (run, count) => {
  const { m } = run
  const dict = newDict(m)
  // On the stack from the start: a key may not be hashable.
  run.push(dict)
  for (let pair = 0; pair < count; pair++) {
    const depth = 2 * (count - pair) + 1
    dictSet(m, dict, run.object(depth), run.object(depth - 1))
  }
  run.pop()
  run.replace(2 * count, dict)
}

const buildSet: Handler = (run, count) => {
  const { m } = run
  const set = newSetOf(m, Kind.SET)
  run.push(set)
  for (let depth = count + 1; depth > 1; depth--) setAdd(m, set, run.object(depth))
  run.pop()
  run.replace(count, set)
}

const buildSlice: Handler = (run, count) => {
  const step = count === 3 ? run.object(1) : none(run.m)
  run.replace(count, newSlice(run.m, run.object(count), run.object(count - 1), step))
}

/** Does something to the container at a depth with the topmost value. */
const into =
  (act: (run: Execution, container: Address, value: Address) => void): Handler =>
  (run, depth) => {
    act(run, run.object(depth + 1), run.object(1))
    run.drop(1)
  }

const mapAdd: Handler = (run, depth) => {
  dictSet(run.m, run.object(depth + 2), run.object(2), run.object(1))
  run.drop(2)
}

function listExtend({ m }: Execution, list: Address, values: Address): void {
  if (!isIterable(m, values)) raise(m, 'TypeError', `Value after * must be an iterable, not ${typeName(m, values)}`)
  extend(m, list, values)
}

function update({ m }: Execution, dict: Address, other: Address): void {
  if (kindOf(m.memory, other) !== Kind.DICT) raise(m, 'TypeError', `'${typeName(m, other)}' object is not a mapping`)
  dictUpdate(m, dict, other)
}

/** What lies between the dictionary of keywords and what is to be called with them. */
const BELOW_KEYWORDS = 3

/** Adds keywords for a call, none of which may be there already. */
const dictMerge: Handler = (run, depth) => {
  const { m } = run
  const keywords = run.object(depth + 1)
  const other = run.object(1)
  const callable = run.object(depth + 1 + BELOW_KEYWORDS)
  if (kindOf(m.memory, other) !== Kind.DICT) {
    raise(m, 'TypeError', `${describeCallable(m, callable)} argument after ** must be a mapping, not ${typeName(m, other)}`)
  }
  withEntries(m, other, (entries) => {
    for (const [name, value] of entries) addKeyword(run, callable, keywords, name, value)
  })
  run.drop(1)
}

function addKeyword({ m }: Execution, callable: Address, keywords: Address, name: Address, value: Address): void {
  const before = dictGet(m, keywords, name)
  if (before !== 0) {
    decref(m, before)
    raise(m, 'TypeError', `${describeCallable(m, callable)} got multiple values for keyword argument '${text(m, name)}'`)
  }
  dictSet(m, keywords, name, value)
}

export const CONTAINERS: Handlers = {
  [OP.BUILD_TUPLE]: (run, count) => run.replace(count, given(run.memory, newTuple(run.m, topmost(run, count)))),
  [OP.BUILD_LIST]: (run, count) => run.replace(count, newList(run.m, topmost(run, count))),
  [OP.BUILD_MAP]: buildMap,
  [OP.BUILD_SET]: buildSet,
  [OP.BUILD_SLICE]: buildSlice,
  [OP.LIST_APPEND]: into(({ m }, list, value) => append(m, list, itself(m, value))),
  [OP.LIST_EXTEND]: into(listExtend),
  [OP.SET_ADD]: into(({ m }, set, value) => setAdd(m, set, value)),
  [OP.SET_UPDATE]: into(({ m }, set, values) => setUpdate(m, set, values)),
  [OP.MAP_ADD]: mapAdd,
  [OP.DICT_UPDATE]: into(update),
  [OP.DICT_MERGE]: dictMerge,
}
