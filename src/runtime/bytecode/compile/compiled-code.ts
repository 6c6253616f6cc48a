/**
 * What the compiler makes of a program: code as plain data, without identity and without memory.
 *
 * @see CPython Include/cpython/code.h
 */

/** A constant that a program names or that the compiler works out. */
export type Constant =
  | { readonly kind: 'none' }
  | { readonly kind: 'ellipsis' }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'int'; readonly value: bigint }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'str'; readonly value: string }
  | { readonly kind: 'bytes'; readonly value: Uint8Array }
  | { readonly kind: 'tuple'; readonly items: readonly Constant[] }
  | { readonly kind: 'frozenset'; readonly items: readonly Constant[] }
  /** Start, stop and step. */
  | { readonly kind: 'slice'; readonly items: readonly [Constant, Constant, Constant] }
  | { readonly kind: 'code'; readonly code: CompiledCode }

/**
 * A variable that lives in the frame: a local one in its slot; a cell that inner functions share; a
 * free one, whose cell belongs to an outer function. A local cell is an argument that inner functions share.
 */
export interface FrameVariable {
  readonly name: string
  readonly kind: 'local' | 'cell' | 'free' | 'local cell'
}

/** Where an exception continues that is raised by one of the units `start` up to, not including, `end`. */
export interface Handler {
  readonly start: number
  readonly end: number
  readonly target: number
  /** How many values stay on the stack. */
  readonly depth: number
  /** Whether the place of the raising instruction is pushed before the exception. */
  readonly pushLast: boolean
}

/** The code of one module, expression, function, generator, class or lambda. */
export interface CompiledCode {
  readonly name: string
  readonly qualifiedName: string
  readonly filename: string
  readonly firstLine: number
  /** Positional arguments, those that are positional only included. */
  readonly argumentCount: number
  readonly positionalOnlyCount: number
  readonly keywordOnlyCount: number
  /** See the flags below. */
  readonly flags: number
  /** The frame's variables in the order of their slots: arguments and locals, then cells, then free ones. */
  readonly locals: readonly FrameVariable[]
  /** What instructions name that is not in the frame: globals, builtins, attributes. */
  readonly names: readonly string[]
  readonly constants: readonly Constant[]
  /** The instructions; a unit of an inline cache is zero. */
  readonly units: readonly number[]
  /** The line of each unit; null where the compiler added an instruction that belongs to no line. */
  readonly lines: readonly (number | null)[]
  readonly handlers: readonly Handler[]
  /** The most values that the stack ever holds. */
  readonly stackSize: number
}

/** Locals live in the frame's slots. */
export const OPTIMIZED = 0x01
/** A call makes new locals. */
export const NEW_LOCALS = 0x02
export const VAR_ARGUMENTS = 0x04
export const VAR_KEYWORDS = 0x08
/** Inside another function. */
export const NESTED = 0x10
export const GENERATOR = 0x20
/** The first constant is the docstring. */
export const HAS_DOCSTRING = 0x400_0000
