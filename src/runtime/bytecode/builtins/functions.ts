/**
 * The built-in functions that look at objects.
 *
 * @see CPython Python/bltinmodule.c
 */
import { type Address, NULL } from '../../memory/memory.ts'
import { decref, incref } from '../../refcount/biased.ts'
import { isRaised, optionalAttribute } from '../evaluate/errors.ts'
import { runner } from '../evaluate/execution.ts'
import { generatorSend } from '../evaluate/generator.ts'
import { deleteAttribute, getAttribute, lookUpSpecial, setAttribute } from '../objects/attributes.ts'
import type { Builtin } from '../objects/builtin-function.ts'
import { isClass, isSubclass, typeOf } from '../objects/class.ts'
import { floatOf, newFloat } from '../objects/float.ts'
import { bigIntOf, newBigInt, newInt } from '../objects/int.ts'
import { Kind, kindOf } from '../objects/kinds.ts'
import type { Caller } from '../objects/mutator.ts'
import { hash } from '../objects/operate/hash.ts'
import { length } from '../objects/operate/items.ts'
import { iterate, next } from '../objects/operate/iterate.ts'
import { repr } from '../objects/operate/repr.ts'
import { truth as isTrue } from '../objects/operate/truth.ts'
import { raise, raiseWith } from '../objects/raise.ts'
import { close, objectOf } from '../objects/reference.ts'
import { none, truthValue } from '../objects/singletons.ts'
import { newStr, textOf } from '../objects/str.ts'
import { tupleItems } from '../objects/tuple.ts'
import { typeName } from '../objects/type-name.ts'
import { anyhow, mustBeGiven, named, ofOne, ofSome } from './definition.ts'
import { eachOf } from './items.ts'
import { sumOf } from './sum.ts'

/** The classes that the second argument of `isinstance` names: one, or a tuple of them, at any depth. */
function classesIn(m: Caller, name: string, classes: Address): readonly Address[] {
  const { memory } = m
  if (isClass(memory, classes)) return [classes]
  if (kindOf(memory, classes) === Kind.TUPLE) return tupleItems(memory, classes).flatMap((each) => classesIn(m, name, each))
  const wanted = name === 'isinstance' ? 'a type, a tuple of types, or a union' : 'a class, a tuple of classes, or a union'
  return raise(m, 'TypeError', `${name}() arg 2 must be ${wanted}`)
}

const isBased = (m: Caller, name: string, type: Address, classes: Address): Address =>
  truthValue(
    m,
    classesIn(m, name, classes).some((each) => isSubclass(m.memory, type, each)),
  )

/** An attribute's name. */
function attributeName(m: Caller, name: Address): Address {
  if (kindOf(m.memory, name) === Kind.STR) return name
  return raise(m, 'TypeError', `attribute name must be string, not '${typeName(m, name)}'`)
}

/** The next value, or StopIteration with what a generator returned. */
function nextOrStop(m: Caller, iterator: Address): Address {
  const { memory } = m
  const kind = kindOf(memory, iterator)
  if (kind === Kind.GENERATOR) return generatorSend(runner(m), iterator, none(m))
  if (kind >= Kind.INSTANCE) {
    const method = lookUpSpecial(m, iterator, '__next__')
    if (method === NULL) raise(m, 'TypeError', `'${typeName(m, iterator)}' object is not an iterator`)
    try {
      return m.call(objectOf(method), [iterator])
    } finally {
      close(m, method)
    }
  }
  const value = next(m, iterator)
  return value === NULL ? raiseWith(m, 'StopIteration', []) : value
}

const nextFunction = ofSome('next', 1, 2, (m, iterator, otherwise) => {
  try {
    return nextOrStop(m, iterator as Address)
  } catch (error) {
    if (otherwise === undefined || !isRaised(m, error, 'StopIteration')) throw error
    decref(m, error.exception)
    incref(m, otherwise)
    return otherwise
  }
})

const getAttr = ofSome('getattr', 2, 3, (m, object, name, otherwise) => {
  if (otherwise === undefined) return getAttribute(m, object as Address, attributeName(m, name as Address))
  const found = optionalAttribute(m, object as Address, attributeName(m, name as Address))
  if (found !== NULL) return found
  incref(m, otherwise)
  return otherwise
})

const hasAttr = ofSome('hasattr', 2, 2, (m, object, name) => {
  const found = optionalAttribute(m, object as Address, attributeName(m, name as Address))
  if (found !== NULL) decref(m, found)
  return truthValue(m, found !== NULL)
})

const setAttr = ofSome('setattr', 3, 3, (m, object, name, value) => {
  setAttribute(m, object as Address, attributeName(m, name as Address), value as Address)
  return none(m)
})

const deleteAttr = ofSome('delattr', 2, 2, (m, object, name) => {
  deleteAttribute(m, object as Address, attributeName(m, name as Address))
  return none(m)
})

const sum = anyhow('sum', (m, values, names) => {
  const { positional, byName } = named(m, 'sum', values, names, ['start'])
  mustBeGiven(m, 'sum', positional.length, 2)
  const start = positional[1] ?? byName.start
  if (start !== undefined && kindOf(m.memory, start) === Kind.STR) {
    raise(m, 'TypeError', "sum() can't sum strings [use ''.join(seq) instead]")
  }
  return sumOf(m, positional[0] as Address, start ?? newInt(m, 0))
})

/** Whether the truth of some value decides. */
const decidedBy = (name: string, deciding: boolean): Builtin =>
  ofOne(name, (m, iterable) => {
    let decided = false
    eachOf(m, iterable, (value) => {
      decided = isTrue(m, value) === deciding
      return decided
    })
    return truthValue(m, decided === deciding)
  })

const isCallable = ofOne('callable', (m, object) => {
  const kind = kindOf(m.memory, object)
  if (kind < Kind.INSTANCE) return truthValue(m, CALLABLE.has(kind))
  const method = lookUpSpecial(m, object, '__call__')
  close(m, method)
  return truthValue(m, method !== NULL)
})
const CALLABLE: ReadonlySet<number> = new Set([Kind.FUNCTION, Kind.BUILTIN_FUNCTION, Kind.METHOD, Kind.CLASS])

function absolute(m: Caller, value: Address): Address {
  const kind = kindOf(m.memory, value)
  if (kind === Kind.FLOAT) return newFloat(m, Math.abs(floatOf(m.memory, value)))
  if (kind !== Kind.INT && kind !== Kind.BOOL) raise(m, 'TypeError', `bad operand type for abs(): '${typeName(m, value)}'`)
  const size = bigIntOf(m.memory, value)
  return newBigInt(m, size < 0n ? -size : size)
}

/** Waits until the embedder lets the program go on. */
const wait = ofOne('wait', (m, name) => {
  if (kindOf(m.memory, name) !== Kind.STR) raise(m, 'TypeError', `wait() argument must be str, not ${typeName(m, name)}`)
  m.wait(textOf(m.memory, name))
  return none(m)
})

export const FUNCTIONS: readonly Builtin[] = [
  ofOne('len', (m, object) => newInt(m, length(m, object))),
  ofOne('repr', (m, object) => newStr(m, repr(m, object))),
  ofOne('abs', (m, object) => absolute(m, object)),
  ofOne('hash', (m, object) => newInt(m, hash(m, object))),
  ofOne('id', (m, object) => newInt(m, object)),
  isCallable,
  ofSome('isinstance', 2, 2, (m, object, classes) => isBased(m, 'isinstance', typeOf(m, object as Address), classes as Address)),
  ofSome('issubclass', 2, 2, (m, type, classes) => {
    if (!isClass(m.memory, type as Address)) raise(m, 'TypeError', 'issubclass() arg 1 must be a class')
    return isBased(m, 'issubclass', type as Address, classes as Address)
  }),
  ofOne('iter', (m, object) => iterate(m, object)),
  nextFunction,
  getAttr,
  hasAttr,
  setAttr,
  deleteAttr,
  sum,
  decidedBy('any', true),
  decidedBy('all', false),
  wait,
]
