/**
 * Making objects of built-in classes.
 *
 * @see CPython Objects/longobject.c, long_new_impl, and its like
 */
import type { Address } from '../../memory/memory.ts'
import { type Builtin, methodsOf } from '../objects/builtin-function.ts'
import { newBytes } from '../objects/bytes.ts'
import { newDict } from '../objects/dict.ts'
import { fillDict } from '../objects/dict-items.ts'
import { filled } from '../objects/filled.ts'
import { floatOf, newFloat } from '../objects/float.ts'
import { newBigInt, safeIntegerOf } from '../objects/int.ts'
import { toDouble } from '../objects/int-arithmetic.ts'
import { itself } from '../objects/itself.ts'
import { Kind, kindOf } from '../objects/kinds.ts'
import { newListGiven } from '../objects/list.ts'
import { type Method, withSome } from '../objects/methods/values.ts'
import type { Caller } from '../objects/mutator.ts'
import { setName } from '../objects/names.ts'
import { indexNumber, indexOf, isIndex } from '../objects/operate/index-of.ts'
import { collectItems, withItemsOf } from '../objects/operate/iterate.ts'
import { text } from '../objects/operate/repr.ts'
import { truth } from '../objects/operate/truth.ts'
import { raise } from '../objects/raise.ts'
import { newRange } from '../objects/range.ts'
import { newSet, type SetKind } from '../objects/set-items.ts'
import { emptyStr, none, smallInt, truthValue } from '../objects/singletons.ts'
import { newSlice } from '../objects/slice.ts'
import { newStr, textOf } from '../objects/str.ts'
import { newTuple } from '../objects/tuple.ts'
import { typeName } from '../objects/type-name.ts'
import { floatFrom, intFrom } from './number-from-text.ts'

/** A class that is called with so many values. @param make of the values. */
const of = (owner: string, least: number, most: number, make: (m: Caller, values: readonly Address[]) => Address): Builtin[] =>
  methodsOf(owner, { __new__: withSome(owner, least, most, (m, _type, values) => make(m, values)) })

function int(m: Caller, [value, base]: readonly Address[]): Address {
  const { memory } = m
  if (value === undefined) return smallInt(m, 0)
  const kind = kindOf(memory, value)
  if (base !== undefined) {
    if (kind !== Kind.STR) raise(m, 'TypeError', "int() can't convert non-string with explicit base")
    return intFrom(m, textOf(memory, value), indexNumber(m, base, 'OverflowError'))
  }
  if (kind === Kind.STR) return intFrom(m, textOf(memory, value), 10)
  if (kind === Kind.FLOAT) return truncated(m, floatOf(memory, value))
  if (isIndex(m, value)) return indexOf(m, value)
  return raise(m, 'TypeError', `int() argument must be a string, a bytes-like object or a real number, not '${typeName(m, value)}'`)
}

function truncated(m: Caller, value: number): Address {
  if (Number.isNaN(value)) raise(m, 'ValueError', 'cannot convert float NaN to integer')
  if (!Number.isFinite(value)) raise(m, 'OverflowError', 'cannot convert float infinity to integer')
  return newBigInt(m, BigInt(Math.trunc(value)))
}

function float(m: Caller, [value]: readonly Address[]): Address {
  const { memory } = m
  if (value === undefined) return newFloat(m, 0)
  const kind = kindOf(memory, value)
  if (kind === Kind.FLOAT) return itself(m, value)
  if (kind === Kind.STR) return floatFrom(m, textOf(memory, value))
  if (kind === Kind.INT || kind === Kind.BOOL) return newFloat(m, toDouble(m, value))
  return raise(m, 'TypeError', `float() argument must be a string or a real number, not '${typeName(m, value)}'`)
}

/** @returns a new reference to a string itself. */
function str(m: Caller, [value]: readonly Address[]): Address {
  if (value === undefined) return emptyStr(m)
  return kindOf(m.memory, value) === Kind.STR ? itself(m, value) : newStr(m, text(m, value))
}

function bytes(m: Caller, [value]: readonly Address[]): Address {
  const { memory } = m
  if (value === undefined) return newBytes(m, [])
  const kind = kindOf(memory, value)
  if (kind === Kind.BYTES) return itself(m, value)
  if (kind === Kind.STR) raise(m, 'TypeError', 'string argument without an encoding')
  if (kind === Kind.INT) {
    const length = indexNumber(m, value, 'OverflowError')
    if (length < 0) raise(m, 'ValueError', 'negative count')
    return newBytes(m, new Uint8Array(length))
  }
  return withItemsOf(m, value, (items) =>
    newBytes(
      m,
      items.map((item) => {
        const byte = kindOf(memory, item) === Kind.INT ? safeIntegerOf(memory, item) : indexNumber(m, item, 'OverflowError')
        if (!(byte >= 0 && byte < 256)) raise(m, 'ValueError', 'bytes must be in range(0, 256)')
        return byte
      }),
    ),
  )
}

function tuple(m: Caller, [value]: readonly Address[]): Address {
  if (value === undefined) return newTuple(m, [])
  if (kindOf(m.memory, value) === Kind.TUPLE) return itself(m, value)
  return withItemsOf(m, value, (items) => newTuple(m, items))
}

const setOf =
  (kind: SetKind) =>
  (m: Caller, [value]: readonly Address[]): Address => {
    if (value === undefined) return newSet(m, kind, [])
    if (kind === Kind.FROZENSET && kindOf(m.memory, value) === Kind.FROZENSET) return itself(m, value)
    return withItemsOf(m, value, (items) => newSet(m, kind, items))
  }

/** Fills a dictionary as `dict` and its `update` do. @param values the last of them have names. */
export function fillFromCall(m: Caller, name: string, dict: Address, values: readonly Address[], names: readonly Address[]): void {
  const positional = values.length - names.length
  if (positional > 1) raise(m, 'TypeError', `${name} expected at most 1 argument, got ${positional}`)
  if (positional === 1) fillDict(m, dict, values[0] as Address)
  for (const [index, each] of names.entries()) setName(m, dict, each, values[positional + index] as Address)
}

const dict: Method = (m, _type, values, names) => filled(m, newDict(m), (made) => fillFromCall(m, 'dict', made, values, names))

function range(m: Caller, [first, second, third]: readonly Address[]): Address {
  const [start, stop] = second === undefined ? [smallInt(m, 0), first] : [first, second]
  return newRange(m, start as Address, stop as Address, third ?? smallInt(m, 1))
}

function slice(m: Caller, [first, second, third]: readonly Address[]): Address {
  const [start, stop] = second === undefined ? [none(m), first] : [first, second]
  return newSlice(m, start as Address, stop as Address, third ?? none(m))
}

export const CONSTRUCTORS: readonly Builtin[] = [
  ...of('int', 0, 2, int),
  ...of('float', 0, 1, float),
  ...of('bool', 0, 1, (m, [value]) => truthValue(m, value !== undefined && truth(m, value))),
  ...of('str', 0, 1, str),
  ...of('bytes', 0, 1, bytes),
  ...of('tuple', 0, 1, tuple),
  ...of('list', 0, 1, (m, [value]) => newListGiven(m, value === undefined ? [] : collectItems(m, value))),
  ...of('set', 0, 1, setOf(Kind.SET)),
  ...of('frozenset', 0, 1, setOf(Kind.FROZENSET)),
  ...of('range', 1, 3, range),
  ...of('slice', 1, 3, slice),
  ...methodsOf('dict', { __new__: dict }),
]
