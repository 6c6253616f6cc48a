/**
 * Where the paths lead that steps name, as an actor finds it: others may give names meanwhile.
 */
import { internText } from '../../../runtime/bytecode/constants/intern.ts'
import { getAttribute } from '../../../runtime/bytecode/objects/attributes.ts'
import { getNameOfText } from '../../../runtime/bytecode/objects/names.ts'
import { Raised } from '../../../runtime/bytecode/objects/raise.ts'
import type { Thread } from '../../../runtime/interpreter/thread.ts'
import { type Address, NULL } from '../../../runtime/memory/memory.ts'
import { decref } from '../../../runtime/refcount/biased.ts'
import { UnknownName } from '../actor.ts'
import { codeOf } from '../modules.ts'

/** What a path leads to, within a module or among what is built in: a new reference. @throws UnknownName */
export function resolve(m: Thread, dict: Address, path: string): Address {
  const [first = '', ...rest] = path.split('.')
  let found = getNameOfText(m, dict, first) || getNameOfText(m, m.memory.get(m.shared.builtins), first)
  if (found === NULL) throw new UnknownName(`there is nothing at "${path}"`)
  for (const name of rest) {
    const owner = found
    try {
      found = getAttribute(m, owner, internText(m, name))
    } catch (error) {
      if (!(error instanceof Raised)) throw error
      decref(m, error.exception)
      throw new UnknownName(`there is nothing at "${path}"`)
    } finally {
      decref(m, owner)
    }
  }
  return found
}

/** Does something with the code of a function or code object that a path leads to. @throws UnknownName */
export function withCode<T>(m: Thread, dict: Address, path: string, action: (code: Address) => T): T {
  const found = resolve(m, dict, path)
  try {
    return action(codeOf(m.memory, found, path))
  } finally {
    decref(m, found)
  }
}
