/**
 * All copies of a code object, for who changes them all alike.
 */
import { type Address, CELL, type Memory, NULL } from '../../memory/memory.ts'
import { COPIES, mainCopy } from '../code/code-object.ts'

/** Where each copy begins, the main one first. The caller holds the lock of the code object, or is in a pause. */
export function* copiesOf(memory: Memory, code: Address): Generator<Address> {
  yield mainCopy(code)
  const copies = memory.loadAcquire(code + COPIES)
  if (copies === NULL) return
  const size = memory.get(copies)
  for (let index = 1; index < size; index++) {
    const copy = memory.get(copies + CELL + index * CELL)
    if (copy !== NULL) yield copy
  }
}

/** Where the copy with an index begins. Its owner may ask at any time. */
export function copyOf(memory: Memory, code: Address, index: number): Address {
  return index === 0 ? mainCopy(code) : memory.get(memory.loadAcquire(code + COPIES) + CELL + index * CELL)
}
