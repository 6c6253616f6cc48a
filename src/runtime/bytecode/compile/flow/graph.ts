/**
 * The flow graph: basic blocks, in the order in which they will stand, and the jumps between them.
 *
 * @see CPython Python/flowgraph.c
 */
import type { Instruction, Label } from '../instruction.ts'
import { OP } from '../opcodes.ts'
import { endsBlock, exitsScope, hasEvalBreak, isJump, isUnconditionalJump } from '../pseudo.ts'

/** An instruction of the graph. Passes change it where it stands. */
export interface FlowInstruction {
  opcode: number
  argument: number
  line: number
  /** Where it jumps, or the handler that it sets up. */
  target: Block | null
  /** Where it continues when it raises. */
  handler: Block | null
}

/** A stretch of instructions that is entered at its start alone, and left at its end or by an exception. */
export interface Block {
  instructions: FlowInstruction[]
  next: Block | null
  /** Whether anything jumps to it. */
  labelled: boolean
  /** The handlers that are set up at its start, the innermost last; null once it has been visited. */
  handlers: Block[] | null
  /** Bit i: local variable i may have no value at its start. */
  unsafeLocals: bigint
  predecessors: number
  /** How many values are on the stack at its start; -1 as long as that is not known. */
  startDepth: number
  /** A handler that gets the place of the raising instruction too. */
  preservesLast: boolean
  isHandler: boolean
  /** Reached only through an exception. */
  cold: boolean
  warm: boolean
  /** For whatever pass is at work. */
  visited: boolean
}

/** A block without instructions. */
export const newBlock = (labelled: boolean): Block => ({
  instructions: [],
  next: null,
  labelled,
  handlers: null,
  unsafeLocals: 0n,
  predecessors: 0,
  startDepth: -1,
  preservesLast: false,
  isHandler: false,
  cold: false,
  warm: false,
  visited: false,
})

/** The blocks from `entry` on. Follows changes that are made meanwhile. */
export function* blocksFrom(entry: Block): Generator<Block> {
  for (let block: Block | null = entry; block !== null; block = block.next) yield block
}

/** The last instruction, which alone may be a jump. */
export const lastOf = (block: Block): FlowInstruction | undefined => block.instructions.at(-1)

/** Whether the block after it is reached without a jump. */
export function hasFallthrough(block: Block): boolean {
  const last = lastOf(block)
  return last === undefined || !(exitsScope(last.opcode) || isUnconditionalJump(last.opcode))
}

/** Whether the function is left at its end. */
export function exits(block: Block): boolean {
  const last = lastOf(block)
  return last !== undefined && exitsScope(last.opcode)
}

/** Whether the thread may be asked something in it. */
export const breaksEvaluation = (block: Block): boolean => block.instructions.some(({ opcode }) => hasEvalBreak(opcode))
/** Whether none of its instructions belongs to a line. */
export const hasNoLine = (block: Block): boolean => block.instructions.every(({ line }) => line < 0)

/** The first block from `block` on that has instructions. */
export function nonempty(block: Block | null): Block | null {
  let found = block
  while (found !== null && found.instructions.length === 0) found = found.next
  return found
}

/** Forgets what an earlier pass has visited, and answers a stack for this one. */
export function startTraversal(entry: Block): Block[] {
  for (const block of blocksFrom(entry)) block.visited = false
  return []
}

/** Puts a block on the stack of a traversal, unless the traversal has come to it. */
export function visit(stack: Block[], block: Block): void {
  if (block.visited) return
  block.visited = true
  stack.push(block)
}

/** Makes an instruction another one on the same line. */
export function set(instruction: FlowInstruction, opcode: number, argument = 0): void {
  instruction.opcode = opcode
  instruction.argument = argument
}

/** Makes an instruction do nothing. Its line stays. */
export function makeNop(instruction: FlowInstruction): void {
  set(instruction, OP.NOP)
  instruction.target = null
}

/** An instruction that jumps nowhere. @param line negative for none. */
export const newInstruction = (opcode: number, argument: number, line: number): FlowInstruction => ({
  opcode,
  argument,
  line,
  target: null,
  handler: null,
})

/** The blocks of some instructions; the first of them. */
export function graphOf(instructions: readonly Instruction[]): Block {
  const targets = new Set(instructions.flatMap(({ target }) => (target === null ? [] : [target.at])))
  const labelled = new Map<number, Block>()
  const jumps: (readonly [FlowInstruction, Label])[] = []
  const entry = newBlock(targets.has(0))
  labelled.set(0, entry)
  let current = entry
  instructions.forEach(({ opcode, argument, line, target }, index) => {
    const isTarget = targets.has(index)
    const last = lastOf(current)
    if (index > 0 && (isTarget || (last !== undefined && endsBlock(last.opcode)))) {
      current.next = newBlock(isTarget)
      current = current.next
      labelled.set(index, current)
    }
    const instruction = newInstruction(opcode, argument, line)
    current.instructions.push(instruction)
    if (target !== null) jumps.push([instruction, target])
  })
  for (const [instruction, target] of jumps) instruction.target = labelled.get(target.at) as Block
  return entry
}

/** Adds a jump to the end of a block. */
export function addJump(block: Block, opcode: number, target: Block, line: number): void {
  block.instructions.push({ ...newInstruction(opcode, 0, line), target })
}

/** A copy of a block that nothing falls out of. */
export const copyOf = (block: Block): Block => ({ ...newBlock(true), instructions: block.instructions.map((each) => ({ ...each })) })

/** The target of a jump at the end of a block; null if there is none. */
export function jumpTarget(block: Block): Block | null {
  const last = lastOf(block)
  return last !== undefined && isJump(last.opcode) ? last.target : null
}

/** Counts how often each block is reached, and empties those that never are. */
export function removeUnreachable(entry: Block): void {
  for (const block of blocksFrom(entry)) block.predecessors = 0
  const stack = startTraversal(entry)
  entry.predecessors = 1
  visit(stack, entry)
  for (let block = stack.pop(); block !== undefined; block = stack.pop()) {
    const reached = block.instructions.flatMap(({ target }) => (target === null ? [] : [target]))
    if (block.next !== null && hasFallthrough(block)) reached.unshift(block.next)
    for (const each of reached) {
      visit(stack, each)
      each.predecessors++
    }
  }
  for (const block of blocksFrom(entry)) {
    if (block.predecessors > 0) continue
    block.instructions = []
    block.isHandler = false
  }
}
