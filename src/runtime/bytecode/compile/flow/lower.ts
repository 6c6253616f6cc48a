/**
 * The last pseudo instructions become real ones, and no conditional jump goes backwards.
 *
 * @see CPython Python/flowgraph.c (convert_pseudo_ops, normalize_jumps)
 */
import { OP } from '../opcodes.ts'
import { isUnconditionalJump, opensBlock, PSEUDO } from '../pseudo.ts'
import { addJump, type Block, blocksFrom, jumpTarget, lastOf, makeNop, newBlock, newInstruction } from './graph.ts'
import { removeNopsAndJumps } from './redundancy.ts'

/** `and` and `or` keep a copy of the value that they test. */
export function lowerConditions(entry: Block): void {
  for (const { instructions } of blocksFrom(entry)) {
    const last = instructions.at(-1)
    if (last?.opcode !== PSEUDO.JUMP_IF_FALSE && last?.opcode !== PSEUDO.JUMP_IF_TRUE) continue
    last.opcode = last.opcode === PSEUDO.JUMP_IF_FALSE ? OP.POP_JUMP_IF_FALSE : OP.POP_JUMP_IF_TRUE
    instructions.splice(-1, 0, newInstruction(OP.COPY, 1, last.line), newInstruction(OP.TO_BOOL, 0, last.line))
  }
}

/** Replaces what only the compiler knows by instructions. */
export function lowerPseudo(entry: Block): void {
  for (const { instructions } of blocksFrom(entry)) {
    for (const instruction of instructions) {
      if (opensBlock(instruction.opcode)) makeNop(instruction)
      else if (instruction.opcode === PSEUDO.LOAD_CLOSURE) instruction.opcode = OP.LOAD_FAST
      else if (instruction.opcode === PSEUDO.STORE_FAST_MAYBE_NULL) instruction.opcode = OP.STORE_FAST
    }
  }
  removeNopsAndJumps(entry)
}

const REVERSED: ReadonlyMap<number, number> = new Map<number, number>([
  [OP.POP_JUMP_IF_FALSE, OP.POP_JUMP_IF_TRUE],
  [OP.POP_JUMP_IF_TRUE, OP.POP_JUMP_IF_FALSE],
  [OP.POP_JUMP_IF_NONE, OP.POP_JUMP_IF_NOT_NONE],
  [OP.POP_JUMP_IF_NOT_NONE, OP.POP_JUMP_IF_NONE],
])

/** A conditional jump backwards becomes the opposite jump over an unconditional one. */
export function turnJumps(entry: Block): void {
  for (const block of blocksFrom(entry)) block.visited = false
  for (const block of blocksFrom(entry)) {
    block.visited = true
    const target = jumpTarget(block)
    const last = lastOf(block)
    if (target === null || last === undefined || !target.visited || isUnconditionalJump(last.opcode)) continue
    const backwards = newBlock(false)
    addJump(backwards, PSEUDO.JUMP, target, last.line)
    last.opcode = REVERSED.get(last.opcode) as number
    last.target = block.next
    backwards.next = block.next
    block.next = backwards
  }
}
