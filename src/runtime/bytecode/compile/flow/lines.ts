/**
 * Lines for instructions that have none.
 *
 * Every instruction that leaves the frame, or at which another thread may look at it, needs a line.
 *
 * @see CPython Python/flowgraph.c (resolve_line_numbers) and PEP 626
 */
import { NO_LINE } from '../instruction.ts'
import {
  type Block,
  blocksFrom,
  breaksEvaluation,
  copyOf,
  exits,
  type FlowInstruction,
  hasFallthrough,
  hasNoLine,
  jumpTarget,
  lastOf,
  nonempty,
} from './graph.ts'

/** Gives a line to instructions that have none, from what comes before them or leads to them. */
export function resolveLines(entry: Block): void {
  duplicateExits(entry)
  propagate(entry)
}

const needsLine = (block: Block): boolean => (exits(block) || breaksEvaluation(block)) && hasNoLine(block)
const firstOf = (block: Block): FlowInstruction => block.instructions[0] as FlowInstruction

/** A block without a line that is reached from several places is copied, so that each gives it its own. */
function duplicateExits(entry: Block): void {
  for (const block of blocksFrom(entry)) {
    const target = nonempty(jumpTarget(block))
    if (target === null || !needsLine(target) || target.predecessors <= 1) continue
    const last = lastOf(block) as FlowInstruction
    const copy = copyOf(target)
    firstOf(copy).line = last.line
    last.target = copy
    target.predecessors--
    copy.predecessors = 1
    copy.next = target.next
    target.next = copy
  }
  for (const block of blocksFrom(entry)) {
    const last = lastOf(block)
    if (last !== undefined && block.next !== null && hasFallthrough(block) && needsLine(block.next)) firstOf(block.next).line = last.line
  }
}

function propagate(entry: Block): void {
  for (const block of blocksFrom(entry)) {
    let line = NO_LINE
    for (const instruction of block.instructions) {
      if (instruction.line < 0) instruction.line = line
      else line = instruction.line
    }
    if (block.instructions.length === 0) continue
    if (block.next !== null && hasFallthrough(block)) pass(block.next, line)
    const target = jumpTarget(block)
    if (target !== null) pass(target, line)
  }
}

/** Gives a line to a block that is reached from only one place. */
function pass(block: Block, line: number): void {
  const first = block.instructions[0]
  if (block.predecessors === 1 && first !== undefined && first.line < 0) first.line = line
}
