/** Makes the objects of `singletons.ts`. */
import type { Address } from '../../memory/memory.ts'
import { OutOfMemory } from '../../memory/out-of-memory.ts'
import { makeImmortal } from '../../refcount/immortal.ts'
import { KIND } from '../../refcount/object-header.ts'
import { DIGITS, SIZE } from './int.ts'
import { Kind } from './kinds.ts'
import type { Mutator } from './mutator.ts'
import {
  ellipsis,
  emptyBytes,
  emptyStr,
  emptyTuple,
  LARGEST,
  LETTERS,
  letter,
  makeOnce,
  none,
  notImplemented,
  SMALLEST,
  smallInt,
  truthValue,
} from './singletons.ts'
import { CAPACITY, LENGTH as STR_LENGTH, TEXT } from './str.ts'

/** Makes the singletons of an interpreter, unless they are there. Every thread calls it before it makes any value. @throws OutOfMemory */
export function prepareSingletons(m: Mutator): void {
  if (!makeOnce(m, () => fill(m))) throw new OutOfMemory('no memory for an interpreter’s singletons')
}

function fill(m: Mutator): void {
  const { memory } = m
  const make = (object: Address, kind: number) => {
    memory.set(object + KIND, kind)
    makeImmortal(memory, object)
  }
  const makeInt = (object: Address, kind: number, value: number) => {
    make(object, kind)
    memory.set(object + SIZE, Math.sign(value))
    memory.set(object + DIGITS, Math.abs(value))
  }
  make(none(m), Kind.NONE)
  make(ellipsis(m), Kind.ELLIPSIS)
  make(notImplemented(m), Kind.NOT_IMPLEMENTED)
  make(emptyTuple(m), Kind.TUPLE)
  make(emptyBytes(m), Kind.BYTES)
  make(emptyStr(m), Kind.STR)
  makeInt(truthValue(m, false), Kind.BOOL, 0)
  makeInt(truthValue(m, true), Kind.BOOL, 1)
  for (let value = SMALLEST; value <= LARGEST; value++) makeInt(smallInt(m, value), Kind.INT, value)
  for (let code = 0; code < LETTERS; code++) {
    const object = letter(m, code)
    make(object, Kind.STR)
    memory.set(object + STR_LENGTH, 1)
    memory.set(object + CAPACITY, 1)
    memory.set(object + TEXT, code)
  }
}
