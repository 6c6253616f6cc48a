/**
 * What programs find built in: a dictionary of functions, classes and constants, made once per interpreter.
 */
import { type Address, NULL } from '../../memory/memory.ts'
import { OutOfMemory } from '../../memory/out-of-memory.ts'
import { decref } from '../../refcount/biased.ts'
import { once } from '../../sync/once.ts'
import { internText } from '../constants/intern.ts'
import { BUILTIN_CLASSES, builtinClass } from '../objects/classes.ts'
import { countAgain, deferCounting } from '../objects/deferred.ts'
import { newDict } from '../objects/dict.ts'
import { Kind } from '../objects/kinds.ts'
import type { Caller, Mutator } from '../objects/mutator.ts'
import { setName } from '../objects/names.ts'
import { addBuiltin, countBuiltins, prepare } from '../objects/prepare.ts'
import { ellipsis, none, notImplemented, truthValue } from '../objects/singletons.ts'

/** Kinds whose classes have no name in programs. */
const NAMELESS: ReadonlySet<number> = new Set([
  Kind.NONE,
  Kind.ELLIPSIS,
  Kind.NOT_IMPLEMENTED,
  Kind.ITERATOR,
  Kind.DICT_VIEW,
  Kind.CODE,
  Kind.FUNCTION,
  Kind.BUILTIN_FUNCTION,
  Kind.METHOD,
  Kind.CELL,
  Kind.GENERATOR,
])

/** Makes an interpreter ready to run programs, unless it is. Of several threads one does, and the others wait. @throws OutOfMemory */
export function prepareInterpreter(m: Caller): void {
  prepare(m, internText)
  if (!once(m.detaching, m.shared.builtinsMade, () => attempt(m))) throw new OutOfMemory('no memory for what is built in')
}

function attempt(m: Caller): boolean {
  try {
    const builtins = newDict(m)
    m.memory.set(m.shared.builtins, builtins)
    fill(m, builtins)
    deferCounting(m, builtins)
    return true
  } catch (error) {
    if (!(error instanceof OutOfMemory)) throw error
    endBuiltins(m)
    return false
  }
}

function fill(m: Caller, builtins: Address): void {
  const set = (name: string, value: Address) => setName(m, builtins, internText(m, name), value)
  for (const [number, { name, owner }] of m.builtins.entries()) {
    if (owner !== undefined) continue
    addBuiltin(m, builtins, internText(m, name), number)
  }
  for (const [number, description] of BUILTIN_CLASSES.entries()) {
    if (description !== undefined && !NAMELESS.has(description.makes)) set(description.name, builtinClass(m, number))
  }
  const constants = { None: none(m), True: truthValue(m, true), False: truthValue(m, false), Ellipsis: ellipsis(m) }
  for (const [name, value] of Object.entries({ ...constants, NotImplemented: notImplemented(m) })) set(name, value)
}

/** Frees what was made. The interpreter runs nothing any more. */
export function endBuiltins(m: Mutator): void {
  const { memory } = m
  const builtins = memory.exchange(m.shared.builtins, NULL)
  if (builtins === NULL) return
  countBuiltins(m, builtins)
  countAgain(memory, builtins, 0)
  decref(m, builtins)
}
