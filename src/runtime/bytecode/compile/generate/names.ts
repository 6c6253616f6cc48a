/**
 * Variables: loaded, stored and deleted wherever they live.
 *
 * @see CPython Python/codegen.c (codegen_nameop)
 */
import { OP } from '../opcodes.ts'
import { homeOf, isFunction, mangle } from '../symbols/scope.ts'
import { cellIndex, emit, indexOf, type Unit } from './unit.ts'

type Action = 'load' | 'store' | 'delete'
type Storage = 'cell' | 'fast' | 'global' | 'name'

const OPCODES: Readonly<Record<Storage, Readonly<Record<Action, number>>>> = {
  cell: { load: OP.LOAD_DEREF, store: OP.STORE_DEREF, delete: OP.DELETE_DEREF },
  fast: { load: OP.LOAD_FAST, store: OP.STORE_FAST, delete: OP.DELETE_FAST },
  global: { load: OP.LOAD_GLOBAL, store: OP.STORE_GLOBAL, delete: OP.DELETE_GLOBAL },
  name: { load: OP.LOAD_NAME, store: OP.STORE_NAME, delete: OP.DELETE_NAME },
}

/** How the code of a unit reaches a variable. */
function storageOf(unit: Unit, name: string): Storage {
  const fast = isFunction(unit.scope)
  switch (homeOf(unit.scope, name)) {
    case 'free':
    case 'cell':
      return 'cell'
    case 'local':
      return fast || unit.hidden.has(name) ? 'fast' : 'name'
    case 'implicit global':
      return fast ? 'global' : 'name'
    case 'explicit global':
      return 'global'
    default:
      return 'name'
  }
}

function emitName(unit: Unit, action: Action, written: string, line: number): void {
  const name = mangle(unit.className, written)
  const storage = storageOf(unit, name)
  const opcode = OPCODES[storage][action]
  if (storage === 'fast') emit(unit, opcode, localIndex(unit, name), line)
  else if (storage === 'cell') emitCell(unit, opcode, name, line)
  else emitNamed(unit, opcode, indexOf(unit.names, name, name), line)
}

function emitCell(unit: Unit, opcode: number, name: string, line: number): void {
  // A class looks among its own names first.
  const ownFirst = opcode === OP.LOAD_DEREF && unit.scope.type === 'class' && unit.comprehensions === 0
  if (ownFirst) emit(unit, OP.LOAD_LOCALS, 0, line)
  emit(unit, ownFirst ? OP.LOAD_FROM_DICT_OR_DEREF : opcode, cellIndex(unit, name, homeOf(unit.scope, name)), line)
}

function emitNamed(unit: Unit, opcode: number, index: number, line: number): void {
  // A comprehension in a class does not see the names of the class.
  const past = opcode === OP.LOAD_NAME && unit.scope.type === 'class' && unit.comprehensions > 0
  if (past || opcode === OP.LOAD_GLOBAL) emit(unit, OP.LOAD_GLOBAL, index << 1, line)
  else emit(unit, opcode, index, line)
}

export const localIndex = (unit: Unit, name: string): number => indexOf(unit.locals, name, name)

export const loadName = (unit: Unit, name: string, line: number): void => emitName(unit, 'load', name, line)
export const storeName = (unit: Unit, name: string, line: number): void => emitName(unit, 'store', name, line)
export const deleteName = (unit: Unit, name: string, line: number): void => emitName(unit, 'delete', name, line)

/** The index of an attribute's name. */
export function attributeIndex(unit: Unit, written: string): number {
  const name = mangle(unit.className, written)
  return indexOf(unit.names, name, name)
}
