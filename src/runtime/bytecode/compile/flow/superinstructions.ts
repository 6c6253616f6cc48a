/**
 * Two instructions for local variables become one.
 *
 * @see CPython Python/flowgraph.c (insert_superinstructions)
 */
import { OP } from '../opcodes.ts'
import { type Block, blocksFrom, type FlowInstruction, makeNop, set } from './graph.ts'
import { removeNops } from './redundancy.ts'

/** Each of the two indices has four bits. */
const INDEX_BITS = 4

/** Joins pairs of instructions on local variables into one each. */
export function combineLocals(entry: Block): void {
  for (const { instructions } of blocksFrom(entry)) {
    instructions.forEach((first, index) => {
      const second = instructions[index + 1]
      const combined = second === undefined ? undefined : superinstruction(first.opcode, second.opcode)
      if (second !== undefined && combined !== undefined) combine(first, second, combined)
    })
  }
  removeNops(entry)
}

function superinstruction(first: number, second: number): number | undefined {
  if (first === OP.LOAD_FAST) return second === OP.LOAD_FAST ? OP.LOAD_FAST_LOAD_FAST : undefined
  if (first !== OP.STORE_FAST) return undefined
  if (second === OP.LOAD_FAST) return OP.STORE_FAST_LOAD_FAST
  return second === OP.STORE_FAST ? OP.STORE_FAST_STORE_FAST : undefined
}

function combine(first: FlowInstruction, second: FlowInstruction, opcode: number): void {
  if (first.line >= 0 && second.line >= 0 && first.line !== second.line) return
  if (first.argument >> INDEX_BITS > 0 || second.argument >> INDEX_BITS > 0) return
  set(first, opcode, (first.argument << INDEX_BITS) | second.argument)
  makeNop(second)
}
