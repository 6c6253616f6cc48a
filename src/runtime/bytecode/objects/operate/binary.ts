/**
 * Binary operations.
 *
 * Numbers come first: the kind of the left operand is asked, then that of the right. What neither
 * knows may still be the joining of sequences, or their repetition.
 *
 * @see CPython Objects/abstract.c, binary_op1, PyNumber_Add, PyNumber_Multiply
 */
import { type Address, NULL } from '../../../memory/memory.ts'
import { OutOfMemory } from '../../../memory/out-of-memory.ts'
import type { Caller } from '../mutator.ts'
import type { Protocol } from '../protocols.ts'
import { raise } from '../raise.ts'
import { typeName } from '../type-name.ts'
import { indexNumber, isIndex } from './index-of.ts'
import { IN_PLACE, Operation, plainOperation, SIGNS } from './operation.ts'
import { protocolOf } from './protocol-of.ts'

/**
 * Operates on two objects.
 * @param operation as in `operation.ts`; in-place forms too. What those answer takes the left operand's place.
 * @throws Raised if the operands do not support it.
 */
export function binary(m: Caller, operation: number, left: Address, right: Address): Address {
  const [one, other] = [protocolOf(m, left), protocolOf(m, right)]
  let result = one.binary?.(m, operation, left, right) ?? NULL
  if (result === NULL && one.binary !== other.binary) result = other.binary?.(m, operation, left, right) ?? NULL
  if (result !== NULL) return result
  const plain = plainOperation(operation)
  if (plain === Operation.ADD) result = join(m, operation >= IN_PLACE, one, left, right)
  else if (plain === Operation.MULTIPLY) result = multiply(m, operation >= IN_PLACE, one, other, left, right)
  if (result !== NULL) return result
  raise(m, 'TypeError', `unsupported operand type(s) for ${signOf(operation)}: '${typeName(m, left)}' and '${typeName(m, right)}'`)
}

function join(m: Caller, inPlace: boolean, protocol: Protocol, left: Address, right: Address): Address {
  if (inPlace && protocol.extend !== undefined) return protocol.extend(m, left, right)
  return protocol.concatenate?.(m, left, right) ?? NULL
}

function multiply(m: Caller, inPlace: boolean, one: Protocol, other: Protocol, left: Address, right: Address): Address {
  if (one.repeat !== undefined) {
    const times = timesOf(m, one, left, right)
    return inPlace && one.repeatInPlace !== undefined ? one.repeatInPlace(m, left, times) : one.repeat(m, left, times)
  }
  // In place, what has items of its own but cannot be repeated is not tried as a count.
  if (inPlace && one.length !== undefined) return NULL
  return other.repeat === undefined ? NULL : other.repeat(m, right, timesOf(m, other, right, left))
}

/** More items than there are cells in any memory. */
const TOO_MANY = 2 ** 24

/** @throws OutOfMemory if so many items cannot be: that is known before they are put together. */
function timesOf(m: Caller, { length }: Protocol, sequence: Address, count: Address): number {
  if (!isIndex(m, count)) raise(m, 'TypeError', `can't multiply sequence by non-int of type '${typeName(m, count)}'`)
  const times = Math.max(0, indexNumber(m, count, 'OverflowError'))
  // What can be repeated has a length.
  if ((length as NonNullable<typeof length>)(m, sequence) * times >= TOO_MANY)
    throw new OutOfMemory('no memory for a sequence that is so long')
  return times
}

function signOf(operation: number): string {
  const plain = plainOperation(operation)
  if (operation >= IN_PLACE) return `${SIGNS[plain]}=`
  return plain === Operation.POWER ? '** or pow()' : (SIGNS[plain] as string)
}
