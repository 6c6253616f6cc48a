/**
 * Attributes by way of `super`: those of the classes behind one in the order of an object's class.
 *
 * @see CPython Objects/typeobject.c, super_init_impl and do_super_lookup
 */
import { type Address, NULL } from '../../memory/memory.ts'
import { bind } from '../objects/attributes.ts'
import { builtinOf } from '../objects/builtin-function.ts'
import { className, isClass, isInstance, isSubclass, namespaceOf, orderOf, typeOf } from '../objects/class.ts'
import { Kind, kindOf } from '../objects/kinds.ts'
import type { Caller } from '../objects/mutator.ts'
import { getNameReference } from '../objects/names.ts'
import { raise } from '../objects/raise.ts'
import { counted } from '../objects/reference.ts'
import { textOf } from '../objects/str.ts'
import { tupleItems } from '../objects/tuple.ts'
import { typeName } from '../objects/type-name.ts'

/** Whether something called is the built-in `super`. */
export const isSuper = (m: Caller, callable: Address): boolean =>
  kindOf(m.memory, callable) === Kind.BUILTIN_FUNCTION && builtinOf(m, callable).name === 'super'

/** @throws Raised if there can be no `super` of a class and an object. */
export function checkSuper(m: Caller, type: Address, object: Address): void {
  if (!isClass(m.memory, type)) raise(m, 'TypeError', `super() argument 1 must be a type, not ${typeName(m, type)}`)
  if (isInstance(m, object, type) || isDerived(m, object, type)) return
  const subject = isClass(m.memory, object) ? `type ${className(m.memory, object)}` : `instance of ${typeName(m, object)}`
  raise(m, 'TypeError', `super(type, obj): obj (${subject}) is not an instance or subtype of type (${className(m.memory, type)}).`)
}

/** An attribute of an object as the classes behind one have it: a new reference. */
export function superAttribute(m: Caller, type: Address, object: Address, name: Address): Address {
  const { memory } = m
  const isOfClass = isDerived(m, object, type)
  const order = tupleItems(memory, orderOf(memory, isOfClass ? object : typeOf(m, object)))
  for (const each of order.slice(order.indexOf(type) + 1)) {
    const found = getNameReference(m, namespaceOf(memory, each), name)
    // Asked for by way of a class, a method is bound to nothing.
    if (found !== NULL) return isOfClass ? counted(m, found) : bind(m, found, object)
  }
  return raise(m, 'AttributeError', `'super' object has no attribute '${textOf(memory, name)}'`)
}

const isDerived = ({ memory }: Caller, object: Address, type: Address): boolean =>
  isClass(memory, object) && isSubclass(memory, object, type)
