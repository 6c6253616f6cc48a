/** Values of running code for tests: made of JavaScript's, and read back. */
import '../runtime/bytecode/layouts.ts'
import { bytesOf, newBytes } from '../runtime/bytecode/objects/bytes.ts'
import { floatOf, newFloat } from '../runtime/bytecode/objects/float.ts'
import { bigIntOf, newBigInt } from '../runtime/bytecode/objects/int.ts'
import { Kind, kindOf } from '../runtime/bytecode/objects/kinds.ts'
import { borrowedItems, newListGiven } from '../runtime/bytecode/objects/list.ts'
import type { Caller } from '../runtime/bytecode/objects/mutator.ts'
import { prepareSingletons } from '../runtime/bytecode/objects/prepare-singletons.ts'
import { Raised } from '../runtime/bytecode/objects/raise.ts'
import { newRange, rangeParts } from '../runtime/bytecode/objects/range.ts'
import { ellipsis, none, notImplemented, truthValue } from '../runtime/bytecode/objects/singletons.ts'
import { newSlice, START, STEP, STOP } from '../runtime/bytecode/objects/slice.ts'
import { newStr, textOf } from '../runtime/bytecode/objects/str.ts'
import { newTuple, tupleItems } from '../runtime/bytecode/objects/tuple.ts'
import type { Thread } from '../runtime/interpreter/thread.ts'
import type { Address } from '../runtime/memory/memory.ts'
import { decref } from '../runtime/refcount/biased.ts'
import { begin, enter, type Setting } from './setting.ts'

/** A value: a bigint is an int, a number a float, an array a tuple. */
export type Value =
  | null
  | boolean
  | bigint
  | number
  | string
  | Uint8Array
  | readonly Value[]
  | { readonly listOf: readonly Value[] }
  | { readonly rangeOf: readonly [bigint, bigint, bigint] }
  | { readonly sliceOf: readonly [Value, Value, Value] }
  | { readonly singleton: 'Ellipsis' | 'NotImplemented' }

export interface Python {
  readonly setting: Setting
  readonly m: Thread & Caller
  /** A new reference to a value. */
  make(value: Value): Address
  /** The value of an object, whose reference is given over. */
  take(object: Address): Value
  /** The value of an object. */
  look(object: Address): Value
  /** Makes values, does something with them, and drops them. */
  using<T>(values: readonly Value[], action: (...objects: Address[]) => T): T
  /** What an action raises, as `Type: message`. */
  failure(action: () => unknown): string
  /** Objects in use beyond those of the beginning. */
  left(): number
}

/** A thread that can make values. */
export function python(setting: Setting = begin()): Python {
  const m = enter(setting) as Thread & Caller
  prepareSingletons(m)
  const before = setting.runtime.inUse().objects
  const drop = (objects: readonly Address[]) => {
    for (const object of objects) decref(m, object)
  }
  const using = <T>(values: readonly Value[], action: (...objects: Address[]) => T): T => {
    const objects = values.map(make)
    try {
      return action(...objects)
    } finally {
      drop(objects)
    }
  }
  const make = (value: Value): Address => {
    if (value === null) return none(m)
    if (typeof value === 'boolean') return truthValue(m, value)
    if (typeof value === 'bigint') return newBigInt(m, value)
    if (typeof value === 'number') return newFloat(m, value)
    if (typeof value === 'string') return newStr(m, value)
    if (value instanceof Uint8Array) return newBytes(m, value)
    if ('sliceOf' in value)
      return using(value.sliceOf, (start, stop, step) => newSlice(m, start as Address, stop as Address, step as Address))
    if ('rangeOf' in value)
      return using(value.rangeOf, (start, stop, step) => newRange(m, start as Address, stop as Address, step as Address))
    if ('listOf' in value) return newListGiven(m, value.listOf.map(make))
    if ('singleton' in value) return value.singleton === 'Ellipsis' ? ellipsis(m) : notImplemented(m)
    return using(value, (...items) => newTuple(m, items))
  }
  const look = (object: Address): Value => {
    const { memory } = m
    const kind = kindOf(memory, object)
    if (kind === Kind.NONE) return null
    if (kind === Kind.BOOL) return object === truthValue(m, true)
    if (kind === Kind.INT) return bigIntOf(memory, object)
    if (kind === Kind.FLOAT) return floatOf(memory, object)
    if (kind === Kind.STR) return textOf(memory, object)
    if (kind === Kind.BYTES) return bytesOf(memory, object)
    if (kind === Kind.TUPLE) return tupleItems(memory, object).map(look)
    if (kind === Kind.LIST) return { listOf: borrowedItems(memory, object).map(look) }
    if (kind === Kind.RANGE) return { rangeOf: rangeParts(memory, object).map(look) as [bigint, bigint, bigint] }
    if (kind === Kind.SLICE) return { sliceOf: [START, STOP, STEP].map((part) => look(memory.get(object + part))) as [Value, Value, Value] }
    return { singleton: kind === Kind.ELLIPSIS ? 'Ellipsis' : 'NotImplemented' }
  }
  const take = (object: Address): Value => {
    const value = look(object)
    decref(m, object)
    return value
  }
  const failure = (action: () => unknown): string => {
    try {
      action()
    } catch (error) {
      if (error instanceof Raised) {
        if ('exception' in error) decref(m, (error as { exception: Address }).exception)
        return error.message
      }
      throw error
    }
    return 'nothing was raised'
  }
  return { setting, m, make, take, look, using, failure, left: () => setting.runtime.inUse().objects - before }
}
