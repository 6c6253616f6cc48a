/**
 * Code objects: what a function, a class body or a module compiles to.
 *
 * The instructions stand at the end of the object. That is the main copy, the only one in a program
 * without threads. `copies` leads to the array of all copies, whose first entry is the main one.
 *
 * A code unit is one cell: the opcode in its low eight bits, its argument in the eight above. The units
 * behind an instruction that it keeps notes in, its inline caches, are cells of their own. Since the argument never
 * changes, exchanging a whole cell exchanges the opcode alone.
 *
 * @see CPython Include/cpython/code.h
 */
import { type Address, CELL, type Memory } from '../../memory/memory.ts'
import { cell, type Opened, record } from '../../memory/record.ts'
import { ObjectHeader } from '../../refcount/object-header.ts'

export const CodeObject = record('code', {
  base: ObjectHeader,
  /** The interpreter's part (`InterpreterCode`) in which it was made. */
  home: cell,
  /** Guards the array of copies and all instrumentation. */
  mutex: cell,
  /** Interned strings: immortal where threads run at once. */
  name: cell,
  qualifiedName: cell,
  filename: cell,
  firstLine: cell,
  argumentCount: cell,
  positionalOnlyCount: cell,
  keywordOnlyCount: cell,
  flags: cell,
  /** Values that the stack of a frame must have room for. */
  stackSize: cell,
  /** Locals, cells and free variables together. */
  localCount: cell,
  /** How many of them, the last ones, are free variables. */
  freeCount: cell,
  /** Tuple of their names. */
  localNames: cell,
  /** Raw memory: what each of them is, one cell each; see `LocalKind`. */
  localKinds: cell,
  /** Tuple of the names of globals and attributes. */
  names: cell,
  /** Tuple. */
  constants: cell,
  /** Raw memory: exception handlers, their number first; see `Handler`. NULL without any. */
  handlers: cell,
  /** Raw memory: the line of each unit, zero for none. */
  lines: cell,
  /** What tools have asked for here; NULL while nobody has. Belongs to `instrument/`. */
  monitoring: cell,
  /** The version of instrumentation that all copies are in. */
  version: cell,
  /** The array of copies. NULL where a build has only the main one. */
  copies: cell,
  /** Units of every copy. */
  unitCount: cell,
  /** The main copy begins here. */
  units: cell,
})
export type CodeObject = Opened<typeof CodeObject>

/** What a local variable is. */
export const LocalKind = { LOCAL: 1, CELL: 2, FREE: 4 } as const

/** One exception handler: units from `start` to before `end` are covered. */
export const Handler = record('handler', { start: cell, end: cell, target: cell, depth: cell, pushLast: cell })

export const {
  home: HOME,
  mutex: CODE_MUTEX,
  name: CODE_NAME,
  qualifiedName: CODE_QUALIFIED_NAME,
  filename: FILENAME,
  flags: FLAGS,
  localNames: LOCAL_NAMES,
  localKinds: LOCAL_KINDS,
  constants: CONSTANTS,
  names: NAMES,
  handlers: HANDLERS,
  lines: LINES,
  copies: COPIES,
  monitoring: MONITORING,
  version: VERSION,
  unitCount: UNIT_COUNT,
  units: UNITS,
} = CodeObject.offset

/** Where the main copy of a code object begins. */
export const mainCopy = (code: Address): Address => code + UNITS

/** Bytes of a code object with that many units. */
export const codeBytes = (units: number): number => CodeObject.size - CELL + units * CELL

/** Units of every copy of a code object. */
export const unitCountOf = (memory: Memory, code: Address): number => memory.get(code + UNIT_COUNT)
