/**
 * Loads of local variables that may have no value are checked, all others are not.
 *
 * @see CPython Python/flowgraph.c (add_checks_for_loads_of_uninitialized_variables)
 */
import { OP } from '../opcodes.ts'
import { PSEUDO } from '../pseudo.ts'
import { type Block, blocksFrom, type FlowInstruction, hasFallthrough, jumpTarget, startTraversal } from './graph.ts'

/** So many variables are followed from block to block; the others only inside each. */
const FOLLOWED = 64

const UNBINDING: readonly number[] = [OP.DELETE_FAST, OP.LOAD_FAST_AND_CLEAR, PSEUDO.STORE_FAST_MAYBE_NULL]
const BINDING: readonly number[] = [OP.STORE_FAST, OP.LOAD_FAST, OP.LOAD_FAST_CHECK]

/** Makes loads of variables that may have no value look whether they have. */
export function checkLocals(entry: Block, localCount: number, parameterCount: number): void {
  if (localCount === 0) return
  for (const block of blocksFrom(entry)) checkUnfollowed(block)
  const stack = startTraversal(entry)
  let unsafe = 0n
  for (let index = parameterCount; index < Math.min(localCount, FOLLOWED); index++) unsafe |= 1n << BigInt(index)
  push(stack, entry, unsafe)
  for (const block of blocksFrom(entry)) scan(block, stack)
  for (let block = stack.pop(); block !== undefined; block = stack.pop()) {
    block.visited = false
    scan(block, stack)
  }
}

/** Tells a block what may have no value when it is reached; it is looked at again if that is news. */
function push(stack: Block[], block: Block, unsafe: bigint): void {
  const both = block.unsafeLocals | unsafe
  if (both === block.unsafeLocals) return
  block.unsafeLocals = both
  if (block.visited) return
  block.visited = true
  stack.push(block)
}

function scan(block: Block, stack: Block[]): void {
  let unsafe = block.unsafeLocals
  for (const instruction of block.instructions) {
    const { opcode, argument, handler } = instruction
    if (handler !== null) push(stack, handler, unsafe)
    if (argument >= FOLLOWED) continue
    const bit = 1n << BigInt(argument)
    if (UNBINDING.includes(opcode)) unsafe |= bit
    else if (BINDING.includes(opcode)) {
      if (unsafe & bit) check(instruction)
      unsafe &= ~bit
    }
  }
  if (block.next !== null && hasFallthrough(block)) push(stack, block.next, unsafe)
  const target = jumpTarget(block)
  if (target !== null) push(stack, target, unsafe)
}

function check(instruction: FlowInstruction): void {
  if (instruction.opcode === OP.LOAD_FAST) instruction.opcode = OP.LOAD_FAST_CHECK
}

function checkUnfollowed(block: Block): void {
  const safe = new Set<number>()
  for (const instruction of block.instructions) {
    const { opcode, argument } = instruction
    if (argument < FOLLOWED) continue
    if (UNBINDING.includes(opcode)) safe.delete(argument)
    else if (BINDING.includes(opcode)) {
      if (!safe.has(argument)) check(instruction)
      safe.add(argument)
    }
  }
}
