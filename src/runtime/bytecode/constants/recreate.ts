/**
 * Making a code object anew of the parts of another, as `code.replace` does.
 *
 * Both have the very same tuple of constants, and making code replaces constants in their tuple by the ones to be
 * used. So constants of code that was made while that was suppressed become immortal now, for the
 * other code object too, and some are exchanged under threads that run it. A thread that is just loading one would
 * take a reference to what is gone; therefore the others are stopped meanwhile, which they only are between two instructions.
 *
 * @see CPython Objects/codeobject.c, code_replace_impl
 */
import { type Address, CELL, type Memory } from '../../memory/memory.ts'
import { CONSTANTS, CodeObject, Handler, mainCopy, unitCountOf } from '../code/code-object.ts'
import { genericAt, instructionsOf } from '../code/monitoring.ts'
import { type CodeParts, newCode } from '../code/new-code.ts'
import { handlersOf } from '../code/places.ts'
import { withOpcode } from '../compile/opcodes.ts'
import { quickenMain } from '../copies/quicken.ts'
import type { Caller } from '../objects/mutator.ts'
import { useCanonical } from './constants.ts'

/** A code object with the same parts as another, generic and not watched by any tool. @returns a new reference. @throws OutOfMemory */
export function recreate(m: Caller, code: Address): Address {
  const parts = m.whileStopped(() => {
    useCanonical(m, m.memory.get(code + CONSTANTS))
    return partsOf(m.memory, code)
  })
  const made = newCode(m, parts)
  quickenMain(m, made)
  return made
}

/** What a code object was made of. No thread runs. */
function partsOf(memory: Memory, code: Address): CodeParts {
  const at = CodeObject.at(code)
  const cells = (block: Address, count: number): number[] => Array.from({ length: count }, (_, index) => memory.get(block + index * CELL))
  const count = unitCountOf(memory, code)
  return {
    name: memory.get(at.name),
    qualifiedName: memory.get(at.qualifiedName),
    filename: memory.get(at.filename),
    localNames: memory.get(at.localNames),
    names: memory.get(at.names),
    constants: memory.get(at.constants),
    firstLine: memory.get(at.firstLine),
    argumentCount: memory.get(at.argumentCount),
    positionalOnlyCount: memory.get(at.positionalOnlyCount),
    keywordOnlyCount: memory.get(at.keywordOnlyCount),
    flags: memory.get(at.flags),
    stackSize: memory.get(at.stackSize),
    localKinds: cells(memory.get(at.localKinds), memory.get(at.localCount)),
    lines: cells(memory.get(at.lines), count),
    handlers: Array.from(handlersOf(memory, code), (address) => handlerAt(memory, address)),
    units: genericUnits(memory, code, count),
  }
}

function handlerAt(memory: Memory, address: Address): CodeParts['handlers'][number] {
  const at = Handler.at(address)
  return {
    start: memory.get(at.start),
    end: memory.get(at.end),
    target: memory.get(at.target),
    depth: memory.get(at.depth),
    pushLast: memory.get(at.pushLast) !== 0,
  }
}

/** The instructions as they were compiled; the units of caches are zero. */
function genericUnits(memory: Memory, code: Address, count: number): number[] {
  const units = new Array<number>(count).fill(0)
  for (const offset of instructionsOf(memory, code)) {
    units[offset] = withOpcode(memory.get(mainCopy(code) + offset * CELL), genericAt(memory, code, offset))
  }
  return units
}
