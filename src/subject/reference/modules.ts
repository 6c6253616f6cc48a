/**
 * What the modules of a scenario hold, found by looking at memory alone, while nobody changes it.
 */

import { namespaceOf } from '../../runtime/bytecode/objects/class.ts'
import { FUNCTION_CODE } from '../../runtime/bytecode/objects/function.ts'
import { entryKey, entryOf, entryValue, inUseFrom } from '../../runtime/bytecode/objects/hash-table-layout.ts'
import { Kind, kindOf } from '../../runtime/bytecode/objects/kinds.ts'
import { textOf } from '../../runtime/bytecode/objects/str.ts'
import { type Address, type Memory, NULL } from '../../runtime/memory/memory.ts'
import { UnknownName } from './actor.ts'

/** What a dictionary has under a name; borrowed. NULL if there is nothing. */
function lookUp(memory: Memory, dict: Address, name: string): Address {
  for (let at = inUseFrom(memory, dict, 0); at >= 0; at = inUseFrom(memory, dict, at + 1)) {
    const entry = entryOf(memory, dict, at)
    const key = entryKey(memory, entry)
    if (kindOf(memory, key) === Kind.STR && textOf(memory, key) === name) return entryValue(memory, entry)
  }
  return NULL
}

/** What a path leads to: a name of a module, and then names of classes. Borrowed. @throws UnknownName */
export function follow(memory: Memory, dict: Address, path: string): Address {
  let found = NULL
  for (const [depth, name] of path.split('.').entries()) {
    const within = depth === 0 ? dict : kindOf(memory, found) === Kind.CLASS ? namespaceOf(memory, found) : NULL
    found = within === NULL ? NULL : lookUp(memory, within, name)
    if (found === NULL) throw new UnknownName(`there is nothing at "${path}"`)
  }
  return found
}

/** The code of the function or code object that a path leads to. @throws UnknownName */
export const codeAt = (memory: Memory, dict: Address, path: string): Address => codeOf(memory, follow(memory, dict, path), path)

/** The code of a function or code object. @param path that led to it. @throws UnknownName */
export function codeOf(memory: Memory, found: Address, path: string): Address {
  if (kindOf(memory, found) === Kind.FUNCTION) return memory.get(found + FUNCTION_CODE)
  if (kindOf(memory, found) === Kind.CODE) return found
  throw new UnknownName(`there is no code at "${path}"`)
}
