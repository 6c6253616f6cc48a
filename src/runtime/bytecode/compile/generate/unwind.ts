/**
 * Leaving statements on the way: what `break`, `continue` and `return` have to tidy up.
 *
 * @see CPython Python/codegen.c (codegen_unwind_fblock)
 */
import type { Place } from '../ast.ts'
import { NONE } from '../constants.ts'
import { CompileError } from '../error.ts'
import { NO_LINE } from '../instruction.ts'
import { OP } from '../opcodes.ts'
import { PSEUDO } from '../pseudo.ts'
import { deleteName, storeName } from './names.ts'
import { generateAll } from './statements.ts'
import { emit, emitConstant, type FrameBlock, type Unit } from './unit.ts'

/** Deeper nesting is refused, as it is by CPython. */
const MAX_BLOCKS = 21

type Loop = Extract<FrameBlock, { kind: 'while' | 'for' }>

const isLoop = (block: FrameBlock): block is Loop => block.kind === 'while' || block.kind === 'for'

/** Generates what is inside a block. */
export function inBlock(unit: Unit, place: Place, block: FrameBlock, generate: () => void): void {
  if (unit.blocks.length >= MAX_BLOCKS) throw new CompileError('syntax', place, 'too many blocks inside each other')
  unit.blocks.push(block)
  generate()
  unit.blocks.pop()
}

/**
 * Tidies up everything inside the innermost loop. Answers the loop, null if there is none, and the
 * line of what follows: no line once a `finally` has run in between.
 */
export function unwindToLoop(unit: Unit, line: number): { readonly loop: Loop | null; readonly line: number } {
  const block = unit.blocks.at(-1)
  if (block === undefined || isLoop(block)) return { loop: block ?? null, line }
  unit.blocks.pop()
  const result = unwindToLoop(unit, unwindBlock(unit, block, line, false))
  unit.blocks.push(block)
  return result
}

/** Tidies up everything. With `keeps`, the value on top of the stack stays. Answers the line of what follows. */
export function unwindAll(unit: Unit, line: number, keeps: boolean): number {
  const block = unit.blocks.pop()
  if (block === undefined) return line
  const result = unwindAll(unit, unwindBlock(unit, block, line, keeps), keeps)
  unit.blocks.push(block)
  return result
}

/** Tidies up one block. Answers the line of what follows. */
export function unwindBlock(unit: Unit, block: FrameBlock, line: number, keeps: boolean): number {
  const keepTop = (): void => {
    if (keeps) emit(unit, OP.SWAP, 2, line)
  }
  switch (block.kind) {
    case 'for':
    case 'value':
      keepTop()
      emit(unit, OP.POP_TOP, 0, line)
      return line
    case 'try':
      emit(unit, PSEUDO.POP_BLOCK, 0, line)
      return line
    case 'finally':
      emit(unit, PSEUDO.POP_BLOCK, 0, line)
      if (keeps) unit.blocks.push({ kind: 'value' })
      generateAll(unit, block.body)
      if (keeps) unit.blocks.pop()
      return NO_LINE
    case 'finally handler':
      keepTop()
      emit(unit, OP.POP_TOP, 0, line)
      keepTop()
      emit(unit, PSEUDO.POP_BLOCK, 0, line)
      emit(unit, OP.POP_EXCEPT, 0, line)
      return line
    case 'except':
      if (block.name !== null) emit(unit, PSEUDO.POP_BLOCK, 0, line)
      keepTop()
      emit(unit, PSEUDO.POP_BLOCK, 0, line)
      emit(unit, OP.POP_EXCEPT, 0, line)
      if (block.name !== null) forget(unit, block.name, line)
      return line
    default:
      return line
  }
}

/** Deletes the name of an exception; assigns to it before, in case the program has deleted it. */
export function forget(unit: Unit, name: string, line: number): void {
  emitConstant(unit, NONE, line)
  storeName(unit, name, line)
  deleteName(unit, name, line)
}
