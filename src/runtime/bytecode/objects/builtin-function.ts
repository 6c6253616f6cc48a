/**
 * Built-in functions, and the methods and computed attributes of built-in classes.
 *
 * What they do is said by a function of the runtime, which an object in shared memory can only name by
 * its number in one table. The table is put together above, see `Caller.builtins`.
 *
 * @see CPython Objects/methodobject.c and Objects/descrobject.c
 */
import { type Address, NULL } from '../../memory/memory.ts'
import { cell, record } from '../../memory/record.ts'
import { incref } from '../../refcount/biased.ts'
import { ObjectHeader, track } from '../../refcount/object-header.ts'
import { Kind } from './kinds.ts'
import type { Layout } from './layout.ts'
import type { Caller, Mutator } from './mutator.ts'

/** What a built-in is: a function; a method, to be bound to an object; or an attribute that is computed when it is asked for. */
export const Form = { FUNCTION: 1, METHOD: 2, ATTRIBUTE: 3 } as const
export type Form = (typeof Form)[keyof typeof Form]

/**
 * What is called. A method's first value is the object that it is bound to.
 * @param values borrowed; the last of them are passed by name.
 * @param names as many as are passed by name.
 * @returns a new reference.
 * @throws Raised
 */
export type Call = (m: Caller, values: readonly Address[], names: readonly Address[]) => Address

/** Something built in. */
export interface Builtin {
  readonly form: Form
  readonly name: string
  /** Name of the class in whose namespace it stands. Functions have none. */
  readonly owner?: string
  /** Of an attribute: its value is what this comes to for the object alone. */
  readonly call: Call
  /** Of an attribute that may be set. @param value NULL to delete it. */
  readonly set?: (m: Caller, object: Address, value: Address) => void
}

/** What a method does. @param values behind the object. */
export type Method = (m: Caller, object: Address, values: readonly Address[], names: readonly Address[]) => Address

/** Says of methods whose they are. */
export const methodsOf = (owner: string, methods: Readonly<Record<string, Method>>): Builtin[] =>
  Object.entries(methods).map(([name, method]) => ({
    form: Form.METHOD,
    name,
    owner,
    call: (m, [object, ...values], names) => method(m, object as Address, values, names),
  }))

/** What an attribute is computed by. @returns a new reference. */
export type Getter = (m: Caller, object: Address) => Address

/** Says of computed attributes whose they are. */
export const attributesOf = (
  owner: string,
  getters: Readonly<Record<string, Getter>>,
  setters: Readonly<Record<string, NonNullable<Builtin['set']>>> = {},
): Builtin[] =>
  Object.entries(getters).map(([name, get]) => {
    const set = setters[name]
    return { form: Form.ATTRIBUTE, name, owner, call: (m, [object]) => get(m, object as Address), ...(set ? { set } : {}) }
  })

export const BuiltinFunction = record('builtin', {
  base: ObjectHeader,
  /** In the table of built-ins. */
  number: cell,
  /** The object that a method is bound to; NULL for what is bound to none. */
  self: cell,
})
const { number: NUMBER, self: SELF } = BuiltinFunction.offset

/** Makes the object for a built-in. @param self what a method is bound to, borrowed, or NULL. @throws OutOfMemory */
export function newBuiltin(m: Mutator, number: number, self: Address): Address {
  const { memory } = m
  const object = m.newObject(Kind.BUILTIN_FUNCTION, BuiltinFunction.size, BuiltinFunction.name)
  memory.set(object + NUMBER, number)
  if (self !== NULL) incref(m, self)
  memory.set(object + SELF, self)
  track(memory, object)
  return object
}

/** What an object of this kind does when it is called. */
export const builtinOf = (m: Caller, object: Address): Builtin => m.builtins[m.memory.get(object + NUMBER)] as Builtin

/** Its number in the table. */
export const builtinNumber = (m: Mutator, object: Address): number => m.memory.get(object + NUMBER)

/** What a method is bound to, borrowed; NULL if it is bound to nothing. */
export const boundTo = (m: Mutator, object: Address): Address => m.memory.get(object + SELF)

export const BUILTIN_LAYOUT: Layout = {
  name: 'builtin_function_or_method',
  visit(memory, object, each) {
    const self = memory.get(object + SELF)
    if (self !== NULL) each(self)
  },
}
