/**
 * Thread-local copies of bytecode: each thread specializes its own.
 *
 * Whoever specializes an instruction must be the only one who runs it, or its guards and its counter
 * would be those of a mixture of threads. So a thread runs copies of its own, each made when it first comes to the code. A
 * copy is made of the main copy as it was before anybody ran it: specialized forms go back to
 * generic ones, and counters start. Only what tools have put in stays.
 *
 * Copies are made under the code's lock. So there is one at most for each thread, no two threads replace the array at once, and
 * whoever instruments every copy under that lock misses none.
 *
 * @see CPython Objects/codeobject.c, _PyCode_GetTLBC
 */
import { type Address, CELL, type Memory, NULL } from '../../memory/memory.ts'
import { OutOfMemory } from '../../memory/out-of-memory.ts'
import { CONSTANTS, COPIES, mainCopy, unitCountOf } from '../code/code-object.ts'
import { arrayBytes, COPY, CopyArray, copyAt, entryAt, setSize, sizeOf } from '../code/copy-array.ts'
import { withCodeLocked } from '../code/lock.ts'
import { carryInstrumentation, genericAt } from '../code/monitoring.ts'
import { cachesOf, withOpcode } from '../compile/opcodes.ts'
import type { Mutator } from '../objects/mutator.ts'
import { quicken } from './quicken.ts'

/** The calling thread's copy of a code object; NULL if it has none yet. Takes no lock. */
export const ownCopy = ({ memory, own }: Mutator, code: Address): Address => copyAt(memory, code, memory.get(own.index))

/**
 * The calling thread's copy of a code object. It is made if there is none yet.
 * @throws OutOfMemory, and there is still none.
 */
export function obtainCopy(m: Mutator, code: Address): Address {
  const found = ownCopy(m, code)
  // Nobody else makes it, so there is no need to look again under the lock.
  return found === NULL ? withCodeLocked(m, code, () => makeCopy(m, code)) : found
}

/** Makes a copy and enters it. The caller holds the code's lock. */
function makeCopy(m: Mutator, code: Address): Address {
  const { memory, own } = m
  const index = memory.get(own.index)
  const array = memory.get(code + COPIES)
  const size = sizeOf(memory, array)
  const copy = allocate(m, unitCountOf(memory, code) * CELL, COPY)
  if (index < size) {
    fill(memory, code, copy)
    memory.set(entryAt(array, index), copy)
    return copy
  }
  const larger = m.allocate(arrayBytes(sizeFor(index, size)), CopyArray.name)
  if (larger === NULL) {
    m.free(copy)
    throw new OutOfMemory(`no memory for: ${CopyArray.name}`)
  }
  fill(memory, code, copy)
  setSize(memory, larger, sizeFor(index, size))
  for (let each = 0; each < size; each++) memory.set(entryAt(larger, each), memory.get(entryAt(array, each)))
  memory.set(entryAt(larger, index), copy)
  // Release: whoever finds the array finds its entries written.
  memory.storeRelease(code + COPIES, larger)
  // Others may still be looking their copy up in the old one, and find it. Last: it may have to stop the world, for which the lock is given up.
  m.retire(array)
  return copy
}

/** Entries of the array that has room for an index: the present one is doubled until it does. */
function sizeFor(index: number, size: number): number {
  let larger = size
  while (larger <= index) larger *= 2
  return larger
}

/**
 * Writes a copy that nobody else knows yet. The main copy may be specialized meanwhile by its thread, never
 * instrumented: that is done under the lock that the caller holds.
 */
function fill(memory: Memory, code: Address, copy: Address): void {
  const count = unitCountOf(memory, code)
  for (let offset = 0; offset < count; ) {
    const generic = genericAt(memory, code, offset)
    // Relaxed: it may be exchanged by its specialized form at any time. The argument, and the generic form, stay the same.
    const unit = memory.loadRelaxed(mainCopy(code) + offset * CELL)
    memory.set(copy + offset * CELL, withOpcode(unit, generic))
    offset += 1 + cachesOf(generic)
  }
  quicken(memory, copy, count, memory.get(code + CONSTANTS), true)
  carryInstrumentation(memory, code, copy)
}

function allocate(m: Mutator, bytes: number, name: string): Address {
  const block = m.allocate(bytes, name)
  if (block === NULL) throw new OutOfMemory(`no memory for: ${name}`)
  return block
}
