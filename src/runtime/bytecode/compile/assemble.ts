/**
 * Instructions in their order become code units: jumps get distances, large arguments their
 * prefixes, handlers their table.
 *
 * @see CPython Python/assemble.c
 */
import type { CompiledCode, Handler } from './compiled-code.ts'
import type { Block, FlowInstruction } from './flow/graph.ts'
import { cachesOf, OP, unit } from './opcodes.ts'
import { isJump, PSEUDO } from './pseudo.ts'

/** An instruction at its place. */
interface Placed {
  readonly opcode: number
  argument: number
  readonly line: number
  /** The index of the instruction that it jumps to; null if it does not jump. */
  readonly target: number | null
  readonly handler: Block | null
  offset: number
}

const ARGUMENT_BITS = 8

/** How many prefixes an argument needs. */
function prefixesOf(argument: number): number {
  let prefixes = 0
  for (let rest = argument >>> ARGUMENT_BITS; rest > 0; rest >>>= ARGUMENT_BITS) prefixes++
  return prefixes
}
const sizeOf = ({ opcode, argument }: Placed): number => prefixesOf(argument) + 1 + cachesOf(opcode)

/** The units of blocks in their final order, the line of each unit, and the table of handlers. */
export function assemble(blocks: readonly Block[]): Pick<CompiledCode, 'units' | 'lines' | 'handlers'> {
  const starts = startsOf(blocks)
  const placed = blocks.flatMap(({ instructions }) => instructions).map((instruction, index) => placedAt(instruction, index, starts))
  resolveJumps(placed)
  const units = placed.flatMap(unitsOf)
  const lines = placed.flatMap((each) => Array.from({ length: sizeOf(each) }, () => (each.line < 0 ? null : each.line)))
  const offsetOf = (block: Block): number => (placed[starts.get(block) as number] as Placed).offset
  return { units, lines, handlers: handlersOf(placed, units.length, offsetOf) }
}

/** The index of the first instruction of each block. */
function startsOf(blocks: readonly Block[]): ReadonlyMap<Block, number> {
  const starts = new Map<Block, number>()
  let index = 0
  for (const block of blocks) {
    starts.set(block, index)
    index += block.instructions.length
  }
  return starts
}

function placedAt({ opcode, argument, line, target, handler }: FlowInstruction, index: number, starts: ReadonlyMap<Block, number>): Placed {
  const jumpsTo = isJump(opcode) ? (starts.get(target as Block) as number) : null
  return { opcode: withDirection(opcode, jumpsTo !== null && jumpsTo > index), argument, line, target: jumpsTo, handler, offset: 0 }
}

function withDirection(opcode: number, forward: boolean): number {
  if (opcode === PSEUDO.JUMP) return forward ? OP.JUMP_FORWARD : OP.JUMP_BACKWARD
  if (opcode === PSEUDO.JUMP_NO_INTERRUPT) return forward ? OP.JUMP_FORWARD : OP.JUMP_BACKWARD_NO_INTERRUPT
  return opcode
}

/** Distances depend on sizes, and sizes on distances: repeated until no size changes. */
function resolveJumps(placed: readonly Placed[]): void {
  for (let changed = true; changed; ) {
    changed = false
    let offset = 0
    for (const each of placed) {
      each.offset = offset
      offset += sizeOf(each)
    }
    for (const each of placed) {
      if (each.target === null) continue
      const size = sizeOf(each)
      // Distances count from the instruction behind.
      each.argument = Math.abs((placed[each.target] as Placed).offset - (each.offset + size))
      if (sizeOf(each) !== size) changed = true
    }
  }
}

function unitsOf({ opcode, argument }: Placed): number[] {
  const units: number[] = []
  for (let prefix = prefixesOf(argument); prefix > 0; prefix--)
    units.push(unit(OP.EXTENDED_ARG, (argument >>> (prefix * ARGUMENT_BITS)) & 0xff))
  units.push(unit(opcode, argument & 0xff))
  return [...units, ...Array.from({ length: cachesOf(opcode) }, () => 0)]
}

/** One entry for each run of instructions with the same handler. */
function handlersOf(placed: readonly Placed[], end: number, offsetOf: (block: Block) => number): Handler[] {
  const table: Handler[] = []
  let handler: Block | null = null
  let start = 0
  const close = (at: number): void => {
    if (handler !== null) table.push(entryFor(handler, start, at, offsetOf(handler)))
  }
  for (const each of placed) {
    if (each.handler === handler) continue
    close(each.offset)
    handler = each.handler
    start = each.offset
  }
  close(end)
  return table
}

function entryFor(handler: Block, start: number, end: number, target: number): Handler {
  const pushed = handler.preservesLast ? 2 : 1
  return { start, end, target, depth: handler.startDepth - pushed, pushLast: handler.preservesLast }
}
