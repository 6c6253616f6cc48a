/** Code objects for tests, made by hand. */

import { type CodeParts, newCode } from '../runtime/bytecode/code/new-code.ts'
import { OP, unit } from '../runtime/bytecode/compile/opcodes.ts'
import { Kind } from '../runtime/bytecode/objects/kinds.ts'
import type { Mutator } from '../runtime/bytecode/objects/mutator.ts'
import { setTupleItem, TUPLE_ITEMS, TUPLE_LENGTH, Tuple } from '../runtime/bytecode/objects/tuple.ts'
import { type Address, CELL } from '../runtime/memory/memory.ts'
import { decref } from '../runtime/refcount/biased.ts'
import { ObjectHeader, track } from '../runtime/refcount/object-header.ts'

/** `RESUME`, then an addition with its inline cache, then the end. */
export const ADDING: readonly number[] = [
  unit(OP.RESUME, 0),
  unit(OP.LOAD_FAST_LOAD_FAST, 0x01),
  unit(OP.BINARY_OP, 13),
  0,
  unit(OP.RETURN_VALUE, 0),
]

/** A tuple; its items are given over. Unlike that of an interpreter, an empty one is an object of its own. */
export function tuple(m: Mutator, ...items: Address[]): Address {
  const { memory } = m
  const address = m.newObject(Kind.TUPLE, TUPLE_ITEMS + items.length * CELL, Tuple.name)
  track(memory, address)
  memory.set(address + TUPLE_LENGTH, items.length)
  for (const [index, item] of items.entries()) setTupleItem(memory, address, index, item)
  return address
}

/** A code object with these units, whose names are objects without content. */
export function codeOf(m: Mutator, units: readonly number[] = ADDING, parts: Partial<CodeParts> = {}): Address {
  const held: Address[] = []
  const made = (make: () => Address): Address => {
    const object = make()
    held.push(object)
    return object
  }
  const text = () => m.newObject(Kind.STR, ObjectHeader.size, 'str')
  const code = newCode(m, {
    name: made(text),
    qualifiedName: made(text),
    filename: made(text),
    localNames: made(() => tuple(m)),
    names: made(() => tuple(m)),
    constants: made(() => tuple(m)),
    firstLine: 1,
    argumentCount: 0,
    positionalOnlyCount: 0,
    keywordOnlyCount: 0,
    flags: 0,
    stackSize: 2,
    localKinds: [],
    units,
    lines: units.map(() => 1),
    handlers: [],
    ...parts,
  })
  for (const object of held) decref(m, object)
  return code
}
