/**
 * From generated instructions to those that will stand in the code: the flow graph is made,
 * optimized and put in order.
 *
 * @see CPython Python/flowgraph.c (_PyCfg_OptimizeCodeUnit)
 */
import type { Constant, FrameVariable } from './compiled-code.ts'
import type { ConstantKey } from './constants.ts'
import { moveColdBlocks } from './flow/cold.ts'
import { type Constants, decideConditions, dropUnused } from './flow/constants.ts'
import { type FrameLayout, layOut, stackSizeOf, variablesOf } from './flow/frame.ts'
import { type Block, blocksFrom, graphOf, removeUnreachable } from './flow/graph.ts'
import { labelHandlers } from './flow/handlers.ts'
import { inlineExits } from './flow/inline.ts'
import { resolveLines } from './flow/lines.ts'
import { checkLocals } from './flow/locals.ts'
import { lowerConditions, lowerPseudo, turnJumps } from './flow/lower.ts'
import { optimizeBlock } from './flow/peephole.ts'
import { removeNopsAndJumps, removeNopsAndPairs } from './flow/redundancy.ts'
import { combineLocals } from './flow/superinstructions.ts'
import type { Instruction } from './instruction.ts'

/** What was generated for one code object. */
export interface Generated extends FrameLayout {
  readonly instructions: readonly Instruction[]
  readonly constants: readonly Constant[]
  readonly keyOf: ConstantKey
  readonly parameterCount: number
  readonly firstLine: number
  readonly generator: boolean
}

/** What will stand in the code object. */
export interface Optimized {
  /** In the order of the code. */
  readonly blocks: readonly Block[]
  readonly constants: readonly Constant[]
  readonly variables: readonly FrameVariable[]
  readonly stackSize: number
}

/** Makes the flow graph, optimizes it and lays it out. */
export function optimize(generated: Generated): Optimized {
  const constants: Constants = { values: [...generated.constants], keyOf: generated.keyOf }
  const entry = graphOf(generated.instructions)
  labelHandlers(entry)
  optimizeGraph(entry, constants)
  dropUnused(entry, constants)
  checkLocals(entry, generated.locals.length, generated.parameterCount)
  combineLocals(entry)
  moveColdBlocks(entry)
  resolveLines(entry)
  lowerConditions(entry)
  const stackSize = stackSizeOf(entry)
  layOut(entry, generated, generated.generator, generated.firstLine)
  lowerPseudo(entry)
  turnJumps(entry)
  return { blocks: [...blocksFrom(entry)], constants: constants.values, variables: variablesOf(generated), stackSize }
}

function optimizeGraph(entry: Block, constants: Constants): void {
  inlineExits(entry)
  removeUnreachable(entry)
  resolveLines(entry)
  decideConditions(entry, constants)
  for (const block of blocksFrom(entry)) optimizeBlock(block, constants)
  removeNopsAndPairs(entry)
  removeUnreachable(entry)
  removeNopsAndJumps(entry)
}
