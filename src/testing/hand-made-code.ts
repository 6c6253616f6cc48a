/** Code objects with copies, and frames that run them, for tests that write instructions by name. */
import { COPIES } from '../runtime/bytecode/code/code-object.ts'
import { copiesOf, entryAt } from '../runtime/bytecode/code/copy-array.ts'
import { Frame } from '../runtime/bytecode/code/frame.ts'
import { instructionsOf } from '../runtime/bytecode/code/monitoring.ts'
import { cachesOf, type Mnemonic, nameOf, OP, opcodeOf, unit } from '../runtime/bytecode/compile/opcodes.ts'
import type { Mutator } from '../runtime/bytecode/objects/mutator.ts'
import { type Address, CELL, type Memory } from '../runtime/memory/memory.ts'
import { codeOf } from './code.ts'

/** An instruction: its name, its argument, and its line if that is another than the one before it has; null for none. */
export type Written = readonly [name: Mnemonic, argument?: number, line?: number | null]

export interface Parts {
  readonly instructions: readonly Written[]
  readonly handlers?: readonly { readonly start: number; readonly end: number; readonly target: number }[]
  /** Indices that have a copy besides the main one. */
  readonly copies?: readonly number[]
}

export interface HandMade {
  readonly code: Address
  /** Where its copies begin, the main one first. */
  readonly copies: readonly Address[]
}

/** Makes a code object whose copies all hold what is written, with caches of zeros. */
export function makeCode(m: Mutator, { instructions, handlers = [], copies = [] }: Parts): HandMade {
  const { memory } = m
  const { units, lines } = assemble(instructions)
  const code = codeOf(m, units, { lines, handlers: handlers.map((handler) => ({ ...handler, depth: 0, pushLast: false })) })
  for (const index of copies) {
    const copy = m.allocate(units.length * CELL, 'copy')
    for (const [place, value] of units.entries()) memory.set(copy + place * CELL, value)
    memory.set(entryAt(memory.get(code + COPIES), index), copy)
  }
  return { code, copies: [...copiesOf(memory, code)] }
}

/** Makes a frame that runs one of the copies of a code object. */
export function makeFrame(m: Mutator, { code }: HandMade, index = 0, previous: Address = 0): Address {
  const { memory } = m
  const frame = Frame.at(m.allocate(Frame.size, Frame.name))
  memory.set(frame.code, code)
  memory.set(frame.index, index)
  memory.set(frame.previous, previous)
  return frame.address
}

/** The names of the instructions that stand in a copy, in order. */
export const formsIn = (memory: Memory, { code }: HandMade, copy: Address): string[] =>
  [...instructionsOf(memory, code)].map((offset) => nameOf(opcodeOf(memory.get(copy + offset * CELL))))

function assemble(instructions: readonly Written[]): { units: number[]; lines: (number | null)[] } {
  const units: number[] = []
  const lines: (number | null)[] = []
  let line: number | null = 1
  for (const [name, argument = 0, other] of instructions) {
    if (other !== undefined) line = other
    const caches = Array.from({ length: cachesOf(OP[name]) }, () => 0)
    units.push(unit(OP[name], argument), ...caches)
    lines.push(line, ...caches.map(() => line))
  }
  return { units, lines }
}
