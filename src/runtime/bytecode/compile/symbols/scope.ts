/**
 * Scopes, and what is known of the names in them.
 *
 * @see CPython Include/internal/pycore_symtable.h
 */
import type { ClassDefinition, Comprehension, FunctionDefinition, Lambda, Place, Program } from '../ast.ts'

/** What a scope belongs to. */
export type Owner = Program | FunctionDefinition | ClassDefinition | Lambda | Comprehension

/** What happens to a name in a scope. */
export const DECLARED_GLOBAL = 1
/** Assigned to, or bound by a definition. */
export const ASSIGNED = 2
export const PARAMETER = 4
export const DECLARED_NONLOCAL = 8
export const USED = 16
/** In a class: also free in a method, which sees another variable than the class does. */
export const FREE_IN_METHOD = 32
/** A cell only because of a comprehension that became part of the scope. */
export const COMPREHENSION_CELL = 64

export const BOUND = ASSIGNED | PARAMETER

/** Where a variable lives. */
export type Home = 'local' | 'explicit global' | 'implicit global' | 'free' | 'cell'

export interface SymbolEntry {
  /** The marks from above. */
  readonly marks: number
  /** Undefined until the analysis, and for names that only the compiler uses. */
  readonly home: Home | undefined
}

export interface Scope {
  readonly type: 'module' | 'function' | 'class'
  readonly owner: Owner
  /** Inside a function, however deep. */
  readonly nested: boolean
  /** The names, mangled, in the order in which they were first met. */
  readonly symbols: Map<string, SymbolEntry>
  readonly parameters: string[]
  readonly children: Scope[]
  /** Where the names stand that are declared global or nonlocal. */
  readonly declarations: Map<string, Place>
  /** The form of comprehension that the scope belongs to. */
  readonly comprehension: Comprehension['form'] | null
  hasRest: boolean
  hasKeywordRest: boolean
  generator: boolean
  /** A comprehension that becomes part of the scope around it. */
  inlined: boolean
  /** A class whose methods refer to it, as `super` does. */
  needsClassCell: boolean
  /** A class that defines functions: their annotations, had they any, would look names up in it. */
  needsClassDictionary: boolean
}

/** Whether a scope is that of a function: its names have places of their own. */
export const isFunction = (scope: Scope): boolean => scope.type === 'function'

/** Where a name of a scope lives; undefined if it is none of its names. */
export const homeOf = (scope: Scope, name: string): Home | undefined => scope.symbols.get(name)?.home

/** The name that `name` has inside a class: private ones get that of the class in front. */
export function mangle(className: string | null, name: string): string {
  if (className === null || !name.startsWith('__') || name.endsWith('__')) return name
  const bare = className.replace(/^_+/, '')
  return bare === '' ? name : `_${bare}${name}`
}
