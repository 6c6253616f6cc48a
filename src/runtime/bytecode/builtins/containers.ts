/** Methods of dictionaries and sets. @see CPython Objects/dictobject.c and Objects/setobject.c */
import { type Address, NULL } from '../../memory/memory.ts'
import { decref } from '../../refcount/biased.ts'
import { type Builtin, methodsOf } from '../objects/builtin-function.ts'
import { dictClear, newDict } from '../objects/dict.ts'
import { dictGet, dictSetDefault, dictTake, dictUpdate } from '../objects/dict-items.ts'
import { newDictView } from '../objects/dict-views.ts'
import { filled } from '../objects/filled.ts'
import { Source } from '../objects/iterators.ts'
import { itself } from '../objects/itself.ts'
import { Kind, kindOf } from '../objects/kinds.ts'
import { type Methods, withOne, without, withSome } from '../objects/methods/values.ts'
import type { Caller } from '../objects/mutator.ts'
import { binary } from '../objects/operate/binary.ts'
import { compare } from '../objects/operate/compare.ts'
import { collectItems } from '../objects/operate/iterate.ts'
import { Comparison, Operation } from '../objects/operate/operation.ts'
import { raise, raiseWith } from '../objects/raise.ts'
import {
  isSet,
  newSet,
  type SetKind,
  setAdd,
  setClear,
  setContains,
  setItems,
  setRemove,
  setTake,
  setUpdate,
} from '../objects/set-items.ts'
import { dropAll } from '../objects/several.ts'
import { none, truthValue } from '../objects/singletons.ts'
import { fillFromCall } from './constructors.ts'

const DICT: Methods = {
  get: withSome('get', 1, 2, (m, dict, [key, otherwise]) => {
    const found = dictGet(m, dict, key as Address)
    return found === NULL ? itself(m, otherwise ?? none(m)) : found
  }),
  pop: withSome('pop', 1, 2, (m, dict, [key, otherwise]) => {
    const taken = dictTake(m, dict, key as Address)
    if (taken !== NULL) return taken
    return otherwise === undefined ? raiseWith(m, 'KeyError', [key as Address]) : itself(m, otherwise)
  }),
  setdefault: withSome('setdefault', 1, 2, (m, dict, [key, value]) => dictSetDefault(m, dict, key as Address, value ?? none(m))),
  update(m, dict, values, names) {
    fillFromCall(m, 'update', dict, values, names)
    return none(m)
  },
  clear: without('clear', (m, dict) => {
    dictClear(m, dict)
    return none(m)
  }),
  copy: without('copy', (m, dict) => filled(m, newDict(m), (copy) => dictUpdate(m, copy, dict))),
  keys: without('keys', (m, dict) => newDictView(m, dict, Source.DICT_KEYS)),
  values: without('values', (m, dict) => newDictView(m, dict, Source.DICT_VALUES)),
  items: without('items', (m, dict) => newDictView(m, dict, Source.DICT_ITEMS)),
}

/** Does something with a set and another iterable, which is made a set for that. */
function withSet<T>(m: Caller, other: Address, action: (other: Address) => T): T {
  if (isSet(m, other)) return action(other)
  const items = collectItems(m, other)
  try {
    const made = newSet(m, Kind.FROZENSET, items)
    try {
      return action(made)
    } finally {
      decref(m, made)
    }
  } finally {
    dropAll(m, items)
  }
}

const combining = (name: string, operation: number) =>
  withOne(name, (m, set, other) => withSet(m, other, (other) => binary(m, operation, set, other)))
const comparing = (name: string, comparison: number) =>
  withOne(name, (m, set, other) => withSet(m, other, (other) => compare(m, comparison, set, other)))

/** What sets and frozen sets have. */
const SETS: Methods = {
  union: combining('union', Operation.OR),
  intersection: combining('intersection', Operation.AND),
  difference: combining('difference', Operation.SUBTRACT),
  symmetric_difference: combining('symmetric_difference', Operation.XOR),
  isdisjoint: withOne('isdisjoint', (m, set, other) => {
    const items = collectItems(m, other)
    try {
      return truthValue(m, !items.some((item) => setContains(m, set, item)))
    } finally {
      dropAll(m, items)
    }
  }),
  issubset: comparing('issubset', Comparison.LE),
  issuperset: comparing('issuperset', Comparison.GE),
  copy: without('copy', (m, set) => {
    const items = setItems(m, set)
    try {
      return newSet(m, kindOf(m.memory, set) as SetKind, items)
    } finally {
      dropAll(m, items)
    }
  }),
}

const SET: Methods = {
  ...SETS,
  add: withOne('add', (m, set, item) => {
    setAdd(m, set, item)
    return none(m)
  }),
  discard: withOne('discard', (m, set, item) => {
    setRemove(m, set, item)
    return none(m)
  }),
  remove: withOne('remove', (m, set, item) => {
    if (!setRemove(m, set, item)) raiseWith(m, 'KeyError', [item])
    return none(m)
  }),
  pop: without('pop', (m, set) => {
    const item = setTake(m, set)
    return item === NULL ? raise(m, 'KeyError', 'pop from an empty set') : item
  }),
  update: withSome('update', 0, Number.POSITIVE_INFINITY, (m, set, others) => {
    for (const other of others) setUpdate(m, set, other)
    return none(m)
  }),
  clear: without('clear', (m, set) => {
    setClear(m, set)
    return none(m)
  }),
}

export const CONTAINER_METHODS: readonly Builtin[] = [...methodsOf('dict', DICT), ...methodsOf('set', SET), ...methodsOf('frozenset', SETS)]
