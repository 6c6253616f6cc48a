/**
 * Loading: making code objects of what the compiler made.
 *
 * All names are interned, and of all equal constants one is used; see `constants.ts`. Then the main copy is
 * quickened, which is when it is decided which constants are loaded without counting. Code inside of code
 * is a constant like others and is made first.
 *
 * @see CPython Python/assemble.c, makecode, and Objects/codeobject.c, _PyCode_New
 */
import type { Address } from '../../memory/memory.ts'
import { decref } from '../../refcount/biased.ts'
import { LocalKind } from '../code/code-object.ts'
import { newCode } from '../code/new-code.ts'
import type { CompiledCode, Constant, FrameVariable } from '../compile/compiled-code.ts'
import { quickenMain } from '../copies/quicken.ts'
import { newBytes } from '../objects/bytes.ts'
import { newFloat } from '../objects/float.ts'
import { newBigInt } from '../objects/int.ts'
import { Kind } from '../objects/kinds.ts'
import type { Caller } from '../objects/mutator.ts'
import { newSet } from '../objects/set-items.ts'
import { dropAll, withEach } from '../objects/several.ts'
import { ellipsis, none, truthValue } from '../objects/singletons.ts'
import { newSlice } from '../objects/slice.ts'
import { newStr } from '../objects/str.ts'
import { newTupleOf, setTupleItem } from '../objects/tuple.ts'
import { useCanonical } from './constants.ts'
import { internHeld, internText } from './intern.ts'

/** Makes a code object. @returns a new reference. @throws OutOfMemory, and nothing is left of the attempt but what is immortal by then. */
export function load(m: Caller, compiled: CompiledCode): Address {
  const held: Address[] = []
  const hold = (made: Address): Address => {
    held.push(made)
    return made
  }
  const tuple = <T>(items: readonly T[], make: (item: T) => Address): Address => hold(tupleOf(m, items, make))
  try {
    const constants = tuple(compiled.constants, (constant) => newConstant(m, constant))
    useCanonical(m, constants)
    const code = newCode(m, {
      ...compiled,
      name: hold(label(m, compiled.name)),
      qualifiedName: hold(label(m, compiled.qualifiedName)),
      filename: hold(label(m, compiled.filename)),
      localNames: tuple(compiled.locals, ({ name }) => internText(m, name)),
      names: tuple(compiled.names, (name) => internText(m, name)),
      constants,
      localKinds: compiled.locals.map(kindOfLocal),
    })
    quickenMain(m, code)
    return code
  } finally {
    dropAll(m, held)
  }
}

/** What code is called by in messages. @returns a new reference. */
function label(m: Caller, text: string): Address {
  const string = newStr(m, text)
  try {
    return internHeld(m, string)
  } finally {
    decref(m, string)
  }
}

const kindOfLocal = ({ kind }: FrameVariable): number => KINDS[kind]

const KINDS = {
  local: LocalKind.LOCAL,
  cell: LocalKind.CELL,
  free: LocalKind.FREE,
  'local cell': LocalKind.LOCAL | LocalKind.CELL,
} as const

/** Makes the object that a constant stands for. It is the caller's alone, unless there is only one of it anyhow. @throws OutOfMemory */
export function newConstant(m: Caller, constant: Constant): Address {
  switch (constant.kind) {
    case 'none':
      return none(m)
    case 'ellipsis':
      return ellipsis(m)
    case 'bool':
      return truthValue(m, constant.value)
    case 'int':
      return newBigInt(m, constant.value)
    case 'float':
      return newFloat(m, constant.value)
    case 'str':
      return newStr(m, constant.value)
    case 'bytes':
      return newBytes(m, constant.value)
    case 'tuple':
      return tupleOf(m, constant.items, (item) => newConstant(m, item))
    case 'frozenset':
      return withConstants(m, constant.items, (items) => newSet(m, Kind.FROZENSET, items))
    case 'slice':
      return withConstants(m, constant.items, (items) => newSlice(m, ...(items as [Address, Address, Address])))
    case 'code':
      return load(m, constant.code)
  }
}

/** Makes a tuple of what is made of each item. */
function tupleOf<T>(m: Caller, items: readonly T[], make: (item: T) => Address): Address {
  const tuple = newTupleOf(m, items.length)
  try {
    for (const [index, item] of items.entries()) setTupleItem(m.memory, tuple, index, make(item))
    return tuple
  } catch (error) {
    // With it ends what was made by then.
    decref(m, tuple)
    throw error
  }
}

const withConstants = (m: Caller, constants: readonly Constant[], make: (items: readonly Address[]) => Address): Address =>
  withEach(m, constants, (constant) => newConstant(m, constant), make)
