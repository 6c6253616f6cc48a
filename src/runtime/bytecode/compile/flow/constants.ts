/**
 * Constants in the flow graph: conditions on them are decided, tuples of them made, unused ones dropped.
 *
 * @see CPython Python/flowgraph.c
 */
import type { Constant } from '../compiled-code.ts'
import { type ConstantKey, isTrue } from '../constants.ts'
import { OP } from '../opcodes.ts'
import { PSEUDO } from '../pseudo.ts'
import { type Block, blocksFrom, type FlowInstruction, makeNop, set } from './graph.ts'

/** The constants of a code object while it is optimized. */
export interface Constants {
  values: Constant[]
  readonly keyOf: ConstantKey
}

const loadsConstant = ({ opcode }: FlowInstruction): boolean => opcode === OP.LOAD_CONST || opcode === OP.LOAD_SMALL_INT

function constantOf({ opcode, argument }: Pick<FlowInstruction, 'opcode' | 'argument'>, { values }: Constants): Constant {
  return opcode === OP.LOAD_SMALL_INT ? { kind: 'int', value: BigInt(argument) } : (values[argument] as Constant)
}

function add(constant: Constant, { values, keyOf }: Constants): number {
  const key = keyOf(constant)
  const known = values.findIndex((value) => keyOf(value) === key)
  return known >= 0 ? known : values.push(constant) - 1
}

/** Takes out jumps whose condition is a constant. */
export function decideConditions(entry: Block, constants: Constants): void {
  for (const block of blocksFrom(entry)) decideIn(block, constants)
}

function decideIn({ instructions }: Block, constants: Constants): void {
  /** What the constant on top of the stack was loaded by; a copy of it is the same constant. */
  let loaded: Pick<FlowInstruction, 'opcode' | 'argument'> | null = null
  instructions.forEach((instruction, index) => {
    const copied = loaded?.opcode === OP.LOAD_CONST && instruction.opcode === OP.COPY && instruction.argument === 1
    if (!copied) loaded = loadsConstant(instruction) ? { opcode: instruction.opcode, argument: instruction.argument } : null
    const next = instructions[index + 1]
    if (loaded !== null && next !== undefined) decide(instructions, index, next, constantOf(loaded, constants), constants)
  })
}

function decide(instructions: FlowInstruction[], index: number, next: FlowInstruction, value: Constant, constants: Constants): void {
  const instruction = instructions[index] as FlowInstruction
  switch (next.opcode) {
    case OP.POP_JUMP_IF_FALSE:
    case OP.POP_JUMP_IF_TRUE:
    case PSEUDO.JUMP_IF_FALSE:
    case PSEUDO.JUMP_IF_TRUE:
      decideJump(instruction, next, isTrue(value))
      break
    case OP.IS_OP:
      if (value.kind === 'none') compareWithNone(instruction, next, instructions.slice(index + 2))
      break
    case OP.TO_BOOL:
      makeNop(instruction)
      set(next, OP.LOAD_CONST, add({ kind: 'bool', value: isTrue(value) }, constants))
      break
  }
}

function decideJump(instruction: FlowInstruction, jump: FlowInstruction, truth: boolean): void {
  const { opcode } = jump
  if (opcode === OP.POP_JUMP_IF_FALSE || opcode === OP.POP_JUMP_IF_TRUE) makeNop(instruction)
  const ifTrue = opcode === OP.POP_JUMP_IF_TRUE || opcode === PSEUDO.JUMP_IF_TRUE
  if (truth === ifTrue) jump.opcode = PSEUDO.JUMP
  else makeNop(jump)
}

/** `x is None` and a jump become one instruction. */
function compareWithNone(load: FlowInstruction, is: FlowInstruction, behind: readonly FlowInstruction[]): void {
  const [first, second] = behind
  const jump = first?.opcode === OP.TO_BOOL ? second : first
  if (first?.opcode === OP.TO_BOOL) makeNop(first)
  if (jump?.opcode !== OP.POP_JUMP_IF_FALSE && jump?.opcode !== OP.POP_JUMP_IF_TRUE) return
  const isNot = is.argument === 1
  const ifNotNone = jump.opcode === OP.POP_JUMP_IF_FALSE ? !isNot : isNot
  makeNop(load)
  makeNop(is)
  jump.opcode = ifNotNone ? OP.POP_JUMP_IF_NOT_NONE : OP.POP_JUMP_IF_NONE
}

/** If a tuple is built of nothing but constants, it is one itself. */
export function foldTuple({ instructions }: Block, index: number, constants: Constants): void {
  const build = instructions[index] as FlowInstruction
  const { argument: count } = build
  if (index < count) return
  const loads = instructions.slice(index - count, index)
  if (!loads.every(loadsConstant)) return
  const tuple: Constant = { kind: 'tuple', items: loads.map((load) => constantOf(load, constants)) }
  set(build, OP.LOAD_CONST, add(tuple, constants))
  loads.forEach(makeNop)
}

/** The first constant stays in any case: it may be the docstring. */
export function dropUnused(entry: Block, constants: Constants): void {
  const loads = [...blocksFrom(entry)].flatMap(({ instructions }) => instructions.filter(({ opcode }) => opcode === OP.LOAD_CONST))
  const used = new Set([0, ...loads.map(({ argument }) => argument)])
  const kept = constants.values.flatMap((_, index) => (used.has(index) ? [index] : []))
  for (const load of loads) load.argument = kept.indexOf(load.argument)
  constants.values = kept.map((index) => constants.values[index] as Constant)
}
