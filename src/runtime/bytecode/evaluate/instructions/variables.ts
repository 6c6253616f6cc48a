/**
 * Local variables, and the cells of those that functions share.
 *
 * A shared variable's local holds a cell; a function that was made inside has the same cell in its closure.
 */
import { type Address, CELL, NULL } from '../../../memory/memory.ts'
import { decref, incref } from '../../../refcount/biased.ts'
import { CodeObject } from '../../code/code-object.ts'
import { FRAME_FUNCTION } from '../../code/frame.ts'
import { OP } from '../../compile/opcodes.ts'
import { cellGet, cellSet, newCell } from '../../objects/cell.ts'
import { CLOSURE } from '../../objects/function.ts'
import { raise } from '../../objects/raise.ts'
import { counted, given, objectOf } from '../../objects/reference.ts'
import { textOf } from '../../objects/str.ts'
import { tupleItem } from '../../objects/tuple.ts'
import type { Execution } from '../execution.ts'
import type { Handler, Handlers } from './handler.ts'

const { localNames: LOCAL_NAMES, localCount: LOCAL_COUNT, freeCount: FREE_COUNT } = CodeObject.offset

/** The name of a local: a string, borrowed. */
export const nameOfLocal = ({ memory, code }: Execution, index: number): Address => tupleItem(memory, memory.get(code + LOCAL_NAMES), index)

const textOfLocal = (run: Execution, index: number): string => textOf(run.memory, nameOfLocal(run, index))

/** @throws Raised UnboundLocalError */
export function raiseUnboundLocal(run: Execution, index: number): never {
  return raise(
    run.m,
    'UnboundLocalError',
    `cannot access local variable '${textOfLocal(run, index)}' where it is not associated with a value`,
  )
}

/** A cell is empty: of a variable of this function, or of one around it. */
export function raiseEmptyCell(run: Execution, index: number): never {
  const { m, memory, code } = run
  if (index < memory.get(code + LOCAL_COUNT) - memory.get(code + FREE_COUNT)) raiseUnboundLocal(run, index)
  return raise(
    m,
    'NameError',
    `cannot access free variable '${textOfLocal(run, index)}' where it is not associated with a value in enclosing scope`,
  )
}

/** The value in the cell of a local: a new reference. */
export function valueInCell(run: Execution, index: number): Address {
  const value = cellGet(run.m, objectOf(run.local(index)))
  return value === NULL ? raiseEmptyCell(run, index) : value
}

const mustBeBound = (run: Execution, index: number) => {
  if (run.local(index) === NULL) raiseUnboundLocal(run, index)
}

const makeCell: Handler = (run, index) => {
  const cell = newCell(run.m, objectOf(run.local(index)))
  run.setLocal(index, cell)
}

const deleteDeref: Handler = (run, index) => {
  const before = cellSet(run.m, objectOf(run.local(index)), NULL)
  if (before === NULL) raiseEmptyCell(run, index)
  decref(run.m, before)
}

const storeDeref: Handler = (run, index) => {
  const { m } = run
  const before = cellSet(m, objectOf(run.local(index)), counted(m, run.pop()))
  if (before !== NULL) decref(m, before)
}

/** The cells of the variables around this function, which it was given when it was made. */
const copyFreeVars: Handler = (run, count) => {
  const { m, memory } = run
  const closure = memory.get(objectOf(memory.get(run.frame + FRAME_FUNCTION)) + CLOSURE)
  const first = run.locals + (memory.get(run.code + LOCAL_COUNT) - count) * CELL
  for (let index = 0; index < count; index++) {
    const cell = tupleItem(memory, closure, index)
    incref(m, cell)
    memory.set(first + index * CELL, cell)
  }
}

export const VARIABLES: Handlers = {
  [OP.LOAD_FAST]: (run, index) => run.pushLocal(index),
  [OP.LOAD_FAST_CHECK]: (run, index) => {
    mustBeBound(run, index)
    run.pushLocal(index)
  },
  [OP.LOAD_FAST_AND_CLEAR]: (run, index) => {
    const at = run.locals + index * CELL
    run.push(run.memory.get(at))
    run.memory.set(at, NULL)
  },
  [OP.LOAD_FAST_LOAD_FAST]: (run, indices) => {
    run.pushLocal(indices >> 4)
    run.pushLocal(indices & 15)
  },
  [OP.STORE_FAST]: (run, index) => run.setLocal(index, run.pop()),
  [OP.STORE_FAST_LOAD_FAST]: (run, indices) => {
    run.setLocal(indices >> 4, run.pop())
    run.pushLocal(indices & 15)
  },
  [OP.STORE_FAST_STORE_FAST]: (run, indices) => {
    run.setLocal(indices >> 4, run.pop())
    run.setLocal(indices & 15, run.pop())
  },
  [OP.DELETE_FAST]: (run, index) => {
    mustBeBound(run, index)
    run.setLocal(index, NULL)
  },
  [OP.MAKE_CELL]: makeCell,
  [OP.COPY_FREE_VARS]: copyFreeVars,
  [OP.LOAD_DEREF]: (run, index) => run.push(given(run.memory, valueInCell(run, index))),
  [OP.STORE_DEREF]: storeDeref,
  [OP.DELETE_DEREF]: deleteDeref,
}
