/** Whoever specializes an instruction against whoever instruments it: every order of their operations. */
import { expect, test } from 'vitest'
import { explore } from '../../../explore/explore.ts'
import type { Body, Program } from '../../../explore/program.ts'
import type { Memory } from '../../memory/memory.ts'
import { SharedMemory } from '../../memory/shared-memory.ts'
import { argumentOf, nameOf, OP, opcodeOf, unit } from '../compile/opcodes.ts'
import { deoptimize, specialize } from './change-opcode.ts'
import { backoffOf, counter, remaining, setCounter, WARM_UP } from './counter.ts'

const UNIT = 64
const ARGUMENT = 13
const DUE = counter(0, 1)

const place = (memory: Memory, opcode: number, word: number): void => {
  memory.store(UNIT, unit(opcode, ARGUMENT))
  memory.store(UNIT + 4, word)
}

const look = (memory: Memory): string => {
  const [code, word] = [memory.load(UNIT), memory.load(UNIT + 4)]
  expect(argumentOf(code)).toBe(ARGUMENT)
  return `${nameOf(opcodeOf(code))} (${remaining(word)}, ${backoffOf(word)})`
}

/** What the thread does that runs the copy. */
const specializes: Body<void> = (memory) => specialize(memory, UNIT, OP.BINARY_OP_ADD_INT)
const deoptimizes: Body<void> = (memory) => deoptimize(memory, UNIT)

/** What a tool's thread does: writes over the opcode, or puts the generic one back and lets it warm up. */
const instruments: Body<void> = (memory) => memory.storeRelaxed(UNIT, unit(OP.INSTRUMENTED_LINE, ARGUMENT))
const restores: Body<void> = (memory) => {
  memory.storeRelaxed(UNIT, unit(OP.BINARY_OP, ARGUMENT))
  setCounter(memory, UNIT, WARM_UP)
}

/** All outcomes of two threads at an instruction. */
function outcomes(opcode: number, word: number, ...bodies: readonly Body<void>[]): string[] {
  const program: Program<void> = { bytes: 128, setup: (memory) => place(memory, opcode, word), bodies, observe: look }
  const exploration = explore(program)
  expect(exploration.failure?.message).toBeUndefined()
  expect(exploration.complete).toBe(true)
  return [...exploration.outcomes.keys()].sort()
}

function alone(opcode: number, word: number, act: (memory: Memory) => void): string {
  const memory = new SharedMemory(new SharedArrayBuffer(128))
  place(memory, opcode, word)
  act(memory)
  return look(memory)
}

test('undisturbed, the opcode is changed and the counter set', () => {
  expect(alone(OP.BINARY_OP, DUE, (memory) => specialize(memory, UNIT, OP.BINARY_OP_ADD_INT))).toBe('BINARY_OP_ADD_INT (52, 0)')
  expect(alone(OP.BINARY_OP_ADD_INT, counter(0, 0), (memory) => deoptimize(memory, UNIT))).toBe('BINARY_OP (1, 1)')
  expect(alone(OP.BINARY_OP_INPLACE_ADD_UNICODE, counter(0, 0), (memory) => deoptimize(memory, UNIT))).toBe('BINARY_OP (1, 1)')
  expect(alone(OP.BINARY_OP, DUE, (memory) => deoptimize(memory, UNIT))).toBe('BINARY_OP (3, 2)')
})

test('an instruction that is instrumented already is left alone, its counter too', () => {
  for (const opcode of [OP.INSTRUMENTED_LINE, OP.INSTRUMENTED_INSTRUCTION, OP.INSTRUMENTED_END_FOR]) {
    const untouched = `${nameOf(opcode)} (0, 1)`
    expect(alone(opcode, DUE, (memory) => specialize(memory, UNIT, OP.BINARY_OP_ADD_INT))).toBe(untouched)
    expect(alone(opcode, DUE, (memory) => deoptimize(memory, UNIT))).toBe(untouched)
  }
})

test('an instruction that is instrumented while it is being specialized stays instrumented; the counter is set by whoever changed it first', () => {
  expect(outcomes(OP.BINARY_OP, DUE, specializes, instruments)).toEqual([
    // Instrumented before the exchange, or before the first look: nothing was done.
    'INSTRUMENTED_LINE (0, 1)',
    // After it.
    'INSTRUMENTED_LINE (52, 0)',
  ])
})

test('one that is instrumented while it is being made generic stays instrumented', () => {
  expect(outcomes(OP.BINARY_OP_ADD_INT, counter(0, 0), deoptimizes, instruments)).toEqual([
    'INSTRUMENTED_LINE (0, 0)',
    'INSTRUMENTED_LINE (1, 1)',
  ])
})

test('nor does an attempt that fails touch the counter of a generic instruction that was instrumented meanwhile', () => {
  expect(outcomes(OP.BINARY_OP, DUE, deoptimizes, instruments)).toEqual(['INSTRUMENTED_LINE (0, 1)', 'INSTRUMENTED_LINE (3, 2)'])
})

test('when a tool leaves while the instruction is being specialized, it ends up specialized or generic, with a counter that one of the two wrote', () => {
  expect(outcomes(OP.INSTRUMENTED_LINE, DUE, specializes, restores)).toEqual([
    // The specializer came first, and gave way.
    'BINARY_OP (1, 1)',
    // It came between the tool's two writes, or after both.
    'BINARY_OP_ADD_INT (1, 1)',
    'BINARY_OP_ADD_INT (52, 0)',
  ])
})

test('when a tool leaves while the instruction is being made generic, it is generic, and warms up or waits longer', () => {
  expect(outcomes(OP.INSTRUMENTED_LINE, DUE, deoptimizes, restores)).toEqual(['BINARY_OP (1, 1)', 'BINARY_OP (3, 2)'])
})

test('a tool that comes and leaves meanwhile makes no difference, or is given way to', () => {
  const comesAndLeaves: Body<void> = (memory, context) => {
    instruments(memory, context)
    restores(memory, context)
  }
  expect(outcomes(OP.BINARY_OP, DUE, specializes, comesAndLeaves)).toEqual([
    'BINARY_OP (1, 1)',
    // The specializer came before the tool, and wrote the counter after it.
    'BINARY_OP (52, 0)',
    'BINARY_OP_ADD_INT (1, 1)',
    'BINARY_OP_ADD_INT (52, 0)',
  ])
})
