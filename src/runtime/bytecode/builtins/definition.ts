/** How built-in functions are defined: what each is called, and how many arguments it takes. */
import type { Address } from '../../memory/memory.ts'
import { type Builtin, type Call, Form } from '../objects/builtin-function.ts'
import type { Caller } from '../objects/mutator.ts'
import { raise } from '../objects/raise.ts'
import { textOf } from '../objects/str.ts'

const plural = (count: number): string => (count === 1 ? '' : 's')

/** A function whose arguments are its own business. */
export const anyhow = (name: string, call: Call): Builtin => ({ form: Form.FUNCTION, name, call })

/** A function of one argument. */
export const ofOne = (name: string, act: (m: Caller, value: Address) => Address): Builtin =>
  anyhow(name, (m, values, names) => {
    mustHaveNoNames(m, name, names)
    if (values.length !== 1) raise(m, 'TypeError', `${name}() takes exactly one argument (${values.length} given)`)
    return act(m, values[0] as Address)
  })

/** A function of several arguments. */
export const ofSome = (name: string, least: number, most: number, act: (m: Caller, ...values: Address[]) => Address): Builtin =>
  anyhow(name, (m, values, names) => {
    mustHaveNoNames(m, name, names)
    mustBeBetween(m, name, values.length, least, most)
    return act(m, ...values)
  })

/** @throws Raised if arguments were passed by name to what takes none that way. */
export function mustHaveNoNames(m: Caller, name: string, names: readonly Address[]): void {
  if (names.length > 0) raise(m, 'TypeError', `${name}() takes no keyword arguments`)
}

/** @throws Raised if there are too few arguments or too many. */
export function mustBeBetween(m: Caller, name: string, count: number, least: number, most: number): void {
  if (count < least) refuse(m, name, least === most ? '' : 'at least ', least, count)
  if (count > most) refuse(m, name, least === most ? '' : 'at most ', most, count)
}

/** As `mustBeBetween`, in the words of functions that take some of their arguments by name. */
export function mustBeGiven(m: Caller, name: string, count: number, most: number): void {
  if (count < 1) raise(m, 'TypeError', `${name}() takes at least 1 positional argument (0 given)`)
  if (count > most) raise(m, 'TypeError', `${name}() takes at most ${most} arguments (${count} given)`)
}

const refuse = (m: Caller, name: string, how: string, wanted: number, count: number): never =>
  raise(m, 'TypeError', `${name} expected ${how}${wanted} argument${plural(wanted)}, got ${count}`)

/** Splits the arguments of a call. @throws Raised if one has a name that is not known. */
export function named<const Known extends string>(
  m: Caller,
  name: string,
  values: readonly Address[],
  names: readonly Address[],
  known: readonly Known[],
): { readonly positional: readonly Address[]; readonly byName: { readonly [Name in Known]?: Address } } {
  const positional = values.slice(0, values.length - names.length)
  const byName: Record<string, Address> = {}
  names.forEach((each, index) => {
    const text = textOf(m.memory, each)
    if (!known.some((candidate) => candidate === text)) raise(m, 'TypeError', `${name}() got an unexpected keyword argument '${text}'`)
    byName[text] = values[positional.length + index] as Address
  })
  return { positional, byName: byName as { readonly [Name in Known]?: Address } }
}
