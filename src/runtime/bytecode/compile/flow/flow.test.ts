/**
 * Rules of the flow graph that no program of the subset needs, or that a program cannot show alone.
 */
import { expect, test } from 'vitest'
import { constantKeys } from '../constants.ts'
import type { Instruction, Label } from '../instruction.ts'
import { NO_LINE } from '../instruction.ts'
import { nameOf, OP } from '../opcodes.ts'
import { PSEUDO } from '../pseudo.ts'
import { stackSizeOf } from './frame.ts'
import { type Block, blocksFrom, graphOf } from './graph.ts'
import { inlineExits } from './inline.ts'
import { optimizeBlock } from './peephole.ts'
import { removeNops, removeNopsAndPairs } from './redundancy.ts'

const instruction = (opcode: number, argument = 0, line = 1, target: Label | null = null): Instruction => ({
  opcode,
  argument,
  line,
  target,
})

const opcodesOf = (entry: Block): number[] => [...blocksFrom(entry)].flatMap(({ instructions }) => instructions.map(({ opcode }) => opcode))

test.for([
  [PSEUDO.JUMP, PSEUDO.JUMP, PSEUDO.JUMP],
  [PSEUDO.JUMP, PSEUDO.JUMP_NO_INTERRUPT, PSEUDO.JUMP],
  [PSEUDO.JUMP_NO_INTERRUPT, PSEUDO.JUMP, PSEUDO.JUMP],
  [PSEUDO.JUMP_NO_INTERRUPT, PSEUDO.JUMP_NO_INTERRUPT, PSEUDO.JUMP_NO_INTERRUPT],
] as const)('of two jumps, one at which requests are served remains if there was one: %d, %d', ([first, second, expected]) => {
  const entry = graphOf([instruction(first, 0, 1, { at: 1 }), instruction(second, 0, 2, { at: 2 }), instruction(OP.RETURN_VALUE, 0, 3)])
  optimizeBlock(entry, { values: [], keyOf: constantKeys() })
  expect(opcodesOf(entry).slice(0, 2)).toEqual([OP.NOP, expected])
  expect(entry.instructions[1]).toMatchObject({ line: 2, target: entry.next?.next })
})

test('a jump to a jump to itself stays', () => {
  const entry = graphOf([
    instruction(PSEUDO.JUMP, 0, 1, { at: 1 }),
    instruction(PSEUDO.JUMP, 0, 2, { at: 1 }),
    instruction(OP.RETURN_VALUE),
  ])
  optimizeBlock(entry, { values: [], keyOf: constantKeys() })
  expect(opcodesOf(entry)).toEqual([PSEUDO.JUMP, PSEUDO.JUMP, OP.RETURN_VALUE])
})

test('a jump at which requests are served is not lost when its target takes its place', () => {
  const long = Array.from({ length: 4 }, () => instruction(OP.LOAD_FAST))
  const entry = graphOf([
    instruction(PSEUDO.JUMP, 0, 1, { at: 1 }),
    instruction(PSEUDO.JUMP_NO_INTERRUPT, 0, NO_LINE, { at: 2 }),
    ...long,
    instruction(OP.RETURN_VALUE),
  ])
  inlineExits(entry)
  expect(entry.instructions.map(({ opcode }) => opcode)).toEqual([OP.NOP, PSEUDO.JUMP])
})

test('an instruction that does nothing gives its line to one behind it that has none', () => {
  const entry = graphOf([instruction(OP.NOP, 0, 7), instruction(OP.RETURN_VALUE, 0, NO_LINE)])
  expect(removeNops(entry)).toBe(1)
  expect(entry.instructions).toMatchObject([{ opcode: OP.RETURN_VALUE, line: 7 }])
})

test('only a copy of the top of the stack cancels out with dropping it', () => {
  const left = (depth: number): string[] => {
    const entry = graphOf([instruction(OP.COPY, depth), instruction(OP.POP_TOP), instruction(OP.RETURN_VALUE)])
    removeNopsAndPairs(entry)
    return opcodesOf(entry).map(nameOf)
  }
  expect(left(1)).toEqual(['RETURN_VALUE'])
  expect(left(2)).toEqual(['COPY', 'POP_TOP', 'RETURN_VALUE'])
})

test('a block must not be reached with different stacks', () => {
  const entry = graphOf([
    instruction(OP.LOAD_FAST),
    instruction(OP.POP_JUMP_IF_TRUE, 0, 1, { at: 3 }),
    instruction(OP.LOAD_FAST),
    instruction(OP.RETURN_VALUE),
  ])
  expect(() => stackSizeOf(entry)).toThrow('A block is reached with different stacks')
})
