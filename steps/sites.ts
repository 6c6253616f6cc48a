/**
 * Places in a function: instructions, by what they are for, and what stands there at present.
 */
import type { Parameters } from '../src/protocol/parameters.ts'
import type { Instruction } from '../src/protocol/states.ts'

/** A place in a function: which instruction, and which of several in the order in which they stand there. */
export interface Site {
  readonly name: string
  readonly nth: number
}

const NAMES: Readonly<Record<string, string>> = {
  operation: 'BINARY_OP',
  'membership test': 'CONTAINS_OP',
  entry: 'RESUME',
  constant: 'LOAD_CONST',
}
const ORDINALS = ['first', 'second', 'third', 'fourth']

export const SITE = new RegExp(`(?:(${ORDINALS.join('|')}) )?(${Object.keys(NAMES).join('|')})`)

export const siteOf = (ordinal: string | undefined, noun: string): Site => ({
  name: NAMES[noun] as string,
  nth: ordinal ? ORDINALS.indexOf(ordinal) : 0,
})

/** What can stand there, in words. */
const FORMS: Readonly<Record<string, string>> = {
  BINARY_OP: 'general',
  BINARY_OP_ADD_INT: 'specialized for int addition',
  BINARY_OP_ADD_FLOAT: 'specialized for float addition',
  BINARY_OP_ADD_UNICODE: 'specialized for str addition',
  BINARY_OP_INPLACE_ADD_UNICODE: 'specialized for appending in place',
  BINARY_OP_SUBTRACT_INT: 'specialized for int subtraction',
  BINARY_OP_SUBTRACT_FLOAT: 'specialized for float subtraction',
  BINARY_OP_MULTIPLY_INT: 'specialized for int multiplication',
  BINARY_OP_MULTIPLY_FLOAT: 'specialized for float multiplication',
  CONTAINS_OP: 'general',
  CONTAINS_OP_DICT: 'specialized for dictionaries',
  CONTAINS_OP_SET: 'specialized for sets',
  RESUME: 'general',
  RESUME_CHECK: 'quickened',
  LOAD_CONST: 'general',
  LOAD_CONST_IMMORTAL: 'quickened',
  LOAD_CONST_MORTAL: 'general',
}

export const formWords = (form: string): string => FORMS[form] ?? (form.startsWith('INSTRUMENTED') ? 'watched' : form)

/**
 * What `formWords` says of a form that is asked for. A version whose general instruction counts no constant has no
 * quicker one, and what belongs to a family that a version does not specialize stays general.
 */
export function expectedForm(
  form: string,
  { name }: Site,
  { 'tlbc.constants': constants, 'tlbc.families': families }: Partial<Parameters>,
): string {
  if (form === 'quickened' && name === 'LOAD_CONST' && constants === 'never') return 'general'
  const specialized: readonly string[] | undefined = families
  if (form.startsWith('specialized') && specialized && !specialized.includes(name)) return 'general'
  return form
}

/** Everything that `formWords` can say. */
export const FORM_WORDS = [...new Set([...Object.values(FORMS), 'watched'])]

/** The instruction at a place. One that is watched is known by what it is in general. */
export function at(instructions: readonly Instruction[], { name, nth }: Site): Instruction | undefined {
  return instructions.filter((instruction) => instruction.name === name)[nth]
}
