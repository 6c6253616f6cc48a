/**
 * Swaps of values on the stack: as few as possible, and none where the instructions behind can be
 * swapped instead.
 *
 * @see CPython Python/flowgraph.c (swaptimize, apply_static_swaps)
 */
import { OP } from '../opcodes.ts'
import { PSEUDO } from '../pseudo.ts'
import { type Block, type FlowInstruction, makeNop, set } from './graph.ts'

/** Makes the runs of swaps in a block as short as they can be. */
export function optimizeSwaps(block: Block): void {
  for (let index = 0; index < block.instructions.length; index++) {
    if (block.instructions[index]?.opcode !== OP.SWAP) continue
    index += shortenRun(block.instructions, index) - 1
    applySwaps(block, index)
  }
}

/** Replaces a run of swaps by the shortest that does the same. Answers its length: 1 if there was nothing to do. */
function shortenRun(instructions: readonly FlowInstruction[], start: number): number {
  let end = start + 1
  while (instructions[end]?.opcode === OP.SWAP || instructions[end]?.opcode === OP.NOP) end++
  const run = instructions.slice(start, end)
  const swaps = run.filter(({ opcode }) => opcode === OP.SWAP)
  if (swaps.length === 1) return 1
  const order = orderAfter(swaps.map(({ argument }) => argument))
  const shortest = swapsFor(order)
  run.forEach((instruction, index) => {
    const argument = shortest[index - (run.length - shortest.length)]
    if (argument === undefined) makeNop(instruction)
    else set(instruction, OP.SWAP, argument)
  })
  return run.length
}

/** Where each value of the stack comes from, counted from the top, after some swaps. */
function orderAfter(swaps: readonly number[]): number[] {
  const order = Array.from({ length: Math.max(...swaps) }, (_, index) => index)
  for (const depth of swaps) [order[0], order[depth - 1]] = [order[depth - 1] as number, order[0] as number]
  return order
}

/**
 * The fewest swaps with the top of the stack that lead to an order: one for each value of a cycle
 * but one, if the top is in it, and one more if it is not.
 */
function swapsFor(order: readonly number[]): number[] {
  const swaps: number[] = []
  const visited = new Set<number>()
  order.forEach((from, start) => {
    if (from === start || visited.has(start)) return
    // The order is made backwards, from its last swap to its first.
    for (let at = start; ; at = order[at] as number) {
      if (at > 0) swaps.unshift(at + 1)
      if (visited.has(at)) break
      visited.add(at)
    }
  })
  return swaps
}

const STORES: readonly number[] = [OP.STORE_FAST, PSEUDO.STORE_FAST_MAYBE_NULL]
/** What takes a value from the stack, runs no code of the program and cannot fail. */
const isSwappable = ({ opcode }: FlowInstruction): boolean => STORES.includes(opcode) || opcode === OP.POP_TOP

/** The index of the next instruction that can be swapped; with `line`, of that line. Undefined if another one comes before. */
function nextSwappable({ instructions }: Block, index: number, line: number): number | undefined {
  for (let at = index + 1; at < instructions.length; at++) {
    const instruction = instructions[at] as FlowInstruction
    // Names are bound between events of lines.
    if (line >= 0 && instruction.line !== line) return undefined
    if (isSwappable(instruction)) return at
    if (instruction.opcode !== OP.NOP) return undefined
  }
  return undefined
}

/** Swaps instructions instead of values, for the swap at `index` and those before it. */
function applySwaps(block: Block, index: number): void {
  const { instructions } = block
  for (let at = index; at >= 0; at--) {
    const swap = instructions[at] as FlowInstruction
    if (swap.opcode === OP.SWAP) {
      const first = nextSwappable(block, at, -1)
      const second = first === undefined ? undefined : partnerOf(block, first, swap.argument - 1)
      if (first === undefined || second === undefined || !areIndependent(block, first, second)) return
      makeNop(swap)
      ;[instructions[first], instructions[second]] = [instructions[second] as FlowInstruction, instructions[first] as FlowInstruction]
    } else if (swap.opcode !== OP.NOP && !isSwappable(swap)) return
  }
}

/** The instruction that takes the value `depth` below the one that the first takes. */
function partnerOf(block: Block, first: number, depth: number): number | undefined {
  const line = (block.instructions[first] as FlowInstruction).line
  let partner: number | undefined = first
  for (let count = depth; count > 0 && partner !== undefined; count--) partner = nextSwappable(block, partner, line)
  return partner
}

/** Whether two instructions, and those between them, store to different variables. */
function areIndependent({ instructions }: Block, first: number, second: number): boolean {
  const variable = (at: number): number => {
    const { opcode, argument } = instructions[at] as FlowInstruction
    return STORES.includes(opcode) ? argument : -1
  }
  const [a, b] = [variable(first), variable(second)]
  if (a < 0 && b < 0) return true
  if (a === b) return false
  for (let at = first + 1; at < second; at++) {
    const between = variable(at)
    if (between >= 0 && (between === a || between === b)) return false
  }
  return true
}
