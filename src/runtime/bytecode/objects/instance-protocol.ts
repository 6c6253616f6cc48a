/**
 * Operators on instances of classes that a program defines: each calls the method that the class has for it.
 *
 * @see CPython Objects/typeobject.c, the slot functions
 */
import { type Address, NULL } from '../../memory/memory.ts'
import { decref } from '../../refcount/biased.ts'
import { lookUpSpecial } from './attributes.ts'
import { className, fullName, isDerived, isSubclass, typeOf } from './class.ts'
import { classNamed, type SPECIAL_NAMES } from './classes.ts'
import { argsOf } from './exception.ts'
import { newIterator, Source } from './iterators.ts'
import { Kind, kindOf } from './kinds.ts'
import type { Caller } from './mutator.ts'
import { isIntegral } from './numbers.ts'
import { hash, identityHash } from './operate/hash.ts'
import { indexNumber, isIndex } from './operate/index-of.ts'
import { isAmong } from './operate/items.ts'
import { Comparison, IN_PLACE, plainOperation } from './operate/operation.ts'
import { protocolOf } from './operate/protocol-of.ts'
import { repr, text } from './operate/repr.ts'
import { truth } from './operate/truth.ts'
import type { Protocol } from './protocols.ts'
import { Raised, raise } from './raise.ts'
import { close, objectOf, type Reference } from './reference.ts'
import { none, notImplemented, truthValue } from './singletons.ts'
import { textOf } from './str.ts'
import { tupleItem, tupleItems, tupleLength } from './tuple.ts'
import { typeName } from './type-name.ts'

/** Names of operators as methods have them, by operation. */
const OPERATORS = ['add', 'and', 'floordiv', 'lshift', 'matmul', 'mul', 'mod', 'or', 'pow', 'rshift', 'sub', 'truediv', 'xor'] as const
const COMPARISONS = ['__lt__', '__le__', '__eq__', '__ne__', '__gt__', '__ge__'] as const
const UNARIES = ['__neg__', '__pos__', '__invert__'] as const

/** Calls a special method. @returns NULL if the class has none. */
function ask(m: Caller, object: Address, name: (typeof SPECIAL_NAMES)[number], ...values: Address[]): Address {
  const method = lookUpSpecial(m, object, name)
  if (method === NULL) return NULL
  try {
    return m.call(objectOf(method), [object, ...values])
  } finally {
    close(m, method)
  }
}

/** As `ask`, for a method that may say that it is not for these operands. */
function attempt(m: Caller, object: Address, name: (typeof SPECIAL_NAMES)[number], ...values: Address[]): Address {
  const answer = ask(m, object, name, ...values)
  return answer === notImplemented(m) ? NULL : answer
}

/** What a special method answers, as a text. */
function told(m: Caller, object: Address, name: '__repr__' | '__str__', asked = name): string | undefined {
  const answer = ask(m, object, name)
  if (answer === NULL) return undefined
  try {
    if (kindOf(m.memory, answer) !== Kind.STR) raise(m, 'TypeError', `${asked} returned non-string (type ${typeName(m, answer)})`)
    return textOf(m.memory, answer)
  } finally {
    decref(m, answer)
  }
}

/** Whether the class of an object has a method. */
function has(m: Caller, object: Address, name: (typeof SPECIAL_NAMES)[number]): boolean {
  const method = lookUpSpecial(m, object, name)
  close(m, method)
  return method !== NULL
}

/** Whether there are items to go over. A class says by `__iter__ = None` that there are none. */
function isIterable(m: Caller, object: Address): boolean {
  const method = lookUpSpecial(m, object, '__iter__')
  close(m, method)
  return method === NULL ? has(m, object, '__getitem__') : objectOf(method) !== none(m)
}

const isInstance = (m: Caller, object: Address): boolean => kindOf(m.memory, object) >= Kind.INSTANCE

/** Whether the classes of two objects have a method in common, or both lack it. */
function isSameMethod(m: Caller, one: Address, other: Address, name: (typeof SPECIAL_NAMES)[number]): boolean {
  const methods = [lookUpSpecial(m, one, name), lookUpSpecial(m, other, name)]
  for (const method of methods) close(m, method)
  return objectOf(methods[0] as Reference) === objectOf(methods[1] as Reference)
}

/** As `ask` for a comparison. What only says when it is equal is unequal otherwise. */
function compare(m: Caller, comparison: number, left: Address, right: Address): Address {
  const own = ask(m, left, COMPARISONS[comparison] as (typeof COMPARISONS)[number], right)
  if (own !== NULL || comparison !== Comparison.NE) return own === notImplemented(m) ? NULL : own
  const equality = attempt(m, left, '__eq__', right)
  if (equality === NULL) return NULL
  try {
    return truthValue(m, !truth(m, equality))
  } finally {
    decref(m, equality)
  }
}

function binary(m: Caller, operation: number, left: Address, right: Address): Address {
  const operator = OPERATORS[plainOperation(operation)] as (typeof OPERATORS)[number]
  if (!isInstance(m, left)) return attempt(m, right, `__r${operator}__`, left)
  if (operation >= IN_PLACE) {
    const changed = attempt(m, left, `__i${operator}__`, right)
    if (changed !== NULL) return changed
  }
  // A derived class that changes the operator is asked first.
  const derived = isDerived(m, left, right) && !isSameMethod(m, left, right, `__r${operator}__`)
  if (derived) {
    const first = attempt(m, right, `__r${operator}__`, left)
    if (first !== NULL) return first
  }
  const answer = attempt(m, left, `__${operator}__`, right)
  if (answer !== NULL || derived || !isInstance(m, right) || typeOf(m, left) === typeOf(m, right)) return answer
  return attempt(m, right, `__r${operator}__`, left)
}

/** The next of an iterator that a class defines. */
function next(m: Caller, iterator: Address): Address {
  try {
    const value = ask(m, iterator, '__next__')
    // It was an iterator when it was asked for: its class has lost the method.
    return value === NULL ? raise(m, 'TypeError', `'${typeName(m, iterator)}' object is not iterable`) : value
  } catch (error) {
    const stopped = error instanceof Raised && isSubclass(m.memory, typeOf(m, error.exception), classNamed(m, 'StopIteration'))
    if (!stopped) throw error
    decref(m, error.exception)
    return NULL
  }
}

function isTrue(m: Caller, object: Address): boolean {
  const answer = ask(m, object, '__bool__')
  if (answer === NULL) return !has(m, object, '__len__') || lengthOf(m, object) > 0
  try {
    if (kindOf(m.memory, answer) !== Kind.BOOL) raise(m, 'TypeError', `__bool__ should return bool, returned ${typeName(m, answer)}`)
    return truth(m, answer)
  } finally {
    decref(m, answer)
  }
}

function lengthOf(m: Caller, object: Address): number {
  const answer = ask(m, object, '__len__')
  if (answer === NULL) raise(m, 'TypeError', `object of type '${typeName(m, object)}' has no len()`)
  try {
    const length = indexNumber(m, answer, 'OverflowError')
    if (length < 0) raise(m, 'ValueError', '__len__() should return >= 0')
    return length
  } finally {
    decref(m, answer)
  }
}

function hashOf(m: Caller, object: Address): number {
  const method = lookUpSpecial(m, object, '__hash__')
  if (method === NULL) return identityHash(object)
  close(m, method)
  // So says a class that none of its objects has one.
  if (objectOf(method) === none(m)) raise(m, 'TypeError', `unhashable type: '${typeName(m, object)}'`)
  const answer = ask(m, object, '__hash__')
  try {
    if (!isIntegral(kindOf(m.memory, answer))) raise(m, 'TypeError', '__hash__ method should return an integer')
    // Of an integer that is a hash it is the integer itself.
    return hash(m, answer)
  } finally {
    decref(m, answer)
  }
}

/** An item by `__getitem__` and its like. @returns what the method answers. */
function item(
  m: Caller,
  name: '__getitem__' | '__setitem__' | '__delitem__',
  refusal: string,
  object: Address,
  ...values: Address[]
): Address {
  const answer = ask(m, object, name, ...values)
  return answer === NULL ? raise(m, 'TypeError', `'${typeName(m, object)}' object ${refusal}`) : answer
}

export const INSTANCE_PROTOCOL: Protocol = {
  binary,
  unary: (m, operation, operand) => ask(m, operand, UNARIES[operation] as (typeof UNARIES)[number]),
  compare,
  hash: hashOf,
  repr(m, object) {
    const own = told(m, object, '__repr__')
    return own ?? `<${fullName(m, typeOf(m, object))} object at 0x${object.toString(16)}>`
  },
  text: (m, object) => told(m, object, '__str__') ?? told(m, object, '__repr__', '__str__') ?? repr(m, object),
  truth: isTrue,
  length: lengthOf,
  getItem: (m, object, key) => item(m, '__getitem__', 'is not subscriptable', object, key),
  setItem: (m, object, key, value) => decref(m, item(m, '__setitem__', 'does not support item assignment', object, key, value)),
  deleteItem(m, object, key) {
    // Where a sequence could be meant it is refused in other words.
    const refusal = `${isIndex(m, key) ? "doesn't" : 'does not'} support item deletion`
    decref(m, item(m, '__delitem__', refusal, object, key))
  },
  contains(m, object, value) {
    const answer = ask(m, object, '__contains__', value)
    if (answer === NULL) {
      if (!isIterable(m, object)) raise(m, 'TypeError', `argument of type '${typeName(m, object)}' is not a container or iterable`)
      return isAmong(m, object, value)
    }
    try {
      return truth(m, answer)
    } finally {
      decref(m, answer)
    }
  },
  iterate(m, object) {
    if (!isIterable(m, object)) raise(m, 'TypeError', `'${typeName(m, object)}' object is not iterable`)
    const iterator = ask(m, object, '__iter__')
    // Without a method of its own for it, an object has its items one after the other.
    if (iterator === NULL) return newIterator(m, Source.ITEMS, object)
    const isIterator = isInstance(m, iterator) ? has(m, iterator, '__next__') : protocolOf(m, iterator).next !== undefined
    if (isIterator) return iterator
    const name = typeName(m, iterator)
    decref(m, iterator)
    return raise(m, 'TypeError', `iter() returned non-iterator of type '${name}'`)
  },
  next,
  typeName: (m, object) => className(m.memory, typeOf(m, object)),
}

/** Exceptions are written as what they were made with, unless their class says otherwise. */
export const EXCEPTION_PROTOCOL: Protocol = {
  ...INSTANCE_PROTOCOL,
  repr(m, exception) {
    const own = told(m, exception, '__repr__')
    if (own !== undefined) return own
    return withArgs(m, exception, (args) => {
      const inside = tupleItems(m.memory, args).map((each) => repr(m, each))
      return `${className(m.memory, typeOf(m, exception))}(${inside.join(', ')})`
    })
  },
  text(m, exception) {
    const own = told(m, exception, '__str__')
    if (own !== undefined) return own
    return withArgs(m, exception, (args) => {
      const count = tupleLength(m.memory, args)
      if (count === 0) return ''
      if (count > 1) return repr(m, args)
      const only = tupleItem(m.memory, args, 0)
      // So that an empty key can be told from no key.
      return isSubclass(m.memory, typeOf(m, exception), classNamed(m, 'KeyError')) ? repr(m, only) : text(m, only)
    })
  },
}

function withArgs<T>(m: Caller, exception: Address, action: (args: Address) => T): T {
  const args = argsOf(m, exception)
  try {
    return action(args)
  } finally {
    decref(m, args)
  }
}
