import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SEEDED } from '../../../../testing/seeded.ts'
import { OP } from '../opcodes.ts'
import { PSEUDO } from '../pseudo.ts'
import { type Block, type FlowInstruction, newBlock, newInstruction } from './graph.ts'
import { optimizeSwaps } from './swaps.ts'

const DEPTH = 6

function blockOf(instructions: readonly FlowInstruction[]): Block {
  return { ...newBlock(false), instructions: instructions.map((each) => ({ ...each })) }
}

/** What is left on the stack, and what the variables hold. */
function run({ instructions }: Block): unknown {
  const stack = Array.from({ length: DEPTH * 2 }, (_, index) => index)
  const variables = new Map<number, number>()
  for (const { opcode, argument } of instructions) {
    if (opcode === OP.NOP) continue
    const top = stack.pop() as number
    if (opcode === OP.SWAP) {
      const other = stack.length + 1 - argument
      stack.push(stack[other] as number)
      stack[other] = top
    } else if (opcode !== OP.POP_TOP) variables.set(argument, top)
  }
  return { stack, variables: [...variables].sort() }
}

const swapsIn = ({ instructions }: Block): number => instructions.filter(({ opcode }) => opcode === OP.SWAP).length

const swap = fc.integer({ min: 2, max: DEPTH }).map((depth) => newInstruction(OP.SWAP, depth, 1))
const nop = fc.constant(newInstruction(OP.NOP, 0, 1))

test('the fewest swaps do the same', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof({ weight: 4, arbitrary: swap }, nop), { maxLength: 8 }), (instructions) => {
      const [before, after] = [blockOf(instructions), blockOf(instructions)]
      optimizeSwaps(after)
      expect(run(after)).toEqual(run(before))
      expect(swapsIn(after)).toBeLessThanOrEqual(swapsIn(before))
    }),
    SEEDED,
  )
})

const storing = fc.oneof(
  fc
    .record({ argument: fc.integer({ min: 0, max: 2 }), line: fc.integer({ min: 1, max: 2 }) })
    .map(({ argument, line }) => newInstruction(OP.STORE_FAST, argument, line)),
  fc.constant(newInstruction(PSEUDO.STORE_FAST_MAYBE_NULL, 3, 1)),
  fc.constant(newInstruction(OP.POP_TOP, 0, 1)),
  fc.constant(newInstruction(OP.NOP, 0, 1)),
)

test('what is stored instead of swapped ends up in the same variables', () => {
  fc.assert(
    fc.property(fc.array(swap, { minLength: 1, maxLength: 3 }), fc.array(storing, { maxLength: DEPTH }), (swaps, stores) => {
      const [before, after] = [blockOf([...swaps, ...stores]), blockOf([...swaps, ...stores])]
      optimizeSwaps(after)
      expect(run(after)).toEqual(run(before))
    }),
    { ...SEEDED, numRuns: 1000 },
  )
})

const names = ({ instructions }: Block): readonly (readonly [number, number])[] =>
  instructions.filter(({ opcode }) => opcode !== OP.NOP).map(({ opcode, argument }) => [opcode, argument])

test.for([
  [
    'two stores change places',
    [
      [OP.SWAP, 2, 1],
      [OP.STORE_FAST, 0, 1],
      [OP.STORE_FAST, 1, 1],
    ],
    [
      [OP.STORE_FAST, 1],
      [OP.STORE_FAST, 0],
    ],
  ],
  [
    'a value that is dropped is dropped later',
    [
      [OP.SWAP, 2, 1],
      [OP.POP_TOP, 0, 1],
      [OP.STORE_FAST, 1, 1],
    ],
    [
      [OP.STORE_FAST, 1],
      [OP.POP_TOP, 0],
    ],
  ],
  [
    'two values are dropped in any order',
    [
      [OP.SWAP, 2, 1],
      [OP.POP_TOP, 0, 1],
      [OP.POP_TOP, 0, 1],
    ],
    [
      [OP.POP_TOP, 0],
      [OP.POP_TOP, 0],
    ],
  ],
  [
    'stores to one variable stay in order',
    [
      [OP.SWAP, 2, 1],
      [OP.STORE_FAST, 0, 1],
      [OP.STORE_FAST, 0, 1],
    ],
    [
      [OP.SWAP, 2],
      [OP.STORE_FAST, 0],
      [OP.STORE_FAST, 0],
    ],
  ],
  [
    'a store between them to the same variable keeps them apart',
    [
      [OP.SWAP, 3, 1],
      [OP.STORE_FAST, 0, 1],
      [OP.STORE_FAST, 0, 1],
      [OP.STORE_FAST, 1, 1],
    ],
    [
      [OP.SWAP, 3],
      [OP.STORE_FAST, 0],
      [OP.STORE_FAST, 0],
      [OP.STORE_FAST, 1],
    ],
  ],
  [
    'stores of two lines stay in order',
    [
      [OP.SWAP, 2, 1],
      [OP.STORE_FAST, 0, 1],
      [OP.STORE_FAST, 1, 2],
    ],
    [
      [OP.SWAP, 2],
      [OP.STORE_FAST, 0],
      [OP.STORE_FAST, 1],
    ],
  ],
  [
    'what may run code stays where it is',
    [
      [OP.SWAP, 2, 1],
      [OP.STORE_NAME, 0, 1],
      [OP.STORE_FAST, 1, 1],
    ],
    [
      [OP.SWAP, 2],
      [OP.STORE_NAME, 0],
      [OP.STORE_FAST, 1],
    ],
  ],
  [
    'swaps that undo each other vanish',
    [
      [OP.SWAP, 3, 1],
      [OP.NOP, 0, 1],
      [OP.SWAP, 3, 1],
    ],
    [],
  ],
] as const)('%s', ([, before, after]) => {
  const block = blockOf(before.map(([opcode, argument, line]) => newInstruction(opcode, argument, line)))
  optimizeSwaps(block)
  expect(names(block)).toEqual(after)
})
