/** Names that are looked up in dictionaries: those of modules and class bodies, globals and what is built in. */
import { type Address, NULL } from '../../../memory/memory.ts'
import { BUILTINS, GLOBALS, NAMESPACE } from '../../code/frame.ts'
import { OP } from '../../compile/opcodes.ts'
import { specialName } from '../../objects/classes.ts'
import { deleteName, getNameReference, setName } from '../../objects/names.ts'
import { raise } from '../../objects/raise.ts'
import { duplicate, given, objectOf, type Reference } from '../../objects/reference.ts'
import { textOf } from '../../objects/str.ts'
import type { Execution } from '../execution.ts'
import type { Handler, Handlers } from './handler.ts'
import { nameOfLocal, valueInCell } from './variables.ts'

const raiseUndefined = (run: Execution, name: Address): never =>
  raise(run.m, 'NameError', `name '${textOf(run.memory, name)}' is not defined`)

const namespaceOf = (run: Execution): Address => objectOf(run.memory.get(run.frame + NAMESPACE))

/** A global, or what is built in under that name. */
function globalNamed(run: Execution, name: Address): Reference {
  const { m, memory, frame } = run
  const global = getNameReference(m, memory.get(frame + GLOBALS), name)
  if (global !== NULL) return global
  const builtin = getNameReference(m, memory.get(frame + BUILTINS), name)
  return builtin === NULL ? raiseUndefined(run, name) : builtin
}

const loadName: Handler = (run, index) => {
  const name = run.name(index)
  const found = getNameReference(run.m, namespaceOf(run), name)
  run.push(found === NULL ? globalNamed(run, name) : found)
}

const loadGlobal: Handler = (run, argument) => {
  run.push(globalNamed(run, run.name(argument >> 1)))
  if ((argument & 1) !== 0) run.push(NULL)
}

/** In a class body: a name of the class's, or else the variable of a function around it. */
const loadFromDictOrDeref: Handler = (run, index) => {
  const found = getNameReference(run.m, run.object(1), nameOfLocal(run, index))
  run.replace(1, found === NULL ? given(run.memory, valueInCell(run, index)) : found)
}

const store = (run: Execution, dict: Address, index: number): void => {
  setName(run.m, dict, run.name(index), run.object(1))
  run.drop(1)
}

const remove = (run: Execution, dict: Address, index: number): void => {
  if (!deleteName(run.m, dict, run.name(index))) raiseUndefined(run, run.name(index))
}

const loadBuildClass: Handler = (run) => {
  const { m, memory } = run
  run.push(getNameReference(m, memory.get(run.frame + BUILTINS), specialName(m, '__build_class__')))
}

export const NAMES: Handlers = {
  [OP.LOAD_NAME]: loadName,
  [OP.STORE_NAME]: (run, index) => store(run, namespaceOf(run), index),
  [OP.DELETE_NAME]: (run, index) => remove(run, namespaceOf(run), index),
  [OP.LOAD_GLOBAL]: loadGlobal,
  [OP.STORE_GLOBAL]: (run, index) => store(run, run.memory.get(run.frame + GLOBALS), index),
  [OP.DELETE_GLOBAL]: (run, index) => remove(run, run.memory.get(run.frame + GLOBALS), index),
  [OP.LOAD_LOCALS]: (run) => run.push(duplicate(run.m, run.memory.get(run.frame + NAMESPACE))),
  [OP.LOAD_FROM_DICT_OR_DEREF]: loadFromDictOrDeref,
  [OP.LOAD_BUILD_CLASS]: loadBuildClass,
}
