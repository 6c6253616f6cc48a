/** Making classes, and objects of them. */
import { type Address, NULL } from '../../memory/memory.ts'
import { decref } from '../../refcount/biased.ts'
import { runner } from '../evaluate/execution.ts'
import { runClassBody } from '../evaluate/module.ts'
import { lookUpSpecial } from '../objects/attributes.ts'
import { type Builtin, methodsOf } from '../objects/builtin-function.ts'
import { cellSet } from '../objects/cell.ts'
import { className, newClass, typeOf } from '../objects/class.ts'
import { specialName } from '../objects/classes.ts'
import { newDict } from '../objects/dict.ts'
import { dictUpdate } from '../objects/dict-items.ts'
import { newException, setArgs } from '../objects/exception.ts'
import { newInstance } from '../objects/instance.ts'
import { itself } from '../objects/itself.ts'
import { Kind, kindOf } from '../objects/kinds.ts'
import type { Caller } from '../objects/mutator.ts'
import { takeName } from '../objects/names.ts'
import { raise } from '../objects/raise.ts'
import { close, objectOf } from '../objects/reference.ts'
import { none } from '../objects/singletons.ts'
import { textOf } from '../objects/str.ts'
import { newTuple, tupleItems } from '../objects/tuple.ts'
import { typeName } from '../objects/type-name.ts'
import { anyhow, mustHaveNoNames } from './definition.ts'

/** What a class statement calls: with the function that is the body, the name, and the bases. */
const buildClass = anyhow('__build_class__', (m, [body, name, ...bases], names) => {
  if (names.length > 0) raise(m, 'TypeError', `${textOf(m.memory, name as Address)}.__init_subclass__() takes no keyword arguments`)
  const namespace = newDict(m)
  try {
    const cell = runClassBody(runner(m), body as Address, namespace)
    try {
      return finish(m, name as Address, bases, namespace, cell)
    } finally {
      decref(m, cell)
    }
  } finally {
    decref(m, namespace)
  }
})

/** @param cell of the variable by which methods know their class, if one asks for it; else None. */
function finish(m: Caller, name: Address, bases: readonly Address[], namespace: Address, cell: Address): Address {
  for (const name of ['__classcell__', '__classdictcell__'] as const) {
    const taken = takeName(m, namespace, specialName(m, name))
    if (taken !== NULL) decref(m, taken)
  }
  const made = newClass(m, name, bases, namespace)
  if (kindOf(m.memory, cell) === Kind.CELL) {
    const before = cellSet(m, cell, itself(m, made))
    if (before !== NULL) decref(m, before)
  }
  return made
}

/** `type` tells the class of an object, or makes a class. */
const typeNew = (m: Caller, _type: Address, values: readonly Address[], names: readonly Address[]): Address => {
  mustHaveNoNames(m, 'type', names)
  const [first, bases, namespace] = values
  if (values.length === 1) return itself(m, typeOf(m, first as Address))
  if (values.length !== 3) raise(m, 'TypeError', 'type() takes 1 or 3 arguments')
  mustBe(m, first as Address, 1, Kind.STR, 'str')
  mustBe(m, bases as Address, 2, Kind.TUPLE, 'tuple')
  mustBe(m, namespace as Address, 3, Kind.DICT, 'dict')
  const own = newDict(m)
  try {
    dictUpdate(m, own, namespace as Address)
    return newClass(m, first as Address, tupleItems(m.memory, bases as Address), own)
  } finally {
    decref(m, own)
  }
}

function mustBe(m: Caller, value: Address, place: number, kind: number, wanted: string): void {
  if (kindOf(m.memory, value) !== kind)
    raise(m, 'TypeError', `type.__new__() argument ${place} must be ${wanted}, not ${typeName(m, value)}`)
}

/** Whether an object's class has a method of its own in the place of the built-in one. */
function defines(m: Caller, object: Address, name: '__init__'): boolean {
  const found = lookUpSpecial(m, object, name)
  close(m, found)
  return kindOf(m.memory, objectOf(found)) !== Kind.BUILTIN_FUNCTION
}

const objectNew = (m: Caller, type: Address, values: readonly Address[]): Address => {
  const made = newInstance(m, type)
  if (values.length === 0 || defines(m, made, '__init__')) return made
  decref(m, made)
  return raise(m, 'TypeError', `${className(m.memory, type)}() takes no arguments`)
}

const exceptionNew = (m: Caller, type: Address, values: readonly Address[], names: readonly Address[]): Address => {
  const args = newTuple(m, values.slice(0, values.length - names.length))
  try {
    return newException(m, type, args)
  } finally {
    decref(m, args)
  }
}

/** Objects without a method of their own for it have nothing to be initialized with: making them has seen to that. */
const objectInit = (m: Caller, object: Address, values: readonly Address[]): Address => {
  if (values.length > 0 && defines(m, object, '__init__')) {
    raise(m, 'TypeError', 'object.__init__() takes exactly one argument (the instance to initialize)')
  }
  return none(m)
}

const exceptionInit = (m: Caller, exception: Address, values: readonly Address[], names: readonly Address[]): Address => {
  mustHaveNoNames(m, className(m.memory, typeOf(m, exception)), names)
  const args = newTuple(m, values)
  setArgs(m, exception, args)
  decref(m, args)
  return none(m)
}

/** `super` is an instruction of its own where methods use it as they do. */
const superFunction = anyhow('super', (m) =>
  raise(m, 'RuntimeError', 'super() is only supported in the form super().name, inside a method'),
)

export const CLASSES: readonly Builtin[] = [
  buildClass,
  superFunction,
  ...methodsOf('object', { __new__: objectNew, __init__: objectInit }),
  ...methodsOf('BaseException', { __new__: exceptionNew, __init__: exceptionInit }),
  ...methodsOf('type', { __new__: typeNew }),
]
