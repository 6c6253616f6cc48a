/**
 * What methods are given: how many values, and in what words they complain of too many or too few.
 *
 * @see CPython Python/getargs.c, _PyArg_CheckPositional; Objects/descrobject.c
 */
import { type Address, NULL } from '../../../memory/memory.ts'
import { Kind, kindOf } from '../kinds.ts'
import type { Caller } from '../mutator.ts'
import { raise } from '../raise.ts'
import { textOf } from '../str.ts'
import { typeName } from '../type-name.ts'

/** A method of a built-in class. @param values behind the object, borrowed; the last of them are passed by name. */
export type Method = (m: Caller, object: Address, values: readonly Address[], names: readonly Address[]) => Address
export type Methods = Readonly<Record<string, Method>>

/** A method without values. */
export const without =
  (name: string, action: (m: Caller, object: Address) => Address): Method =>
  (m, object, values, names) => {
    mustHaveNoNames(m, object, name, names)
    if (values.length > 0) raise(m, 'TypeError', `${typeName(m, object)}.${name}() takes no arguments (${values.length} given)`)
    return action(m, object)
  }

/** A method of one value. */
export const withOne =
  (name: string, action: (m: Caller, object: Address, value: Address) => Address): Method =>
  (m, object, values, names) => {
    mustHaveNoNames(m, object, name, names)
    const [value] = values
    if (value === undefined || values.length > 1) {
      raise(m, 'TypeError', `${typeName(m, object)}.${name}() takes exactly one argument (${values.length} given)`)
    }
    return action(m, object, value)
  }

/** A method of several values, of which some may be left out. */
export const withSome =
  (name: string, least: number, most: number, action: (m: Caller, object: Address, values: readonly Address[]) => Address): Method =>
  (m, object, values, names) => {
    mustHaveNoNames(m, object, name, names)
    const count = values.length
    if (count < least || count > most) {
      const bound = least === most ? '' : count < least ? 'at least ' : 'at most '
      const wanted = count < least ? least : most
      raise(m, 'TypeError', `${name} expected ${bound}${wanted} argument${wanted === 1 ? '' : 's'}, got ${count}`)
    }
    return action(m, object, values)
  }

/** A method whose values may be passed by name too. @param names of its values. @param action gets NULL for those left out. */
export const withNames =
  (name: string, all: readonly string[], action: (m: Caller, object: Address, values: readonly Address[]) => Address): Method =>
  (m, object, values, names) => {
    const positional = values.length - names.length
    if (values.length > all.length) {
      raise(m, 'TypeError', `${name}() takes at most ${all.length} arguments (${values.length} given)`)
    }
    const given = all.map((_, index) => (index < positional ? (values[index] as Address) : NULL))
    for (const [index, each] of names.entries()) {
      const text = textOf(m.memory, each)
      const place = all.indexOf(text)
      if (place < 0) raise(m, 'TypeError', `${name}() got an unexpected keyword argument '${text}'`)
      if (place < positional) raise(m, 'TypeError', `argument for ${name}() given by name ('${text}') and position (${place + 1})`)
      given[place] = values[positional + index] as Address
    }
    return action(m, object, given)
  }

function mustHaveNoNames(m: Caller, object: Address, name: string, names: readonly Address[]): void {
  if (names.length > 0) raise(m, 'TypeError', `${typeName(m, object)}.${name}() takes no keyword arguments`)
}

/** Whether a value was left out, or is None. */
export const isLeftOut = (m: Caller, value: Address | undefined): boolean =>
  value === undefined || value === NULL || kindOf(m.memory, value) === Kind.NONE
