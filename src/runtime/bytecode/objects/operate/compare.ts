/**
 * Comparisons.
 *
 * @see CPython Objects/object.c, do_richcompare
 */
import { type Address, NULL } from '../../../memory/memory.ts'
import { decref } from '../../../refcount/biased.ts'
import { isDerived } from '../class.ts'
import { Kind, kindOf } from '../kinds.ts'
import type { Caller } from '../mutator.ts'
import { raise } from '../raise.ts'
import { truthValue } from '../singletons.ts'
import { sameText } from '../str.ts'
import { typeName } from '../type-name.ts'
import { COMPARISON_SIGNS, Comparison, TURNED } from './operation.ts'
import { protocolOf } from './protocol-of.ts'
import { truth } from './truth.ts'

/**
 * Compares two objects.
 * @param comparison as in `operation.ts`.
 * @returns what the comparison answers: True or False, unless a class has it otherwise.
 * @throws Raised if the objects have no order.
 */
export function compare(m: Caller, comparison: number, left: Address, right: Address): Address {
  const found = attempt(m, comparison, left, right)
  if (found !== NULL) return found
  if (comparison === Comparison.EQ) return truthValue(m, left === right)
  if (comparison === Comparison.NE) return truthValue(m, left !== right)
  const [one, other] = [typeName(m, left), typeName(m, right)]
  raise(m, 'TypeError', `'${COMPARISON_SIGNS[comparison]}' not supported between instances of '${one}' and '${other}'`)
}

/** Whether two objects are the same or equal. */
export function equal(m: Caller, left: Address, right: Address): boolean {
  if (left === right) return true
  const { memory } = m
  if (kindOf(memory, left) === Kind.STR && kindOf(memory, right) === Kind.STR) return sameText(memory, left, right)
  const found = attempt(m, Comparison.EQ, left, right)
  return found !== NULL && isTrue(m, found)
}

/** Whether a comparison holds. */
export function isOrdered(m: Caller, comparison: number, left: Address, right: Address): boolean {
  return isTrue(m, compare(m, comparison, left, right))
}

/** @param answer its reference is given over. */
function isTrue(m: Caller, answer: Address): boolean {
  try {
    return truth(m, answer)
  } finally {
    decref(m, answer)
  }
}

function attempt(m: Caller, comparison: number, left: Address, right: Address): Address {
  const turned = TURNED[comparison] as number
  // What is derived from the left operand's class may know better.
  if (isDerived(m, left, right)) return ask(m, turned, right, left) || ask(m, comparison, left, right)
  return ask(m, comparison, left, right) || ask(m, turned, right, left)
}

/** What the first of two objects has to say of a comparison. @returns NULL if it has nothing to say. */
const ask = (m: Caller, comparison: number, asked: Address, other: Address): Address =>
  protocolOf(m, asked).compare?.(m, comparison, asked, other) ?? NULL
