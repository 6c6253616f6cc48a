/**
 * Sums, in which floats do not lose what each addition rounds off.
 *
 * @see CPython Python/bltinmodule.c, builtin_sum_impl; A. Neumaier, "Rundungsfehleranalyse einiger Verfahren zur
 *   Summation endlicher Summen" (1974)
 */
import type { Address } from '../../memory/memory.ts'
import { decref } from '../../refcount/biased.ts'
import { floatOf, newFloat } from '../objects/float.ts'
import { bigIntOf } from '../objects/int.ts'
import { itself } from '../objects/itself.ts'
import { Kind, kindOf } from '../objects/kinds.ts'
import type { Caller } from '../objects/mutator.ts'
import { binary } from '../objects/operate/binary.ts'
import { Operation } from '../objects/operate/operation.ts'
import { raise } from '../objects/raise.ts'
import { eachOf } from './items.ts'

/** A sum of floats so far, and what the roundings left out of it. */
interface Compensated {
  readonly sum: number
  readonly lost: number
}

/** @param start borrowed. @returns a new reference. */
export function sumOf(m: Caller, iterable: Address, start: Address): Address {
  let total = itself(m, start)
  const replace = (next: Address) => {
    decref(m, total)
    total = next
  }
  // Once something else than numbers is among them everything is added as it is.
  let numbers = isNumber(m, total)
  let floats = asFloats(m, total)
  const settle = () => {
    if (floats !== undefined) replace(newFloat(m, doubleOf(floats)))
    floats = undefined
  }
  try {
    eachOf(m, iterable, (value) => {
      if (floats !== undefined && isNumber(m, value)) {
        floats = plus(floats, toDouble(m, value))
        return false
      }
      numbers &&= floats === undefined
      settle()
      replace(binary(m, Operation.ADD, total, value))
      numbers &&= isNumber(m, total)
      if (numbers) floats = asFloats(m, total)
      return false
    })
    settle()
    return total
  } catch (error) {
    decref(m, total)
    throw error
  }
}

const asFloats = (m: Caller, total: Address): Compensated | undefined =>
  kindOf(m.memory, total) === Kind.FLOAT ? { sum: floatOf(m.memory, total), lost: 0 } : undefined

function isNumber({ memory }: Caller, object: Address): boolean {
  const kind = kindOf(memory, object)
  return kind === Kind.INT || kind === Kind.BOOL || kind === Kind.FLOAT
}

function toDouble(m: Caller, number: Address): number {
  if (kindOf(m.memory, number) === Kind.FLOAT) return floatOf(m.memory, number)
  const double = Number(bigIntOf(m.memory, number))
  return Number.isFinite(double) ? double : raise(m, 'OverflowError', 'int too large to convert to float')
}

function plus({ sum, lost }: Compensated, value: number): Compensated {
  const next = sum + value
  const [larger, smaller] = Math.abs(sum) >= Math.abs(value) ? [sum, value] : [value, sum]
  return { sum: next, lost: lost + (larger - next + smaller) }
}

/** What was lost is no number where the sum is infinite. */
const doubleOf = ({ sum, lost }: Compensated): number => (Number.isFinite(lost) ? sum + lost : sum)
