/**
 * The frame that the code runs in: the slots of its variables, the cells to make first, and how
 * much stack it needs.
 *
 *     parameters and locals │ cells │ free variables
 *
 * A parameter that is a cell stays in its slot.
 *
 * @see CPython Python/flowgraph.c (prepare_localsplus, calculate_stackdepth)
 */
import type { FrameVariable } from '../compiled-code.ts'
import { NO_LINE } from '../instruction.ts'
import { OP } from '../opcodes.ts'
import { effectAtTarget, PSEUDO, stackEffect } from '../pseudo.ts'
import { type Block, blocksFrom, hasFallthrough, newInstruction, startTraversal } from './graph.ts'

/** Names of the variables of a frame, in order: one that is a parameter and a cell is among both. */
export interface FrameLayout {
  readonly locals: readonly string[]
  readonly cells: readonly string[]
  readonly free: readonly string[]
}

/** The variables of the frame in the order of their slots. */
export const variablesOf = ({ locals, cells, free }: FrameLayout): FrameVariable[] => [
  ...locals.map((name): FrameVariable => ({ name, kind: cells.includes(name) ? 'local cell' : 'local' })),
  ...cells.filter((name) => !locals.includes(name)).map((name): FrameVariable => ({ name, kind: 'cell' })),
  ...free.map((name): FrameVariable => ({ name, kind: 'free' })),
]

const CELL_INSTRUCTIONS: readonly number[] = [
  OP.MAKE_CELL,
  PSEUDO.LOAD_CLOSURE,
  OP.LOAD_DEREF,
  OP.STORE_DEREF,
  OP.DELETE_DEREF,
  OP.LOAD_FROM_DICT_OR_DEREF,
]

/** Adds what the frame begins with, and gives cells and free variables the index of their slot. */
export function layOut(entry: Block, layout: FrameLayout, generator: boolean, firstLine: number): void {
  const { cells, free } = layout
  const slots = slotsOf(layout)
  if (generator) {
    entry.instructions.unshift(newInstruction(OP.RETURN_GENERATOR, 0, firstLine), newInstruction(OP.POP_TOP, 0, firstLine))
  }
  const order = cells.map((_, index) => index).sort((a, b) => (slots[a] as number) - (slots[b] as number))
  entry.instructions.unshift(...order.map((index) => newInstruction(OP.MAKE_CELL, index, NO_LINE)))
  if (free.length > 0) entry.instructions.unshift(newInstruction(OP.COPY_FREE_VARS, free.length, NO_LINE))
  for (const { instructions } of blocksFrom(entry)) {
    for (const instruction of instructions) {
      if (CELL_INSTRUCTIONS.includes(instruction.opcode)) instruction.argument = slots[instruction.argument] as number
    }
  }
}

/** The slots of the cells and, behind them, of the free variables. */
function slotsOf({ locals, cells, free }: FrameLayout): number[] {
  let next = locals.length
  return [...cells, ...free].map((name, index) => {
    const parameter = index < cells.length ? locals.indexOf(name) : -1
    return parameter >= 0 ? parameter : next++
  })
}

/** The most values that are ever on the stack. Notes for each block how many are there when it begins. */
export function stackSizeOf(entry: Block): number {
  const stack = startTraversal(entry)
  // A frame has room for one value in any case.
  let most = 1
  const reach = (block: Block, depth: number): void => {
    if (block.startDepth >= 0 && block.startDepth !== depth) throw new Error('A block is reached with different stacks')
    if (block.startDepth >= 0) return
    block.startDepth = depth
    stack.push(block)
  }
  reach(entry, 0)
  for (let block = stack.pop(); block !== undefined; block = stack.pop()) {
    let depth = block.startDepth
    for (const { opcode, argument, target } of block.instructions) {
      if (target !== null) {
        const there = depth + effectAtTarget(opcode, argument)
        most = Math.max(most, there)
        reach(target, there)
      }
      depth += stackEffect(opcode, argument)
      most = Math.max(most, depth)
    }
    if (block.next !== null && hasFallthrough(block)) reach(block.next, depth)
  }
  return most
}
