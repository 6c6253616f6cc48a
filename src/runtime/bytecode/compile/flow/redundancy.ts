/**
 * What can go: instructions that do nothing, jumps to what comes next anyway, pairs that cancel out.
 *
 * An instruction that does nothing stays if it is all there is of its line.
 *
 * @see CPython Python/flowgraph.c
 */
import { OP } from '../opcodes.ts'
import { isUnconditionalJump } from '../pseudo.ts'
import { type Block, blocksFrom, type FlowInstruction, hasFallthrough, lastOf, makeNop, nonempty } from './graph.ts'

/** Answers how many instructions were removed. */
function removeNopsIn(block: Block): number {
  const kept: FlowInstruction[] = []
  block.instructions.forEach((instruction, index) => {
    if (instruction.opcode !== OP.NOP || !isRedundant(block, index, kept.at(-1)?.line ?? -1)) kept.push(instruction)
  })
  const removed = block.instructions.length - kept.length
  block.instructions = kept
  return removed
}

function isRedundant(block: Block, index: number, lineBefore: number): boolean {
  const { line } = block.instructions[index] as FlowInstruction
  if (line < 0 || line === lineBefore) return true
  const next = block.instructions[index + 1]
  if (next === undefined) return line === lineBehind(block)
  if (next.line >= 0) return next.line === line
  next.line = line
  return true
}

/** The line with which the next block begins; NOPs without one will go. */
function lineBehind(block: Block): number | undefined {
  const next = nonempty(block.next)
  return next?.instructions.find(({ opcode, line }) => opcode !== OP.NOP || line >= 0)?.line
}

/** Removes instructions that do nothing. @returns how many. */
export function removeNops(entry: Block): number {
  let removed = 0
  for (const block of blocksFrom(entry)) removed += removeNopsIn(block)
  return removed
}

/** Answers how many jumps became NOPs. */
function removeJumps(entry: Block): number {
  let removed = 0
  for (const block of blocksFrom(entry)) {
    const last = lastOf(block)
    if (last === undefined || !isUnconditionalJump(last.opcode) || nonempty(last.target) !== nonempty(block.next)) continue
    makeNop(last)
    removed++
  }
  return removed
}

/** Removes what does nothing, and jumps to where the flow goes anyway, until nothing is left of either. */
export function removeNopsAndJumps(entry: Block): void {
  while (removeNops(entry) + removeJumps(entry) > 0);
}

/** Removes values that are put on the stack and taken from it at once. */
export function removeNopsAndPairs(entry: Block): void {
  while (removePairs(entry));
}

function removePairs(entry: Block): boolean {
  let changed = false
  let before: FlowInstruction | null = null
  for (const block of blocksFrom(entry)) {
    removeNopsIn(block)
    if (block.labelled) before = null
    for (const instruction of block.instructions) {
      if (before !== null && instruction.opcode === OP.POP_TOP && onlyPushes(before)) {
        makeNop(before)
        makeNop(instruction)
        changed = true
      }
      before = instruction
    }
    if (!hasFallthrough(block)) before = null
  }
  return changed
}

const onlyPushes = ({ opcode, argument }: FlowInstruction): boolean =>
  opcode === OP.LOAD_CONST || opcode === OP.LOAD_SMALL_INT || (opcode === OP.COPY && argument === 1)
