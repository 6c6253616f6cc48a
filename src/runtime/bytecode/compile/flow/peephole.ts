/**
 * Neighbours in a basic block that can be replaced by something shorter, and jumps to jumps.
 *
 * @see CPython Python/flowgraph.c (optimize_basic_block)
 */
import { OP } from '../opcodes.ts'
import { COMPARE_TO_BOOL } from '../operands.ts'
import { isJump, isUnconditionalJump, PSEUDO } from '../pseudo.ts'
import { type Constants, foldTuple } from './constants.ts'
import { addJump, type Block, type FlowInstruction, makeNop, set } from './graph.ts'
import { optimizeSwaps } from './swaps.ts'

/** Simplifies the instructions of a block, and jumps that lead to jumps. */
export function optimizeBlock(block: Block, constants: Constants): void {
  // A jump that is threaded adds another one behind it, which is looked at in its turn.
  for (let index = 0; index < block.instructions.length; index++) {
    const instruction = block.instructions[index] as FlowInstruction
    if (isJump(instruction.opcode)) threadJump(block, instruction)
    else optimize(block, index, instruction, constants)
  }
  optimizeSwaps(block)
}

/** A jump to a jump goes where that one goes. */
function threadJump(block: Block, jump: FlowInstruction): void {
  if (jump.opcode === OP.FOR_ITER || jump.opcode === OP.SEND) return
  let next = (jump.target as Block).instructions[0] as FlowInstruction
  // What jumps on the opposite condition falls through when it gets here.
  while (isOpposite(jump.opcode, next.opcode)) {
    jump.target = (jump.target as Block).next as Block
    next = jump.target.instructions[0] as FlowInstruction
  }
  const opcode = threaded(jump.opcode, next.opcode)
  if (opcode === null || jump.target === next.target) return
  makeNop(jump)
  addJump(block, opcode, next.target as Block, next.line)
}

const isOpposite = (opcode: number, next: number): boolean =>
  (opcode === PSEUDO.JUMP_IF_FALSE && next === PSEUDO.JUMP_IF_TRUE) || (opcode === PSEUDO.JUMP_IF_TRUE && next === PSEUDO.JUMP_IF_FALSE)

/** The jump that replaces one whose target begins with the jump `next`; null if it has to stay. */
function threaded(opcode: number, next: number): number | null {
  if (isUnconditionalJump(opcode)) {
    if (!isUnconditionalJump(next)) return null
    return next === PSEUDO.JUMP ? PSEUDO.JUMP : opcode
  }
  const keepsValue = opcode === PSEUDO.JUMP_IF_FALSE || opcode === PSEUDO.JUMP_IF_TRUE
  return next === PSEUDO.JUMP || (keepsValue && next === opcode) ? opcode : null
}

function optimize(block: Block, index: number, instruction: FlowInstruction, constants: Constants): void {
  const next = block.instructions[index + 1]
  if (instruction.opcode === OP.BUILD_TUPLE) {
    if (next === undefined || !unpackAtOnce(instruction, next)) foldTuple(block, index, constants)
  } else if (next !== undefined) combine(instruction, next)
}

const SMALL_SWAPS = [2, 3]

/** What is packed only to be unpacked stays on the stack. */
function unpackAtOnce(build: FlowInstruction, unpack: FlowInstruction): boolean {
  const { argument: count } = build
  if (unpack.opcode !== OP.UNPACK_SEQUENCE || unpack.argument !== count) return false
  if (count === 1) makeNop(unpack)
  else if (SMALL_SWAPS.includes(count)) set(unpack, OP.SWAP, count)
  else return false
  makeNop(build)
  return true
}

function combine(first: FlowInstruction, second: FlowInstruction): void {
  const { opcode, argument } = first
  switch (opcode) {
    case OP.STORE_FAST:
      if (second.opcode === OP.STORE_FAST && second.argument === argument && second.line === first.line) set(first, OP.POP_TOP)
      break
    case OP.LOAD_GLOBAL:
      if (second.opcode === OP.PUSH_NULL) {
        set(first, OP.LOAD_GLOBAL, argument | 1)
        makeNop(second)
      }
      break
    case OP.COMPARE_OP:
      if (second.opcode === OP.TO_BOOL) replaceBoth(first, second, opcode, argument | COMPARE_TO_BOOL)
      break
    case OP.CONTAINS_OP:
    case OP.IS_OP:
    case OP.TO_BOOL:
      if (second.opcode === OP.TO_BOOL) replaceBoth(first, second, opcode, argument)
      break
    case OP.UNARY_NOT:
      if (second.opcode === OP.TO_BOOL) replaceBoth(first, second, opcode, 0)
      else if (second.opcode === OP.UNARY_NOT) replaceBoth(first, second, OP.NOP, 0)
      break
  }
}

/** Puts one instruction in the place of the second of two. */
function replaceBoth(first: FlowInstruction, second: FlowInstruction, opcode: number, argument: number): void {
  makeNop(first)
  set(second, opcode, argument)
}
