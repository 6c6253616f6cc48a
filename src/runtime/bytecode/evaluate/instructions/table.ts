/**
 * All instructions: who carries each out, and how long it is.
 *
 * @see CPython Python/bytecodes.c
 */
import { CELL } from '../../../memory/memory.ts'
import { INSTRUCTION } from '../../code/frame.ts'
import { argumentOf, baseOf, cachesOf, OP, opcodeOf, UNDERLYING } from '../../compile/opcodes.ts'
import { fireInstruction, fireLine } from '../../instrument/fire.ts'
import type { Execution } from '../execution.ts'
import { ARITHMETIC } from './arithmetic.ts'
import { ATTRIBUTES } from './attributes.ts'
import { CALLS } from './calls.ts'
import { CONTAINERS } from './containers.ts'
import { EXCEPTIONS } from './exceptions.ts'
import { FUNCTIONS } from './functions.ts'
import { GENERATORS } from './generators.ts'
import type { Handler, Handlers } from './handler.ts'
import { INSTRUMENTED } from './instrumented.ts'
import { JUMPS } from './jumps.ts'
import { NAMES } from './names.ts'
import { RESUME } from './resume.ts'
import { STACK } from './stack.ts'
import { UNPACKING } from './unpacking.ts'
import { VARIABLES } from './variables.ts'

const OPCODES = 256

/** The argument of the next instruction has its upper bits here. */
const extendedArg: Handler = (run, upper) => {
  const { memory } = run
  const at = run.next
  run.at = at
  memory.set(run.frame + INSTRUCTION, at)
  const unit = memory.loadRelaxed(at)
  const opcode = opcodeOf(unit)
  run.next = at + (LENGTHS[opcode] as number)
  ;(HANDLERS[opcode] as Handler)(run, (upper << 8) | argumentOf(unit))
}

/** Carries out the instruction that stands under one that reported. */
function goOn(run: Execution, opcode: number, argument: number): void {
  run.next = run.at + (LENGTHS[opcode] as number)
  ;(HANDLERS[opcode] as Handler)(run, argument)
}

const unknown: Handler = (run) => {
  throw new Error(`There is no instruction at ${run.at}`)
}

const FAMILIES: Handlers = {
  ...STACK,
  ...VARIABLES,
  ...NAMES,
  ...ARITHMETIC,
  ...CONTAINERS,
  ...UNPACKING,
  ...ATTRIBUTES,
  ...JUMPS,
  ...CALLS,
  ...FUNCTIONS,
  ...EXCEPTIONS,
  ...GENERATORS,
  ...RESUME,
  ...INSTRUMENTED,
  [OP.EXTENDED_ARG]: extendedArg,
  [OP.INSTRUMENTED_LINE]: (run, argument) => goOn(run, fireLine(run.m, run.frame, run.at, run.previous), argument),
  [OP.INSTRUMENTED_INSTRUCTION]: (run, argument) => goOn(run, fireInstruction(run.m, run.frame, run.at), argument),
}

/** By opcode. */
export const HANDLERS: readonly Handler[] = Array.from({ length: OPCODES }, (_, opcode) => FAMILIES[opcode] ?? unknown)

/** Bytes of an instruction and its inline cache, by opcode. */
export const LENGTHS: Int32Array = Int32Array.from({ length: OPCODES }, (_, opcode) => {
  const generic = UNDERLYING.get(opcode) ?? baseOf(opcode)
  return (1 + cachesOf(generic)) * CELL
})
