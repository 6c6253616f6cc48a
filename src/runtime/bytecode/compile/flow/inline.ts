/**
 * Short ends of the code take the place of jumps to them.
 *
 * @see CPython Python/flowgraph.c (inline_small_or_no_lineno_blocks)
 */
import { isUnconditionalJump, PSEUDO } from '../pseudo.ts'
import { type Block, blocksFrom, exits, type FlowInstruction, hasFallthrough, hasNoLine, lastOf, makeNop } from './graph.ts'

/** Longer blocks are not copied. */
const MAX_COPIED = 4

/** Copies short ends of the function, and blocks without lines that end in a jump, to where they are jumped to. */
export function inlineExits(entry: Block): void {
  let changed = true
  while (changed) {
    changed = false
    for (const block of blocksFrom(entry)) if (inlineInto(block)) changed = true
  }
}

function inlineInto(block: Block): boolean {
  const jump = lastOf(block)
  if (jump === undefined || !isUnconditionalJump(jump.opcode)) return false
  const target = jump.target as Block
  const small = exits(target) && target.instructions.length <= MAX_COPIED
  const withoutLine = hasNoLine(target) && !hasFallthrough(target)
  if (!small && !withoutLine) return false
  const asksOthers = jump.opcode === PSEUDO.JUMP
  makeNop(jump)
  block.instructions.push(...target.instructions.map((each) => ({ ...each })))
  const last = lastOf(block) as FlowInstruction
  // Of two jumps, one that asks for the requests of other threads must remain.
  if (withoutLine && asksOthers && isUnconditionalJump(last.opcode)) last.opcode = PSEUDO.JUMP
  target.predecessors--
  return true
}
