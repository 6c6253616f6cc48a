/**
 * Floating-point numbers: the bits of a double, in two cells.
 *
 * @see CPython Objects/floatobject.c
 */
import type { Address, Memory } from '../../memory/memory.ts'
import { cell, type Opened, record } from '../../memory/record.ts'
import { ObjectHeader } from '../../refcount/object-header.ts'
import { Kind } from './kinds.ts'
import type { Mutator } from './mutator.ts'

export const Float = record('float', {
  base: ObjectHeader,
  /** Bits of the double: the lower 32, and those above. */
  low: cell,
  high: cell,
})
export type Float = Opened<typeof Float>

export const { low: LOW, high: HIGH } = Float.offset

/** One double, seen as itself and as two cells. Nothing stays in it from one use to the next. */
const DOUBLE = new Float64Array(1)
const CELLS = new Int32Array(DOUBLE.buffer)

/** @returns a new reference. @throws OutOfMemory */
export function newFloat(m: Mutator, value: number): Address {
  const { memory } = m
  const float = m.newObject(Kind.FLOAT, Float.size, Float.name)
  setFloat(memory, float, value)
  return float
}

/** Gives a float its value, before anybody else sees it, or when nobody else does any more. */
export function setFloat(memory: Memory, float: Address, value: number): void {
  DOUBLE[0] = value
  memory.set(float + LOW, CELLS[0] as number)
  memory.set(float + HIGH, CELLS[1] as number)
}

/** The value of a float. */
export function floatOf(memory: Memory, float: Address): number {
  CELLS[0] = memory.get(float + LOW)
  CELLS[1] = memory.get(float + HIGH)
  return DOUBLE[0] as number
}
