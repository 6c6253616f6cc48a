/**
 * A unit of compilation: what becomes one code object.
 *
 * @see CPython Python/compile.c
 */
import type { Body } from '../ast.ts'
import type { CompiledCode, Constant } from '../compiled-code.ts'
import type { ConstantKey } from '../constants.ts'
import { CompileError } from '../error.ts'
import { type Instruction, type Label, NO_LINE } from '../instruction.ts'
import { OP } from '../opcodes.ts'
import { RESUME_AT } from '../operands.ts'
import { PSEUDO } from '../pseudo.ts'
import {
  COMPREHENSION_CELL,
  FREE_IN_METHOD,
  type Home,
  homeOf,
  mangle,
  type Owner,
  type Scope,
  type SymbolEntry,
} from '../symbols/scope.ts'

/** What all units of a program share. */
export interface Compilation {
  readonly scopes: ReadonlyMap<Owner, Scope>
  readonly filename: string
  /** The code of functions that were generated more than once, as the body of a `finally` is. */
  readonly codes: Map<Owner, CompiledCode>
  readonly keyOf: ConstantKey
}

/** What a code object is made of. */
export type UnitType = 'module' | 'function' | 'lambda' | 'class' | 'comprehension'

/** A statement that is left by `break`, `continue` or `return` only after it has been tidied up. */
export type FrameBlock =
  | { readonly kind: 'while' | 'for'; readonly start: Label; readonly exit: Label }
  | { readonly kind: 'try' | 'handling' | 'finally handler' | 'value' }
  | { readonly kind: 'finally'; readonly body: Body }
  /** The body of an `except`; it has a name that is deleted at the end, or none. */
  | { readonly kind: 'except'; readonly name: string | null }

/** Names or constants by their indices. */
export interface Table<Value> {
  readonly indices: Map<string, number>
  readonly values: Value[]
}

/** How many parameters of each sort a function has. */
export interface ParameterCounts {
  /** Those that are positional only included. */
  readonly positional: number
  readonly positionalOnly: number
  readonly keywordOnly: number
}

export const NO_PARAMETERS: ParameterCounts = { positional: 0, positionalOnly: 0, keywordOnly: 0 }

/** A code object in the making. */
export interface Unit {
  readonly compilation: Compilation
  readonly type: UnitType
  readonly scope: Scope
  readonly parent: Unit | null
  readonly name: string
  readonly qualifiedName: string
  /** The innermost class, whose name private names get. */
  readonly className: string | null
  readonly firstLine: number
  readonly counts: ParameterCounts
  readonly instructions: Instruction[]
  readonly constants: Table<Constant>
  readonly names: Table<string>
  /** Local variables: the parameters, then in the order in which they are first met. */
  readonly locals: Table<string>
  readonly cells: readonly string[]
  readonly free: readonly string[]
  readonly blocks: FrameBlock[]
  /** Names that are fast locals only inside a comprehension, though the unit has none. */
  readonly hidden: Set<string>
  /** How many inlined comprehensions are being generated, one inside the other. */
  comprehensions: number
  /** In a class: the attributes that its methods assign to `self`. */
  readonly selfAttributes: Set<string>
}

const table = <Value>(): Table<Value> => ({ indices: new Map(), values: [] })

/** The index of a value in a table, to which it is added if need be. */
export function indexOf<Value>({ indices, values }: Table<Value>, key: string, value: Value): number {
  const known = indices.get(key)
  if (known !== undefined) return known
  indices.set(key, values.length)
  return values.push(value) - 1
}

/** What a unit begins with. */
export interface UnitOptions {
  readonly type: UnitType
  readonly owner: Owner
  readonly name: string
  readonly firstLine: number
  readonly counts: ParameterCounts
  /** In a generator: the handler of everything that leaves it. */
  readonly handler: Label | null
}

/** Begins a unit. */
export function enter(compilation: Compilation, parent: Unit | null, options: UnitOptions): Unit {
  const scope = compilation.scopes.get(options.owner) as Scope
  const cells = namesWhere(scope, ({ home, marks }) => home === 'cell' || (marks & COMPREHENSION_CELL) !== 0)
  if (scope.needsClassCell) cells.push('__class__')
  if (scope.needsClassDictionary) cells.push('__classdict__')
  const unit: Unit = {
    compilation,
    type: options.type,
    scope,
    parent,
    name: options.name,
    qualifiedName: qualify(parent, options),
    className: options.type === 'class' ? options.name : (parent?.className ?? null),
    firstLine: options.firstLine,
    counts: options.counts,
    instructions: [],
    constants: table(),
    names: table(),
    locals: table(),
    cells,
    free: namesWhere(scope, ({ home, marks }) => home === 'free' || (marks & FREE_IN_METHOD) !== 0),
    blocks: [],
    hidden: new Set(),
    comprehensions: 0,
    selfAttributes: new Set(),
  }
  for (const name of scope.parameters) indexOf(unit.locals, name, name)
  if (options.handler !== null) emitJump(unit, PSEUDO.SETUP_CLEANUP, options.handler, NO_LINE)
  emit(unit, OP.RESUME, RESUME_AT.START, options.type === 'module' ? 0 : options.firstLine)
  return unit
}

/** Sorted, so that the order does not depend on where the names are met. */
const namesWhere = (scope: Scope, condition: (symbol: SymbolEntry) => boolean): string[] =>
  [...scope.symbols].flatMap(([name, symbol]) => (condition(symbol) ? [name] : [])).sort()

function qualify(parent: Unit | null, { type, name }: UnitOptions): string {
  if (parent === null || parent.parent === null) return name
  const definition = type === 'function' || type === 'class'
  if (definition && homeOf(parent.scope, mangle(parent.className, name)) === 'explicit global') return name
  const locals = parent.type === 'function' || parent.type === 'lambda' ? '.<locals>' : ''
  return `${parent.qualifiedName}${locals}.${name}`
}

/** Adds an instruction. */
export function emit(unit: Unit, opcode: number, argument: number, line: number): void {
  unit.instructions.push({ opcode, argument, line, target: null })
}

/** Adds a jump, whose target may follow later. */
export function emitJump(unit: Unit, opcode: number, target: Label, line: number): void {
  unit.instructions.push({ opcode, argument: 0, line, target })
}

/** A target that is not placed yet. */
export const newLabel = (): Label => ({ at: -1 })

/** Puts a label before the next instruction. */
export function place(unit: Unit, label: Label): void {
  label.at = unit.instructions.length
}

/** The integers that an instruction can hold. */
const SMALL_INTS = 256n

/** Adds what loads a constant. */
export function emitConstant(unit: Unit, constant: Constant, line: number): void {
  if (constant.kind === 'int' && constant.value >= 0n && constant.value < SMALL_INTS) {
    emit(unit, OP.LOAD_SMALL_INT, Number(constant.value), line)
  } else emit(unit, OP.LOAD_CONST, constantIndex(unit, constant), line)
}

/** The index of a constant among those of the code object. */
export const constantIndex = (unit: Unit, constant: Constant): number => indexOf(unit.constants, unit.compilation.keyOf(constant), constant)

/** The index of a variable among the cells, behind which the free variables are counted. */
export const cellIndex = (unit: Unit, name: string, home: Home | undefined): number =>
  home === 'cell' ? unit.cells.indexOf(name) : unit.cells.length + unit.free.indexOf(name)

/** The index of a variable that is free in a function made at `line`. */
export function closureIndex(unit: Unit, name: string, line: number): number {
  const home = unit.type === 'class' && name === '__class__' ? 'cell' : homeOf(unit.scope, name)
  const known = home === 'cell' ? unit.cells : unit.free
  // A comprehension that is part of a class does not see the cell of the class. CPython fails here.
  if (!known.includes(name))
    throw new CompileError('unsupported', { line, column: 1 }, `functions that use '${name}' here are not supported`)
  return cellIndex(unit, name, home)
}
