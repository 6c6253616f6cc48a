/**
 * Attributes: what stands behind the dot.
 *
 * A name is looked up in the class first. What is computed there prevails over everything. Otherwise the object's own
 * dictionary comes first, and a function that the class has becomes a method of the object.
 *
 * @see CPython Objects/object.c, _PyObject_GenericGetAttrWithDict; Objects/typeobject.c, _Py_type_getattro
 */
import { type Address, NULL } from '../../memory/memory.ts'
import { decref } from '../../refcount/biased.ts'
import { boundTo, builtinNumber, builtinOf, Form, newBuiltin } from './builtin-function.ts'
import { className, classNumber, isClass, lookUpInClass, namespaceOf, typeOf } from './class.ts'
import { builtinClass, specialName } from './classes.ts'
import { FUNCTION_DICTIONARY } from './function.ts'
import { DICTIONARY, dictionaryAt } from './instance.ts'
import { Kind, kindOf } from './kinds.ts'
import { newMethod } from './method.ts'
import type { Caller, Mutator } from './mutator.ts'
import { deleteName, getName, setName } from './names.ts'
import { raise } from './raise.ts'
import { close, counted, objectOf, type Reference } from './reference.ts'
import { textOf } from './str.ts'

/** @param name a string. @returns a new reference. @throws Raised AttributeError, or what computing the attribute raises */
export function getAttribute(m: Caller, object: Address, name: Address): Address {
  const found = lookUpAttribute(m, object, name)
  if (found !== NULL) return found
  return raise(m, 'AttributeError', `${describe(m, object)} has no attribute '${textOf(m.memory, name)}'`)
}

/** As `getAttribute`. @returns NULL if there is no such attribute. */
export function lookUpAttribute(m: Caller, object: Address, name: Address): Address {
  const { memory } = m
  if (isClass(memory, object)) return lookUpClassAttribute(m, object, name)
  const inClass = lookUpInClass(m, typeOf(m, object), name)
  if (isComputed(m, inClass)) return compute(m, inClass, object)
  const own = lookUpOwn(m, object, name)
  if (own === NULL) return inClass === NULL ? computeMissing(m, object, name) : bind(m, inClass, object)
  close(m, inClass)
  return own
}

/**
 * The function behind a method call, so that no method needs to be made.
 * @returns a reference of the caller's own to what is to be called with the object first; NULL if the attribute is anything but a method of
 *   the object's class, or not there: ask `getAttribute`.
 */
export function loadMethod(m: Caller, object: Address, name: Address): Reference {
  if (isClass(m.memory, object)) return NULL
  const inClass = lookUpInClass(m, typeOf(m, object), name)
  if (inClass === NULL) return NULL
  const own = isMethod(m, inClass) ? lookUpOwn(m, object, name) : NULL
  if (own === NULL && isMethod(m, inClass)) return inClass
  close(m, inClass)
  if (own !== NULL) decref(m, own)
  return NULL
}

/** @param value borrowed. @throws Raised */
export function setAttribute(m: Caller, object: Address, name: Address, value: Address): void {
  const settled = (dictionary: Address) => {
    setName(m, dictionary, name, value)
    return true
  }
  change(m, object, name, value, settled)
}

/** @throws Raised */
export function deleteAttribute(m: Caller, object: Address, name: Address): void {
  change(m, object, name, NULL, (dictionary) => deleteName(m, dictionary, name))
}

/** Looks a special method up in an object's class. @returns a reference of the caller's own, or NULL. */
export const lookUpSpecial = (m: Mutator, object: Address, name: string): Reference =>
  lookUpInClass(m, typeOf(m, object), specialName(m, name))

/** @param act changes the dictionary that the attribute would lie in, and answers whether it was there. */
function change(m: Caller, object: Address, name: Address, value: Address, act: (dictionary: Address) => boolean): void {
  const { memory } = m
  const type = typeOf(m, object)
  if (isClass(memory, object) && classNumber(memory, object) !== 0) {
    raise(m, 'TypeError', `cannot set '${textOf(memory, name)}' attribute of immutable type '${className(memory, object)}'`)
  }
  const inClass = lookUpInClass(m, type, name)
  const inherited = inClass !== NULL
  try {
    if (isComputed(m, inClass)) {
      changeComputed(m, objectOf(inClass), object, value)
      return
    }
  } finally {
    close(m, inClass)
  }
  const dictionary = dictionaryToChange(m, object)
  if (dictionary !== NULL && act(dictionary)) return
  const text = textOf(memory, name)
  if (dictionary !== NULL) raise(m, 'AttributeError', `${describe(m, object)} has no attribute '${text}'`)
  if (inherited) raise(m, 'AttributeError', `${describe(m, object)} attribute '${text}' is read-only`)
  raise(m, 'AttributeError', `${describe(m, object)} has no attribute '${text}' and no __dict__ for setting new attributes`)
}

function changeComputed(m: Caller, attribute: Address, object: Address, value: Address): void {
  const { name, owner, set } = builtinOf(m, attribute)
  if (!set) raise(m, 'AttributeError', `attribute '${name}' of '${owner}' objects is not writable`)
  set(m, object, value)
}

/** Classes have what is computed of all of them, and then attributes of their own and of the classes that they are based on. */
function lookUpClassAttribute(m: Caller, type: Address, name: Address): Address {
  const ofAll = lookUpInClass(m, builtinClass(m, Kind.CLASS), name)
  if (isComputed(m, ofAll)) return compute(m, ofAll, type)
  close(m, ofAll)
  const own = lookUpInClass(m, type, name)
  return own === NULL ? NULL : counted(m, own)
}

/** What an object has in its own dictionary. @returns a new reference, or NULL. */
function lookUpOwn(m: Mutator, object: Address, name: Address): Address {
  const at = dictionaryOffset(kindOf(m.memory, object))
  const dictionary = at === 0 ? NULL : m.memory.loadAcquire(object + at)
  return dictionary === NULL ? NULL : getName(m, dictionary, name)
}

/** The dictionary in which an attribute of an object is to be changed, borrowed; NULL if it can have none. */
function dictionaryToChange(m: Mutator, object: Address): Address {
  if (isClass(m.memory, object)) return namespaceOf(m.memory, object)
  const at = dictionaryOffset(kindOf(m.memory, object))
  return at === 0 ? NULL : dictionaryAt(m, object + at)
}

/** Where objects of a kind keep their dictionary; zero if they have none. */
function dictionaryOffset(kind: number): number {
  if (kind >= Kind.INSTANCE) return DICTIONARY
  return kind === Kind.FUNCTION ? FUNCTION_DICTIONARY : 0
}

const isBuiltin = (m: Mutator, reference: Reference): boolean =>
  reference !== NULL && kindOf(m.memory, objectOf(reference)) === Kind.BUILTIN_FUNCTION

const isComputed = (m: Caller, reference: Reference): boolean =>
  isBuiltin(m, reference) && builtinOf(m, objectOf(reference)).form === Form.ATTRIBUTE

/** Whether it becomes a method if it is found in an object's class. */
function isMethod(m: Caller, reference: Reference): boolean {
  const object = objectOf(reference)
  if (!isBuiltin(m, reference)) return kindOf(m.memory, object) === Kind.FUNCTION
  return builtinOf(m, object).form === Form.METHOD && boundTo(m, object) === NULL
}

/** Asks what is found in the class for the attribute's value. @param found given over. */
function compute(m: Caller, found: Reference, object: Address): Address {
  try {
    return builtinOf(m, objectOf(found)).call(m, [object], [])
  } finally {
    close(m, found)
  }
}

/** Asks the class for the value of an attribute that is not there, if it can say. @returns NULL if not. */
function computeMissing(m: Caller, object: Address, name: Address): Address {
  const special = lookUpSpecial(m, object, '__getattr__')
  if (special === NULL) return NULL
  try {
    return m.call(objectOf(special), [object, name])
  } finally {
    close(m, special)
  }
}

/** Makes of what is found in the class what the object has. @param found given over. */
export function bind(m: Caller, found: Reference, object: Address): Address {
  if (!isMethod(m, found)) return counted(m, found)
  const callable = objectOf(found)
  try {
    return isBuiltin(m, found) ? newBuiltin(m, builtinNumber(m, callable), object) : newMethod(m, callable, object)
  } finally {
    close(m, found)
  }
}

function describe(m: Mutator, object: Address): string {
  const { memory } = m
  return isClass(memory, object) ? `type object '${className(memory, object)}'` : `'${className(memory, typeOf(m, object))}' object`
}
