/**
 * The end of an interpreter's constants and interned strings.
 *
 * Nobody counted them, so at the end each has exactly one reference to give back. Containers hold others, and ending one
 * would end, in the middle of its own end, what the table is about to end anyway; so first all containers are
 * emptied. Then they end in any order. Strings are last: they were in the containers, too.
 *
 * @see CPython Objects/codeobject.c, _PyCode_Fini
 */
import { type Address, NULL } from '../../memory/memory.ts'
import { decref } from '../../refcount/biased.ts'
import { makeMortal } from '../../refcount/immortal.ts'
import { disposeTable, objectsIn } from '../code/object-table.ts'
import { Kind, kindOf } from '../objects/kinds.ts'
import type { Mutator } from '../objects/mutator.ts'
import { setClear } from '../objects/set-items.ts'
import { none } from '../objects/singletons.ts'
import { START, STEP, STOP } from '../objects/slice.ts'
import { setTupleItem, tupleLength } from '../objects/tuple.ts'
import { endStrings } from './intern.ts'

/** Ends what `load` has made immortal. All code is gone, and no other thread is left. */
export function endConstants(m: Mutator): void {
  const { memory } = m
  const constants = [...objectsIn(memory, m.shared.constants)]
  disposeTable(m, m.shared.constants)
  for (const constant of constants) empty(m, constant)
  for (const constant of constants) {
    makeMortal(memory, constant, 1)
    decref(m, constant)
  }
  endStrings(m)
}

/** Takes out of a container what it holds: all of it immortal, so there is nothing to count. */
function empty(m: Mutator, constant: Address): void {
  const { memory } = m
  switch (kindOf(memory, constant)) {
    case Kind.TUPLE:
      for (let index = 0; index < tupleLength(memory, constant); index++) setTupleItem(memory, constant, index, NULL)
      break
    case Kind.SLICE:
      for (const part of [START, STOP, STEP]) memory.set(constant + part, none(m))
      break
    case Kind.FROZENSET:
      setClear(m, constant)
  }
}
