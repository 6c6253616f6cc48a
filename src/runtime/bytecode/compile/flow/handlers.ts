/**
 * Which handler covers which instruction.
 *
 * The instructions that open and close the blocks of handlers have served after this.
 *
 * @see CPython Python/flowgraph.c (label_exception_targets)
 */
import { OP } from '../opcodes.ts'
import { RESUME_AT, RESUME_OUTERMOST } from '../operands.ts'
import { isJump, opensBlock, PSEUDO } from '../pseudo.ts'
import { type Block, blocksFrom, type FlowInstruction, hasFallthrough, makeNop, startTraversal, visit } from './graph.ts'

/** Says of each instruction which handler covers it, in the order in which the blocks are reached. */
export function labelHandlers(entry: Block): void {
  for (const block of blocksFrom(entry)) {
    for (const { opcode, target } of block.instructions) if (opensBlock(opcode)) (target as Block).isHandler = true
  }
  const stack = startTraversal(entry)
  entry.handlers = []
  visit(stack, entry)
  for (let block = stack.pop(); block !== undefined; block = stack.pop()) {
    const handlers = block.handlers as Block[]
    block.handlers = null
    labelBlock(block, handlers, stack)
    if (block.next !== null && hasFallthrough(block)) reach(block.next, handlers, stack)
  }
}

function reach(block: Block, handlers: readonly Block[], stack: Block[]): void {
  if (block.visited) return
  block.handlers = [...handlers]
  visit(stack, block)
}

function labelBlock(block: Block, handlers: Block[], stack: Block[]): void {
  /** How deep the last yield was inside handlers. */
  let yieldDepth = -1
  for (const instruction of block.instructions) {
    const { opcode, target } = instruction
    if (opensBlock(opcode)) {
      reach(target as Block, handlers, stack)
      if (opcode === PSEUDO.SETUP_CLEANUP) (target as Block).preservesLast = true
      handlers.push(target as Block)
      continue
    }
    if (opcode === PSEUDO.POP_BLOCK) {
      handlers.pop()
      makeNop(instruction)
      continue
    }
    instruction.handler = handlers.at(-1) ?? null
    if (isJump(opcode)) reach(target as Block, handlers, stack)
    else if (opcode === OP.YIELD_VALUE) yieldDepth = handlers.length
    else if (opcode === OP.RESUME) markOutermost(instruction, yieldDepth)
  }
}

function markOutermost(instruction: FlowInstruction, yieldDepth: number): void {
  if (instruction.argument !== RESUME_AT.START && yieldDepth === 1) instruction.argument |= RESUME_OUTERMOST
}
