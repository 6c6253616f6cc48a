/**
 * Methods: a function with the object that it was asked for.
 *
 * @see CPython Objects/classobject.c
 */
import type { Address, Memory } from '../../memory/memory.ts'
import { cell, record } from '../../memory/record.ts'
import { incref } from '../../refcount/biased.ts'
import { ObjectHeader, track } from '../../refcount/object-header.ts'
import { Kind } from './kinds.ts'
import type { Layout } from './layout.ts'
import type { Mutator } from './mutator.ts'

export const MethodObject = record('method', { base: ObjectHeader, function: cell, self: cell })
const { function: FUNCTION, self: SELF } = MethodObject.offset

/** @param callable borrowed, as is `self`. @throws OutOfMemory */
export function newMethod(m: Mutator, callable: Address, self: Address): Address {
  const { memory } = m
  const object = m.newObject(Kind.METHOD, MethodObject.size, MethodObject.name)
  incref(m, callable)
  incref(m, self)
  memory.set(object + FUNCTION, callable)
  memory.set(object + SELF, self)
  track(memory, object)
  return object
}

/** What is called, with `methodSelf` before the other arguments; borrowed. */
export const methodFunction = (memory: Memory, method: Address): Address => memory.get(method + FUNCTION)
/** What the method is bound to; borrowed. */
export const methodSelf = (memory: Memory, method: Address): Address => memory.get(method + SELF)

export const METHOD_LAYOUT: Layout = {
  name: 'method',
  visit(memory, method, each) {
    each(memory.get(method + FUNCTION))
    each(memory.get(method + SELF))
  },
}
