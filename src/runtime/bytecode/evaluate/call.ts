/**
 * Calls from what is built in: of anything that can be called.
 *
 * @see CPython Objects/call.c and Objects/typeobject.c, type_call
 */
import { type Address, NULL } from '../../memory/memory.ts'
import { decref } from '../../refcount/biased.ts'
import { FRAME_FUNCTION } from '../code/frame.ts'
import { lookUpSpecial } from '../objects/attributes.ts'
import { boundTo, builtinOf } from '../objects/builtin-function.ts'
import { isInstance, lookUpInClass } from '../objects/class.ts'
import { specialName } from '../objects/classes.ts'
import { Kind, kindOf } from '../objects/kinds.ts'
import { methodFunction, methodSelf } from '../objects/method.ts'
import { raise } from '../objects/raise.ts'
import { close, objectOf, type Reference, refer } from '../objects/reference.ts'
import { none } from '../objects/singletons.ts'
import { typeName } from '../objects/type-name.ts'
import { bind } from './arguments.ts'
import type { Runner } from './execution.ts'
import { end, frameFor } from './frames.ts'

/**
 * Calls an object.
 * @param values borrowed; the last of them are passed by name.
 * @param names strings, borrowed.
 * @returns a new reference.
 * @throws Raised
 */
export function call(m: Runner, callable: Address, values: readonly Address[], names: readonly Address[] = []): Address {
  const { memory } = m
  switch (kindOf(memory, callable)) {
    case Kind.FUNCTION:
      return callFunction(m, callable, values, names)
    case Kind.BUILTIN_FUNCTION: {
      const self = boundTo(m, callable)
      return builtinOf(m, callable).call(m, self === NULL ? values : [self, ...values], names)
    }
    case Kind.METHOD:
      return call(m, methodFunction(memory, callable), [methodSelf(memory, callable), ...values], names)
    case Kind.CLASS:
      return construct(m, callable, values, names)
    default:
      return callByMethod(m, callable, values, names)
  }
}

function callFunction(m: Runner, called: Address, values: readonly Address[], names: readonly Address[]): Address {
  const { memory } = m
  const frame = frameFor(m, called)
  let bound = false
  try {
    bind(m, frame, called, values, names)
    bound = true
  } finally {
    if (!bound) end(m, frame)
  }
  memory.set(frame + FRAME_FUNCTION, refer(m, called))
  return m.evaluate(frame).value
}

/** Makes an object of a class, as the class says. */
function construct(m: Runner, type: Address, values: readonly Address[], names: readonly Address[]): Address {
  const object = callFound(m, lookUpInClass(m, type, specialName(m, '__new__')), [type, ...values], names)
  if (!isInstance(m, object, type)) return object
  const initialize = lookUpSpecial(m, object, '__init__')
  let initialized = false
  try {
    const result = callFound(m, initialize, [object, ...values], names)
    const what = typeName(m, result)
    decref(m, result)
    if (result !== none(m)) raise(m, 'TypeError', `__init__() should return None, not '${what}'`)
    initialized = true
    return object
  } finally {
    if (!initialized) decref(m, object)
  }
}

function callByMethod(m: Runner, callable: Address, values: readonly Address[], names: readonly Address[]): Address {
  const method = lookUpSpecial(m, callable, '__call__')
  if (method === NULL) raise(m, 'TypeError', `'${typeName(m, callable)}' object is not callable`)
  return callFound(m, method, [callable, ...values], names)
}

/** @param callable given over. */
function callFound(m: Runner, callable: Reference, values: readonly Address[], names: readonly Address[]): Address {
  try {
    return call(m, objectOf(callable), values, names)
  } finally {
    close(m, callable)
  }
}
