/** Attributes, items and slices. */
import { type Address, NULL } from '../../../memory/memory.ts'
import { decref } from '../../../refcount/biased.ts'
import { Event } from '../../code/events.ts'
import { OP } from '../../compile/opcodes.ts'
import { SUPER_ATTRIBUTE } from '../../compile/operands.ts'
import { deleteAttribute, getAttribute, loadMethod, setAttribute } from '../../objects/attributes.ts'
import { deleteItem, getItem, setItem } from '../../objects/operate/items.ts'
import { given } from '../../objects/reference.ts'
import { none } from '../../objects/singletons.ts'
import { newSlice } from '../../objects/slice.ts'
import type { Execution } from '../execution.ts'
import { checkSuper, isSuper, superAttribute } from '../super.ts'
import type { Handler, Handlers } from './handler.ts'
import { ending, tell } from './telling.ts'

/** Asks for a method that is about to be called: no bound one has to be made for that. */
const FOR_CALL = 1

const loadAttr: Handler = (run, argument) => {
  const { m, memory } = run
  const name = run.name(argument >> 1)
  if ((argument & FOR_CALL) === 0) {
    run.replace(1, given(memory, getAttribute(m, run.object(1), name)))
    return
  }
  const method = loadMethod(m, run.object(1), name)
  if (method !== NULL) {
    run.push(run.exchange(1, method))
    return
  }
  run.replace(1, given(memory, getAttribute(m, run.object(1), name)))
  run.push(NULL)
}

/** Something with the slice between the two topmost values, and no step. */
function withSlice(run: Execution, act: (slice: Address) => void): void {
  const { m } = run
  const slice = newSlice(m, run.object(2), run.object(1), none(m))
  try {
    act(slice)
  } finally {
    decref(m, slice)
  }
}

const binarySlice: Handler = (run) =>
  withSlice(run, (slice) => {
    const result = getItem(run.m, run.object(3), slice)
    run.replace(3, given(run.memory, result))
  })

const storeSlice: Handler = (run) =>
  withSlice(run, (slice) => {
    setItem(run.m, run.object(3), slice, run.object(4))
    run.drop(4)
  })

/** The attribute of an object, as the classes behind one have it. The argument holds the name, and whether a method is about to be called. */
const superOf =
  (told: boolean): Handler =>
  (run, argument) => {
    const { m, memory } = run
    const callable = run.object(3)
    const values = (argument & SUPER_ATTRIBUTE.GIVEN) === 0 ? [] : [run.object(2), run.object(1)]
    if (told) tell(run, Event.CALL, callable, values[0])
    const name = run.name(argument >> 2)
    run.replace(3, given(memory, isSuper(m, callable) ? attributeOfSuper(run, name, told) : attributeOfCalled(run, values, name, told)))
    if ((argument & SUPER_ATTRIBUTE.METHOD) !== 0) run.push(NULL)
  }

function attributeOfSuper(run: Execution, name: Address, told: boolean): Address {
  const { m } = run
  const [type, object] = [run.object(2), run.object(1)]
  ending(run, run.object(3), type, told, () => {
    checkSuper(m, type, object)
    return undefined
  })
  return superAttribute(m, type, object, name)
}

/** A program may call something else by that name. */
function attributeOfCalled(run: Execution, values: readonly Address[], name: Address, told: boolean): Address {
  const { m } = run
  const callable = run.object(3)
  const object = ending(run, callable, values[0], told, () => m.call(callable, values))
  try {
    return getAttribute(m, object, name)
  } finally {
    decref(m, object)
  }
}

export const ATTRIBUTES: Handlers = {
  [OP.LOAD_ATTR]: loadAttr,
  [OP.STORE_ATTR]: (run, index) => {
    setAttribute(run.m, run.object(1), run.name(index), run.object(2))
    run.drop(2)
  },
  [OP.DELETE_ATTR]: (run, index) => {
    deleteAttribute(run.m, run.object(1), run.name(index))
    run.drop(1)
  },
  [OP.LOAD_SUPER_ATTR]: superOf(false),
  [OP.INSTRUMENTED_LOAD_SUPER_ATTR]: superOf(true),
  [OP.BINARY_SUBSCR]: (run) => run.replace(2, given(run.memory, getItem(run.m, run.object(2), run.object(1)))),
  [OP.STORE_SUBSCR]: (run) => {
    setItem(run.m, run.object(2), run.object(1), run.object(3))
    run.drop(3)
  },
  [OP.DELETE_SUBSCR]: (run) => {
    deleteItem(run.m, run.object(2), run.object(1))
    run.drop(2)
  },
  [OP.BINARY_SLICE]: binarySlice,
  [OP.STORE_SLICE]: storeSlice,
}
