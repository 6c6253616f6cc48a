import { expect, test } from 'vitest'
import { makeCode, type Parts } from '../../../testing/hand-made-code.ts'
import { begin, enter } from '../../../testing/setting.ts'
import { beginningsOf } from './lines.ts'

/** Offsets at which lines begin, from `first` on. */
function beginnings(parts: Parts, first = 0): number[] {
  const ada = enter(begin())
  const { memory } = ada
  const { code } = makeCode(ada, parts)
  return [...beginningsOf(memory, code, first)].sort((one, other) => one - other)
}

test('an instruction begins a line if the one before it belongs to another', () => {
  expect(
    beginnings({
      instructions: [
        ['RESUME', 0, 1],
        ['LOAD_FAST', 0, 2],
        ['LOAD_FAST'],
        ['BINARY_OP'],
        ['STORE_FAST', 0, 3],
        ['LOAD_CONST', 0, 2],
        ['RETURN_VALUE'],
      ],
    }),
  ).toEqual([1, 5, 6])
})

test('the first instruction after RESUME begins a line, also if it belongs to the same', () => {
  expect(beginnings({ instructions: [['RESUME', 0, 1], ['LOAD_CONST'], ['RETURN_VALUE']] })).toEqual([1])
})

test('an instruction without a line begins none, and the line begins again after it', () => {
  expect(
    beginnings({
      instructions: [['LOAD_FAST', 0, 2], ['POP_TOP', 0, null], ['LOAD_CONST', 0, 2], ['RETURN_VALUE']],
    }),
  ).toEqual([0, 2])
})

test('nothing begins before events do', () => {
  expect(
    beginnings(
      {
        instructions: [['RETURN_GENERATOR', 0, 1], ['POP_TOP'], ['RESUME'], ['LOAD_CONST', 0, 2], ['RETURN_VALUE']],
      },
      2,
    ),
  ).toEqual([3])
})

test('RESUME and the ends of loops begin none', () => {
  expect(
    beginnings({
      instructions: [
        ['RESUME', 0, 1],
        ['END_FOR', 0, 2],
        ['END_SEND', 0, 3],
        ['POP_TOP', 0, 3],
      ],
    }),
  ).toEqual([3])
})

/** One line with a jump at the offset 1, behind RESUME. */
const jumping = (...rest: Parts['instructions']): Parts => ({ instructions: [['RESUME', 0, 1], ...rest] })

test.for([
  ['JUMP_FORWARD', 1, 3],
  ['POP_JUMP_IF_FALSE', 1, 4],
  ['POP_JUMP_IF_TRUE', 1, 4],
  ['POP_JUMP_IF_NONE', 1, 4],
  ['POP_JUMP_IF_NOT_NONE', 1, 4],
  // Their target is passed over.
  ['FOR_ITER', 1, 5],
  ['SEND', 1, 5],
  ['JUMP_BACKWARD', 2, 1],
  ['JUMP_BACKWARD_NO_INTERRUPT', 1, 1],
] as const)('the target of %s may begin a line', ([name, argument, target]) => {
  const nops = Array.from({ length: 5 }, () => ['NOP'] as const)
  expect(new Set(beginnings(jumping([name, argument], ...nops)))).toEqual(new Set([1, target]))
})

test('an argument may be long', () => {
  const nops = Array.from({ length: 300 }, () => ['NOP'] as const)
  expect(beginnings(jumping(['EXTENDED_ARG', 1], ['JUMP_FORWARD', 2], ...nops))).toEqual([1, 3 + 256 + 2])
})

test('a target or a handler without a line begins none', () => {
  const instructions: Parts['instructions'] = [['RESUME', 0, 1], ['JUMP_FORWARD', 1], ['NOP'], ['NOP', 0, null], ['PUSH_EXC_INFO']]
  expect(beginnings({ instructions, handlers: [{ start: 1, end: 3, target: 4 }] })).toEqual([1])
})

test('the beginning of a handler may begin a line', () => {
  const instructions: Parts['instructions'] = [['RESUME', 0, 1], ['NOP'], ['NOP'], ['SWAP'], ['RERAISE']]
  const handlers = [
    { start: 1, end: 2, target: 3 },
    { start: 3, end: 4, target: 4 },
  ]
  expect(beginnings({ instructions, handlers })).toEqual([1, 3, 4])
})
