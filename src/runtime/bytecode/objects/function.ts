/**
 * Functions that a program defines.
 *
 * A function stays what it was made as; only the dictionary of its attributes may change.
 *
 * @see CPython Objects/funcobject.c
 */
import { type Address, type Memory, NULL } from '../../memory/memory.ts'
import { cell, type Opened, record } from '../../memory/record.ts'
import { decref, incref } from '../../refcount/biased.ts'
import { ObjectHeader, track } from '../../refcount/object-header.ts'
import { deferCounting } from './deferred.ts'
import { Kind } from './kinds.ts'
import type { Layout } from './layout.ts'
import type { Mutator } from './mutator.ts'

export const FunctionObject = record('function', {
  base: ObjectHeader,
  code: cell,
  /** Dictionaries in which names are looked up. */
  globals: cell,
  builtins: cell,
  /** Strings. */
  name: cell,
  qualifiedName: cell,
  /** Tuple of the defaults of the last positional parameters; NULL without any. */
  defaults: cell,
  /** Dictionary of the defaults of parameters by name; NULL without any. */
  keywordDefaults: cell,
  /** Tuple of cells; NULL for a function without free variables. */
  closure: cell,
  /** Dictionary of what was set on it; NULL until something is. */
  dictionary: cell,
})
export type FunctionObject = Opened<typeof FunctionObject>

export const {
  code: FUNCTION_CODE,
  globals: FUNCTION_GLOBALS,
  builtins: FUNCTION_BUILTINS,
  name: FUNCTION_NAME,
  qualifiedName: FUNCTION_QUALIFIED_NAME,
  defaults: DEFAULTS,
  keywordDefaults: KEYWORD_DEFAULTS,
  closure: CLOSURE,
  dictionary: FUNCTION_DICTIONARY,
} = FunctionObject.offset

/** What every function has. */
export interface FunctionParts {
  readonly code: Address
  readonly globals: Address
  readonly builtins: Address
  readonly name: Address
  readonly qualifiedName: Address
  /** Whether its counting is deferred where threads run at once, so that it ends in a collection and not before. */
  readonly deferred: boolean
}

/** @param parts borrowed. @throws OutOfMemory */
export function newFunction(m: Mutator, { code, globals, builtins, name, qualifiedName, deferred }: FunctionParts): Address {
  const { memory } = m
  const object = m.newObject(Kind.FUNCTION, FunctionObject.size, FunctionObject.name)
  give(m, object + FUNCTION_CODE, code)
  give(m, object + FUNCTION_GLOBALS, globals)
  give(m, object + FUNCTION_BUILTINS, builtins)
  give(m, object + FUNCTION_NAME, name)
  give(m, object + FUNCTION_QUALIFIED_NAME, qualifiedName)
  track(memory, object)
  if (deferred) deferCounting(m, object)
  return object
}

/**
 * Gives a function that nobody else sees yet its defaults or its closure.
 * @param part DEFAULTS, KEYWORD_DEFAULTS or CLOSURE. @param value given over.
 */
export function setFunctionPart(memory: Memory, object: Address, part: number, value: Address): void {
  memory.set(object + part, value)
}

function give(m: Mutator, at: Address, part: Address): void {
  incref(m, part)
  m.memory.set(at, part)
}

const PARTS = [
  FUNCTION_CODE,
  FUNCTION_GLOBALS,
  FUNCTION_BUILTINS,
  FUNCTION_NAME,
  FUNCTION_QUALIFIED_NAME,
  DEFAULTS,
  KEYWORD_DEFAULTS,
  CLOSURE,
]
/** Parts that can lead back to the function. Its code stays: whoever looks at a function finds one. */
const CYCLIC = [FUNCTION_GLOBALS, FUNCTION_BUILTINS, DEFAULTS, KEYWORD_DEFAULTS, CLOSURE]

export const FUNCTION_LAYOUT: Layout = {
  name: 'function',
  visit(memory, object, each) {
    for (const part of PARTS) {
      const child = memory.get(object + part)
      if (child !== NULL) each(child)
    }
    const dictionary = memory.loadAcquire(object + FUNCTION_DICTIONARY)
    if (dictionary !== NULL) each(dictionary)
  },
  clear(m, object) {
    const held = [...CYCLIC, FUNCTION_DICTIONARY].map((part) => m.memory.exchange(object + part, NULL))
    for (const child of held) if (child !== NULL) decref(m, child)
  },
}
