/**
 * Names in a dictionary: looked up and set by strings, as variables and attributes are.
 *
 * Names in code are interned, so that as a rule a look compares addresses. No name is equal to anything but a
 * string, so nothing here runs code of a program.
 */
import { type Address, NULL } from '../../memory/memory.ts'
import { decref } from '../../refcount/biased.ts'
import { put, takeOut } from './hash-table.ts'
import { has, lookUp, lookUpReference } from './hash-table-lookup.ts'
import { Kind, kindOf } from './kinds.ts'
import type { Mutator } from './mutator.ts'
import type { Reference } from './reference.ts'
import { none } from './singletons.ts'
import { hashOfStr, hashOfText, sameText, textOf } from './str.ts'

const sameName = ({ memory }: Mutator, one: Address, other: Address): boolean =>
  kindOf(memory, one) === Kind.STR && sameText(memory, one, other)

/** @returns a new reference to what a name stands for; NULL if it does not. */
export const getName = (m: Mutator, dict: Address, name: Address): Address => lookUp(m, dict, name, hashOfStr(m.memory, name), sameName)

/** As `getName`, of a name of which there need not be a string in memory. For observers: programs have strings. */
export const getNameOfText = (m: Mutator, dict: Address, name: string): Address =>
  // Any object stands for the name that is no name itself: comparing looks at the text.
  lookUp(m, dict, none(m), hashOfText(name), ({ memory }, key) => kindOf(memory, key) === Kind.STR && textOf(memory, key) === name)

/** As `getName`, with a reference as frames hold them: not counted if what it stands for is immortal or deferred. */
export const getNameReference = (m: Mutator, dict: Address, name: Address): Reference =>
  lookUpReference(m, dict, name, hashOfStr(m.memory, name), sameName)

/** Whether a name stands for anything. */
export const hasName = (m: Mutator, dict: Address, name: Address): boolean => has(m, dict, name, hashOfStr(m.memory, name), sameName)

/** Lets a name stand for a value, which is borrowed. @throws OutOfMemory */
export const setName = (m: Mutator, dict: Address, name: Address, value: Address): void =>
  put(m, dict, name, hashOfStr(m.memory, name), value, sameName)

/** @returns what the name stood for, given over; NULL if there was nothing to delete. */
export const takeName = (m: Mutator, dict: Address, name: Address): Address => takeOut(m, dict, name, hashOfStr(m.memory, name), sameName)

/** @returns whether there was anything to delete. */
export function deleteName(m: Mutator, dict: Address, name: Address): boolean {
  const value = takeName(m, dict, name)
  if (value !== NULL) decref(m, value)
  return value !== NULL
}
