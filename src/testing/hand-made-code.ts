/** Code objects and frames for tests, made by hand: without names, constants and a compiler. */
import { CodeObject, codeBytes, opcodeOf, unit } from '../runtime/bytecode/code/code-object.ts'
import { Frame } from '../runtime/bytecode/code/frame.ts'
import { instructionsOf } from '../runtime/bytecode/code/monitoring.ts'
import { cachesOf, type Mnemonic, nameOf, OP } from '../runtime/bytecode/compile/opcodes.ts'
import { type Address, CELL, type Memory } from '../runtime/memory/memory.ts'

/** An instruction: its name, its argument, and its line if that is another than the one before it has; null for none. */
export type Written = readonly [name: Mnemonic, argument?: number, line?: number | null]

export interface Parts {
  readonly instructions: readonly Written[]
  readonly handlers?: readonly { readonly start: number; readonly end: number; readonly target: number }[]
  /** Indices that have a copy of their own. Without any there is no array. */
  readonly copies?: readonly number[]
}

export interface HandMade {
  readonly code: Address
  /** Where its copies begin, the main one first. */
  readonly copies: readonly Address[]
}

/** Zeroed memory that is never given back. */
export type Obtain = (bytes: number) => Address

/** Makes a code object whose copies all hold what is written, with caches of zeros. */
export function makeCode(memory: Memory, obtain: Obtain, { instructions, handlers = [], copies = [] }: Parts): HandMade {
  const { units, lines } = assemble(instructions)
  const code = obtain(codeBytes(units.length))
  const fields = CodeObject.at(code)
  memory.set(fields.unitCount, units.length)
  memory.set(fields.lines, write(memory, obtain, lines))
  const table = handlers.flatMap(({ start, end, target }) => [start, end, target, 0, 0])
  if (handlers.length > 0) memory.set(fields.handlers, write(memory, obtain, [handlers.length, ...table]))
  fill(memory, fields.units, units)
  const own = copies.map(() => write(memory, obtain, units))
  if (copies.length > 0) {
    const size = Math.max(...copies) + 1
    const entries = Array.from({ length: size }, (_, index) => (index === 0 ? fields.units : (own[copies.indexOf(index)] ?? 0)))
    memory.set(fields.copies, write(memory, obtain, [size, ...entries]))
  }
  return { code, copies: [fields.units, ...own] }
}

/** Makes a frame that runs a copy of a code object, and is about to execute its first unit. */
export function makeFrame(memory: Memory, obtain: Obtain, { code, copies }: HandMade, index = 0, previous: Address = 0): Address {
  const frame = Frame.at(obtain(Frame.size))
  memory.set(frame.code, code)
  memory.set(frame.index, index)
  memory.set(frame.instruction, copies[index] as Address)
  memory.set(frame.previous, previous)
  return frame.address
}

/** The names of the instructions that stand in a copy, in order. */
export const formsIn = (memory: Memory, { code }: HandMade, copy: Address): string[] =>
  [...instructionsOf(memory, code)].map((offset) => nameOf(opcodeOf(memory.get(copy + offset * CELL))))

function assemble(instructions: readonly Written[]): { units: number[]; lines: number[] } {
  const units: number[] = []
  const lines: number[] = []
  let line = 1
  for (const [name, argument = 0, other] of instructions) {
    if (other !== undefined) line = other ?? 0
    const caches = Array.from({ length: cachesOf(OP[name]) }, () => 0)
    units.push(unit(OP[name], argument), ...caches)
    lines.push(line, ...caches.map(() => line))
  }
  return { units, lines }
}

function write(memory: Memory, obtain: Obtain, values: readonly number[]): Address {
  const block = obtain(values.length * CELL)
  fill(memory, block, values)
  return block
}

function fill(memory: Memory, at: Address, values: readonly number[]): void {
  for (const [index, value] of values.entries()) memory.set(at + index * CELL, value)
}
