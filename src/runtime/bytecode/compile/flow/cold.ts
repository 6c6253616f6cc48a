/**
 * What is reached only through exceptions is moved to the end.
 *
 * @see CPython Python/flowgraph.c (push_cold_blocks_to_end)
 */
import { NO_LINE } from '../instruction.ts'
import { PSEUDO } from '../pseudo.ts'
import { addJump, type Block, blocksFrom, hasFallthrough, jumpTarget, newBlock, startTraversal, visit } from './graph.ts'
import { removeNopsAndJumps } from './redundancy.ts'

/** Moves the blocks that only exceptions lead to behind all others. */
export function moveColdBlocks(entry: Block): void {
  if (entry.next === null) return
  markWarm(entry)
  markCold(entry)
  jumpBack(entry)
  const blocks = [...blocksFrom(entry)]
  const cold = blocks.filter((block) => block.cold)
  const order = [...blocks.filter((block) => !block.cold), ...cold]
  order.forEach((block, index) => {
    block.next = order[index + 1] ?? null
  })
  if (cold.length > 0) removeNopsAndJumps(entry)
}

function markWarm(entry: Block): void {
  const stack = startTraversal(entry)
  visit(stack, entry)
  for (let block = stack.pop(); block !== undefined; block = stack.pop()) {
    block.warm = true
    for (const next of successors(block)) visit(stack, next)
  }
}

function markCold(entry: Block): void {
  const stack = startTraversal(entry)
  for (const block of blocksFrom(entry)) if (block.isHandler) visit(stack, block)
  for (let block = stack.pop(); block !== undefined; block = stack.pop()) {
    block.cold = true
    for (const next of successors(block)) if (!next.warm) visit(stack, next)
  }
}

/** Where a block goes without an exception. */
const successors = (block: Block): Block[] => [hasFallthrough(block) ? block.next : null, jumpTarget(block)].filter((next) => next !== null)

/** A cold block that falls into a warm one will have to jump there. */
function jumpBack(entry: Block): void {
  for (const block of blocksFrom(entry)) {
    const { next } = block
    if (!block.cold || next === null || !next.warm || !hasFallthrough(block)) continue
    const jump = newBlock(false)
    jump.cold = true
    jump.predecessors = 1
    jump.next = next
    next.labelled = true
    block.next = jump
    addJump(jump, PSEUDO.JUMP_NO_INTERRUPT, next, NO_LINE)
  }
}
